/** What a record does to a loan, as the published terms have it: amounts, years, the pledge, and what stands in the way. */
import type { Fen } from '@gep/kernel';
import type { CreditLoanTerms } from '@gep/rulebook';

export interface LoanWish {
  readonly kind: 'unsecured' | 'guaranteed';
  readonly amountFen: Fen;
  readonly months: number;
  /** The borrower has signed the pledge to protect. */
  readonly pledgeSigned: boolean;
}

/** What the record says of the borrower. */
export interface LoanRecord {
  /** Severe bad entries that stand; those under objection pause their effect and are flagged beside. */
  readonly severeEntries: number;
}

export const loanObstacles = ['no-terms', 'amount', 'years', 'pledge', 'severe-entry'] as const;
export type LoanObstacle = (typeof loanObstacles)[number];

export interface LoanDecision {
  readonly open: boolean;
  /** The most that the record opens, whatever the bank decides. */
  readonly mostFen: Fen;
  readonly mostMonths: number;
  readonly obstacles: readonly LoanObstacle[];
}

/**
 * Pure. The record opens a loan, it never grants one. Yunhe: unsecured up to 300,000 yuan, guaranteed up to 1,000,000, five years,
 * pledge signed, no open severe bad entry (R9).
 */
export function decideLoan(terms: CreditLoanTerms | undefined, record: LoanRecord, wish: LoanWish): LoanDecision {
  if (!terms) return { open: false, mostFen: 0n, mostMonths: 0, obstacles: ['no-terms'] };
  const { numerator, denominator } = terms[wish.kind];
  const mostFen = (numerator * 100n) / denominator;
  const mostMonths = terms.years * 12;
  const obstacles: LoanObstacle[] = [
    ...(wish.amountFen > mostFen ? (['amount'] as const) : []),
    ...(wish.months > mostMonths ? (['years'] as const) : []),
    ...(terms.pledge && !wish.pledgeSigned ? (['pledge'] as const) : []),
    ...(record.severeEntries > 0 ? (['severe-entry'] as const) : []),
  ];
  return { open: obstacles.length === 0, mostFen, mostMonths, obstacles };
}
