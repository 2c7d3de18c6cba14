/** Accounts at base prices: each place a base price may come from, and each reason to refuse. */
import { Fraction } from '@gep/kernel';
import type { StatisticRow } from '@gep/observation';
import { computeAccount } from '../account/compute-account';
import { maize, normFrom, observedOf, sampleNormText } from '../account/sample-norm.spec';
import { addComparable, atComparablePrices, PriceIndex } from './comparable-prices';

const forest = { type: 'forest', area: 10, rain: 1000, slope: 3 };
const dry = { type: 'dry', area: 4, rain: 800, slope: 1 };
const places = ['520523', 'CN'];

function comparable(
  text: string,
  before: { rows?: (typeof forest)[]; statistics?: StatisticRow[]; period?: string },
  after: typeof before,
  indices: readonly PriceIndex[] = [],
) {
  const norm = normFrom(text);
  const accountOf = ({ rows = [], statistics = [], period }: typeof before, year: string) =>
    computeAccount(norm, observedOf(rows, statistics, { period: period ?? year }));
  const accounts = { base: accountOf(before, '2023'), current: accountOf(after, '2024') };
  return atComparablePrices(norm, accounts, places, indices);
}
const index = (of: string, factor: string): PriceIndex => ({ of, factor: Fraction.parse(factor)!, source: 'CPI' });

describe('comparable prices', () => {
  it('take the price of the base account; growth and index multiply to the growth at current prices', () => {
    const found = comparable(sampleNormText, { statistics: [maize('10', '2')] }, { statistics: [maize('12', '3')] });
    // 0.4 of 10 t × 2 yuan/kg is 8000 yuan; 12 t are 9600 at base and 14400 at current prices.
    expect(found).toMatchObject({
      baseFen: 800_000n,
      comparableFen: 960_000n,
      currentFen: 1_440_000n,
      comparableGrowth: '0.2',
      currentGrowth: '0.8',
      impliedIndex: '1.5',
    });
    expect(found.lines[0]).toMatchObject({
      basePrice: '2',
      from: 'account',
      basis: { class: 'market', years: ['2023'] },
    });
  });

  it('take the price of the norm on the base day where the base period has no such line', () => {
    const found = comparable(sampleNormText, { rows: [forest] }, { rows: [forest, dry] });
    const water = found.lines.filter(({ service }) => service === 'waterConservation');
    expect(water.map(({ basePrice, from }) => [basePrice, from])).toEqual([
      ['2.4', 'account'],
      ['2.4', 'norm'],
    ]);
    expect(water.every(({ currentFen, comparableFen }) => Number(currentFen) / Number(comparableFen) === 1.25)).toBe(
      true,
    );
  });

  it('refuse a missing base price, or move the current one by a stated index', () => {
    const without = () => comparable(sampleNormText, {}, { statistics: [maize('12', '3')] });
    expect(without).toThrow(expect.objectContaining({ code: 'accounting.base-price-missing' }));
    const found = comparable(sampleNormText, {}, { statistics: [maize('12', '3')] }, [index('maize', '0.9')]);
    expect(found.lines[0]).toMatchObject({ basePrice: '2.7', from: 'index', moved: { of: 'maize', source: 'CPI' } });
    expect(found.comparableGrowth).toBeNull();
  });

  it('refuse prices of different years in one total, unless an index moves them', () => {
    const dated = sampleNormText.replace('{ value: 2.4, from', "{ value: 2.4, priceYear: '2010', from");
    const side = { rows: [forest], statistics: [maize('10', '2')] };
    const mixed = expect.objectContaining({ code: 'accounting.mixed-price-bases' });
    expect(() => comparable(dated, side, side)).toThrow(mixed);
    // Also read where the verb is another one, as beside a series.
    expect(() => comparable(dated, side, side)).toThrow(/gep change --comparable --index/);
    const moved = comparable(dated, side, side, [index('2010', '1.5')]);
    const [water] = moved.lines.filter(({ service }) => service === 'waterConservation');
    expect(water).toMatchObject({ basePrice: '3.6', moved: { of: '2010' }, basis: { years: ['2023'] } });
    expect(moved.comparableGrowth).toBe('0');
  });

  it('move both accounts by the index of a price year: growth is that of the accounts as they are, and no price fell', () => {
    const dated = sampleNormText.replaceAll(/\{ value: (2\.4|3), from/g, "{ value: $1, priceYear: '2010', from");
    const one = comparable(
      dated,
      { rows: [forest], statistics: [maize('10', '2')] },
      { rows: [{ ...forest, area: 11 }], statistics: [maize('10', '2')] },
      [index('2010', '1.5')],
    );
    expect(one.baseReportedFen).toBeLessThan(one.baseFen);
    // The price of water rose from 2.4 to 3 in money of 2010, both moved by 1.5; that of maize stayed.
    const [water, corn] = ['waterConservation', 'crops'].map((code) =>
      one.lines.find(({ service }) => service === code)!,
    );
    expect([water.movedFen! * 2n, corn.movedFen]).toEqual([water.currentFen * 3n, corn.currentFen]);
    const ratio = (a: bigint, b: bigint): number => Number(a) / Number(b);
    expect(Number(one.currentGrowth)).toBeCloseTo(ratio(one.currentFen, one.baseReportedFen) - 1, 9);
    expect(Number(one.impliedIndex)).toBeCloseTo(ratio(one.movedFen!, one.comparableFen), 9);
    expect(Number(one.impliedIndex)).toBeGreaterThan(1);
    expect(addComparable('520000', [one, one])).toMatchObject({
      ...{ impliedIndex: one.impliedIndex, currentGrowth: one.currentGrowth },
      ...{ baseReportedFen: one.baseReportedFen * 2n, movedFen: one.movedFen! * 2n },
    });
  });

  it('have no index where only the base price is in money of a year that is moved', () => {
    const dated = sampleNormText.replace('{ value: 2.4, from', "{ value: 2.4, priceYear: '2010', from");
    const found = comparable(dated, { rows: [forest] }, { rows: [forest] }, [index('2010', '1.5')]);
    expect(found).toMatchObject({ movedFen: null, impliedIndex: null, comparableGrowth: '0' });
    expect(Number(found.currentGrowth)).toBeCloseTo(0.25, 3);
  });

  it('refuse to add accounts at prices of different periods, and a base of another length', () => {
    const one = comparable(sampleNormText, { statistics: [maize('10', '2')] }, { statistics: [maize('12', '3')] });
    expect(addComparable('520000', [one, one])).toMatchObject({ comparableFen: 1_920_000n, baseFen: 1_600_000n });
    const mixed = expect.objectContaining({ code: 'accounting.mixed-price-bases' });
    expect(() => addComparable('520000', [one, { ...one, basePeriod: '2020' }])).toThrow(mixed);
    const quarter = () => comparable(sampleNormText, { rows: [forest], period: '2023-Q1' }, { rows: [forest] });
    expect(quarter).toThrow(expect.objectContaining({ code: 'accounting.base-period-differs' }));
  });
});
