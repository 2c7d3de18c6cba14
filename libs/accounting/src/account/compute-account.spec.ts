/** Accounts from norms and observations: hand-computed figures, refusals, and laws on random input. */
import * as fc from 'fast-check';
import { evaluateExactly } from '@gep/formula';
import { Decimal, sumInOrder } from '@gep/kernel';
import { parameterLookup } from '@gep/rulebook';
import {
  AttributeMissing,
  QuantityNotFinite,
  StatisticPriceMissing,
  StatisticRepeated,
  UnknownEcosystemType,
} from '../errors';
import { Account } from './account';
import { computeAccount, recomputeFromSums } from './compute-account';
import { anyCase, chunkOf, maize, normFrom, observedOf, sampleNormText, SampleRow, seed } from './sample-norm.spec';
import { assertAddsUp } from './seal-account';

const norm = normFrom(sampleNormText);
const rows: SampleRow[] = [
  { type: 'dry', area: 2, rain: 1000, slope: 3 },
  { type: 'forest', area: 10, rain: 1200 },
  { type: 'bare', area: 5 },
];
const lineOf = (account: Account, service: string, type: string): Account['lines'][number] =>
  account.lines.find((line) => line.service === service && line.type === type)!;
const withoutSums = ({ baseSums: _, ...rest }: Account): Omit<Account, 'baseSums'> => rest;

