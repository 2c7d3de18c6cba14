/** What was exported as CSV or JSON imports to the same chunks, statistics and digests. */
import fc from 'fast-check';
import { UnitTable } from '@gep/kernel';
import { checkTables } from '../check/check-tables';
import { chunkDigest, PatchChunk, StatisticSpread, TerritoryPeriodData } from '../chunk/patch-chunk';
import { ProblemList } from '../table/cell-problem';
import { ObservationVocabulary } from '../table/vocabulary';
import { readCsv } from './read-csv';
import { readJson } from './read-json';
import { tablesOf, writeCsv, writeJson } from './write-tables';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
const units = new UnitTable([
  { code: 'm', base: 'length' },
  { code: 'hm2', is: '10000 m2' },
  { code: 't', base: 'mass' },
  { code: 'yuan', base: 'money' },
]);
const [hm2, tonne, price] = ['hm2', 't', 'yuan/t'].map((text) => units.parse(text));
const vocabulary: ObservationVocabulary = {
  units,
  types: ['forestLand', 'dryland', 'wetland'].map((code) => ({ code, aliases: [] })),
  attributes: [
    { code: 'area', unit: hm2, aliases: [], required: true },
    { code: 'erosivity', unit: units.parse('t*m/(hm2*yuan)'), aliases: [], required: false },
    { code: 'slope', unit: units.parse('1'), aliases: [], required: false },
  ],
  series: [],
  products: ['maize', 'timber'].map((code) => ({ code, unit: tonne, priceUnit: price, aliases: [] })),
};

const value = fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0);
const optional = fc.option(value, { nil: NaN, freq: 3 });
const column = (entry: fc.Arbitrary<number>, rows: number): fc.Arbitrary<Float64Array> =>
  fc.array(entry, { minLength: rows, maxLength: rows }).map((list) => new Float64Array(list));
/** Names of patches as people give them: no outer spaces, but anything a spreadsheet would run or split. */
const patchName = fc
  .string({
    unit: fc.constantFrom('a', '7', '林', ' ', ',', '"', "'", '=', '+', '-', '@', ';', '\n'),
    minLength: 1,
    maxLength: 6,
  })
  .filter((text) => text.trim() === text && !/^="[^"]*"$/.test(text));

const chunkOf = (rows: number, named: boolean): fc.Arbitrary<PatchChunk> =>
  fc
    .record({
      types: fc.array(fc.nat(2), { minLength: rows, maxLength: rows }),
      patchIds: fc.uniqueArray(patchName, { minLength: rows, maxLength: rows }),
      area: column(
        fc.double({ min: 0, max: 1e8, noNaN: true }).map((area) => area + 0),
        rows,
      ),
      erosivity: column(optional, rows),
      slope: column(optional, rows),
    })
    .map(({ types, patchIds, ...columns }) => {
      const given = named ? types : types.map((_, row) => row);
      const codes = vocabulary.types.map(({ code }) => code);
      const occurring = codes.filter((_, type) => given.includes(type));
      return {
        rows,
        types: occurring,
        typeIndex: new Uint16Array(given.map((type) => occurring.indexOf(codes[type]))),
        patchIds: named ? patchIds : null,
        sourceRow: new Int32Array(rows),
        sourceSheet: '',
        columns: Object.fromEntries(
          Object.entries(columns).filter(([name, list]) => name === 'area' || list.some((each) => !Number.isNaN(each))),
        ),
      };
    });

const decimal = fc
  .tuple(fc.nat(), fc.nat(9999))
  .map(([whole, part]) => `${whole}.${String(part + 10_000).slice(1)}`.replace(/\.?0+$/, ''));
const statistics = fc.uniqueArray(fc.constantFrom('maize', 'timber'), { maxLength: 2 }).chain((items) =>
  fc.tuple(
    ...items.map((item) =>
      fc.record({
        item: fc.constant(item),
        type: fc.constantFrom(null, 'dryland'),
        quantity: decimal,
        price: fc.option(decimal, { nil: null }),
        ranged: fc.boolean(),
      }),
    ),
  ),
);
const rangeOf = (figure: string): StatisticSpread => ({ low: '0', high: `9${figure}`, distribution: 'triangular' });
const period = (named: boolean): fc.Arbitrary<TerritoryPeriodData> =>
  fc.integer({ min: 1, max: named ? 6 : 3 }).chain((rows) =>
    fc.record({ chunk: chunkOf(rows, named), given: statistics }).map(({ chunk, given }) => ({
      territory: '',
      period: '2024',
      chunk,
      refusedRows: 0,
      statistics: given.map(({ ranged, ...row }) => ({
        ...row,
        ...(ranged && { spread: rangeOf(row.quantity) }),
        ...(ranged && row.price !== null && { priceSpread: rangeOf(row.price) }),
        unit: 't',
        priceUnit: row.price === null ? null : 'yuan/t',
        sheet: '',
        row: 0,
      })),
    })),
  );
const territories = fc
  .tuple(fc.boolean(), fc.uniqueArray(fc.integer({ min: 110_000, max: 659_999 }), { minLength: 1, maxLength: 4 }))
  .chain(([named, codes]) =>
    fc.tuple(...codes.sort().map((code) => period(named).map((each) => ({ ...each, territory: String(code) })))),
  );

/** What must not change: all but where it was read. */
const content = (data: readonly TerritoryPeriodData[]): unknown =>
  data.map(({ territory, period: when, chunk, statistics: rows }) => ({
    territory,
    when,
    chunk: { ...chunk, sourceRow: 0, sourceSheet: 0, digest: chunkDigest(chunk) },
    rows: rows.map((row) => ({ ...row, sheet: '', row: 0 })),
  }));

it(`CSV and JSON (seed ${seed})`, () => {
  fc.assert(
    fc.property(territories, (data) => {
      const tables = tablesOf(data, vocabulary);
      const problems = new ProblemList();
      const csv = [tables.extent, tables.statistics].map((table, i) =>
        readCsv(Buffer.from(writeCsv(table)), { sheet: `${i}.csv` }, problems),
      );
      const readBack = checkTables(tables.statistics.rows.length > 0 ? csv : csv.slice(0, 1), vocabulary, problems);
      expect(readBack.problems).toEqual([]);
      expect(content(readBack.accepted)).toEqual(content(data));
      const json = checkTables(readJson(writeJson(tables), problems), vocabulary, problems);
      expect(json.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(content(json.accepted)).toEqual(content(data));
    }),
    { seed, verbose: 1 },
  );
});
