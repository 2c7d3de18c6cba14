/** Approves what was reserved and posts what is owed, billed and owed back, each party with its own basis. */
import { actOnReservations, type Posting, postVoucher } from '@gep/ledger';
import { announce } from '@gep/platform';
import { type Officer, owePublication, takeStep, todayOf } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { byParty } from '../decision/by-party';
import { advancedBefore } from '../compute/standing.service';
import { noMoves } from '../decision/part-progress';
import { insertDeeds } from '../deed.store';
import { SettlementConflict } from '../errors';
import { settlementApproved } from '../events';
import { settlementTable } from '../settlement-steps';
import type { SettlementTools } from '../settlement-tools.service';
import { clawBack } from './claw-back.service';
import { attemptsOf, type PartPosting } from './part-posting';
import { refuseIdleRound } from './refuse-idle-round.service';
import { SettlementCase } from './settlement-case.service';

export interface ApproveWish {
  readonly id: string;
  /** What people call the settlement, for refusals. */
  readonly code?: string;
  readonly reason?: string;
  readonly documentDigest?: string;
  /** Parties that the mechanism holds back: they stay as they are. */
  readonly leaveOut?: readonly string[];
  /** Day of the voucher, `YYYY-MM-DD`; today when absent. */
  readonly effectiveDate?: string;
}

/** @throws StepRefused, SettlementConflict, ReservationRefused, NothingToRecover, and what posting throws */
export async function approveSettlement(
  tx: EntityManager,
  actor: Officer,
  tools: SettlementTools,
  wish: ApproveWish,
): Promise<void> {
  const { id, reason, documentDigest } = wish;
  const book = await tools.clockBook();
  await takeStep(tx, actor, settlementTable, { id, code: wish.code, act: 'approve', reason, documentDigest });
  const own = await SettlementCase.read(tx, id, wish.leaveOut);
  await refuseIdleRound(tx, own);
  const { head } = own;
  await refuseMovedAdvances(tx, own);
  const shares = own.pendingShares.filter((share) => own.isFree(share));
  const held = shares.flatMap(({ reservationIds }) => reservationIds);
  await actOnReservations(tx, actor, held, { act: 'approve', reason: reason?.trim() || head.code });
  const sharesOf = byParty(shares);
  const postings = own.parts.flatMap((part): PartPosting[] => {
    const ofPart = sharesOf(part.party);
    const { moves } = own.plan(part);
    const last = ofPart.at(-1);
    const hasMoves = Object.values(moves).some((fen) => fen > 0n);
    const earlier = ofPart.slice(0, -1).map((share) => ({
      ...{ part, round: share.round, amountFen: share.grantedFen },
      moves: { ...noMoves, grantedFen: share.grantedFen - share.restoredFen },
    }));
    if (!last) return hasMoves ? [{ part, round: own.round, amountFen: 0n, moves: { ...noMoves, ...moves } }] : [];
    const grantedFen = last.grantedFen - last.restoredFen;
    return [...earlier, { part, round: last.round, amountFen: last.grantedFen, moves: { ...moves, grantedFen } }];
  });
  const effectiveDate = wish.effectiveDate ?? (await todayOf(tx));
  const voucherId = await postSettled(tx, actor, own, postings, effectiveDate);
  const attempts = attemptsOf(own.deeds, 'settle');
  await insertDeeds(
    tx,
    actor,
    postings.map(({ part: { party, territoryPath }, round, amountFen, moves }) => ({
      ...{ settlementId: id, party, territoryPath, deed: 'settle', round, attempt: attempts(party), amountFen, moves },
      ...{ voucherId, aboutDeed: null, payee: null, reason: null },
    })),
  );
  await clawBack(tx, actor, own, postings, effectiveDate);
  const rule = { subject: { kind: 'settlement', id }, territoryPath: head.territoryPath, rule: 'result' } as const;
  await owePublication(tx, actor, book, { ...rule, document: noticeOf(own), from: effectiveDate });
  const { code, agreement, period, territoryPath } = head;
  const payload = { settlementId: id, code, agreement, period, territoryPath };
  await announce(tx, { event: settlementApproved, key: `${id} ${attempts('')}:${own.deeds.length}`, payload });
}

