/** Boundaries of random histories: accounts of before restated within the boundaries of after lose nothing, to the fen and by type. */
import * as fc from 'fast-check';
import { Fraction, sumFen, sumInOrder } from '@gep/kernel';
import type { Succession } from '@gep/territory';
import type { Account, AccountLine } from '../account/account';
import { assertAddsUp, sealAccount } from '../account/seal-account';
import { sameBoundary, stepsOf, territoriesOf, type BoundaryPlan, type BoundaryStep } from './boundary-plan';
import { planBoundary, type BoundaryHistory } from './plan-boundary.service';
import { restateAccount, sharesOf } from './restate-account';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
console.info(`restate-account.spec seed ${seed} (repeat with GEP_TEST_SEED)`);
fc.configureGlobal({ seed, numRuns: 300 });

const types = ['forest', 'grass'];
const norm = {
  ...{ id: 'test', edition: 'e1', services: [{ code: 'water' }, { code: 'maize' }] },
  types: types.map((code) => ({ code })),
};
const lineOf = (service: string, type: string | null, quantity: number, valueFen: bigint): AccountLine => ({
  ...{ service, category: 'regulating', group: service, type, item: null, quantity, supplied: null, unit: 't' },
  ...{ price: '2', priceUnit: 'yuan/t', gamma: '1', valueFen, grade: 'published' },
});
function accountOf(territory: string, [forest, grass, whole]: readonly number[]): Account {
  const lines = [
    ...[forest, grass].map((quantity, at) => lineOf('water', types[at], quantity, BigInt(Math.round(quantity * 37)))),
    lineOf('maize', null, whole, BigInt(Math.round(whole * 11))),
  ];
  return sealAccount(
    {
      ...{ territory, period: '2020', norm: { id: norm.id, edition: norm.edition }, observationDigest: territory },
      ...{ origin: 'observed', lines, areaByType: { forest, grass }, areaUnit: 'hm2', baseSums: null },
      ...{ coverage: { present: 1, expected: 1, complete: true }, children: [] },
    },
    norm,
  );
}

const historyOf = (successions: readonly Succession[], more: Partial<BoundaryHistory> = {}): BoundaryHistory => ({
  successions,
  transfers: () => Promise.resolve([]),
  children: () => Promise.resolve([]),
  ...more,
});
const plan = async (history: BoundaryHistory, territory: string, day: string, of: string): Promise<BoundaryPlan> => {
  const found = await planBoundary(history, territory, [day, of]);
  if (found.kind === 'unknown') throw new Error(JSON.stringify(found));
  return found;
};
const row = (
  kind: Succession['kind'],
  effective: string,
  predecessor: string,
  successor: string,
  share = Fraction.one,
  more: Partial<Succession> = {},
): Succession => ({
  ...{ kind, effective, predecessor, successor, share, source: 'made up' },
  ...{ basis: kind === 'split' ? 'area' : 'whole' },
  ...more,
});

/** What happens to the territories that stand, by number: two become one, one becomes two or three, or gets another code. */
const happening = fc.record({
  kind: fc.constantFrom<Succession['kind']>('merge', 'split', 'rename'),
  at: fc.nat(20),
  goesOn: fc.boolean(),
  weights: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 3 }),
  byType: fc.boolean(),
});
const worlds = fc.record({
  amounts: fc.array(fc.array(fc.double({ min: 0, max: 1e7, noNaN: true }), { minLength: 3, maxLength: 3 }), {
    minLength: 2,
    maxLength: 5,
  }),
  happenings: fc.array(happening, { minLength: 1, maxLength: 6 }),
});

function playOut(
  count: number,
  happenings: readonly (typeof worlds extends fc.Arbitrary<infer W> ? W : never)['happenings'][number][],
) {
  let standing = Array.from({ length: count }, (_, at) => `u${at}`);
  let fresh = count;
  const successions: Succession[] = [];
  happenings.forEach(({ kind, at, goesOn, weights, byType }, year) => {
    const effective = `${2021 + year}-04-01`;
    const one = standing[at % standing.length];
    const next = (): string => (goesOn && !taken.has(one) ? (taken.add(one), one) : `u${fresh++}`);
    const taken = new Set<string>();
    if (kind === 'merge' && standing.length > 1) {
      const other = standing[(at + 1) % standing.length];
      const into = next();
      successions.push(row('merge', effective, one, into), row('merge', effective, other, into));
      standing = [...standing.filter((code) => code !== one && code !== other), into];
    } else if (kind === 'split') {
      const sum = weights.reduce((all, weight) => all + weight, 0);
      const shares = weights.map((weight) => Fraction.of(BigInt(weight), BigInt(sum)));
      const codes = weights.map(next);
      const rows = codes.map((code, part) => {
        const shareByType = { forest: shares[(part + 1) % shares.length] };
        return row('split', effective, one, code, shares[part], byType ? { basis: 'map', shareByType } : {});
      });
      successions.push(...rows);
      standing = [...standing.filter((code) => code !== one), ...codes];
    } else if (kind === 'rename') {
      const into = next();
      successions.push(row('rename', effective, one, into));
      standing = [...standing.filter((code) => code !== one), into];
    }
  });
  return { standing, successions };
}

