/** A payment that the bank returned: undone alone, and its money held again at once, to be approved and paid anew. */
import { listVouchers, postVoucher, reserve, reverseVoucher } from '@gep/ledger';
import { type Officer, takeStep } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { insertDeeds, insertShares } from '../deed.store';
import { SettlementConflict, SettlementMissing } from '../errors';
import type { SettlementDeed } from '../settlement';
import { settlementTable } from '../settlement-steps';
import { listFundSources } from './fund-sources.service';
import { attemptsOf } from './part-posting';
import { heldUntil } from './reserve-settlement.service';
import { SettlementCase } from './settlement-case.service';

export interface ReturnPaymentWish {
  readonly id: string;
  /** What people call the settlement, for refusals. */
  readonly code?: string;
  readonly party: string;
  readonly reason: string;
  /** Day on which the money came back; that of the payment when absent. */
  readonly effectiveDate?: string;
  readonly expiresAt?: Date;
}

/** @throws StepRefused, SettlementMissing, SettlementConflict, ReversalRefused */
export async function returnPayment(tx: EntityManager, actor: Officer, wish: ReturnPaymentWish): Promise<void> {
  const { id, code, party, reason } = wish;
  await takeStep(tx, actor, settlementTable, { id, code, act: 'restore', reason });
  const own = await SettlementCase.read(tx, id);
  const { deeds } = own;
  const part = own.part(party);
  if (!part) throw new SettlementMissing({ zh: '结算的对方', en: 'party of the settlement' }, party);
  const alike = standingPayment(own, party);
  const { voucherId: paidBy, payee } = alike[0];
  const amountFen = alike.reduce((sum, one) => sum + one.amountFen, 0n);
  const [voucher] = await listVouchers(tx, { ids: [paidBy] });
  const isRun = voucher.postings.length < voucher.postingCount;
  const sources = isRun
    ? await listFundSources(tx, own, party)
    : new Map(voucher.postings.filter((one) => one.amountFen < 0n).map((one) => [one.accountId, -one.amountFen]));
  const voucherId = isRun
    ? await takeOutOfRun(tx, actor, own, paidBy, { ...wish, amountFen, sources })
    : (
        await reverseVoucher(tx, actor, {
          voucherId: paidBy,
          memo: reason,
          effectiveDate: wish.effectiveDate,
        })
      ).id;
  if (payee !== null) await takeBackPassing(tx, actor, own, { party, reason, attempt: alike[0].attempt });
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
  await holdAgain(tx, actor, own, { ...wish, amountFen, sources });
}

/** The deeds of the last payment that stands; all of them name one voucher. @throws SettlementConflict */
function standingPayment(
  { head, deeds }: SettlementCase,
  party: string,
): (SettlementDeed & { readonly voucherId: string })[] {
  const returned = new Set(deeds.filter(({ deed }) => deed === 'return-payment').map(({ aboutDeed }) => aboutDeed));
  const payments = deeds.filter(
    (one): one is SettlementDeed & { voucherId: string } =>
      one.deed === 'pay' && one.party === party && one.voucherId !== null && !returned.has(one.id),
  );
  const last = payments.at(-1);
  if (last) return payments.filter(({ voucherId }) => voucherId === last.voucherId);
  throw new SettlementConflict(head.code, {
    zh: `没有向“${party}”付出而未退回的款项（gep settlement show 或 GET /api/v1/settlements/{id} 可查）`,
    en: `no payment to "${party}" stands that could come back (gep settlement show or GET /api/v1/settlements/{id} tell)`,
  });
}

type ReturnedMoney = ReturnPaymentWish & { readonly amountFen: bigint; readonly sources: ReadonlyMap<string, bigint> };

/** The money that came back is held for the party at once, so that nobody else gets it meanwhile. */
async function holdAgain(
  tx: EntityManager,
  actor: Officer,
  own: SettlementCase,
  { party, reason, amountFen, sources, expiresAt = heldUntil() }: ReturnedMoney,
): Promise<void> {
  const { head, fund } = own;
  const round = own.round + 1;
  const decisionKey = `settlement:${head.id}:${round}`;
  const reservationIds: string[] = [];
  for (const [accountId, fen] of sources) {
    const { id } = await reserve(tx, actor, {
      ...{ businessKey: `${fund.code}:${decisionKey}:${party}:${accountId}`, accountId, amountFen: fen, party },
      ...{ expiresAt, memo: reason, purpose: head.purpose, agreement: head.agreement, period: head.period },
    });
    reservationIds.push(id);
  }
  const { territoryPath } = own.part(party)!;
  await insertShares(tx, [
    {
      ...{ settlementId: head.id, round, party, territoryPath, claimedFen: amountFen, grantedFen: amountFen },
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
  { party, reason, effectiveDate, amountFen, sources }: ReturnedMoney,
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
