/** Reserves money and acts on reservations, in the transaction of the deed. */
import { digestOfValue } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { availableFen } from '../book/book-account';
import { enterBook, listAccounts, lockAccounts } from '../book/book.store';
import { BalanceInsufficient, LedgerMissing, ReservationRefused } from '../errors';
import { headProblems } from '../voucher/check-voucher';
import { judgeReservation, type ReservationWish } from './reservation';
import {
  databaseNow,
  insertReservation,
  insertStep,
  listReservations,
  type ReservationDraft,
  type ReservationRecord,
} from './reservation.store';

/** `replayed`: the same reservation had been made before, and nothing was done now. */
export interface ReservedAnswer {
  readonly id: string;
  readonly replayed: boolean;
}

/**
 * Holds money on an account.
 * @throws LedgerMissing, BalanceInsufficient, ReservationRefused when another reservation has the business key
 */
export async function reserve(tx: EntityManager, actor: Actor, draft: ReservationDraft): Promise<ReservedAnswer> {
  const problems = headProblems(draft);
  if (problems.length > 0) throw new ReservationRefused(draft.businessKey, problems[0]);
  await enterBook(tx);
  await lockAccounts(tx, [draft.accountId]);
  const [state] = await listAccounts(tx, { ids: [draft.accountId] });
  if (!state) throw new LedgerMissing({ zh: '科目', en: 'account' }, draft.accountId);
  const { territoryPath, code, signRule } = state.account;
  const bodyDigest = digestOfValue(draft);
  const [earlier] = (await listReservations(tx, { businessKey: draft.businessKey })).filter(
    (reservation) => reservation.territoryPath === territoryPath,
  );
  if (earlier) return sameAs(earlier, bodyDigest);
  const available = availableFen(signRule, state.balance) ?? 0n;
  if (draft.amountFen > available) throw new BalanceInsufficient(code, null, available, draft.amountFen);
  if (draft.amountFen <= 0n || draft.expiresAt <= (await databaseNow(tx)))
    throw new ReservationRefused(draft.businessKey, {
      zh: '预留的金额应大于零，到期时间应在以后',
      en: 'an amount above zero is reserved, until a time to come',
    });
  const id = await insertReservation(tx, { ...draft, territoryPath, bodyDigest }, actor);
  if (id !== undefined) return { id, replayed: false };
  // Another account of the territory got the key in between.
  const [other] = await listReservations(tx, { businessKey: draft.businessKey });
  return sameAs(other, bodyDigest);
}

/** @throws ReservationRefused */
function sameAs({ id, bodyDigest }: ReservationRecord, wanted: string): ReservedAnswer {
  if (bodyDigest === wanted) return { id, replayed: true };
  throw new ReservationRefused(id, {
    zh: '业务键相同而内容不同；请使用新的业务键',
    en: 'another reservation has this business key; use a key of its own',
  });
}

/** Approves, voids or lets a reservation expire; paying out of it is part of a voucher. @throws LedgerMissing, ReservationRefused */
export async function actOnReservation(
  tx: EntityManager,
  actor: Actor,
  id: string,
  wish: Pick<ReservationWish, 'amountFen'> & {
    readonly act: Exclude<ReservationWish['act'], 'post'>;
    readonly reason: string;
  },
): Promise<void> {
  await enterBook(tx);
  const seen = await getReservation(tx, id);
  await lockAccounts(tx, [seen.accountId]);
  const { act, amountFen, reason } = wish;
  const at = await databaseNow(tx);
  const step = judgeReservation(await getReservation(tx, id), { act, amountFen, actorId: actor.id, at });
  await insertStep(tx, { ...step, reservationId: id, voucherId: null, reason }, actor);
}

/** @throws LedgerMissing */
export async function getReservation(tx: EntityManager, id: string): Promise<ReservationRecord> {
  const [found] = await listReservations(tx, { ids: [id] });
  if (!found) throw new LedgerMissing({ zh: '预留', en: 'reservation' }, id);
  return found;
}
