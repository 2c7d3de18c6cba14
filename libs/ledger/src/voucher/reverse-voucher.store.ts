/** Posts the opposite of a voucher, once, in the transaction of the deed; a run by another run. */
import { digestOfValue } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { enterBook, lockAccounts, readStates } from '../book/book.store';
import { readCalendar } from '../closing/closing.store';
import { placeInTime } from '../closing/place-in-time';
import { ReversalRefused } from '../errors';
import { openRun } from '../run/post-run.store';
import { fillOpposite, listMoved } from '../run/reverse-run.store';
import { checkVoucher, headProblems } from './check-voucher';
import { reverseOf } from './correct-voucher';
import { getVoucher, type PostedAnswer } from './post-voucher.store';
import { clawedBack, findByBusinessKey, insertPostings, insertVoucher } from './voucher.store';

/**
 * Posts the opposite of a voucher, on the same day where it is open. Of two at once, one is refused. Of a run the transaction
 * must have no savepoint open.
 * @throws LedgerMissing, ReversalRefused, BalanceInsufficient, VoucherRefused
 */
export async function reverseVoucher(
  tx: EntityManager,
  actor: Actor,
  wish: { readonly voucherId: string; readonly memo: string; readonly effectiveDate?: string },
): Promise<PostedAnswer> {
  await enterBook(tx);
  const original = await getVoucher(tx, wish.voucherId);
  const draft = reverseOf(original);
  if ((await clawedBack(tx, original.id)).size > 0)
    throw new ReversalRefused(original.id, {
      zh: '其付款已有追回；请先冲销追回凭证',
      en: 'some of what it paid was clawed back; reverse the clawback first',
    });
  const { memo, effectiveDate = original.effectiveDate } = wish;
  const problems = headProblems({ ...draft, memo, effectiveDate });
  if (problems.length > 0) throw new ReversalRefused(original.id, problems[0]);
  const { postings, ...head } = draft;
  const isLong = postings.length < original.postingCount;
  const moved = isLong ? await listMoved(tx, original) : undefined;
  const paths = moved?.territories ?? postings.map(({ territoryPath }) => territoryPath);
  const { today, closedThrough } = await readCalendar(tx, paths);
  const runNo = moved && original.runNo !== '0' ? await openRun(tx) : '0';
  const written = await insertVoucher(
    tx,
    {
      ...{ ...head, ...placeInTime('reversal', effectiveDate, closedThrough, today), aboutVoucher: null, memo },
      ...{ postingCount: original.postingCount, runNo },
      bodyDigest: digestOfValue({ reverses: original.id, memo, effectiveDate }),
    },
    actor,
  );
  if (!written) {
    const { id } = (await findByBusinessKey(tx, draft.territoryPath, draft.businessKey))!;
    throw new ReversalRefused(original.id, {
      zh: `已由凭证 ${id} 冲销；一张凭证只冲销一次`,
      en: `voucher ${id} has reversed it; a voucher is reversed once`,
    });
  }
  const { id } = written;
  if (moved) {
    await fillOpposite(tx, original, { ...head, id, runNo }, moved.sums);
    return { id, replayed: false };
  }
  await lockAccounts(
    tx,
    postings.map(({ accountId }) => accountId),
  );
  checkVoucher(draft, await readStates(tx, postings));
  await insertPostings(tx, { id, kind: 'reversal' }, postings);
  return { id, replayed: false };
}