/** What was advanced when it was computed must still stand. @throws SettlementConflict */
async function refuseMovedAdvances(tx: EntityManager, { head, fund, parts, deeds }: SettlementCase): Promise<void> {
  if (head.kind !== 'settlement' || deeds.some(({ deed }) => deed === 'settle')) return;
  const now = await advancedBefore(tx, fund, head);
  const known = new Map(parts.map(({ party, advancedFen }) => [party, advancedFen]));
  const moved = [...new Set([...now.keys(), ...known.keys()])].filter(
    (party) => (now.get(party) ?? 0n) !== (known.get(party) ?? 0n),
  );
  if (moved.length > 0)
    throw new SettlementConflict(
      head.code,
      {
        zh: `核算之后 ${moved.join('、')} 的预付款有变动；请撤回并重新核算（gep settlement withdraw 或 POST /api/v1/settlements/{id}/withdraw）`,
        en: `what stands advanced to ${moved.join(', ')} has changed since it was computed; withdraw it and compute it anew (gep settlement withdraw, POST /api/v1/settlements/{id}/withdraw)`,
      },
      { parties: moved },
    );
}

/** Posts all but what is clawed back of payments. @returns null when there is nothing to post */
async function postSettled(
  tx: EntityManager,
  actor: Officer,
  own: SettlementCase,
  parts: readonly PartPosting[],
  effectiveDate: string,
): Promise<string | null> {
  const { head, deeds } = own;
  if (head.kind === 'advance') return null;
  const [spent, payable] = [await own.account(tx, 'spent'), await own.account(tx, 'payable')];
  const [advanced, billed] = [await own.account(tx, 'advanced'), await own.account(tx, 'billed')];
  const levied = await own.account(tx, 'levied');
  const postings = parts.flatMap(({ part, moves }): Posting[] => {
    const { party, territoryPath } = part;
    const { grantedFen, advanceSpentFen, billedFen } = moves;
    const of = { party, territoryPath, basis: own.basis(part) };
    return [
      { ...of, accountId: spent, amountFen: grantedFen + advanceSpentFen },
      { ...of, accountId: payable, amountFen: -grantedFen },
      { ...of, accountId: advanced, amountFen: -advanceSpentFen },
      { ...of, accountId: billed, amountFen: billedFen },
      { ...of, accountId: levied, amountFen: -billedFen },
    ].filter(({ amountFen }) => amountFen !== 0n);
  });
  if (postings.length === 0) return null;
  const isPurchase =
    head.mechanism === 'increment-procurement' && postings.every(({ basis }) => basis.vintageId !== null);
  const settledBefore = new Set(deeds.filter(({ deed }) => deed === 'settle').map(({ voucherId }) => voucherId)).size;
  const { id } = await postVoucher(tx, actor, {
    ...{ businessKey: `settlement:${head.id}:${settledBefore + 1}:${deeds.length}`, effectiveDate, postings },
    kind: isPurchase ? 'purchase' : 'settlement',
    ...{ territoryPath: head.territoryPath, memo: `${head.code} ${head.period}` },
  });
  return id;
}

/** What is published of the result: amounts by party, the rule, and from which figures. Households are added up. */
function noticeOf({ head, parts }: SettlementCase): object {
  const isHousehold = (party: string): boolean => party.startsWith('owner:');
  const { code, agreement, period, kind, policyId, ruleEdition, snapshotDigest } = head;
  const households = parts.filter(({ party }) => isHousehold(party));
  return {
    ...{ code, agreement, period, kind, rule: policyId, ruleEdition, snapshotDigest },
    parties: parts
      .filter(({ party }) => !isHousehold(party))
      .map(({ party, name, entitledFen, claimFen, billFen, clawbackFen }) => ({
        ...{ party, name },
        ...{
          entitledFen: `${entitledFen}`,
          claimFen: `${claimFen}`,
          billFen: `${billFen}`,
          clawbackFen: `${clawbackFen}`,
        },
      })),
    ...(households.length > 0 && {
      households: households.length,
      householdsFen: `${households.reduce((sum, { entitledFen }) => sum + entitledFen, 0n)}`,
    }),
  };
}
