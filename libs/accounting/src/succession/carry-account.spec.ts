/** Random histories of merges, splits and changes of code: the carried accounts sum to those observed, line by line, to the fen. */
import * as fc from 'fast-check';
import { Fraction, sumFen, sumInOrder } from '@gep/kernel';
import type { Account, AccountLine } from '../account/account';
import { assertAddsUp, sealAccount } from '../account/seal-account';
import { carriedParts, type CarriedPart, type CarryingStep } from './carried-parts';
import { carryAccount } from './carry-account';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
console.info(`carry-account.spec seed ${seed} (repeat with GEP_TEST_SEED)`);
fc.configureGlobal({ seed, numRuns: 300 });

const types = ['forest', 'grass'];
const norm = {
  ...{ id: 'test', edition: 'e1', services: [{ code: 'water' }, { code: 'maize' }] },
  types: types.map((code) => ({ code })),
};
const lineOf = (service: string, type: string | null, quantity: number): AccountLine => ({
  ...{ service, category: 'regulating', group: service, type, item: null, quantity, supplied: quantity * 2, unit: 't' },
  ...{ price: '2', priceUnit: 'yuan/t', gamma: '1', valueFen: BigInt(Math.round(quantity * 37)), grade: 'published' },
});
function accountOf(territory: string, [forest, grass, whole]: readonly number[], refusedRows: number): Account {
  return sealAccount(
    {
      ...{ territory, period: '2029', norm: { id: norm.id, edition: norm.edition }, observationDigest: territory },
      ...{ origin: 'observed', areaByType: { forest, grass }, areaUnit: 'hm2', baseSums: null, children: [] },
      lines: [lineOf('water', 'forest', forest), lineOf('water', 'grass', grass), lineOf('maize', null, whole)],
      coverage: { present: 1, expected: 1, complete: refusedRows === 0, ...(refusedRows > 0 && { refusedRows }) },
    },
    norm,
  );
}

const happening = fc.record({
  kind: fc.constantFrom<CarryingStep['kind']>('merge', 'split', 'rename'),
  at: fc.nat(20),
  goesOn: fc.boolean(),
  weights: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 3 }),
  byType: fc.boolean(),
});
const world = fc.record({
  amounts: fc.array(fc.array(fc.double({ min: 0, max: 1e7, noNaN: true }), { minLength: 3, maxLength: 3 }), {
    minLength: 2,
    maxLength: 4,
  }),
  refused: fc.nat(7),
  happenings: fc.array(happening, { minLength: 1, maxLength: 5 }),
});

/** Changes one after the other, each of which becomes known after everything was observed. */
function playOut(count: number, happenings: readonly (typeof happening extends fc.Arbitrary<infer H> ? H : never)[]) {
  let standing = Array.from({ length: count }, (_, at) => `u${at}`);
  let fresh = count;
  const steps: CarryingStep[] = [];
  happenings.forEach(({ kind, at, goesOn, weights, byType }, year) => {
    const one = standing[at % standing.length];
    const from = kind === 'merge' && standing.length > 1 ? [one, standing[(at + 1) % standing.length]] : [one];
    const count = kind === 'split' ? weights.length : 1;
    const into = Array.from({ length: count }, (_, n) => (goesOn && n === 0 ? one : `u${fresh++}`));
    const sum = BigInt(weights.reduce((all, weight) => all + weight, 0));
    const shares = weights.map((weight) => Fraction.of(BigInt(weight), sum));
    const isSplit = kind === 'split';
    for (const predecessor of from) {
      into.forEach((successor, n) =>
        steps.push({
          ...{ effective: `${2021 + year}-04-01`, recordedAt: `${2021 + year}-05-01`, predecessor, successor },
          ...{ kind, basis: isSplit ? 'area' : 'whole', share: isSplit ? shares[n] : Fraction.one },
          ...(isSplit && byType && { shareByType: { forest: shares[(n + 1) % shares.length] } }),
        }),
      );
    }
    standing = [...standing.filter((code) => !from.includes(code)), ...into];
  });
  return { standing, steps };
}

const sourcesOf = (parts: readonly CarriedPart[]): string[] => [...new Set(parts.map(({ territory }) => territory))];

it('over all territories that stand at the end, every line, area and refused row is there once, to the fen', () => {
  let divided = 0;
  fc.assert(
    fc.property(world, ({ amounts, refused, happenings }) => {
      const observed = amounts.map((amount, at) => accountOf(`u${at}`, amount, refused));
      const byCode = new Map(observed.map((account) => [account.territory, account]));
      const { standing, steps } = playOut(amounts.length, happenings);
      const carried = carriedParts(steps, '2029-12-31', new Map(observed.map(({ territory }) => [territory, '2020'])));
      const after = standing.map((territory) => {
        const parts = carried.get(territory);
        if (!parts) return byCode.get(territory)!;
        const sources = sourcesOf(parts);
        const target = { territory, period: '2029', norm, expectedChildren: sources.length };
        const account = carryAccount(
          target,
          parts,
          sources.map((code) => byCode.get(code)!),
        );
        assertAddsUp(account);
        if (account.origin === 'divided') divided += 1;
        expect(account.children.map((child) => child.territory).sort()).toEqual([...sources].sort());
        return account;
      });
      const linesOf = (some: readonly Account[], service: string, type: string | null): AccountLine[] =>
        some.flatMap(({ lines }) => lines.filter((line) => line.service === service && line.type === type));
      for (const [service, type] of [
        ['water', 'forest'],
        ['water', 'grass'],
        ['maize', null],
      ] as const) {
        const [left, right] = [linesOf(observed, service, type), linesOf(after, service, type)];
        expect(sumFen(right.map(({ valueFen }) => valueFen))).toBe(sumFen(left.map(({ valueFen }) => valueFen)));
        for (const pick of [(line: AccountLine) => line.quantity, (line: AccountLine) => line.supplied!]) {
          const [was, is] = [sumInOrder(left.map(pick)), sumInOrder(right.map(pick))];
          expect(Math.abs(is - was)).toBeLessThanOrEqual(1e-9 * was);
        }
      }
      const rowsOf = (some: readonly Account[]) => some.reduce((n, { coverage }) => n + (coverage.refusedRows ?? 0), 0);
      expect(rowsOf(after)).toBe(rowsOf(observed));
      expect(after.every(({ coverage }) => coverage.complete === (refused === 0))).toBe(true);
    }),
  );
  expect(divided).toBeGreaterThan(0);
});
