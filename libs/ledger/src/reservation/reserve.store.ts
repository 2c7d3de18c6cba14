/** Reserves money and acts on reservations, in the transaction of the deed. */
import { digestOfValue, type Fen } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { availableFen } from '../book/book-account';
import { enterBook, listAccounts, lockAccounts } from '../book/book.store';
import { BalanceInsufficient, LedgerMissing, ReservationRefused } from '../errors';
import { headProblems } from '../voucher/check-voucher';
import { judgeReservation, type ReservationWish } from './reservation';
import {
  databaseNow,
  insertReservations,
  insertSteps,
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
  const [answer] = await reserveEach(tx, actor, [draft]);
  return answer;
}

/**
 * The same for several, in as many statements as for one. Each has a business key of its own.
 * @returns answers in the order of the drafts
 */
export async function reserveEach(
  tx: EntityManager,
  actor: Actor,
  drafts: readonly ReservationDraft[],
): Promise<ReservedAnswer[]> {
  for (const draft of drafts) {
    const [problem] = headProblems(draft);
    if (problem) throw new ReservationRefused(draft.businessKey, problem);
  }
  await enterBook(tx);
  const ids = drafts.map(({ accountId }) => accountId);
  await lockAccounts(tx, ids);
  const states = new Map(
    (await listAccounts(tx, { ids: [...new Set(ids)] })).map((state) => [state.account.id, state]),
  );
  const placed = drafts.map((draft) => {
    const state = states.get(draft.accountId);
    if (!state) throw new LedgerMissing({ zh: '科目', en: 'account' }, draft.accountId);
    return { ...draft, territoryPath: state.account.territoryPath, bodyDigest: digestOfValue(draft) };
  });
  const earlier = await earlierOf(tx, placed);
  const wanted = placed.filter(({ businessKey }) => !earlier.has(businessKey));
  const now = wanted.length === 0 ? new Date(0) : await databaseNow(tx);
  const left = new Map<string, Fen>();
  for (const { accountId, businessKey, amountFen, expiresAt } of wanted) {
    const { account, balance } = states.get(accountId)!;
    const available = left.get(accountId) ?? availableFen(account.signRule, balance) ?? 0n;
    if (amountFen > available) throw new BalanceInsufficient(account.code, null, available, amountFen);
    if (amountFen <= 0n || expiresAt <= now)
      throw new ReservationRefused(businessKey, {
        zh: '预留的金额应大于零，到期时间应在以后',
        en: 'an amount above zero is reserved, until a time to come',
      });
    left.set(accountId, available - amountFen);
  }
  const made = await insertReservations(tx, wanted, actor);
  // Another account of the territory got the key in between.
  const others = await earlierOf(
    tx,
    wanted.filter(({ businessKey }) => !made.has(businessKey)),
  );
  return placed.map(({ businessKey, bodyDigest }) => {
    const id = made.get(businessKey);
    if (id !== undefined) return { id, replayed: false };
    return sameAs((earlier.get(businessKey) ?? others.get(businessKey))!, bodyDigest);
  });
}

/** What there is of these keys in the territories of the drafts. */
async function earlierOf(
  tx: EntityManager,
  drafts: readonly { readonly businessKey: string; readonly territoryPath: string }[],
): Promise<Map<string, ReservationRecord>> {
  if (drafts.length === 0) return new Map();
  const places = new Map(drafts.map(({ businessKey, territoryPath }) => [businessKey, territoryPath]));
  const found = await listReservations(tx, { businessKeys: [...places.keys()] });
  return new Map(
    found
      .filter(({ businessKey, territoryPath }) => places.get(businessKey) === territoryPath)
      .map((one) => [one.businessKey, one]),
  );
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
export const actOnReservation = (tx: EntityManager, actor: Actor, id: string, wish: ReservationDeed): Promise<void> =>
  actOnReservations(tx, actor, [id], wish);

type ReservationDeed = Pick<ReservationWish, 'amountFen'> & {
  readonly act: Exclude<ReservationWish['act'], 'post'>;
  readonly reason: string;
};

/** The same for several, in as many statements as for one. */
export async function actOnReservations(
  tx: EntityManager,
  actor: Actor,
  ids: readonly string[],
  { act, amountFen, reason }: ReservationDeed,
): Promise<void> {
  if (ids.length === 0) return;
  await enterBook(tx);
  const seen = await getReservations(tx, ids);
  await lockAccounts(
    tx,
    [...seen.values()].map(({ accountId }) => accountId),
  );
  const at = await databaseNow(tx);
  // Read again: what was done to them before the locks were had counts.
  const held = await getReservations(tx, ids);
  const steps = ids.map((id) => {
    const step = judgeReservation(held.get(id)!, { act, amountFen, actorId: actor.id, at });
    return { ...step, reservationId: id, voucherId: null, reason };
  });
  await insertSteps(tx, steps, actor);
}

/** @throws LedgerMissing */
async function getReservations(tx: EntityManager, ids: readonly string[]): Promise<Map<string, ReservationRecord>> {
  const found = new Map((await listReservations(tx, { ids })).map((one) => [one.id, one]));
  const missing = ids.find((id) => !found.has(id));
  if (missing !== undefined) throw new LedgerMissing({ zh: '预留', en: 'reservation' }, missing);
  return found;
}

/** @throws LedgerMissing */
export async function getReservation(tx: EntityManager, id: string): Promise<ReservationRecord> {
  return (await getReservations(tx, [id])).get(id)!;
}
