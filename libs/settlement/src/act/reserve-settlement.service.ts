/** Reserves money for what is due: all claims of a settlement together, and with them those that wait in the queue of the fund. */
import type { Period } from '@gep/kernel';
import { type FundClaim, reserveFundClaims, type ShortfallPolicy } from '@gep/ledger';
import type { Officer } from '@gep/procedure';
import { takeStep } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { inState, settled } from '../compute/standing.service';
import { type FundShare, insertShares, listQueuedSettlements } from '../deed.store';
import { SettlementConflict } from '../errors';
import { settlementTable } from '../settlement-steps';
import { listHeads } from '../settlement.store';
import { listRestatedFigures } from '../restatement/stale.store';
import { refuseIdleRound } from './refuse-idle-round.service';
import { SettlementCase } from './settlement-case.service';

export interface ReserveWish {
  readonly id: string;
  /** What people call the settlement, for refusals. */
  readonly code?: string;
  readonly reason?: string;
  readonly documentDigest?: string;
  /** Parties that the mechanism holds back: they stay as they are. */
  readonly leaveOut?: readonly string[];
  /** Until when the money is held; half a year when absent. */
  readonly expiresAt?: Date;
  /** Period whose year is that of the money; that of the settlement when absent. */
  readonly moneyPeriod?: Period;
  /** Instead of that of the fund. */
  readonly policy?: ShortfallPolicy;
  /** Under `priority`, by party; smaller ones first. */
  readonly priorities?: Readonly<Record<string, number>>;
}

const usualDays = 182;
export const heldUntil = (): Date => new Date(Date.now() + usualDays * 86_400_000);

/** The fund is locked by the caller before the subject is. @throws StepRefused, SettlementConflict, FundRefused */
export async function reserveSettlement(tx: EntityManager, actor: Officer, wish: ReserveWish): Promise<void> {
  const { id, code, reason, documentDigest } = wish;
  const step = await takeStep(tx, actor, settlementTable, { id, code, act: 'reserve', reason, documentDigest });
  const own = await SettlementCase.read(tx, id, wish.leaveOut);
  await refuseCorrected(tx, own);
  await refuseIdleRound(tx, own);
  const { head, fund, pendingShares, unpaidShares } = own;
  const claims = claimsOf(own, wish.priorities);
  const hasMoves = own.parts.some((part) => Object.values(own.plan(part).moves).some((fen) => fen > 0n));
  if (step.from === 'paid' && claims.length + pendingShares.length + unpaidShares.length === 0 && !hasMoves)
    throw new SettlementConflict(head.code, {
      zh: '没有尚待预留的金额（gep settlement show 或 GET /api/v1/settlements/{id} 可查）',
      en: 'nothing is left to reserve (gep settlement show or GET /api/v1/settlements/{id} tell)',
    });
  const policy = wish.policy ?? fund.shortfallPolicy;
  const others = policy === 'queue' ? await waitingOthers(tx, actor, own) : [];
  const together = [own, ...others];
  const wanted = together.flatMap((one) => claimsOf(one, wish.priorities));
  if (wanted.length === 0) return;
  const decisionKey = `settlement:${id}:${own.round + 1}`;
  const granted = await reserveFundClaims(tx, actor, {
    ...{ fundId: fund.id, decisionKey, purpose: head.purpose, agreement: head.agreement, claims: wanted, policy },
    period: wish.moneyPeriod ?? head.moneyPeriod,
    expiresAt: wish.expiresAt ?? heldUntil(),
  });
  const byCode = new Map(granted.map((claim) => [claim.code, claim]));
  const shares = together.flatMap((one) =>
    one.parts.flatMap(({ party, territoryPath }): FundShare[] => {
      const claim = byCode.get(claimCode(one, party));
      if (!claim) return [];
      const { claimedFen, grantedFen, queued, reservationIds } = claim;
      return [
        {
          ...{ settlementId: one.head.id, round: one.round + 1, party, territoryPath, claimedFen, grantedFen },
          ...{ restoredFen: 0n, queued, decisionKey, reservationIds },
        },
      ];
    }),
  );
  await insertShares(tx, shares);
}

/** Short, so that the code of the settlement fits beside the party. */
const claimCode = ({ head }: SettlementCase, party: string): string => {
  const code = `${head.code}/${party}`;
  return code.length <= 100 ? code : `${head.id}/${party}`.slice(0, 100);
};

function claimsOf(one: SettlementCase, priorities: ReserveWish['priorities'] = {}): FundClaim[] {
  return one.parts.flatMap((part) => {
    const { party } = part;
    const amountFen = one.plan(part).claimFen;
    if (amountFen === 0n) return [];
    const claim = { code: claimCode(one, party), party, amountFen, since: one.head.period };
    return [{ ...claim, ...(party in priorities && { priority: priorities[party] }) }];
  });
}

/** Earlier settlements whose claims wait come again with this one: nobody overtakes them. */
async function waitingOthers(tx: EntityManager, actor: Officer, own: SettlementCase): Promise<SettlementCase[]> {
  const waiting = (await listQueuedSettlements(tx, own.fund.id)).filter((id) => id !== own.head.id).sort();
  const others: SettlementCase[] = [];
  for (const head of await inState(tx, await listHeads(tx, { ids: waiting }), 'paid')) {
    // What was restated meanwhile is taken over by its correction.
    if ((await listRestatedFigures(tx, head.id)).length > 0 || (await correctionOf(tx, head.id))) continue;
    const other = await SettlementCase.read(tx, head.id);
    if (claimsOf(other).length === 0) continue;
    await takeStep(tx, actor, settlementTable, { id: head.id, act: 'reserve', reason: own.head.code });
    others.push(other);
  }
  return others;
}

async function correctionOf(tx: EntityManager, id: string) {
  return (await inState(tx, await listHeads(tx, { about: id }), ...settled)).at(0);
}

/** @throws SettlementConflict when a correction has taken the settlement over */
async function refuseCorrected(tx: EntityManager, { head }: SettlementCase): Promise<void> {
  const correction = await correctionOf(tx, head.id);
  if (correction)
    throw new SettlementConflict(
      head.code,
      {
        zh: `已由 ${correction.code} 更正，尚欠的部分由该更正或其后的更正办理`,
        en: `${correction.code} has corrected it, and what is still due is settled by that or a later correction`,
      },
      { correction: correction.id },
    );
}
