/** Posts a run: its postings fill a table of their own, which joins the book when the database has proved it. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { assert, type Fen } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { EntityManager } from 'typeorm';
import { enterBook, listAccounts, lockAccounts } from '../book/book.store';
import { readCalendar } from '../closing/closing.store';
import { placeInTime } from '../closing/place-in-time';
import { LedgerMissing, VoucherRefused } from '../errors';
import { checkAccounts, headProblems } from '../voucher/check-voucher';
import { findSame, judgeDraws, type PostedAnswer } from '../voucher/post-voucher.store';
import { insertBases, insertVoucher } from '../voucher/voucher.store';
import { insertSteps } from '../reservation/reservation.store';
import { copiedColumns, postingRows } from './posting-rows';
import { checkParties, checkRun, digestOfRun, type RunDraft } from './run-postings';

/**
 * Posts a run in the transaction of the deed. The transaction must have no savepoint open: the rows are frozen as they come.
 * @throws VoucherRefused, LedgerMissing, BalanceInsufficient, PeriodClosed, VoucherDiffers, ReservationRefused
 */
export async function postRun(tx: EntityManager, actor: Actor, draft: RunDraft): Promise<PostedAnswer> {
  const problems = headProblems(draft);
  if (problems.length > 0) throw new VoucherRefused(draft.businessKey, problems);
  const moved = checkRun(draft);
  await enterBook(tx);
  const bodyDigest = digestOfRun(draft);
  const earlier = await findSame(tx, draft, bodyDigest);
  if (earlier) return earlier;
  const { businessKey, kind, territoryPath, memo, accounts, bases, territories, postings, draws = [] } = draft;
  const { today, closedThrough } = await readCalendar(tx, territories);
  const placed = placeInTime(kind, draft.effectiveDate, closedThrough, today);
  const runNo = await openRun(tx);
  const written = await insertVoucher(
    tx,
    {
      ...{ businessKey, kind, territoryPath, memo, bodyDigest, runNo, ...placed },
      ...{ reverses: null, aboutVoucher: draft.aboutVoucher ?? null, postingCount: postings.amountsFen.length },
    },
    actor,
  );
  if (!written) return (await findSame(tx, draft, bodyDigest))!;
  const { id } = written;
  await insertBases(tx, { id, kind }, bases);
  await copyPostings(tx, { ...draft, effectiveDate: placed.effectiveDate }, { ...written, runNo });

  const steps = await judgeDraws(tx, actor, { accountIds: accounts, memo }, draws, id);
  await insertSteps(tx, steps, actor);
  await checkMoved(tx, draft, moved, steps);
  await lockAccounts(tx, accounts);
  await closeRun(tx, businessKey, runNo, id);
  return { id, replayed: false };
}

/** Makes the table of a new run. @returns its number */
export async function openRun(tx: EntityManager): Promise<string> {
  const [{ runNo }] = await tx.query<[{ runNo: string }]>('select ledger.open_run() as "runNo"');
  return runNo;
}

async function checkMoved(
  tx: EntityManager,
  { businessKey, accounts, postings }: RunDraft,
  moved: readonly Fen[],
  steps: readonly { readonly accountId: string; readonly amountFen: Fen }[],
): Promise<void> {
  const found = new Map((await listAccounts(tx, { ids: accounts })).map((state) => [state.account.id, state]));
  const sums = new Map<string, Fen>();
  accounts.forEach((id, at) => {
    if (!found.has(id)) throw new LedgerMissing({ zh: '科目', en: 'account' }, id);
    sums.set(id, (sums.get(id) ?? 0n) + moved[at]);
  });
  const drawnFen = new Map<string, Fen>();
  for (const { accountId, amountFen } of steps) drawnFen.set(accountId, (drawnFen.get(accountId) ?? 0n) + amountFen);
  checkParties(
    { businessKey, postings },
    accounts.map((id) => found.get(id)!.account),
  );
  checkAccounts({ businessKey, isReversal: false, drawnFen }, sums, found);
}

async function copyPostings(
  tx: EntityManager,
  draft: RunDraft,
  voucher: { readonly id: string; readonly recordedAt: Date; readonly runNo: string },
): Promise<void> {
  assert(/^\d+$/.test(voucher.runNo), 'the number of a run is a number');
  const client = (await tx.queryRunner!.connect()) as PoolClient;
  const copy = `copy ledger.posting_run_${voucher.runNo} (${copiedColumns.join(', ')}) from stdin (format binary, freeze)`;
  await pipeline(
    Readable.from(postingRows(draft, voucher), { objectMode: false, highWaterMark: 1 << 22 }),
    client.query(copyFrom(copy)),
  );
}

/** @throws VoucherRefused when the database finds what the columns alone do not tell, such as a party with less than it pays */
export async function closeRun(tx: EntityManager, businessKey: string, runNo: string, id: string): Promise<void> {
  try {
    await tx.query('select ledger.close_run($1, $2)', [runNo, id]);
  } catch (error) {
    const { code, message } = (error as { driverError?: { code?: string; message?: string } }).driverError ?? {};
    if (code !== '23514') throw error;
    throw new VoucherRefused(businessKey, [
      {
        zh: `账簿核对未通过（${message}）；请核对科目、地域、对方与期间`,
        en: `the book refuses it (${message}); check accounts, territories, parties and day`,
      },
    ]);
  }
}
