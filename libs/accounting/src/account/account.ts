/** What a GEP account is: its lines, its totals and the parts it was made of. */
import { EvidenceGrade, Fen } from '@gep/kernel';
import type { Succession } from '@gep/territory';
import type { DayGap } from '../days/fill-days';

export type ServiceCategory = 'provisioning' | 'regulating' | 'cultural';

/** One service × ecosystem type (× measured item) of an account. */
export interface AccountLine {
  readonly service: string;
  readonly category: ServiceCategory;
  readonly group: string;
  /** Ecosystem type, or null where the service is measured for the territory as a whole. */
  readonly type: string | null;
  /** Measured item (a product or statistic), or null where the quantity comes from a formula. */
  readonly item: string | null;
  /** Physical quantity in `unit`: what is counted. */
  readonly quantity: number;
  /**
   * What was supplied before imports were deducted and use was capped; null when that is the quantity. What it is more
   * than the quantity is unused potential, shown beside and never in a total.
   */
  readonly supplied: number | null;
  readonly unit: string;
  /** Exact decimal or fraction text in `priceUnit`; null in an aggregate whose children have different prices. */
  readonly price: string | null;
  readonly priceUnit: string;
  /** Exact share of the value that counts; null in an aggregate whose children differ. */
  readonly gamma: string | null;
  readonly valueFen: Fen;
  /** The weakest grade of all parameters that reach this line. */
  readonly grade: EvidenceGrade;
  /**
   * Id of the declaration of an intra-regional flow, on the line that takes back what the declaration says is counted twice:
   * its quantity and value are below zero. Absent on every other line.
   */
  readonly flow?: string;
}

/** Sums of line values; every map adds up to `totalFen` to the fen. */
export interface AccountTotals {
  readonly totalFen: Fen;
  readonly byCategory: Readonly<Record<string, Fen>>;
  readonly byGroup: Readonly<Record<string, Fen>>;
  readonly byService: Readonly<Record<string, Fen>>;
  /** By ecosystem type; lines without a type are under `unassignedType`. */
  readonly byType: Readonly<Record<string, Fen>>;
}

/** Key in `AccountTotals.byType` for services that are measured for the territory as a whole. */
export const unassignedType = 'unassigned';

/** Sums of row expressions, kept so that a changed price or coefficient needs no patch to be read again. */
export interface KeptBaseSums {
  /** Canonical key of each base; equal keys mean equal sums over the same observation. */
  readonly keys: readonly string[];
  readonly types: readonly string[];
  /** Rows per type. */
  readonly rows: readonly number[];
  /** One array per type, in the order of `types`; inside it one sum per base, in the order of `keys`. */
  readonly sums: readonly (readonly number[])[];
  /** Values of the norm that stood in for attributes that rows lack; the sums hold for these values only. */
  readonly standIns: readonly StandIn[];
  /** Daily series of which days have no value; absent when none lack. */
  readonly dayGaps?: readonly DayGap[];
}

/** A value that stood in for an attribute in rows of one type. */
export interface StandIn {
  readonly attribute: string;
  readonly type: string;
  /** In the unit of the attribute. */
  readonly value: number;
}

/** How many of the territories that should be inside an account are. */
export interface Coverage {
  readonly present: number;
  readonly expected: number;
  /** All expected children are present and complete themselves; of an observed account, no row was refused. */
  readonly complete: boolean;
  /** Rows of the observations below that were refused at import; absent when none were. */
  readonly refusedRows?: number;
}

/** A child that went into an aggregate. */
export interface AccountChild {
  readonly territory: string;
  readonly digest: string;
  /** Of a predecessor that was split: by which ways a part of it went in. Absent where all of it did. */
  readonly division?: readonly ChildDivision[];
}

/** How a part of an account came to a successor. */
export interface ChildDivision {
  /** Exact share of what has no ecosystem type, and of types without a share of their own. */
  readonly share: string;
  /** Splits in order of time. */
  readonly steps: readonly DivisionStep[];
}

/** One split on the way of a part. */
export interface DivisionStep {
  /** First day of the successors, `YYYY-MM-DD`. */
  readonly effective: string;
  readonly from: string;
  readonly to: string;
  /** Where the shares come from. */
  readonly basis: Succession['basis'];
  readonly share: string;
  readonly shareByType?: Readonly<Record<string, string>>;
}

export interface Account {
  readonly territory: string;
  readonly period: string;
  readonly norm: { readonly id: string; readonly edition: string };
  readonly observationDigest: string;
  /** Divided: made of shares of accounts of predecessors that were split, perhaps with whole ones added. */
  readonly origin: 'observed' | 'aggregated' | 'divided';
  readonly lines: readonly AccountLine[];
  /** Area by ecosystem type in `areaUnit`. */
  readonly areaByType: Readonly<Record<string, number>>;
  readonly areaUnit: string;
  readonly totals: AccountTotals;
  /** Present in observed accounts only. */
  readonly baseSums: KeptBaseSums | null;
  readonly coverage: Coverage;
  /** The children of an aggregate, or the predecessors that it was divided from, in code order; empty when observed. */
  readonly children: readonly AccountChild[];
  /** The weakest grade of all lines. */
  readonly grade: EvidenceGrade;
  /** SHA-256 of the canonical content. */
  readonly digest: string;
}
