/** Daily values: read from CSV and JSON in two languages, refused at their cells, and kept as columns of the chunk. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { UnitTable } from '@gep/kernel';
import { parse } from 'yaml';
import { decodeChunk, encodeChunk } from '../chunk/chunk-codec';
import { chunkDigest } from '../chunk/patch-chunk';
import { storedChunkDigest } from '../chunk/stored-chunk';
import { readCsv } from '../file/read-csv';
import { readJson } from '../file/read-json';
import { ProblemList } from '../table/cell-problem';
import { RawTable } from '../table/raw-table';
import { ObservationVocabulary } from '../table/vocabulary';
import { checkTables, CheckOutcome } from './check-tables';

const units = new UnitTable(
  parse(readFileSync(path.resolve(__dirname, '../../../../rulebook/units.yaml'), 'utf8')).units,
);
const v: ObservationVocabulary = {
  units,
  types: [{ code: 'forestLand', aliases: ['林地'] }],
  attributes: [{ code: 'area', unit: units.parse('hm2'), aliases: [], required: true }],
  products: [],
  series: [
    { code: 'dailyRain', unit: units.parse('mm'), aliases: ['日雨量'], min: 0, max: 2000 },
    { code: 'dailyWind', unit: units.parse('m/s'), aliases: [], min: 0, max: 90 },
  ],
};
const extent = 'territory,period,type,area\n990101,2024,forestLand,10\n';
const csv = (text: string, sheet = 'rain'): RawTable[] => [
  readCsv(Buffer.from(extent), { sheet: 'extent' }, new ProblemList()),
  readCsv(Buffer.from(text), { sheet }, new ProblemList()),
];
const check = (text: string): CheckOutcome => checkTables(csv(text), v);
const problemsOf = (text: string): string[] =>
  check(text).problems.map(
    ({ sheet, row, column, code }) => `${sheet}:${row}:${column.split(' ')[0]} ${code.replace('observation.', '')}`,
  );

it('reads a row per date and a column per series, in any unit and either language', () => {
  const { accepted, problems, counts } = check(
    'territory,date,dailyRain (cm),dailyWind\n990101,2024-01-02,1.25,3\n990101,2024/12/31,,4.5\n990101,20240101,0,\n',
  );
  expect(problems).toEqual([]);
  expect(counts).toMatchObject({ rows: 4, acceptedRows: 4, refusedRows: 0 });
  const [rain, wind] = accepted[0].chunk.series!;
  expect([rain.code, rain.from, rain.values.length]).toEqual(['dailyRain', '2024-01-01', 366]);
  expect([...rain.values.slice(0, 3)]).toEqual([0, 12.5, NaN]);
  expect([wind.values[0], wind.values[365]]).toEqual([NaN, 4.5]);
  const chinese = check('地域代码,日期,日雨量/毫米\n990101,2024年1月2日,12.5\n');
  expect(chinese.problems).toEqual([]);
  expect(chinese.accepted[0].chunk.series![0].values[1]).toBe(12.5);
});

it('reads the same from JSON', () => {
  const text = JSON.stringify({
    extent: [{ territory: '990101', period: '2024', type: 'forestLand', area: 10 }],
    series: [{ territory: '990101', date: '2024-01-02', dailyRain: 12.5 }],
  });
  const list = new ProblemList();
  const { accepted, problems } = checkTables(readJson(text, list), v, list);
  expect(problems).toEqual([]);
  expect(accepted[0].chunk.series![0].values[1]).toBe(12.5);
});

it.each([
  ['a wrong territory', 'territory,date,dailyRain\n9901,2024-01-02,1\n', ['rain:2:A territory-invalid']],
  [
    'a territory without areas',
    'territory,date,dailyRain\n990102,2024-01-02,1\n',
    ['rain:2:territory days-without-extent'],
  ],
  ['another year', 'territory,date,dailyRain\n990101,2023-01-02,1\n', ['rain:2:territory days-without-extent']],
  [
    'a date outside the period',
    'territory,period,date,dailyRain\n990101,2024,2023-12-31,1\n',
    ['rain:2:C date-outside'],
  ],
  ['a day that is none', 'territory,date,dailyRain\n990101,2024-02-30,1\n', ['rain:2:B date-invalid']],
  ['a day twice', 'territory,date,dailyRain\n990101,2024-02-01,1\n990101,2024-02-01,2\n', ['rain:3:C duplicate-day']],
  ['rain below nought', 'territory,date,dailyRain\n990101,2024-02-01,-1\n', ['rain:2:C out-of-range']],
  ['a row without a value', 'territory,date,dailyRain\n990101,2024-02-01,\n', ['rain:2:B no-day-value']],
  [
    'another dimension',
    'territory,date,dailyRain (kg)\n990101,2024-02-01,1\n',
    ['rain:1:C unit-incompatible', 'rain:1:series series-missing'],
  ],
  [
    'no series',
    'territory,date,amount\n990101,2024-02-01,1\n',
    ['rain:1:C column-unknown', 'rain:1:series series-missing'],
  ],
])('refuses %s', (_, text, expected) => {
  expect(problemsOf(text).sort()).toEqual([...expected].sort());
  const { accepted } = check(text);
  expect(accepted.map(({ territory, period }) => `${territory} ${period}`)).toEqual(['990101 2024']);
});

it('tells that a norm without series reads none', () => {
  const { problems } = checkTables(csv('territory,date,dailyRain\n990101,2024-01-02,1\n'), { ...v, series: [] });
  expect(problems.map(({ text }) => text.en)).toContain('the norm reads no daily series');
});

it('counts refused days, so that the account is not complete', () => {
  const { accepted, counts } = check('territory,date,dailyRain\n990101,2024-02-01,1\n990101,2024-02-02,x\n');
  expect(accepted[0].refusedRows).toBe(1);
  expect(counts).toMatchObject({ rows: 3, acceptedRows: 2, refusedRows: 1 });
});

it('keeps them in the bytes of the chunk and in its digest, and leaves other chunks as they were', () => {
  const { chunk } = check('territory,date,dailyRain\n990101,2024-01-02,12.5\n').accepted[0];
  const bytes = encodeChunk(chunk);
  const again = decodeChunk(bytes);
  expect(again.series).toEqual(chunk.series);
  expect(storedChunkDigest(bytes)).toBe(chunkDigest(chunk));
  expect(encodeChunk(again)).toEqual(bytes);
  const { series, ...without } = chunk;
  expect(series).toHaveLength(1);
  expect(chunkDigest(without)).not.toBe(chunkDigest(chunk));
  const other = check('territory,date,dailyRain\n990101,2024-01-02,12.6\n').accepted[0].chunk;
  expect(chunkDigest(other)).not.toBe(chunkDigest(chunk));
  expect(decodeChunk(encodeChunk(without))).not.toHaveProperty('series');
});
