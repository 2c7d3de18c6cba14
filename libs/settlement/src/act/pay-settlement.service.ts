/** Pays what was approved: a voucher for each party, so that a payment that comes back is undone alone; many as one run. */
import type { Fen } from '@gep/kernel';
import { listReservations, postRun, postVoucher, type Posting } from '@gep/ledger';
import { announce } from '@gep/platform';
import { type Officer, takeStep, todayOf } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { type DeedDraft, insertDeeds } from '../deed.store';
import { SettlementRefused } from '../errors';
import { settlementPaid } from '../events';
import { noteReliances } from '../reliance/reliance.store';
import { byParty } from '../decision/by-party';
import type { PlacedPart } from '../settlement';
import { settlementTable } from '../settlement-steps';
import { attemptsOf } from './part-posting';
import { type NamedPayees, payeesOf } from './payee.service';
import { refuseIdleRound } from './refuse-idle-round.service';
import { SettlementCase } from './settlement-case.service';

export interface PayWish {
  readonly id: string;
  /** What people call the settlement, for refusals. */
  readonly code?: string;
  readonly reason?: string;
  readonly documentDigest?: string;
  /** Parties that the mechanism holds back: they stay as they are. */
  readonly leaveOut?: readonly string[];
  /** Day of the payment, `YYYY-MM-DD`; today when absent. */
  readonly effectiveDate?: string;
  /** Who is paid instead of a party that is no more. */
  readonly payees?: NamedPayees;
}

/** More parties than this are paid with one voucher of many postings. */
const mostVouchers = 2000;

/** What one party is paid, and out of which reservations. */
interface PartyPayment {
  readonly part: PlacedPart;
  readonly rounds: readonly { readonly round: number; readonly amountFen: Fen }[];
  readonly amountFen: Fen;
  readonly sources: ReadonlyMap<string, Fen>;
  readonly reservationIds: readonly string[];
  readonly attempt: number;
  /** The party, or its successor. */
  readonly payee: string;
  readonly payeeReason: string | null;
}

/** @throws StepRefused, SettlementRefused when a party is no more and nobody is named, and what posting throws */
export async function paySettlement(tx: EntityManager, actor: Officer, wish: PayWish): Promise<void> {
  const { id, reason, documentDigest } = wish;
  await takeStep(tx, actor, settlementTable, { id, code: wish.code, act: 'pay', reason, documentDigest });
  const own = await SettlementCase.read(tx, id, wish.leaveOut);
  await refuseIdleRound(tx, own);
  const { head } = own;
  const effectiveDate = wish.effectiveDate ?? (await todayOf(tx));
  const payments = await paymentsOf(tx, own, wish.payees ?? {}, effectiveDate);
  const vouchers =
    payments.length > mostVouchers
      ? await payTogether(tx, actor, own, payments, effectiveDate)
      : await payEach(tx, actor, own, payments, effectiveDate);
  const deeds = payments.flatMap(({ part, rounds, attempt, payee, payeeReason }): DeedDraft[] =>
    rounds.map(({ round, amountFen }, at) => ({
      ...{ settlementId: id, party: part.party, territoryPath: part.territoryPath, deed: 'pay', round, amountFen },
      ...{ attempt: attempt + at, moves: null, voucherId: vouchers.get(part.party)!, aboutDeed: null },
      ...{ payee: payee === part.party ? null : payee, reason: payeeReason },
    })),
  );
  await insertDeeds(tx, actor, deeds);
  await noteReliances(
    tx,
    payments.map(({ part: { party, territoryPath }, amountFen }) => ({
      ...{
        dependent: { kind: 'payment', id: vouchers.get(party)! },
        figure: party,
        accountId: null,
        disclosureId: null,
      },
      ...{ upstream: { kind: 'settlement', id }, amountFen, territoryPath, period: head.period },
      upstreamTerritory: head.territoryPath.split('.').at(-1)!.replaceAll('_', '-'),
    })),
  );
  const { code, agreement, period, territoryPath } = head;
  const payload = { settlementId: id, code, agreement, period, territoryPath };
  await announce(tx, { event: settlementPaid, key: `${id} ${own.deeds.length}`, payload });
}

async function paymentsOf(
  tx: EntityManager,
  own: SettlementCase,
  named: NamedPayees,
  day: string,
): Promise<PartyPayment[]> {
  const free = own.unpaidShares.filter(({ party }) => own.isFree({ party, grantedFen: 0n }));
  const ids = free.flatMap(({ reservationIds }) => reservationIds);
  const held = new Map((ids.length === 0 ? [] : await listReservations(tx, { ids })).map((one) => [one.id, one]));
  const attempts = attemptsOf(own.deeds, 'pay');
  const parties = [...new Set(free.map(({ party }) => party))].sort();
  const sharesOf = byParty(free);
  const payees = await payeesOf(tx, own.head, parties, named, day);
  return parties.map((party) => {
    const ofParty = sharesOf(party);
    const reservationIds = ofParty.flatMap((share) => share.reservationIds);
    const sources = new Map<string, Fen>();
    for (const reservationId of reservationIds) {
      const { accountId, amountFen } = held.get(reservationId)!;
      sources.set(accountId, (sources.get(accountId) ?? 0n) + amountFen);
    }
    const rounds = ofParty.map(({ round, grantedFen }) => ({ round, amountFen: grantedFen }));
    const { payee, reason } = payees.get(party) ?? { payee: party, reason: null };
    const attempt = attempts(party);
    for (let more = 1; more < rounds.length; more++) attempts(party);
    const amountFen = rounds.reduce((sum, round) => sum + round.amountFen, 0n);
    return { part: own.part(party)!, rounds, amountFen, sources, reservationIds, attempt, payee, payeeReason: reason };
  });
}

