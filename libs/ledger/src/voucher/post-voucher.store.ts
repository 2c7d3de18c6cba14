/** Posts a voucher in the transaction of the deed: locks, pure decision, rows. */
import type { Fen } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { enterBook, lockAccounts, readStates } from '../book/book.store';
import { readCalendar } from '../closing/closing.store';
import { placeInTime } from '../closing/place-in-time';
import { LedgerMissing, VoucherDiffers, VoucherRefused } from '../errors';
import { judgeReservation } from '../reservation/reservation';
import { databaseNow, insertSteps, listReservations, type StepDraft } from '../reservation/reservation.store';
import { checkVoucher, headProblems } from './check-voucher';
import { checkClawback, debitsByParty } from './correct-voucher';
import { digestOfDraft, type Posting, type ReservationDraw, type VoucherDraft } from './voucher';
import {
  clawedBack,
  findByBusinessKey,
  insertPostings,
  insertVoucher,
  listVouchers,
  type VoucherHead,
  type VoucherRecord,
} from './voucher.store';

/** `replayed`: the same deed had been posted before, and nothing was done now. */
export interface PostedAnswer {
  readonly id: string;
  readonly replayed: boolean;
}

/**
 * Posts a voucher. What it pays out of reservations is taken from them at the same time. Once it refuses, the transaction
 * has to end.
 * @throws VoucherRefused, LedgerMissing, BalanceInsufficient, PeriodClosed, VoucherDiffers, ReservationRefused, ClawbackExceedsPaid
 */
export async function postVoucher(tx: EntityManager, actor: Actor, draft: VoucherDraft): Promise<PostedAnswer> {
  const { businessKey, kind, territoryPath, aboutVoucher = null, postings, draws = [] } = draft;
  const problems = headProblems(draft);
  if (problems.length > 0) throw new VoucherRefused(businessKey, problems);
  if (postings.length < 2) checkVoucher({ businessKey, kind, territoryPath, postings }, new Map());
  await enterBook(tx);
  const bodyDigest = digestOfDraft(draft);
  const earlier = await findSame(tx, draft, bodyDigest);
  if (earlier) return earlier;
  const written = await writeHead(tx, actor, { ...draft, aboutVoucher, reverses: null, bodyDigest });
  if (!written) return (await findSame(tx, draft, bodyDigest))!;
  const { id } = written;
  const accountIds = postings.map(({ accountId }) => accountId);
  const steps = await judgeDraws(tx, actor, { accountIds, memo: draft.memo }, draws, id);
  if (kind === 'clawback' && aboutVoucher !== null) {
    const paid = await getVoucher(tx, aboutVoucher);
    checkClawback(paid, await clawedBack(tx, aboutVoucher), debitsByParty(postings));
  }
  await insertSteps(tx, steps, actor);
  const drawnFen = new Map<string, Fen>();
  for (const { accountId, amountFen } of steps) drawnFen.set(accountId, (drawnFen.get(accountId) ?? 0n) + amountFen);
  checkVoucher({ businessKey, kind, territoryPath, postings, drawnFen }, await readStates(tx, postings));
  await insertPostings(tx, { id, kind }, postings);
  return { id, replayed: false };
}

/** @throws LedgerMissing */
export async function getVoucher(tx: EntityManager, id: string): Promise<VoucherRecord> {
  const [found] = await listVouchers(tx, { ids: [id] });
  if (!found) throw new LedgerMissing({ zh: '凭证', en: 'voucher' }, id);
  return found;
}

type HeadDraft = Omit<VoucherHead, 'aboutDate' | 'runNo' | 'postingCount'> & { readonly postings: readonly Posting[] };

async function writeHead(tx: EntityManager, actor: Actor, draft: HeadDraft) {
  const { today, closedThrough } = await readCalendar(
    tx,
    draft.postings.map(({ territoryPath }) => territoryPath),
  );
  const placed = placeInTime(draft.kind, draft.effectiveDate, closedThrough, today);
  return insertVoucher(tx, { ...draft, ...placed, runNo: '0', postingCount: draft.postings.length }, actor);
}

/** @throws VoucherDiffers */
export async function findSame(
  tx: EntityManager,
  draft: Pick<VoucherDraft, 'businessKey' | 'territoryPath'>,
  bodyDigest: string,
): Promise<PostedAnswer | undefined> {
  const found = await findByBusinessKey(tx, draft.territoryPath, draft.businessKey);
  if (!found) return undefined;
  if (found.bodyDigest !== bodyDigest) throw new VoucherDiffers(draft.businessKey, found.id);
  return { id: found.id, replayed: true };
}

/** Locks every account that is touched, then says what is taken from each reservation. */
export async function judgeDraws(
  tx: EntityManager,
  actor: Actor,
  { accountIds, memo }: { readonly accountIds: readonly string[]; readonly memo: string },
  draws: readonly ReservationDraw[],
  voucherId: string,
): Promise<(StepDraft & { readonly accountId: string })[]> {
  const ids = draws.map(({ reservationId }) => reservationId);
  const accounts = ids.length === 0 ? [] : (await listReservations(tx, { ids })).map(({ accountId }) => accountId);
  await lockAccounts(tx, [...accounts, ...accountIds]);
  if (ids.length === 0) return [];
  // Read again: what was done to them before the locks were had counts.
  const found = new Map((await listReservations(tx, { ids })).map((reservation) => [reservation.id, reservation]));
  const at = await databaseNow(tx);
  return draws.map(({ reservationId, amountFen }) => {
    const reservation = found.get(reservationId);
    if (!reservation) throw new LedgerMissing({ zh: '预留', en: 'reservation' }, reservationId);
    const step = judgeReservation(reservation, { act: 'post', amountFen, actorId: actor.id, at });
    // Drawn on twice, it is judged by what the first draw left.
    found.set(reservationId, { ...reservation, steps: [...reservation.steps, step] });
    return { ...step, reservationId, voucherId, reason: memo, accountId: reservation.accountId };
  });
}
