/** Money used for conservation is counted to the fen; what is lacking is named, and late only after its day. */
import { nextEdition, type Spending, standingMeasures, summarizeSpending } from './spending';

const spending = (use: Spending['use'], amountFen: bigint, spentOn: string): Spending => ({
  ...{ id: spentOn + use, use, purpose: 'planting', amountFen, spentOn, evidence: `e-${spentOn}` },
  ...{ documentDigest: 'a'.repeat(64), cancels: null },
});
const terms = { paidFen: 1000n, conservationDueFen: 700n, spendBy: '2026-06-30' };
const all = [
  spending('conservation', 600n, '2025-11-01'),
  spending('conservation', 100n, '2026-02-01'),
  spending('allowed', 300n, '2026-03-01'),
];
const statement = (year: string, conservationFen: bigint, allowedFen: bigint) => ({
  ...{ year, edition: 1, conservationFen, allowedFen, on: `${year}-12-31`, documentDigest: 'b'.repeat(64) },
});

it('names what is unspent, what conservation lacks, and which year has no true statement', () => {
  expect(summarizeSpending(terms, all.slice(0, 1), [statement('2025', 500n, 0n)], '2026-06-30')).toEqual({
    ...{ conservationFen: 600n, allowedFen: 0n, unspentFen: 400n, conservationLackingFen: 100n },
    ...{ statementsLacking: ['2025'], isLate: false },
  });
  expect(summarizeSpending(terms, all.slice(0, 1), [], '2026-07-01').isLate).toBe(true);
});

it('finds nothing lacking once all is spent and stated', () => {
  const statements = [statement('2025', 600n, 0n), statement('2026', 100n, 300n)];
  expect(summarizeSpending(terms, all, statements, '2027-01-01')).toMatchObject({
    ...{ unspentFen: 0n, conservationLackingFen: 0n, statementsLacking: [], isLate: false },
  });
});

it('takes the newest statement of a year, and asks for another only when it says something else', () => {
  const older = statement('2026', 100n, 0n);
  const statements = [statement('2025', 600n, 0n), { ...statement('2026', 100n, 300n), edition: 2 }, older];
  expect(summarizeSpending(terms, all, statements, '2027-01-01').statementsLacking).toEqual([]);
  expect(nextEdition(statements, statement('2026', 100n, 300n))).toBeUndefined();
  expect(nextEdition(statements, statement('2026', 100n, 0n))).toBe(3);
  expect(nextEdition(statements, statement('2027', 0n, 0n))).toBe(1);
});

it('holds a measure until it is lifted', () => {
  const measure = { contractId: 'c', amountFen: null, on: '2026-01-01', reason: 'late' };
  const delay = { ...measure, id: 'd', kind: 'delay', lifts: null } as const;
  expect(standingMeasures([delay])).toEqual([delay]);
  expect(standingMeasures([delay, { ...measure, id: 'l', kind: 'lift', lifts: 'd' }])).toEqual([]);
});