describe('computeAccount', () => {
  it('gives lines by service and type in the order of the norm, exact to the fen', () => {
    const account = computeAccount(norm, observedOf(rows, [maize('1.5', '2.5')]));
    expect(
      account.lines.map(({ service, type, item, quantity, price, gamma, valueFen, grade }) => [
        service,
        type,
        item,
        quantity,
        price,
        gamma,
        valueFen,
        grade,
      ]),
    ).toEqual([
      // 1.5 t × 2.5 yuan/kg × 1000 kg/t × 0.4
      ['crops', 'dry', 'maize', 1.5, '2.5', '0.4', 150000n, 'solved'],
      // 10 hm² × 1200 mm × 10 m³/(hm²·mm) × 1/3; the price holds from June 2024
      ['waterConservation', 'forest', null, 40000, '3', '1', 12000000n, 'published'],
      ['waterConservation', 'dry', null, 5000, '3', '1', 1500000n, 'solved'],
      // slope is absent: the norm's 2 stands in. price = 1/7 × (1 + 17/1000)
      ['soilConservation', 'forest', null, 30, '0.1452857142857142857142857142857142857143', '1', 436n, 'unverified'],
      ['soilConservation', 'dry', null, 12, '0.1452857142857142857142857142857142857143', '1', 174n, 'published'],
    ]);
    expect(account.areaByType).toEqual({ forest: 10, dry: 2, bare: 5 });
    expect(account.totals.totalFen).toBe(150000n + 13500000n + 610n);
    expect(account.totals.byType).toEqual({ forest: 12000436n, dry: 1650174n, bare: 0n });
    expect(account.grade).toBe('unverified');
    expect(account.baseSums!.standIns).toContainEqual({ attribute: 'slope', type: 'forest', value: 2 });
  });

  it('looks parameters up at the nearest place', () => {
    const account = computeAccount(norm, observedOf(rows, [], { places: ['520523', '520500', '520000', 'CN'] }));
    expect(lineOf(account, 'waterConservation', 'forest')).toMatchObject({ quantity: 60000, grade: 'solved' });
  });

  it('gives an account without lines for a territory without anything', () => {
    const account = computeAccount(norm, observedOf([], [], { chunks: [] }));
    expect(account).toMatchObject({ lines: [], areaByType: {}, grade: 'published', totals: { totalFen: 0n } });
  });

  it('refuses a type that the norm does not have, at its row', () => {
    const strange = observedOf([...rows, { type: 'glacier', area: 1, rain: 0 }]);
    expect(() => computeAccount(norm, strange)).toThrow(UnknownEcosystemType);
    expect(() => computeAccount(norm, strange)).toThrow(/sheet "extent" row 5.*glacier.*forest, dry, bare/);
  });

  it('refuses a needed attribute that a row lacks, and only where it is needed', () => {
    const lacking = observedOf([...rows, { type: 'forest', area: 1 }]);
    expect(() => computeAccount(norm, lacking)).toThrow(AttributeMissing);
    expect(() => computeAccount(norm, lacking)).toThrow(
      /row 5: "forest" lacks the attribute "rain" that waterConservation/,
    );
  });

  it('names all that is lacking at once: by type and attribute, how many rows, and the first', () => {
    const many = observedOf([
      { type: 'forest', area: 1 },
      ...rows,
      { type: 'forest', area: 2 },
      { type: 'dry', area: 1 },
    ]);
    let refusal: unknown;
    try {
      computeAccount(norm, many);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toMatchObject({
      facts: {
        lacking: [
          { type: 'forest', attribute: 'rain', rows: 2, sheet: 'extent', row: 2, services: ['waterConservation'] },
          { type: 'dry', attribute: 'rain', rows: 1, row: 7 },
        ],
      },
    });
    expect((refusal as AttributeMissing).message.split('\n')).toHaveLength(2);
  });

  it('refuses numbers that no money can be made of', () => {
    expect(() => computeAccount(norm, observedOf([{ type: 'dry', area: 1e308, rain: 1e10, slope: 1 }]))).toThrow(
      QuantityNotFinite,
    );
    expect(() => computeAccount(norm, observedOf(rows, [maize('1', null)]))).toThrow(StatisticPriceMissing);
    expect(() => computeAccount(norm, observedOf(rows, [maize('1', '2'), maize('3', '2', 'dry')]))).toThrow(
      StatisticRepeated,
    );
  });

  it('adds up: lines make categories, groups, services and types; patches make areas', () => {
    fc.assert(
      fc.property(anyCase, ({ text, rows: many }) => {
        const one = normFrom(text);
        const account = computeAccount(one, observedOf(many));
        assertAddsUp(account);
        for (const [type, area] of Object.entries(account.areaByType)) {
          expect(area).toBe(sumInOrder(many.filter((row) => row.type === type).map((row) => Number(row.area))));
        }
        const applies = (code: string, type: string): boolean =>
          one.services.find((service) => service.code === code)!.types.includes(type);
        expect(account.lines.every(({ service, type }) => applies(service, type!))).toBe(true);
      }),
      { seed, verbose: 1, numRuns: 60 },
    );
  });

  it('gives the same bits in however many chunks the rows come', () => {
    fc.assert(
      fc.property(anyCase, fc.array(fc.nat(60), { maxLength: 5 }), ({ text, rows: many }, cuts) => {
        const one = normFrom(text);
        const at = [0, ...cuts.map((cut) => Math.min(cut, many.length)).sort((a, b) => a - b), many.length];
        const chunks = at.slice(1).map((to, index) => chunkOf(many.slice(at[index], to), at[index] + 2));
        const whole = computeAccount(one, observedOf(many));
        expect(computeAccount(one, observedOf(many, [], { chunks }))).toEqual(whole);
      }),
      { seed, verbose: 1, numRuns: 60 },
    );
  });

  it('agrees with the exact walker over every patch to 1e-12', () => {
    fc.assert(
      fc.property(anyCase, ({ text, rows: many }) => {
        const one = normFrom(text);
        const lookup = parameterLookup(one, { places: ['520523'], date: '2024-12-31' });
        for (const { service, type, quantity } of computeAccount(one, observedOf(many)).lines) {
          const exact = many
            .filter((row) => row.type === type)
            .map((row) => {
              const patch = { type: row.type, attributes: row };
              return evaluateExactly(one.formulas, `quantity${service.slice('service'.length)}`, { lookup, patch });
            });
          const sum = exact.reduce((total, { value }) => total.plus(value), new Decimal(0));
          const size = exact.reduce((total, { value }) => total.plus(new Decimal(value).abs()), new Decimal(0));
          expect(new Decimal(quantity).minus(sum).abs().lessThanOrEqualTo(size.times(1e-12))).toBe(true);
        }
      }),
      { seed, verbose: 1, numRuns: 40 },
    );
  });
});

describe('recomputeFromSums', () => {
  const observed = observedOf(rows, [maize('1.5', '2.5')]);
  const kept = JSON.parse(JSON.stringify(computeAccount(norm, observed).baseSums));
  const edited = (from: string | RegExp, to: string) => normFrom(sampleNormText.replace(from, to));

  it('gives a changed price or linear parameter without a patch, the same as from patches', () => {
    for (const other of [
      edited('value: 3, from: 2024-06-01', 'value: 4.5, from: 2024-06-01'),
      edited('value: 1/3', 'value: 2/3'),
      edited('value: 1/7', 'value: 1/9'),
    ]) {
      const again = recomputeFromSums(other, { ...observed }, kept)!;
      expect(withoutSums(again)).toEqual(withoutSums(computeAccount(other, observed)));
      expect(again.digest).not.toBe(computeAccount(norm, observed).digest);
      expect(again.baseSums).toEqual(kept);
    }
  });

  it('does not serve a formula whose sums were not kept, nor another stand-in', () => {
    expect(recomputeFromSums(edited('slope - 1', 'slope - 1.5'), observed, kept)).toBeUndefined();
    expect(recomputeFromSums(edited('values: [{ value: 2,', 'values: [{ value: 2.5,'), observed, kept)).toBeUndefined();
  });

  it('always gives what the patches give', () => {
    fc.assert(
      fc.property(anyCase, ({ text, rows: many }) => {
        const one = normFrom(text);
        const first = computeAccount(one, observedOf(many));
        expect(recomputeFromSums(one, observedOf(many), first.baseSums!)).toEqual(first);
      }),
      { seed, verbose: 1, numRuns: 40 },
    );
  });
});
