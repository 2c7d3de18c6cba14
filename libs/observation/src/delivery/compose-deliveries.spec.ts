/** What holds when several departments deliver: added, ordered, compared, and never brought back by accident. */
import fc from 'fast-check';
import { observationDigest, chunkDigest, type PatchChunk, type StatisticRow } from '../chunk/patch-chunk';
import { composeDeliveries, type Composition } from './compose-deliveries';
import type { Delivery, WholeUpload } from './delivery';

const units = new Map([
  ['area', 'hm2'],
  ['rain', 'mm/a'],
]);

type Row = readonly [type: string, area: number, rain?: number, patch?: string];
function chunkOf(rows: readonly Row[]): PatchChunk {
  const types = [...new Set(rows.map(([type]) => type))];
  const rain = new Float64Array(rows.map(([, , value]) => value ?? NaN));
  return {
    ...{ rows: rows.length, types, sourceSheet: 'extent' },
    typeIndex: new Uint16Array(rows.map(([type]) => types.indexOf(type))),
    patchIds: rows[0]?.[3] === undefined ? null : rows.map(([, , , patch]) => patch!),
    sourceRow: new Int32Array(rows.map((_, i) => i + 2)),
    columns: { area: new Float64Array(rows.map(([, area]) => area)), ...(rain.some((v) => v >= 0) && { rain }) },
  };
}
const statistic = (item: string, quantity: string, more: Partial<StatisticRow> = {}): StatisticRow => ({
  ...{ item, type: null, quantity, unit: 't', price: null, priceUnit: null, sheet: 'statistics', row: 2, ...more },
});
const given = (type: string, value: number, row = 2) => ({ attribute: 'rain', type, value, sheet: 'attributes', row });
const delivery = (dataSheet: string, parts: Partial<Delivery> & { rows?: readonly Row[] } = {}): Delivery => {
  const { rows, ...more } = parts;
  const chunk = rows ? chunkOf(rows) : null;
  return {
    dataSheet,
    batchId: `batch-${dataSheet}`,
    refusedRows: 0,
    series: [],
    given: [],
    statistics: [],
    chunk,
    ...more,
  };
};
const whole = (rows: readonly Row[], statistics: readonly StatisticRow[] = []): WholeUpload => {
  return { batchId: 'batch-whole', refusedRows: 0, chunk: chunkOf(rows), statistics };
};
const compose = (
  deliveries: readonly Delivery[],
  { below = null, masked = [] }: { below?: WholeUpload | null; masked?: readonly string[] } = {},
) => composeDeliveries(below, masked, deliveries, units);
const areas = ({ pieces }: Composition) =>
  pieces.flatMap(({ batchId, chunk }) =>
    Array.from(chunk.typeIndex, (type, row) => {
      return [batchId, chunk.types[type], chunk.columns.area[row], chunk.columns.rain?.[row] ?? null].join(' ');
    }),
  );
const figures = ({ statistics }: Composition) =>
  statistics.map(({ item, quantity, batch }) => `${item} ${quantity} ${batch}`);
const told = ({ overlaps }: Composition) =>
  overlaps.map(({ what, column, sides }) => [
    `${what}: ${column}`,
    ...sides.map(({ dataSheet, value, sheet, row }) => `${dataSheet} ${value} ${sheet}:${row}`),
  ]);

it('gives the values of one sheet to the rows of another, and keeps which upload each came by', () => {
  const composed = compose([
    delivery('weather', { given: [given('*', 900), given('forest', 1000, 3)] }),
    delivery('land', {
      rows: [
        ['forest', 3],
        ['grass', 2],
      ],
    }),
    delivery('farming', { statistics: [statistic('maize', '5')], refusedRows: 2 }),
  ]);
  expect(areas(composed)).toEqual(['batch-land forest 3 1000', 'batch-land grass 2 900']);
  expect(figures(composed)).toEqual(['maize 5 batch-farming']);
  expect([composed.refusedRows, composed.overlaps]).toEqual([2, []]);
});

it('adds the rows of several sheets, and refuses a type or patch that two of them bring', () => {
  const forestry = delivery('forestry', { rows: [['forest', 3]] });
  expect(areas(compose([forestry, delivery('water', { rows: [['lake', 1]] })]))).toEqual([
    ...['batch-forestry forest 3 ', 'batch-water lake 1 '],
  ]);
  expect(
    told(
      compose([
        forestry,
        delivery('land', {
          rows: [
            ['grass', 2],
            ['forest', 3],
          ],
        }),
      ]),
    ),
  ).toEqual([['forest: area', 'forestry 3 hm2 extent:2', 'land 3 hm2 extent:3']]);
  const farms = ['a', 'b'].map((patch) => delivery(`farm-${patch}`, { rows: [['forest', 1, undefined, patch]] }));
  expect(told(compose(farms))).toEqual([]);
  expect(told(compose([...farms, forestry]))).toHaveLength(1);
  expect(told(compose([farms[0], delivery('farm-c', { rows: [['grass', 4, undefined, 'a']] })]))).toEqual([
    ['grass a: area', 'farm-a 1 hm2 extent:2', 'farm-c 4 hm2 extent:2'],
  ]);
});

