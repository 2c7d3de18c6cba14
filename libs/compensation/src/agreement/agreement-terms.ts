/** What the parties of a compensation agreed: the terms that Regulation art. 17 asks for, and how money follows from them. */
import type { Bilingual } from '@gep/kernel';

export type PartyRole = 'payer' | 'receiver' | 'beneficiary';
export const partyRoles: readonly PartyRole[] = ['payer', 'receiver', 'beneficiary'];

/** One who signs. */
export interface AgreementParty {
  readonly code: string;
  readonly role: PartyRole;
  readonly name: Bilingual;
  /** Territory of a government; whoever has none (a water company) is named alone. */
  readonly place: string | null;
  /** Its name in the book: `fund:<code>` for the fund itself, else the territory, or what the agreement says. */
  readonly book: string;
  /** The party of the rule that it is. */
  readonly rule: string | null;
  /** The units of the table that it answers for. */
  readonly units: readonly string[];
}

/** An ecosystem asset unit: part of a territory's account, by ecosystem types or by a node of a parallel tree. */
export interface AssetUnit {
  readonly unit: string;
  readonly place: string;
  readonly types: readonly string[];
}

/** Figures of published accounts: of territories, or of ecosystem asset units of them. */
export interface AccountsInput {
  readonly kind: 'accounts';
  readonly column: string;
  readonly norm: string;
  /** Counted services or categories; the whole GEP where both are empty. */
  readonly services: readonly string[];
  readonly categories: readonly string[];
  /** Year whose prices count; those of the account where it is null. */
  readonly pricesOf: string | null;
  /** Periods before this one that the rule looks back at. */
  readonly yearsBefore: number;
  readonly assets: readonly AssetUnit[];
  /** Code of a parallel tree whose nodes are the units; null: territories, or `assets`. */
  readonly tree: string | null;
}

export type MissingWay = 'refuse' | 'last-approved' | 'own-fault';
export const missingWays: readonly MissingWay[] = ['refuse', 'last-approved', 'own-fault'];

/** Figures that a department measured and hands in as a table. */
export interface MeasuredInput {
  readonly kind: 'measured';
  /** What counts where a unit has no row: nothing goes on, its last approved row, or the values of its own fault. */
  readonly missing: MissingWay;
  /** Cells of a unit whose data are missing by its own fault, `score: 0`. */
  readonly fault: Readonly<Record<string, string>>;
  /** Where money depends on one reading, both sides sample. */
  readonly joint: boolean;
  readonly yearsBefore: number;
}

/** One advance of a period. */
export interface AdvanceTerm {
  readonly code: string;
  /** Month and day of the period's year on which it falls due, `03-31`. */
  readonly day: string;
  /**
   * `rule`: what the rule itself advances. `share`: of what each party was last settled. `amounts`: yuan for each unit.
   */
  readonly by: 'rule' | 'share' | 'amounts';
  readonly share: string | null;
  readonly amounts: Readonly<Record<string, string>>;
}

export interface AgreementTerms {
  readonly code: string;
  readonly title: Bilingual;
  /** Territory in which the agreement and its fund lie. */
  readonly place: string;
  /** Art. 17: scope, target and monitoring, duties, breach. */
  readonly scope: Bilingual;
  readonly target: Bilingual;
  readonly monitoring: Bilingual;
  readonly duties: readonly (Bilingual & { readonly party: string })[];
  readonly breach: Bilingual;
  readonly term: { readonly from: string; readonly to: string };
  readonly parties: readonly AgreementParty[];
  /** Art. 17, method: a rule; an empty edition means the one in force for the place and the period. */
  readonly policy: { readonly id: string; readonly edition: string };
  readonly fund: { readonly code: string; readonly purpose: string };
  readonly input: AccountsInput | MeasuredInput;
  /** Values of the whole that the rule asks for, `pool: 1000000`. */
  readonly totals: Readonly<Record<string, string>>;
  /** Column of the whole that what a pool could not give is added to in the next period; null: it stays in the fund. */
  readonly carryInto: string | null;
  readonly advances: readonly AdvanceTerm[];
  readonly trueUp: {
    readonly way: 'next-cycle' | 'supplement' | 'clawback' | 'none';
    readonly supplementLimit: string | null;
    readonly least: string | null;
  };
  /** The agreement from which the money of this fund came: what it paid to `place` is divided here. */
  readonly passesOn: { readonly agreement: string; readonly clock: 'transfer-general' | 'transfer-special' } | null;
}
