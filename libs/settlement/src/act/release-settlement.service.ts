/** Sends a settlement back, whose money that is held is free again, or withdraws it: what was posted is reversed too. */
import { actOnReservation, listReservations, reverseVoucher, stateOf as stateOfReservation } from '@gep/ledger';
import { type Officer, takeStep } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { type DeedDraft, insertDeeds } from '../deed.store';
import { SettlementConflict } from '../errors';
import { settlementTable } from '../settlement-steps';
import { attemptsOf } from './part-posting';
import { SettlementCase } from './settlement-case.service';

export interface ReleaseWish {
  readonly id: string;
  /** What people call the settlement, for refusals. */
  readonly code?: string;
  readonly act: 'return' | 'withdraw';
  readonly reason: string;
  readonly documentDigest?: string;
}

/** @throws StepRefused, SettlementConflict when something of it was paid */
export async function releaseSettlement(tx: EntityManager, actor: Officer, wish: ReleaseWish): Promise<void> {
  const { id, code, act, reason, documentDigest } = wish;
  await takeStep(tx, actor, settlementTable, { id, code, act, reason, documentDigest });
  const own = await SettlementCase.read(tx, id);
  const { head, deeds } = own;
  const isWithdrawn = act === 'withdraw';
  const stands = isWithdrawn && own.parts.find(({ party }) => own.paidFen(party) > 0n);
  if (stands)
    throw new SettlementConflict(head.code, {
      zh: `已向“${stands.party}”支付，不能撤回；请用更正（supplement、true-up、clawback）`,
      en: `"${stands.party}" has been paid, so it is not withdrawn; correct it (supplement, true-up, clawback)`,
    });
  const made: DeedDraft[] = [];
  const released = attemptsOf(deeds, 'release');
  for (const share of [...own.pendingShares, ...(isWithdrawn ? own.unpaidShares : [])]) {
    const held = await listReservations(tx, { ids: share.reservationIds });
    for (const reservation of held)
      if (['reserved', 'approved'].includes(stateOfReservation(reservation)))
        await actOnReservation(tx, actor, reservation.id, { act: 'void', reason });
    const { party, territoryPath, round, grantedFen } = share;
    made.push({
      ...{ settlementId: id, party, territoryPath, deed: 'release', round, attempt: released(party) },
      ...{ amountFen: grantedFen, moves: null, voucherId: null, aboutDeed: null, payee: null, reason },
    });
  }
  const undone = attemptsOf(deeds, 'undo');
  const reversals = new Map<string, string>();
  // Clawbacks first: they are about payments, and a reversal of what they rest on would be refused.
  for (const kind of ['claw', 'settle'] as const)
    for (const one of isWithdrawn ? deeds.filter(({ deed }) => deed === kind) : []) {
      if (one.voucherId !== null && !reversals.has(one.voucherId))
        reversals.set(one.voucherId, (await reverseVoucher(tx, actor, { voucherId: one.voucherId, memo: reason })).id);
      made.push({
        ...{ settlementId: id, party: one.party, territoryPath: one.territoryPath, deed: 'undo', round: one.round },
        ...{
          attempt: undone(one.party),
          amountFen: one.amountFen,
          moves: null,
          aboutDeed: one.id,
          payee: null,
          reason,
        },
        voucherId: one.voucherId === null ? null : reversals.get(one.voucherId)!,
      });
    }
  await insertDeeds(tx, actor, made);
}