it('over all territories of the later boundary, the sum of every line and type is that of before, to the fen', async () => {
  let divided = 0;
  await fc.assert(
    fc.asyncProperty(worlds, async ({ amounts, happenings }) => {
      const accounts = amounts.map((amount, at) => accountOf(`u${at}`, amount));
      const byCode = new Map(accounts.map((account) => [account.territory, account]));
      const { standing, successions } = playOut(amounts.length, happenings);
      const plans = await Promise.all(
        standing.map((code) => plan(historyOf(successions), code, '2030-12-31', '2020-12-31')),
      );
      const restated = plans.map((one) => restateAccount(one, byCode, norm));
      divided += plans.filter((one) => one.kind === 'share').length;
      for (const [at, account] of restated.entries()) {
        assertAddsUp(account);
        expect(account.territory).toBe(plans[at].kind === 'whole' ? plans[at].territory : standing[at]);
        expect([...sharesOf(plans[at]).keys()].sort()).toEqual(territoriesOf(plans[at]).sort());
      }
      for (const service of ['water', 'maize']) {
        for (const type of [...types, null]) {
          const of = (some: readonly Account[]) =>
            some.flatMap(({ lines }) => lines.filter((line) => line.service === service && line.type === type));
          const [before, after] = [of(accounts), of(restated)];
          expect(sumFen(after.map(({ valueFen }) => valueFen))).toBe(sumFen(before.map(({ valueFen }) => valueFen)));
          const sums = [before, after].map((some) => sumInOrder(some.map(({ quantity }) => quantity)));
          expect(Math.abs(sums[1] - sums[0])).toBeLessThanOrEqual(1e-9 * Math.abs(sums[0]));
        }
      }
    }),
  );
  expect(divided).toBeGreaterThan(process.env.GEP_FEWER_CASES ? 0 : 5);
});

describe('a plan', () => {
  const rows = [
    row('merge', '2022-01-01', 'a', 'b'),
    row('merge', '2022-01-01', 'b', 'b'),
    row('split', '2024-07-01', 'b', 'b', Fraction.of(3n, 5n), { basis: 'map' }),
    row('split', '2024-07-01', 'b', 'c', Fraction.of(2n, 5n), { basis: 'map' }),
    row('rename', '2025-01-01', 'c', 'd'),
  ];
  const history = historyOf(rows);

  it('leads through every step, and a year that a change falls into has the boundary of its end', async () => {
    const whole = await plan(history, 'd', '2025-12-31', '2021-12-31');
    expect(stepsOf(whole).map(({ kind, basis, effective }) => [kind, basis, effective])).toEqual([
      ['merge', 'whole', '2022-01-01'],
      ['split', 'map', '2024-07-01'],
      ['rename', 'whole', '2025-01-01'],
    ]);
    expect(Object.fromEntries(sharesOf(whole))).toEqual({ a: ['0.4'], b: ['0.4'] });
    expect(sameBoundary(whole)).toBeUndefined();
    expect(sameBoundary(await plan(history, 'd', '2025-12-31', '2024-12-31'))).toBe('c');
    expect(territoriesOf(await plan(history, 'b', '2024-12-31', '2023-12-31'))).toEqual(['b']);
    expect(stepsOf(await plan(history, 'b', '2023-12-31', '2022-12-31'))).toEqual([]);
  });

  it('forwards what was split is added, and what was merged is not told apart', async () => {
    const forwards = await plan(history, 'b', '2023-12-31', '2025-12-31');
    expect([forwards.kind, territoriesOf(forwards)]).toEqual(['sum', ['b', 'd']]);
    expect(await planBoundary(history, 'a', ['2020-12-31', '2022-12-31'])).toMatchObject({
      kind: 'unknown',
      step: { kind: 'merge', effective: '2022-01-01', from: ['a', 'b'] },
    });
  });

  it('where something moved in, the territory is the sum of what lies below it', async () => {
    const moved: BoundaryStep = {
      ...{ effective: '2023-01-01', kind: 'transfer', basis: 'whole', from: ['q'], to: ['p'], moved: 'p2' },
    };
    const transfers: BoundaryHistory['transfers'] = (code, [from, to]) =>
      Promise.resolve(code === 'p' && from < moved.effective && to >= moved.effective ? [moved] : []);
    const children: BoundaryHistory['children'] = (code) => Promise.resolve(code === 'p' ? ['p1', 'p2'] : []);
    const made = await plan(historyOf([], { transfers, children }), 'p', '2024-12-31', '2022-12-31');
    expect([territoriesOf(made), stepsOf(made)]).toEqual([['p1', 'p2'], [moved]]);
    const later = await plan(historyOf([], { transfers, children }), 'p', '2024-12-31', '2023-12-31');
    expect(later).toEqual({ kind: 'whole', territory: 'p' });
  });
});
