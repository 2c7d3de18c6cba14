/** Daily rain from a department's sheet, through import, worker threads and the database: sums, gaps, kept sums, export. */
import { listFailures, QualityService } from '@gep/accounting';
import { ObservationService } from '@gep/observation';
import { RulebookFolder, RulebookService } from '@gep/rulebook';
import { type AccountingTest, startAccounting } from './accounting-setup';

let it$: AccountingTest;
const series =
  'series: [{ code: dailyRain, unit: mm, name: { zh: 日雨量, en: Daily rain }, min: 0, mostMissing: 0.1 }]';
/** 20 mm a day from the 12th on count; the norm divides by the year. */
const daily = {
  expression: '"area * sum(days, if(dailyRain >= 12 [mm], dailyRain, 0 [mm])) / 1 [a] * share"',
  more: series,
};
const county = '520523';
const days = (period: string, count: number, rain: number) =>
  Array.from({ length: count }, (_, at) => ({
    territory: county,
    date: new Date(Date.UTC(Number(period), 0, 1 + at)).toISOString().slice(0, 10),
    dailyRain: rain,
  }));
const land = (period: string) => ({ extent: [{ territory: county, period, type: 'forest', area: 2 }] });
const yuanOf = async (period: string) => Number((await it$.account(county, { period }))!.totals.totalFen) / 100;

/** The code of the refusal of the county in a run. */
const refusedAs = async (period: string) => {
  const { id } = await it$.recompute(period);
  const failures = await it$.test.db.snapshot(it$.actor, (tx) => listFailures(tx, id));
  return failures.find(({ subject }) => subject === county)?.code;
};

beforeAll(async () => {
  it$ = await startAccounting();
  await it$.publish(daily);
});
afterAll(() => it$.close());

it('sums the days of another department into the account of the areas, and says how many lack', async () => {
  await it$.deliver('land', land('2023'));
  const report = await it$.deliver('weather', { series: days('2023', 350, 20) });
  expect(report).toMatchObject({ status: 'accepted', counts: { acceptedRows: 350, errors: 0 } });
  await it$.recompute('2023');
  // 2 hm2 × 350 × 20 mm × 0.5 × 2 yuan/m3
  expect(await yuanOf('2023')).toBe(2 * 10_000 * 350 * 0.02 * 0.5 * 2);
  const { id } = (await it$.account(county, { period: '2023' }))!;
  const rulebook = new RulebookService(it$.test.db);
  const quality = new QualityService(it$.test.db, rulebook, new RulebookFolder('rulebook'));
  const findings = await quality.findings(it$.actor, id);
  expect(findings.filter(({ rule }) => rule === 'daysMissing')).toMatchObject([
    { grade: 'B', cells: ['series.dailyRain'], expected: '365', found: '350', open: true },
  ]);
});

it('follows a corrected day, and a threshold of the norm; a changed price reads no day again', async () => {
  await it$.deliver('weather', {
    series: [...days('2023', 349, 20), { ...days('2023', 350, 20)[349], dailyRain: 11 }],
  });
  await it$.recompute('2023');
  expect(await yuanOf('2023')).toBe(2 * 10_000 * 349 * 0.02 * 0.5 * 2);
  await it$.publish({ ...daily, price: '4' });
  await it$.recompute('2023');
  expect(await yuanOf('2023')).toBe(2 * 10_000 * 349 * 0.02 * 0.5 * 4);
  await it$.publish({ ...daily, expression: daily.expression.replace('12 [mm]', '10 [mm]') });
  await it$.recompute('2023');
  expect(await yuanOf('2023')).toBeCloseTo(2 * 10_000 * (349 * 0.02 + 0.011) * 0.5 * 2, 2);
});

it('refuses an account without the series, or with too few of its days, by name', async () => {
  await it$.deliver('land', land('2022'));
  expect(await refusedAs('2022')).toBe('accounting.day-series-missing');
  await it$.deliver('weather', { series: days('2022', 300, 20) });
  expect(await refusedAs('2022')).toBe('accounting.days-missing');
});

it('exports the days as they came', async () => {
  const observations = new ObservationService(it$.test.db, new RulebookService(it$.test.db));
  const of = { period: '2023', normId: 'sample', territories: [county] };
  const { seriesCsv, json } = await observations.exportObservations(it$.actor, of);
  expect(seriesCsv!.split('\r\n').slice(0, 2)).toEqual([
    'territory,period,date,dailyRain [mm]',
    '520523,2023,2023-01-01,20',
  ]);
  expect((JSON.parse(json) as { series: object[] }).series).toHaveLength(350);
});
