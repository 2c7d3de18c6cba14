/** Proposals: three persons in whatever order they try, and money that keeps its purposes and its year wherever it is moved. */
import * as fc from 'fast-check';
import { DomainError } from '@gep/kernel';
import { FundRefused } from '../errors';
import type { SourceMoney } from '../fund/source-order';
import { checkTransfer, judgeProposal, proposalActs, stateOfProposal, surplusFen, type Proposal } from './proposal';

const seed = Number(process.env['GEP_TEST_SEED'] ?? Date.now());
const numRuns = process.env['GEP_MANY_CASES'] ? 100_000 : 1000;
const proposal: Proposal = {
  ...{ id: 'p', fundId: 'f', territoryPath: 'CN', kind: 'transfer', reason: 'r', aboutVoucher: null, postings: [] },
  ...{ proposedBy: 'a', proposedByName: 'a', proposedAt: new Date(0), steps: [] },
};

it('is posted only after somebody else approved it, by a third person, and ends once', () => {
  const tries = fc.array(fc.tuple(fc.constantFrom(...proposalActs), fc.constantFrom('a', 'b', 'c')), { maxLength: 12 });
  const seen = new Set<string>();
  const property = fc.property(tries, (list) => {
    let now = proposal;
    for (const [act, actorId] of list) {
      try {
        judgeProposal(now, act, actorId);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        continue;
      }
      const step = { act, actorId, actorName: actorId, reason: 'r', at: new Date(0), voucherId: null };
      now = { ...now, steps: [...now.steps, step] };
    }
    const acts = now.steps.map(({ act }) => act).join(' ');
    seen.add(acts);
    const [approver, payer] = [
      now.steps.find(({ act }) => act === 'approve'),
      now.steps.find(({ act }) => act === 'post'),
    ];
    if (payer) expect(new Set(['a', approver?.actorId, payer.actorId]).size).toBe(3);
    if (stateOfProposal(now) === 'withdrawn') expect(now.steps.at(-1)!.actorId).toBe('a');
  });
  fc.assert(property, { seed, numRuns, verbose: 1 });
  const ways = ['', 'approve', 'approve post', 'approve refuse', 'approve withdraw', 'refuse', 'withdraw'];
  expect([...seen].filter((acts) => !ways.includes(acts))).toEqual([]);
  if (!process.env.GEP_FEWER_CASES) expect([...seen].sort()).toEqual(ways);
}, 600_000);

it('lets money pass on to nothing that it could not pay for itself, however often it is moved', () => {
  const purposes = ['water', 'forest', 'air'];
  const anySource = fc.record({ bound: fc.subarray(purposes), budgetYear: fc.integer({ min: 2023, max: 2026 }) });
  const property = fc.property(
    fc.array(anySource, { minLength: 2, maxLength: 6 }),
    fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 12 }),
    (list, moves) => {
      const sources: SourceMoney[] = list.map(({ bound, budgetYear }, at) => ({
        ...{ code: `s${at}`, purposes: bound, budgetYear, availableFen: 1n },
      }));
      // Of each source, whose money may be in it by now.
      const origins = new Map(sources.map((one) => [one.code, new Set([one])]));
      for (const [from, to] of moves.map(([a, b]) => [sources[a % sources.length], sources[b % sources.length]])) {
        try {
          checkTransfer('eco', from, to);
        } catch (error) {
          if (!(error instanceof FundRefused)) throw error;
          continue;
        }
        for (const origin of origins.get(from.code)!) origins.get(to.code)!.add(origin);
      }
      const pays = ({ purposes: bound }: SourceMoney, purpose: string) => bound.length === 0 || bound.includes(purpose);
      const holds = sources.every((one) =>
        [...origins.get(one.code)!].every(
          (origin) =>
            origin.budgetYear >= one.budgetYear &&
            [...purposes, 'other'].every((purpose) => !pays(one, purpose) || pays(origin, purpose)),
        ),
      );
      expect(holds).toBe(true);
    },
  );
  fc.assert(property, { seed, numRuns, verbose: 1 });
}, 600_000);

it('takes all that is left of a source after two years, and nothing before', () => {
  const source = (budgetYear: number, availableFen: bigint) => ({ code: 's', purposes: [], budgetYear, availableFen });
  expect([2023, 2024, 2025, 2026].map((year) => surplusFen(source(year, 5n), 2025))).toEqual([5n, 0n, 0n, 0n]);
  expect(surplusFen(source(2020, 0n), 2025)).toBe(0n);
});
