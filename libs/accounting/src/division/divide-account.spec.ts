/** Divisions of random accounts: to the fen and to the bit, whatever the shares and their order; and what is refused. */
import * as fc from 'fast-check';
import { Fraction, sumInOrder } from '@gep/kernel';
import type { Account, AccountLine } from '../account/account';
import { sealAccount } from '../account/seal-account';
import { divideAccount, type DivisionPart } from './divide-account';
import { shareQuantity } from './share-quantity';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
console.info(`divide-account.spec seed ${seed} (repeat with GEP_TEST_SEED)`);
fc.configureGlobal({ seed, numRuns: 1_000 });

const types = ['forest', 'grass', 'dry'];
const norm = { id: 'test', edition: 'e1', services: [{ code: 'soil' }, { code: 'maize' }] };

function accountOf(lines: readonly AccountLine[], areaByType: Record<string, number>): Account {
  return sealAccount(
    {
      ...{ territory: '990101', period: '2024', norm: { id: norm.id, edition: norm.edition } },
      ...{ observationDigest: 'digest', origin: 'observed', lines, areaByType, areaUnit: 'hm2', baseSums: null },
      ...{ coverage: { present: 1, expected: 1, complete: true }, children: [] },
    },
    norm,
  );
}

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -1e9, max: 1e9, noNaN: true }),
);
const line = fc
  .record({
    service: fc.constantFrom('soil', 'maize'),
    type: fc.constantFrom(...types, null),
    quantity: number,
    supplied: fc.option(number),
    valueFen: fc.oneof(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), fc.bigInt({ min: -9n, max: 9n })),
  })
  .map((some): AccountLine => ({
    ...some,
    ...{ category: 'regulating', group: some.service, item: null, unit: 't', price: '2' },
    ...{ priceUnit: 'yuan/t', gamma: '1', grade: 'solved' },
  }));
const accounts = fc
  .tuple(
    fc.uniqueArray(line, { selector: ({ service, type }) => `${service} ${type}`, maxLength: 8 }),
    fc.dictionary(fc.constantFrom(...types), fc.double({ min: 0, max: 1e12, noNaN: true })),
  )
  .map(([lines, areas]) =>
    accountOf(
      lines.sort((a, b) => (a.service < b.service ? -1 : 1)),
      areas,
    ),
  );

/** Weights of `count` parts as shares that sum to exactly one. */
const shares = (count: number) =>
  fc
    .array(fc.nat(1_000_000), { minLength: count, maxLength: count })
    .filter((weights) => weights.some((weight) => weight > 0))
    .map((weights) => {
      const sum = BigInt(weights.reduce((all, weight) => all + weight, 0));
      return weights.map((weight) => Fraction.of(BigInt(weight), sum));
    });
const divisions = fc.integer({ min: 1, max: 7 }).chain((count) =>
  fc.tuple(shares(count), fc.dictionary(fc.constantFrom(...types), shares(count))).map(([whole, byType]) =>
    whole.map((share, at): DivisionPart => ({
      code: `99010${at + 2}`,
      share,
      shareByType: Object.fromEntries(Object.entries(byType).map(([type, ofType]) => [type, ofType[at]])),
    })),
  ),
);

const sumOf = (fen: readonly bigint[]): bigint => fen.reduce((sum, one) => sum + one, 0n);

