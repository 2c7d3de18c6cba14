/** Parts and their progress: netting, advances, bills, clawbacks; and what holds however lines, disputes and grants come. */
import * as fc from 'fast-check';
import { sumFen, type Fen } from '@gep/kernel';
import type { SettlementDraft } from '../draft/settlement-draft';
import { addMoves, disputedOf, noMoves, type PartMoves, planPart } from './part-progress';
import type { SettlementLine } from './settlement-line';
import { netOf, nothingBefore, type PartsBefore, partsOf, type SettlementPart } from './settlement-part';

const seed = Number(process.env['GEP_TEST_SEED'] ?? Date.now());
const numRuns = process.env['GEP_MANY_CASES'] ? 100_000 : 1000;
const fund = 'fund:eco';
const named = (party: string) => ({ zh: party, en: party });
const lineOf = (no: number, unit: string, fromParty: string, toParty: string, amountFen: Fen): SettlementLine => ({
  ...{ no, unit, fromParty, toParty, amountFen, payment: 'pay' },
  detail: {} as SettlementLine['detail'],
});
const draftOf = (more: Partial<SettlementDraft> = {}): SettlementDraft =>
  ({ code: 's', kind: 'settlement', trueUp: { way: 'clawback' }, ...more }) as SettlementDraft;
const given = (
  lines: readonly SettlementLine[],
  before: Partial<PartsBefore> = {},
  more: Partial<SettlementDraft> = {},
) => partsOf(lines, draftOf(more), { ...nothingBefore, ...before }, named);
const told = (parts: readonly SettlementPart[]): string[] =>
  parts.map(
    ({ party, claimFen, billFen, clawbackFen, advanceSpentFen, takenFen }) =>
      `${party} +${claimFen} b${billFen} -${clawbackFen} a${advanceSpentFen} t${takenFen}`,
  );

it('nets what a party gets and pays, and leaves the fund out', () => {
  const lines = [
    lineOf(1, 'a', fund, 'a', 100n),
    lineOf(2, 'b', fund, 'b', 30n),
    lineOf(3, '', 'a', 'b', 40n),
    lineOf(4, 'c', fund, 'c', -25n),
  ];
  expect([...netOf(lines)]).toEqual([
    [fund, -105n],
    ['a', 60n],
    ['b', 70n],
    ['c', -25n],
  ]);
  expect(told(given(lines))).toEqual(['a +60 b0 -0 a0 t0', 'b +70 b0 -0 a0 t0', 'c +0 b25 -0 a0 t0']);
});

it('sets advances off, and claws back what was too much unless the next settlement counts it', () => {
  const lines = [lineOf(1, 'a', fund, 'a', 100n), lineOf(2, 'b', fund, 'b', 30n), lineOf(3, 'c', fund, 'c', -10n)];
  const advanced = new Map([
    ['a', 60n],
    ['b', 50n],
    ['c', 5n],
    ['d', 7n],
  ]);
  expect(told(given(lines, { advanced }))).toEqual([
    'a +40 b0 -0 a60 t0',
    'b +0 b0 -20 a30 t0',
    'c +0 b10 -5 a0 t0',
    'd +0 b0 -7 a0 t0',
  ]);
  expect(told(given(lines, { advanced }, { trueUp: { way: 'next-cycle' } }))).toEqual([
    'a +40 b0 -0 a60 t0',
    'b +0 b0 -0 a30 t0',
    'c +0 b10 -0 a0 t0',
    'd +0 b0 -0 a0 t0',
  ]);
});

it('takes in what an earlier correction left, less only as far as something is due', () => {
  const lines = [lineOf(1, 'a', fund, 'a', 100n), lineOf(2, 'b', fund, 'b', 30n)];
  const waiting = new Map([
    ['a', 20n],
    ['b', -50n],
  ]);
  expect(told(given(lines, { waiting }))).toEqual(['a +120 b0 -0 a0 t20', 'b +0 b0 -0 a0 t-30']);
});

