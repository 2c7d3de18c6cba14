/** What the publication of accounts announces. */
import type { AccountDifference } from './account-difference';

/** An account was published for the first time. Its key is the id of the disclosure. */
export const accountPublished = 'accounting.account-published';

/** A published account was replaced by a corrected one. Its key is the id of the new disclosure. */
export const accountRestated = 'accounting.account-restated';

export interface AccountPublished {
  readonly disclosureId: string;
  readonly territory: string;
  readonly period: string;
  readonly norm: { readonly id: string; readonly edition: string };
  readonly accountId: string;
  readonly digest: string;
  /** Fen as decimal text. */
  readonly totalFen: string;
}

export interface AccountRestated extends AccountPublished {
  /** Id of the disclosure that it takes the place of; that one stays readable. */
  readonly restates: string;
  readonly round: number;
  readonly reason: string;
  readonly difference: AccountDifference;
}
