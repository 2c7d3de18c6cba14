/** What a record of credit does to a loan, as the published terms have it; whoever lends or records it asks here. */
import type { Fen, Fraction } from '@gep/kernel';
import type { CreditLoanTerms } from './credit-catalogue';

export const creditLoanKinds = ['unsecured', 'guaranteed'] as const;
export type CreditLoanKind = (typeof creditLoanKinds)[number];

export interface CreditLoanWish {
  readonly kind: CreditLoanKind;
  readonly amountFen: Fen;
  readonly months: number;
  /** The borrower has signed the pledge to protect. */
  readonly pledgeSigned: boolean;
}

/** What the record says of the borrower. */
export interface CreditLoanRecord {
  readonly grade: string | null;
  /** Severe bad entries that count; what is under objection is paused and flagged beside. */
  readonly severeEntries: number;
}

export const creditLoanObstacles = ['no-terms', 'grade', 'amount', 'years', 'pledge', 'severe-entry'] as const;
export type CreditLoanObstacle = (typeof creditLoanObstacles)[number];

export interface CreditLoanDecision {
  readonly open: boolean;
  /** The most that the record opens, whatever the lender decides; nothing where it opens no loan of the kind. */
  readonly mostFen: Fen;
  readonly mostMonths: number;
  readonly obstacles: readonly CreditLoanObstacle[];
}

/**
 * Pure. The record opens a loan, it never grants one. Yunhe: unsecured up to 300,000 yuan, guaranteed up to 1,000,000, five years,
 * pledge signed, no severe bad entry that counts (R9). Where the terms name grades, a grade opens up to its own amount and one that is
 * not named, or no grade, opens nothing.
 */
export function decideLoan(
  terms: CreditLoanTerms | undefined,
  { grade, severeEntries }: CreditLoanRecord,
  { kind, amountFen, months, pledgeSigned }: CreditLoanWish,
): CreditLoanDecision {
  if (!terms) return { open: false, mostFen: 0n, mostMonths: 0, obstacles: ['no-terms'] };
  const { byGrade, years, pledge } = terms;
  const amounts = byGrade ? byGrade.find((one) => one.code === grade) : terms;
  const isBarred = severeEntries > 0;
  const mostFen = amounts && !isBarred ? wholeFen(amounts[kind]) : 0n;
  const mostMonths = years * 12;
  const obstacles: CreditLoanObstacle[] = [
    ...(amounts ? [] : (['grade'] as const)),
    ...(amounts && amountFen > wholeFen(amounts[kind]) ? (['amount'] as const) : []),
    ...(months > mostMonths ? (['years'] as const) : []),
    ...(pledge && !pledgeSigned ? (['pledge'] as const) : []),
    ...(isBarred ? (['severe-entry'] as const) : []),
  ];
  return { open: obstacles.length === 0, mostFen, mostMonths, obstacles };
}

/** Of an amount in yuan, rounded down: a cap is never exceeded. */
const wholeFen = ({ numerator, denominator }: Fraction): Fen => (numerator * 100n) / denominator;
