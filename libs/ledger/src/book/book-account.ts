/** Accounts of the book, which side each may stand on, and what may leave it. */
import type { Fen } from '@gep/kernel';
import { BookAccountRefused } from '../errors';

/** Which balance an account may have: never below zero as a debit, as a credit, or either. */
export const signRules = ['debit', 'credit', 'either'] as const;
export type SignRule = (typeof signRules)[number];

/** What amounts of an account count: fen, or points of credit. A voucher is in one of them (decision 0032). */
export const bookUnits = ['fen', 'points'] as const;
export type BookUnit = (typeof bookUnits)[number];

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
  /** Fen where nothing is said. */
  readonly unit?: BookUnit;
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

/** @throws BookAccountRefused */
export function checkAccountDraft({ code, nameZh, nameEn, signRule, byReservation }: AccountDraft): void {
  const refuse = (zh: string, en: string): BookAccountRefused => new BookAccountRefused(code, { zh, en });
  if (!/^[a-z0-9][a-z0-9.-]{0,99}$/.test(code))
    throw refuse(
      '代码应为 1 到 100 个小写字母、数字、“.”或“-”，以字母或数字开头',
      'a code has 1 to 100 lower-case letters, digits, "." or "-", a letter or digit first',
    );
  if ([nameZh, nameEn].some((name) => name.trim() === '' || name.length > 200))
    throw refuse('中英文名称应各为 1 到 200 个字符', 'a name has 1 to 200 characters in either language');
  if (byReservation && signRule !== 'debit')
    throw refuse('凭预留支出的科目应为借方', 'an account that money leaves by reservation stands on the debit side');
}

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
