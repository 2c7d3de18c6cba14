/** What undoes a voucher, wholly or in part: a reversal once, and clawbacks up to what was paid. */
import type { Fen } from '@gep/kernel';
import { ClawbackExceedsPaid, ReversalRefused } from '../errors';
import type { DeedKind, Posting } from './voucher';

/** A voucher as far as a correction looks at it. */
export interface PostedVoucher {
  readonly id: string;
  readonly businessKey: string;
  readonly kind: DeedKind;
  readonly territoryPath: string;
  readonly reversedBy: string | null;
  readonly postings: readonly Posting[];
}

export interface ReversalDraft {
  readonly businessKey: string;
  readonly kind: 'reversal';
  readonly territoryPath: string;
  readonly reverses: string;
  readonly postings: readonly Posting[];
}

/** The opposite of every posting, for the same party, territory and basis. @throws ReversalRefused */
export function reverseOf(voucher: PostedVoucher): ReversalDraft {
  const { id, kind, reversedBy, territoryPath, postings } = voucher;
  if (reversedBy !== null)
    throw new ReversalRefused(id, {
      zh: `已由凭证 ${reversedBy} 冲销；一张凭证只冲销一次`,
      en: `voucher ${reversedBy} has reversed it; a voucher is reversed once`,
    });
  if (kind === 'reversal')
    throw new ReversalRefused(id, {
      zh: '冲销凭证不再冲销；请重新过账原来的业务',
      en: 'a reversal is not reversed; post the original deed anew',
    });
  return {
    businessKey: `reversal:${id}`,
    kind: 'reversal',
    territoryPath,
    reverses: id,
    postings: postings.map((posting) => ({ ...posting, amountFen: -posting.amountFen })),
  };
}

/**
 * By hand is undone what was done by hand: money that came in, and what was proposed. Whatever a mechanism posted, it keeps a
 * state of, and undoes itself.
 * @throws ReversalRefused
 */
export function checkReversalByHand(
  { id, kind, businessKey, actorId, postings }: Omit<PostedVoucher, 'reversedBy'> & { readonly actorId: string },
  by: string,
): void {
  const isReceipt = kind === 'receipt' && postings.every(({ party }) => party === null);
  if (!isReceipt && !businessKey.startsWith('proposal:'))
    throw new ReversalRefused(id, {
      zh: '结算、付款、采购、分红的凭证由其业务更正（退回、退款、补差、追回；如 gep settlement act return-payment），不能单独冲销',
      en: 'vouchers of settlements, payments, purchases and dividends are corrected where they were made (return, returned payment, true-up, clawback; for example gep settlement act return-payment)',
    });
  if (actorId === by)
    throw new ReversalRefused(id, {
      zh: '过账人不冲销自己的凭证；请由另一人办理',
      en: 'whoever posted it does not reverse it; let another person do so',
    });
}

/** Debits of parties, summed: what a payment paid, and what a clawback claims. */
export function debitsByParty(postings: readonly Pick<Posting, 'party' | 'amountFen'>[]): Map<string, Fen> {
  const sums = new Map<string, Fen>();
  for (const { party, amountFen } of postings)
    if (party !== null && amountFen > 0n) sums.set(party, (sums.get(party) ?? 0n) + amountFen);
  return sums;
}

/**
 * A clawback takes from no party more than the payment gave it, earlier clawbacks included.
 * @param earlier what has been clawed back of this payment before
 * @throws ClawbackExceedsPaid
 */
export function checkClawback(
  paid: Pick<PostedVoucher, 'id' | 'postings' | 'reversedBy'>,
  earlier: ReadonlyMap<string, Fen>,
  claimed: ReadonlyMap<string, Fen>,
): void {
  const given = debitsByParty(paid.reversedBy === null ? paid.postings : []);
  for (const [party, wanted] of claimed) {
    const left = (given.get(party) ?? 0n) - (earlier.get(party) ?? 0n);
    if (wanted > left) throw new ClawbackExceedsPaid(paid.id, party, left, wanted);
  }
}
