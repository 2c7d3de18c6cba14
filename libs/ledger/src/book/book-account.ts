/** Accounts of the book, which side each may stand on, and what may leave it. */
import type { Fen } from '@gep/kernel';

/** Which balance an account may have: never below zero as a debit, as a credit, or either. */
export const signRules = ['debit', 'credit', 'either'] as const;
export type SignRule = (typeof signRules)[number];

/** An account of the book. Nothing about it is ever changed. */
export interface BookAccount {
  readonly id: string;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly signRule: SignRule;
  /** Every posting names a party, and the sign rule binds each party as well. */
  readonly byParty: boolean;
  /** Money leaves it by reservation only. */
  readonly byReservation: boolean;
  /** ltree text; postings lie in this territory or below it. */
  readonly territoryPath: string;
}

/** An account that is to be opened. */
export type AccountDraft = Omit<BookAccount, 'id'>;

/** What stands on an account; a debit is positive. */
export interface AccountBalance {
  readonly postedFen: Fen;
  /** Held for reservations that are still open, never below zero. */
  readonly reservedFen: Fen;
}

export const emptyBalance: AccountBalance = { postedFen: 0n, reservedFen: 0n };

/** What can still be taken from the side on which the account stands; undefined where there is no bound. */
export function availableFen(signRule: SignRule, { postedFen, reservedFen }: AccountBalance): Fen | undefined {
  if (signRule === 'either') return undefined;
  return (signRule === 'debit' ? postedFen : -postedFen) - reservedFen;
}

/** True when the balance is one that the account may have. */
export function keepsSign(signRule: SignRule, balance: AccountBalance): boolean {
  const available = availableFen(signRule, balance);
  return available === undefined || available >= 0n;
}