describe('a division', () => {
  it('loses nothing: each line, area and total of the parts sums to the whole, to the fen and to the bit', () => {
    fc.assert(
      fc.property(accounts, divisions, (account, parts) => {
        const divided = divideAccount(account, parts);
        expect(sumOf(divided.map(({ totals }) => totals.totalFen))).toBe(account.totals.totalFen);
        account.lines.forEach((whole, at) => {
          const ofLine = divided.map(({ lines }) => lines[at]);
          expect(sumOf(ofLine.map(({ valueFen }) => valueFen))).toBe(whole.valueFen);
          expect(sumInOrder(ofLine.map(({ quantity }) => quantity)) - whole.quantity).toBe(0);
          // Not even compensation is needed, nor an order.
          expect(ofLine.reduceRight((sum, { quantity }) => sum + quantity, 0) - whole.quantity).toBe(0);
          if (whole.supplied === null) expect(ofLine.every(({ supplied }) => supplied === null)).toBe(true);
          else expect(sumInOrder(ofLine.map(({ supplied }) => supplied!)) - whole.supplied).toBe(0);
          for (const part of ofLine) {
            const { quantity, supplied, valueFen } = part;
            expect(part).toEqual({ ...whole, quantity, supplied, valueFen });
          }
        });
        for (const [type, area] of Object.entries(account.areaByType)) {
          expect(sumInOrder(divided.map(({ areaByType }) => areaByType[type]))).toBe(area);
        }
        for (const by of ['byCategory', 'byGroup', 'byService', 'byType'] as const) {
          for (const [key, fen] of Object.entries(account.totals[by])) {
            expect(sumOf(divided.map(({ totals }) => totals[by][key]))).toBe(fen);
          }
        }
      }),
    );
  });

  it('gives each part within one fen and one last bit of its exact share, whatever the order of the parts', () => {
    fc.assert(
      fc.property(accounts, divisions, (account, parts) => {
        const divided = divideAccount(account, parts);
        const turned = divideAccount(account, [...parts].reverse()).reverse();
        expect(turned).toEqual(divided);
        divided.forEach(({ lines }, at) =>
          lines.forEach(({ type, valueFen, quantity }, row) => {
            const share = (type === null ? undefined : parts[at].shareByType![type]) ?? parts[at].share;
            const exact = Fraction.of(account.lines[row].valueFen).times(share).minus(Fraction.of(valueFen));
            expect(Math.abs(exact.toNumber())).toBeLessThan(1);
            const whole = account.lines[row].quantity;
            const away = Math.abs(whole * share.toNumber() - quantity);
            expect(away).toBeLessThanOrEqual(Math.max(Number.MIN_VALUE * 2, Math.abs(whole) * 4.5e-16));
          }),
        );
      }),
    );
  });

  it('is the whole for one part that has all of it', () => {
    fc.assert(
      fc.property(accounts, (account) => {
        const [all, none] = divideAccount(account, [
          { code: '990102', share: Fraction.one },
          { code: '990103', share: Fraction.zero },
        ]);
        expect(all.totals).toEqual(account.totals);
        all.lines.forEach(({ quantity }, at) => expect(quantity - account.lines[at].quantity).toBe(0));
        expect(none.totals.totalFen).toBe(0n);
      }),
    );
  });

  it('goes by the shares of a type where they are known', () => {
    const soil = { service: 'soil', category: 'regulating', group: 'soil', item: null, supplied: null } as const;
    const terms = { unit: 't', price: '2', priceUnit: 'yuan/t', gamma: '1', grade: 'solved' } as const;
    const account = accountOf(
      [
        { ...soil, ...terms, type: 'forest', quantity: 10, valueFen: 2_000n },
        { ...soil, ...terms, type: 'grass', quantity: 3, valueFen: 1_000n },
      ],
      { forest: 8, grass: 3 },
    );
    const third = Fraction.of(1n, 3n);
    const [west, east] = divideAccount(account, [
      { code: '990102', share: third, shareByType: { forest: Fraction.of(3n, 4n) } },
      { code: '990103', share: Fraction.of(2n, 3n), shareByType: { forest: Fraction.of(1n, 4n) } },
    ]);
    expect(west.lines.map(({ quantity, valueFen }) => [quantity, valueFen])).toEqual([
      [7.5, 1_500n],
      [1, 333n],
    ]);
    expect(east.lines.map(({ quantity, valueFen }) => [quantity, valueFen])).toEqual([
      [2.5, 500n],
      [2, 667n],
    ]);
    expect([west.areaByType, east.areaByType]).toEqual([
      { forest: 6, grass: 1 },
      { forest: 2, grass: 2 },
    ]);
    expect(west.dividedFrom).toEqual({ territory: '990101', digest: account.digest });
  });

  const part = (code: string, share: string, forest?: string): DivisionPart => ({
    code,
    share: Fraction.parse(share)!,
    ...(forest && { shareByType: { forest: Fraction.parse(forest)! } }),
  });
  const forested = accountOf([], { forest: 1 });
  it.each([
    ['shares that leave something over', [part('990102', '0.3'), part('990103', '0.6')], 'shares-unfit'],
    ['a share below zero', [part('990102', '1.5'), part('990103', '-0.5')], 'shares-unfit'],
    ['shares of a type that do not fit', [part('990102', '0.5', '1'), part('990103', '0.5')], 'shares-unfit'],
    ['nobody', [], 'shares-unfit'],
    ['a part given twice', [part('990102', '0.5'), part('990102', '0.5')], 'part-twice'],
  ])('refuses %s', (_what, parts, code) => {
    expect(() => divideAccount(forested, parts)).toThrow(
      expect.objectContaining({ code: `accounting.division-${code}` }) as Error,
    );
  });
});

it('shares the largest and the smallest double', () => {
  const halves = ['a', 'b'].map((code) => ({ code, weight: Fraction.of(1n, 2n) }));
  expect([...shareQuantity(Number.MAX_VALUE, halves).values()].reduce((a, b) => a + b)).toBe(Number.MAX_VALUE);
  expect([...shareQuantity(Number.MIN_VALUE, halves)]).toEqual([
    ['a', Number.MIN_VALUE],
    ['b', 0],
  ]);
  expect([...shareQuantity(-1, halves).values()]).toEqual([-0.5, -0.5]);
});
