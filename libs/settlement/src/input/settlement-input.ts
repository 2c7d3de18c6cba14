/** Where the figures of a settlement come from: a table of a document, or published accounts, with a table beside them. */
import type { Period } from '@gep/kernel';

export type TableCell = string | number | boolean | null;

/** A table as people write it: names of columns, and rows. */
export interface InputTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly TableCell[])[];
}

/** Which figure of an account stands in a column of the rule. */
export interface ColumnBinding {
  readonly column: string;
  readonly norm: string;
  readonly figure:
    | 'total'
    | { readonly services?: readonly string[]; readonly categories?: readonly string[] }
    /** The increment on the period before, of these effects; or the GEP of a service only. */
    | { readonly payableIncrement: { readonly effects: readonly string[]; readonly services?: readonly string[] } };
  /** At the prices of the account, or at those of a year. */
  readonly prices: 'current' | { readonly constant: string };
}

export type SettlementInput =
  | (InputTable & {
      readonly kind: 'table';
      /** The document that the figures were taken from. */
      readonly document: { readonly name: string; readonly digest: string };
      /** Values of the whole, beside the rows. */
      readonly totals?: Readonly<Record<string, string>>;
    })
  | {
      readonly kind: 'accounts';
      readonly periods: readonly Period[];
      /** Codes of territories. */
      readonly units: readonly string[];
      readonly columns: readonly ColumnBinding[];
      /** Columns that accounts do not have, by unit and period. */
      readonly beside?: InputTable;
      readonly totals?: Readonly<Record<string, string>>;
    };

/** A figure that was taken from a published account, with where it stands. */
export interface AccountFigure {
  readonly unit: string;
  readonly column: string;
  readonly period: Period;
  /** Exact yuan. */
  readonly value: string;
  readonly accountId: string;
  readonly disclosureId: string;
  /** Digest of the account. */
  readonly digest: string;
  readonly normId: string;
  readonly normEdition: string;
  /** ltree text of the unit. */
  readonly territoryPath: string;
}