/** Postings of one payment. The payment names the settlement, so that whoever is paid can match it. */
async function postingsOf(tx: EntityManager, own: SettlementCase, payment: PartyPayment): Promise<Posting[]> {
  const { part, amountFen, sources, payee } = payment;
  const owed = await own.account(tx, own.head.kind === 'advance' ? 'advanced' : 'payable');
  const basis = { ...own.basis(part), agreement: own.head.code };
  const of = { party: payee, territoryPath: part.territoryPath, basis };
  return [
    { ...of, accountId: owed, amountFen },
    ...[...sources].map(([accountId, fen]) => ({ ...of, accountId, amountFen: -fen })),
  ];
}

async function payEach(
  tx: EntityManager,
  actor: Officer,
  own: SettlementCase,
  payments: readonly PartyPayment[],
  effectiveDate: string,
): Promise<Map<string, string>> {
  const { head } = own;
  const vouchers = new Map<string, string>();
  for (const payment of payments) {
    const { part, payee, attempt, reservationIds } = payment;
    const key = `settlement:${head.id}:pay:${part.party}:${attempt}`;
    const of = { effectiveDate, territoryPath: head.territoryPath, memo: `${head.code} ${head.period} ${payee}` };
    if (payee !== part.party && head.kind !== 'advance')
      await passOn(tx, actor, own, payment, { ...of, businessKey: `${key}:pass` });
    const { id } = await postVoucher(tx, actor, {
      ...{ ...of, businessKey: key, kind: 'payment', postings: await postingsOf(tx, own, payment) },
      draws: reservationIds.map((reservationId) => ({ reservationId })),
    });
    vouchers.set(part.party, id);
  }
  return vouchers;
}

/** What a party was owed is owed to its successor. */
async function passOn(
  tx: EntityManager,
  actor: Officer,
  own: SettlementCase,
  { part, payee, amountFen }: PartyPayment,
  head: {
    readonly businessKey: string;
    readonly effectiveDate: string;
    readonly territoryPath: string;
    readonly memo: string;
  },
): Promise<void> {
  const of = { accountId: await own.account(tx, 'payable'), territoryPath: part.territoryPath, basis: own.basis(part) };
  await postVoucher(tx, actor, {
    ...{ ...head, kind: 'transfer' },
    postings: [
      { ...of, party: part.party, amountFen },
      { ...of, party: payee, amountFen: -amountFen },
    ],
  });
}

async function payTogether(
  tx: EntityManager,
  actor: Officer,
  own: SettlementCase,
  payments: readonly PartyPayment[],
  effectiveDate: string,
): Promise<Map<string, string>> {
  const { head } = own;
  const passed = payments.find(({ part, payee }) => part.party !== payee);
  if (passed)
    throw new SettlementRefused(head.code, {
      zh: `一次支付的对方超过 ${mostVouchers} 个，不能改付承继者（${passed.part.party}）；请将其列为异议或单独结算`,
      en: `more than ${mostVouchers} parties are paid at once, and then nobody is paid for another (${passed.part.party}); settle that one by itself`,
    });
  const rows: Posting[] = [];
  for (const payment of payments) rows.push(...(await postingsOf(tx, own, payment)));
  const accounts = [...new Set(rows.map(({ accountId }) => accountId))];
  const territories = [...new Set(rows.map(({ territoryPath }) => territoryPath))];
  const keyOf = ({ basis, territoryPath }: Posting): string => `${basis.vintageId} ${territoryPath}`;
  const keys = [...new Set(rows.map(keyOf))];
  const places = { account: indexOf(accounts), territory: indexOf(territories), basis: indexOf(keys) };
  const { id } = await postRun(tx, actor, {
    ...{ businessKey: `settlement:${head.id}:pay:${own.deeds.length}`, kind: 'payment', effectiveDate },
    ...{ territoryPath: head.territoryPath, memo: `${head.code} ${head.period}`, accounts, territories },
    bases: keys.map((key) => {
      const { basis, territoryPath } = rows.find((row) => keyOf(row) === key)!;
      return { ...basis, territoryPath };
    }),
    postings: {
      accountAt: Uint16Array.from(rows, ({ accountId }) => places.account.get(accountId)!),
      territoryAt: Uint32Array.from(rows, ({ territoryPath }) => places.territory.get(territoryPath)!),
      basisAt: Uint16Array.from(rows, (row) => places.basis.get(keyOf(row))!),
      parties: rows.map(({ party }) => party),
      amountsFen: BigInt64Array.from(rows, ({ amountFen }) => amountFen),
    },
    draws: payments.flatMap(({ reservationIds }) => reservationIds.map((reservationId) => ({ reservationId }))),
  });
  return new Map(payments.map(({ part }) => [part.party, id]));
}

const indexOf = (list: readonly string[]): Map<string, number> => new Map(list.map((one, at) => [one, at]));