it('names both sheets and both values of what they give differently, and takes what is equal or beside it', () => {
  const one = delivery('farming', { statistics: [statistic('maize', '5')], given: [given('*', 900)] });
  const same = delivery('prices', { statistics: [statistic('maize', '5', { price: '2000', priceUnit: 'yuan/t' })] });
  const both = compose([one, same]);
  expect([told(both), both.statistics[0].price, figures(both)]).toEqual([[], '2000', ['maize 5 batch-farming']]);
  const other = delivery('statistics', { statistics: [statistic('maize', '6', { row: 9 })], given: [given('*', 800)] });
  expect(told(compose([one, other]))).toEqual([
    ['rain: rain', 'farming 900 mm/a attributes:2', 'statistics 800 mm/a attributes:2'],
    ['maize: quantity', 'farming 5 t statistics:2', 'statistics 6 t statistics:9'],
  ]);
  expect(told(compose([one, delivery('land', { rows: [['forest', 1, 850]] })]))).toEqual([
    ['rain forest: rain', 'farming 900 mm/a attributes:2', 'land 850 mm/a extent:2'],
  ]);
  expect(told(compose([one, delivery('land', { rows: [['forest', 1, 900]] })]))).toEqual([]);
});

it('takes a sheet before the same in the whole upload below it, and the rest of that as it was', () => {
  const below = whole(
    [
      ['forest', 3, 1000],
      ['grass', 2, 700],
    ],
    [statistic('maize', '5'), statistic('tea', '1')],
  );
  const weather = delivery('weather', { given: [given('forest', 1100)] });
  expect(areas(compose([weather], { below }))).toEqual(['batch-whole forest 3 1100', 'batch-whole grass 2 700']);
  const land = delivery('land', {
    rows: [
      ['forest', 4],
      ['lake', 1],
    ],
  });
  expect(areas(compose([land], { below }))).toEqual(['batch-land forest 4 1000', 'batch-land lake 1 NaN']);
  const farming = compose([delivery('farming', { statistics: [statistic('maize', '7')] })], { below });
  expect(figures(farming)).toEqual(['maize 7 batch-farming', 'tea 1 batch-whole']);
});

it('joins daily values day by day, gives them to all rows, and refuses two values of a day', () => {
  const days = (...values: number[]) => [{ code: 'rain', from: '2024-02-28', values: new Float64Array(values) }];
  const land = delivery('land', { rows: [['forest', 3]] });
  const [first, second] = [
    delivery('first', { series: days(1, NaN, 3) }),
    delivery('second', { series: days(NaN, 2, 3) }),
  ];
  const composed = compose([first, second, land], {
    below: { ...whole([]), chunk: { ...chunkOf([]), series: days(9, 9, 9) } },
  });
  expect([composed.pieces[0].chunk.series, told(composed)]).toEqual([days(1, 2, 3), []]);
  expect(told(compose([first, delivery('other', { series: days(NaN, NaN, 4) })]))).toEqual([
    ['rain: rain', 'first 3 (2024-03-01) series:1', 'other 4 (2024-03-01) series:1'],
  ]);
});

it('does not bring back what a sheet took from the whole upload once the sheet leaves it out', () => {
  const below = whole([['forest', 3, 1000]], [statistic('maize', '5')]);
  const first = compose([delivery('office', { given: [given('*', 900)], statistics: [statistic('maize', '7')] })], {
    below,
  });
  const { masked } = first;
  const second = compose([delivery('office', { statistics: [statistic('tea', '1')] })], { below, masked });
  expect([areas(second), figures(second)]).toEqual([['batch-whole forest 3 '], ['tea 1 batch-office']]);
});

it('does not depend on the order in which sheets came', () => {
  const sheets = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }).chain((codes) =>
    fc.record({
      parts: fc.tuple(
        ...codes.map((code) =>
          fc
            .record({ rain: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }), quantity: fc.nat(3) })
            .map(({ rain, quantity }) =>
              delivery(code, {
                rows: [[`type-${code}`, 1, code === 'a' ? rain : undefined]],
                given: rain === undefined ? [] : [given(`type-${code}`, rain)],
                statistics: [statistic('maize', '3', { type: `type-${code}` }), statistic(`item${quantity % 2}`, '1')],
              }),
            ),
        ),
      ),
      below: fc.option(fc.constant(whole([['type-z', 2, 3]], [statistic('tea', '1')]))),
      seed: fc.nat(),
    }),
  );
  const contentOf = ({ pieces, statistics, refusedRows, masked }: Composition) => [
    observationDigest({ chunks: pieces.map(({ chunk }) => chunkDigest(chunk)), statistics, refusedRows }),
    statistics,
    masked,
  ];
  fc.assert(
    fc.property(sheets, ({ parts, below, seed }) => {
      const turned = [...parts.slice(seed % parts.length), ...parts.slice(0, seed % parts.length)].reverse();
      expect(contentOf(compose(turned, { below }))).toEqual(contentOf(compose(parts, { below })));
    }),
  );
});