it('refuses an advance that takes', () => {
  expect(() => given([lineOf(1, 'a', fund, 'a', -1n)], {}, { kind: 'advance' })).toThrow(/takes nothing/);
});

it('gives a party what of it is undisputed, and asks nothing of it meanwhile', () => {
  const lines = [lineOf(1, 'x', fund, 'a', 60n), lineOf(2, 'y', fund, 'a', 50n), lineOf(3, 'z', fund, 'b', -5n)];
  const [a, b] = given(lines, { advanced: new Map([['a', 30n]]) });
  const frozen = disputedOf(lines, new Set(['y', 'z']));
  expect(planPart(a, noMoves, frozen.get('a'))).toEqual({
    claimFen: 30n,
    moves: { advanceSpentFen: 30n, clawbackFen: 0n, billedFen: 0n },
  });
  expect(planPart(b, noMoves, frozen.get('b')).moves.billedFen).toBe(0n);
  const done = { ...noMoves, grantedFen: 30n, advanceSpentFen: 30n };
  expect(planPart(a, done).claimFen).toBe(50n);
  expect(planPart(a, noMoves, frozen.get('a'), true).claimFen).toBe(0n);
});

const hold = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(`does not hold: ${what}`);
};

it('sums to zero with all parties, grants no more than the fund has, and ends where nothing is disputed', () => {
  const parties = ['a', 'b', 'c', 'd', fund];
  const line = fc.record({
    unit: fc.constantFrom('u', 'v', 'w', ''),
    from: fc.constantFrom(...parties),
    to: fc.constantFrom(...parties),
    fen: fc.bigInt({ min: -1000n, max: 1000n }),
  });
  const round = fc.record({
    frozen: fc.uniqueArray(fc.constantFrom('u', 'v', 'w', 'a', 'b'), { maxLength: 2 }),
    percent: fc.constantFrom(100n, 60n, 0n),
  });
  const property = fc.property(
    fc.array(line, { minLength: 1, maxLength: 12 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.bigInt({ min: 0n, max: 800n })),
    fc.constantFrom('clawback', 'next-cycle'),
    fc.array(round, { maxLength: 4 }),
    (rows, advances, way, rounds) => {
      const lines = rows.map(({ unit, from, to, fen }, at) => lineOf(at + 1, unit, from, to, fen));
      hold(sumFen(netOf(lines).values()) === 0n, 'all parties sum to zero');
      const parts = given(lines, { advanced: new Map(Object.entries(advances)) }, { trueUp: { way } });
      const done = new Map<string, PartMoves>(parts.map(({ party }) => [party, noMoves]));
      const carry = (frozen: ReadonlySet<string>, percent: bigint): void => {
        const disputed = disputedOf(lines, frozen);
        for (const part of parts) {
          const before = done.get(part.party)!;
          const { claimFen, moves } = planPart(part, before, disputed.get(part.party));
          hold(claimFen >= 0n && Object.values(moves).every((fen) => fen >= 0n), 'nothing is negative');
          const grantedFen = (claimFen * percent) / 100n;
          done.set(part.party, addMoves(before, { ...moves, grantedFen }));
        }
      };
      for (const { frozen, percent } of rounds) carry(new Set(frozen), percent);
      carry(new Set(), 100n);
      for (const part of parts) {
        const { grantedFen, advanceSpentFen, clawbackFen, billedFen } = done.get(part.party)!;
        const { entitledFen, advancedFen, claimFen } = part;
        hold(advanceSpentFen + clawbackFen <= advancedFen, 'no more than was advanced is spent and clawed back');
        if (way === 'clawback') hold(advanceSpentFen + clawbackFen === advancedFen, 'every advance is settled');
        hold(grantedFen === claimFen, 'the whole claim is granted in the end, and no more');
        hold(grantedFen + advanceSpentFen - billedFen === entitledFen || advancedFen > 0n, 'what is given is entitled');
      }
    },
  );
  fc.assert(property, { seed, numRuns, verbose: 1 });
});
