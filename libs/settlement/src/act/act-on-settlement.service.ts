/** Every act on a settlement in the transaction of a deed: the step, the money, and whether the end is reached. */
import type { Officer } from '@gep/procedure';
import { takeStep } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { settlementState } from '../compute/standing.service';
import { refuseIfRestated } from '../restatement/stale.store';
import type { SettlementView } from '../settlement';
import { settlementTable } from '../settlement-steps';
import type { SettlementTools } from '../settlement-tools.service';
import { getHead, lockFor } from '../settlement.store';
import { viewSettlement } from '../view/settlement-view.service';
import { type ApproveWish, approveSettlement } from './approve-settlement.service';
import { collectBill, type CollectWish } from './collect-bill.service';
import { type PayWish, paySettlement } from './pay-settlement.service';
import { type ReleaseWish, releaseSettlement } from './release-settlement.service';
import { type ReserveWish, reserveSettlement } from './reserve-settlement.service';
import { returnPayment, type ReturnPaymentWish } from './return-payment.service';

/** What somebody does about a settlement. */
export type SettlementWish =
  | {
      readonly act: 'confirm' | 'close';
      readonly id: string;
      readonly reason?: string;
      readonly documentDigest?: string;
    }
  | ({ readonly act: 'reserve' } & ReserveWish)
  | ({ readonly act: 'approve' } & ApproveWish)
  | ({ readonly act: 'pay' } & PayWish)
  | ReleaseWish
  | ({ readonly act: 'return-payment' } & ReturnPaymentWish)
  | ({ readonly act: 'collect' } & CollectWish);

/** Acts by which money moves on: only by figures that still stand. */
const onStandingFigures: readonly SettlementWish['act'][] = ['confirm', 'reserve', 'approve', 'pay'];

/**
 * Does one act. The audit row is the caller's.
 * @throws SettlementMissing, StepRefused, FiguresRestated, SettlementConflict, and what the money throws
 */
export async function actOnSettlement(
  tx: EntityManager,
  actor: Officer,
  tools: SettlementTools,
  wish: SettlementWish,
): Promise<SettlementView> {
  const { id } = wish;
  const head = await getHead(tx, id);
  if (wish.act === 'reserve') await lockFor(tx, 'fund', head.fundId);
  if (onStandingFigures.includes(wish.act)) await refuseIfRestated(tx, head);
  await doAct(tx, actor, tools, { ...wish, code: head.code });
  if (['approve', 'pay', 'collect'].includes(wish.act)) await closeIfDone(tx, actor, id);
  return viewSettlement(tx, id);
}

/** With the code of the settlement, for refusals. */
type NamedWish = SettlementWish & { readonly code: string };

async function doAct(tx: EntityManager, actor: Officer, tools: SettlementTools, wish: NamedWish): Promise<void> {
  switch (wish.act) {
    case 'confirm':
    case 'close': {
      const { id, code, act, reason, documentDigest } = wish;
      await takeStep(tx, actor, settlementTable, { id, code, act, reason, documentDigest });
      return;
    }
    case 'reserve':
      return reserveSettlement(tx, actor, wish);
    case 'approve':
      return approveSettlement(tx, actor, tools, wish);
    case 'pay':
      return paySettlement(tx, actor, wish);
    case 'return':
    case 'withdraw':
      return releaseSettlement(tx, actor, wish);
    case 'return-payment':
      return returnPayment(tx, actor, wish);
    case 'collect':
      await collectBill(tx, actor, wish);
  }
}

/** Nothing is left to pay, to collect or to get back. */
async function closeIfDone(tx: EntityManager, actor: Officer, id: string): Promise<void> {
  const state = await settlementState(tx, id);
  if (state !== 'approved' && state !== 'paid') return;
  const { parts } = await viewSettlement(tx, id);
  if (parts.every((part) => part.state === 'paid' || part.state === 'settled'))
    await takeStep(tx, actor, settlementTable, { id, act: 'close' });
}
