/** Reports that were rounded from sound figures have nothing grave; a digit that was exchanged in one of them is found. */
import * as fc from 'fast-check';
import { loadNorm, loadQualityRules, type NormEdition, type QualityRules } from '@gep/rulebook';
import { checkQuality } from '../check-quality';
import { digitSwaps } from '../digit-slip';
import type { Finding } from '../finding';
import type { PlainTable } from './read-rows';
import { stateReport } from './state-report';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
const numRuns = 60;

let rules: QualityRules;
let words: NormEdition;
beforeAll(async () => {
  rules = await loadQualityRules('rulebook');
  words = await loadNorm('cn-terrestrial', 'rulebook');
  console.info(`rounded-reports.spec seed ${seed} (repeat with GEP_TEST_SEED)`);
});

const graveIn = (tables: readonly PlainTable[]): Finding[] =>
  stateReport(tables, words)
    .flatMap((stated) => checkQuality(stated, rules).findings)
    .filter(({ grade }) => grade === 'A' || grade === 'B');

/** Quantities and prices of up to three categories of services in two years, with the digits that are printed. */
const anyReport = fc.record({
  decimals: fc.constantFrom(0, 1, 2),
  categories: fc.array(
    fc.array(
      fc.record({
        price: fc.integer({ min: 50, max: 90_000 }),
        before: fc.integer({ min: 1_000, max: 900_000 }),
        change: fc.integer({ min: 85, max: 115 }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    { minLength: 1, maxLength: 3 },
  ),
});
type Report = typeof anyReport extends fc.Arbitrary<infer Of> ? Of : never;

const heading = ['年份', '类别', '服务', '实物量', '单位', '单价', '价值量（万元）', '占比', '增长率'];

/** One table a year: rows by service, subtotals, total; everything is rounded from figures that are not. */
function tableOf({ decimals, categories }: Report): PlainTable {
  const rows: string[][] = [heading];
  const wanYuan = (quantity: number, price: number): number => (quantity * price) / 10_000;
  const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
  const kinds = ['供给', '调节', '文化'];
  const earlier = new Map<string, number>();
  for (const year of ['2015', '2020']) {
    const quantityOf = ({ before, change }: Report['categories'][number][number]): number =>
      year === '2015' ? before : (before * change) / 100;
    const values = categories.map((services) => services.map((one) => wanYuan(quantityOf(one), one.price)));
    const whole = sum(values.flat());
    const add = (category: string, service: string, value: number, more: readonly string[] = ['', '', '']): void => {
      const id = `${category} ${service}`;
      const base = earlier.get(id);
      const growth = base === undefined || year === '2015' ? '' : `${((value / base - 1) * 100).toFixed(2)}%`;
      earlier.set(id, value);
      rows.push([
        year,
        category,
        service,
        ...more,
        value.toFixed(decimals),
        ((value / whole) * 100).toFixed(2),
        growth,
      ]);
    };
    categories.forEach((services, at) => {
      services.forEach((one, index) =>
        add(kinds[at], `s${at}-${index}`, values[at][index], [quantityOf(one).toFixed(2), 't', String(one.price)]),
      );
      add(kinds[at], '小计', sum(values[at]));
    });
    add('合计', '', whole);
  }
  return { name: 'report', rows: rows.map((cells, row) => ({ row: row + 1, cells })) };
}

it('finds nothing grave in what was only rounded', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      expect(
        graveIn([tableOf(report)]).map(({ rule, cells, expected, found }) => [rule, cells[0], expected, found]),
      ).toEqual([]);
    }),
    { seed, numRuns },
  );
});

it('finds a total whose digits were exchanged', () => {
  let tried = 0;
  fc.assert(
    fc.property(anyReport, fc.nat(), (report, pick) => {
      const table = tableOf(report);
      const last = table.rows[table.rows.length - 1];
      const [, , , , , , value] = last.cells;
      const whole = value.split('.')[0];
      // The first two digits: what an exchange of the last ones moves may be rounding.
      const swaps = digitSwaps(whole).filter((swapped) => swapped.slice(0, 2) !== whole.slice(0, 2));
      if (swaps.length === 0) return;
      tried += 1;
      const cells = last.cells.map((cell, at) => (at === 6 ? cell.replace(whole, swaps[pick % swaps.length]) : cell));
      const rows = [...table.rows.slice(0, -1), { ...last, cells }];
      const place = `report.${last.row}.value`;
      expect(graveIn([{ ...table, rows }]).filter((finding) => finding.cells.includes(place))).not.toEqual([]);
    }),
    { seed, numRuns },
  );
  expect(tried).toBeGreaterThan(0);
});
