/** What a recomputation does to reviews: it leaves locked accounts alone, and sends back what it overtakes. */
import { appendAudit } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { accountingActor } from '../recompute/system-actor';
import { AccountLocked } from './errors';
import { lockOf } from './lock-of';
import type { ReviewStep } from './review-step';
import { decideAct } from './review-table';
import { insertSteps, listOvertaken, type NewStep } from './review.store';

/**
 * Why an account may not become the current one: another vintage of it is approved or published.
 * @param lock the step that locked the territory, if it is locked
 */
export function refusedByLock(lock: ReviewStep | undefined, accountId: string): AccountLocked | undefined {
  if (!lock || lock.vintage.accountId === accountId) return undefined;
  return new AccountLocked(lockOf(lock), {
    zh: '换用新版的重新核算',
    en: 'a recomputation that gives another vintage',
  });
}

/** Sends the reviews back whose vintage these accounts have replaced. The caller holds the lock of the territories. */
export async function noteNewVintages(tx: EntityManager, accountIds: readonly string[], runId: string): Promise<void> {
  if (accountIds.length === 0) return;
  const { id, name } = accountingActor;
  const steps = (await listOvertaken(tx, accountIds)).flatMap(({ last, current }): NewStep[] => {
    const decision = decideAct(last.state, 'supersede', ['program']);
    if (!('to' in decision)) return [];
    const reason = `第 ${current.vintage} 版取代第 ${last.vintage.vintage} 版，须重新核对 · vintage ${current.vintage} took the place of vintage ${last.vintage.vintage}, to be checked anew (run ${runId})`;
    return [
      {
        ...last,
        ...{ stepNo: last.stepNo + 1, act: 'supersede', from: last.state, state: decision.to },
        ...{ vintage: current, by: { id, name }, reason },
      },
    ];
  });
  for (const step of await insertSteps(tx, steps)) {
    const { territory, period, normId, path, from, state, round, vintage } = step;
    await appendAudit(tx, {
      actor: accountingActor,
      action: 'review.supersede',
      subject: `${territory} ${period} ${normId}`,
      territoryPath: path,
      before: { state: from, round },
      after: { state, round, ...vintage, reason: step.reason, run: runId },
    });
  }
}
