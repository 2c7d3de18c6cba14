/** Quarters and months: rates count for their share of the year, amounts of the period as they are, and parts add up. */
import * as fc from 'fast-check';
import { digestOf, Fen, Fraction } from '@gep/kernel';
import { Account } from './account';
import { aggregateAccounts } from './aggregate-account';
import { computeAccount } from './compute-account';
import { overPeriod } from './over-period';
import { anyCase, maize, normFrom, observedOf, sampleNormText, SampleRow, seed, units } from './sample-norm.spec';

console.info(`over-period.spec seed ${seed} (repeat with GEP_TEST_SEED)`);

const quarters = ['2024-Q1', '2024-Q2', '2024-Q3', '2024-Q4'];
const months = Array.from({ length: 12 }, (_, month) => `2024-${String(month + 1).padStart(2, '0')}`);
const size = (fen: Fen): Fen => (fen < 0n ? -fen : fen);

describe('overPeriod', () => {
  const over = (quantity: string, price: string, period: string) => {
    const factors = overPeriod(units.parse(quantity), units.parse(price), units, period);
    return [factors.quantity, factors.price].map(({ share, unit }) => `${share.toString()} ${unit}`);
  };

  it.each([
    ['t/a', 'yuan/t', '2024-Q2', '1/4 t', '1 yuan/t'],
    ['t/a', 'yuan/t', '2024', '1 t', '1 yuan/t'],
    ['m3/a', '万元/m3', '2024-07', '1/12 m3', '1 万元/m3'],
    ['hm2', 'yuan/(hm2*a)', '2024-Q2', '1 hm2', '1/4 yuan/hm2'],
    ['hm2', 'yuan/hm2/a', '2024-07', '1 hm2', '1/12 yuan/hm2'],
    ['hm2', 'yuan/(a*hm2)', '2024-07', '1 hm2', '1/12 yuan/hm2'],
    ['t*km2/(km2*a)', 'yuan/t', '2024-Q1', '1/4 t*km2/km2', '1 yuan/t'],
    ['t/(hm2*d*a)', 'yuan*hm2*d/t', '2024-Q1', '1/4 t/(hm2*d)', '1 yuan*hm2*d/t'],
    ['吨/年', '元/吨', '2024-Q1', '1/4 吨', '1 元/吨'],
    ['1/a', 'yuan', '2024-Q1', '1/4 1', '1 yuan'],
    ['a-1*t', 'yuan/t', '2024-Q1', '1/4 a-1*t*a', '1 yuan/t'],
    // Counted in the period already: nothing is a rate.
    ['t', 'yuan/t', '2024-Q1', '1 t', '1 yuan/t'],
    ['t/a', 'yuan*a/t', '2024-Q1', '1 t/a', '1 yuan*a/t'],
  ])('%s × %s over %s: %s at %s', (quantity, price, period, ofQuantity, ofPrice) => {
    expect(over(quantity, price, period)).toEqual([ofQuantity, ofPrice]);
    expect(units.parse(ofQuantity.split(' ')[1]).factor).toEqual(units.parse(quantity).factor);
  });
});

describe('an account of part of a year', () => {
  const norm = normFrom(sampleNormText);
  const rows: SampleRow[] = [
    { type: 'dry', area: 2, rain: 1000, slope: 3 },
    { type: 'forest', area: 10, rain: 1200 },
  ];
  const of = (period: string): Account => computeAccount(norm, observedOf(rows, [maize('1.5', '2.5')], { period }));

  it('states amounts over the period: a quarter of the water, all of the maize that was reported for it', () => {
    const [year, quarter] = [of('2024'), of('2024-Q4')];
    const said = ({ lines }: Account) => lines.map((line) => [line.service, line.quantity, line.unit, line.valueFen]);
    expect(said(year).slice(0, 2)).toEqual([
      ['crops', 1.5, 't', 150000n],
      ['waterConservation', 40000, 'm3', 12000000n],
    ]);
    expect(said(quarter).slice(0, 2)).toEqual([
      ['crops', 1.5, 't', 150000n],
      ['waterConservation', 10000, 'm3', 3000000n],
    ]);
    // The same last day as the year and the quarter, another share.
    expect(of('2024-12').lines[1].quantity).toBe(40000 / 12);
  });

  it('leaves the digest of a year as it was when lines stated rates', () => {
    const { lines } = of('2024');
    expect(lines.map(({ unit }) => unit)).not.toContain('m3/a');
    const content = lines.map(
      ({ service, category, group, type, item, quantity, price, priceUnit, gamma, ...rest }) => {
        const unit = { waterConservation: 'm3/a', soilConservation: 't/a', crops: 't' }[service];
        const { valueFen, grade } = rest;
        return [service, category, group, type, item, quantity, unit, price, priceUnit, gamma, `${valueFen}`, grade];
      },
    );
    const head = [
      ['520523', '2024', 'sample', norm.edition, 'observation', 'observed'],
      [
        'hm2',
        [
          ['dry', 2],
          ['forest', 10],
        ],
        1,
        1,
        true,
      ],
      [],
    ];
    expect(of('2024').digest).toBe(digestOf(JSON.stringify([...head, content])));
  });

  it('adds up to the year, but for the rounding of each line', () => {
    fc.assert(
      fc.property(anyCase, fc.constantFrom(quarters, months), ({ text, rows: many }, periods) => {
        const one = normFrom(text);
        const year = computeAccount(one, observedOf(many));
        const parts = periods.map((period) => computeAccount(one, observedOf(many, [], { period })));
        for (const [at, line] of year.lines.entries()) {
          const fen = parts.reduce((sum, { lines }) => sum + lines[at].valueFen, 0n);
          // Half a fen for each part and one for the year; a quantity of doubles has 16 digits, and so has its value.
          const allowed = BigInt(periods.length + 1) / 2n + 1n + size(line.valueFen) / 10n ** 15n;
          expect(size(fen - line.valueFen) <= allowed).toBe(true);
          if (line.unit !== 'm3') continue;
          for (const { lines } of parts) expect(lines[at].quantity).toBe(line.quantity / periods.length);
        }
      }),
      { seed, verbose: 1, numRuns: 40 },
    );
  });

  it('keeps quantity × price × γ = value on every line, whichever factor is the rate', () => {
    fc.assert(
      fc.property(anyCase, fc.constantFrom('2024', '2024-Q3', '2024-05'), ({ text, rows: many }, period) => {
        for (const { quantity, price, gamma, valueFen } of computeAccount(
          normFrom(text),
          observedOf(many, [], { period }),
        ).lines) {
          const exact = [String(quantity), price!, gamma!, '100'].map((factor) => Fraction.parse(factor)!);
          const fen = exact.reduce((product, factor) => product.times(factor), Fraction.one);
          const off = fen.minus(Fraction.of(valueFen));
          expect(Math.abs(off.toNumber())).toBeLessThanOrEqual(0.5);
        }
      }),
      { seed, verbose: 1, numRuns: 40 },
    );
  });

  it('is added up like any other', () => {
    const child = of('2024-Q1');
    const above = aggregateAccounts({ territory: '520500', period: '2024-Q1', norm, expectedChildren: 1 }, [child]);
    expect(above.lines).toEqual(child.lines);
    expect(above.totals).toEqual(child.totals);
  });
});
