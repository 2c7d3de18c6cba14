/** A payment that the bank returned: undone alone, and its money held again at once, to be approved and paid anew. */
import { getFund, listVouchers, postVoucher, reserve, reverseVoucher } from '@gep/ledger';
import { type Officer, takeStep } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { insertDeeds, insertShares } from '../deed.store';
import { SettlementConflict, SettlementMissing } from '../errors';
import { settlementTable } from '../settlement-steps';
import { listFundSources } from './fund-sources.service';
import { attemptsOf } from './approve-settlement.service';
import { heldUntil } from './reserve-settlement.service';
import { SettlementCase } from './settlement-case.service';

export interface ReturnPaymentWish {
  readonly id: string;
  readonly party: string;
  readonly reason: string;
  /** Day on which the money came back; that of the payment when absent. */
  readonly effectiveDate?: string;
  readonly expiresAt?: Date;
}

/** @throws StepRefused, SettlementMissing, SettlementConflict, ReversalRefused */
export async function returnPayment(tx: EntityManager, actor: Officer, wish: ReturnPaymentWish): Promise<void> {
  const { id, party, reason } = wish;
  await takeStep(tx, actor, settlementTable, { id, act: 'restore', reason });
  const own = await SettlementCase.read(tx, id);
  const { head, deeds } = own;
  const part = own.part(party);
  if (!part) throw new SettlementMissing({ zh: '结算的对方', en: 'party of the settlement' }, party);
  const returned = new Set(deeds.filter(({ deed }) => deed === 'return-payment').map(({ aboutDeed }) => aboutDeed));
  const payment = deeds.findLast((one) => one.deed === 'pay' && one.party === party && !returned.has(one.id));
  if (!payment?.voucherId)
    throw new SettlementConflict(head.code, {
      zh: `没有向“${party}”付出而未退回的款项（gep settlement show 或 GET /api/v1/settlements/{id} 可查）`,
      en: `no payment to "${party}" stands that could come back (gep settlement show or GET /api/v1/settlements/{id} tell)`,
    });
  const alike = deeds.filter((one) => one.voucherId === payment.voucherId && one.deed === 'pay' && one.party === party);
  const amountFen = alike.reduce((sum, one) => sum + one.amountFen, 0n);
  const [voucher] = await listVouchers(tx, { ids: [payment.voucherId] });
  const isRun = voucher.postings.length < voucher.postingCount;
  const sources = isRun
    ? await listFundSources(tx, own, party)
    : new Map(voucher.postings.filter((one) => one.amountFen < 0n).map((one) => [one.accountId, -one.amountFen]));
  const voucherId = isRun
    ? await takeOutOfRun(tx, actor, own, payment.voucherId, { ...wish, amountFen, sources })
    : (
        await reverseVoucher(tx, actor, {
          voucherId: payment.voucherId,
          memo: reason,
          effectiveDate: wish.effectiveDate,
        })
      ).id;
  if (payment.payee !== null) await takeBackPassing(tx, actor, own, { party, reason, attempt: alike[0].attempt });
  const attempts = attemptsOf(deeds, 'return-payment');
  await insertDeeds(
    tx,
    actor,
    alike.map((one) => ({
      ...{ settlementId: id, party, territoryPath: part.territoryPath, deed: 'return-payment', round: one.round },
      ...{
        attempt: attempts(party),
        amountFen: one.amountFen,
        moves: null,
        voucherId,
        aboutDeed: one.id,
        payee: null,
        reason,
      },
    })),
  );
  const round = own.round + 1;
  const decisionKey = `settlement:${id}:${round}`;
  const { code: fund } = await getFund(tx, head.fundId);
  const reservationIds: string[] = [];
  for (const [accountId, fen] of sources) {
    const { id: reservationId } = await reserve(tx, actor, {
      ...{ businessKey: `${fund}:${decisionKey}:${party}:${accountId}`, accountId, amountFen: fen, party },
      ...{ expiresAt: wish.expiresAt ?? heldUntil(), memo: reason, purpose: head.purpose },
      ...{ agreement: head.agreement, period: head.period },
    });
    reservationIds.push(reservationId);
  }
  await insertShares(tx, [
    {
      ...{
        settlementId: id,
        round,
        party,
        territoryPath: part.territoryPath,
        claimedFen: amountFen,
        grantedFen: amountFen,
      },
      ...{ restoredFen: amountFen, queued: false, decisionKey, reservationIds },
    },
  ]);
}

/** What was owed to a successor is owed to the party again. */
async function takeBackPassing(
  tx: EntityManager,
  actor: Officer,
  { head }: SettlementCase,
  { party, reason, attempt }: { readonly party: string; readonly reason: string; readonly attempt: number },
): Promise<void> {
  const businessKey = `settlement:${head.id}:pay:${party}:${attempt}:pass`;
  const [passed] = await listVouchers(tx, { businessKey, within: head.territoryPath });
  if (passed) await reverseVoucher(tx, actor, { voucherId: passed.id, memo: reason });
}

/** A run is not reversed: what it paid to one party is taken back by an adjustment. */
async function takeOutOfRun(
  tx: EntityManager,
  actor: Officer,
  own: SettlementCase,
  aboutVoucher: string,
  {
    party,
    reason,
    effectiveDate,
    amountFen,
    sources,
  }: ReturnPaymentWish & { readonly amountFen: bigint; readonly sources: ReadonlyMap<string, bigint> },
): Promise<string> {
  const { head } = own;
  const part = own.part(party)!;
  const [run] = await listVouchers(tx, { ids: [aboutVoucher] });
  const owed = await own.account(tx, head.kind === 'advance' ? 'advanced' : 'payable');
  const basis = { ...own.basis(part), agreement: head.code };
  const of = { party, territoryPath: part.territoryPath, basis };
  const attempt = attemptsOf(own.deeds, 'return-payment')(party);
  const { id } = await postVoucher(tx, actor, {
    ...{
      businessKey: `settlement:${head.id}:return:${party}:${attempt}`,
      kind: 'adjustment',
      memo: reason,
      aboutVoucher,
    },
    ...{ effectiveDate: effectiveDate ?? run.effectiveDate, territoryPath: head.territoryPath },
    postings: [
      ...[...sources].map(([accountId, fen]) => ({ ...of, accountId, amountFen: fen })),
      { ...of, accountId: owed, amountFen: -amountFen },
    ],
  });
  return id;
}
