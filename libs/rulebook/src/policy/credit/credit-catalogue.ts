/** What a rule of credit says: behaviours with their points, grades by score, and the measures that may follow. */
import type { Bilingual, EvidenceGrade, Fraction } from '@gep/kernel';

export const creditSubjectKinds = ['person', 'firm', 'village'] as const;
export type CreditSubjectKind = (typeof creditSubjectKinds)[number];

export const creditSeverities = ['minor', 'ordinary', 'severe'] as const;
export type CreditSeverity = (typeof creditSeverities)[number];

export const creditMeasureKinds = ['reward', 'punishment', 'incentive'] as const;
export type CreditMeasureKind = (typeof creditMeasureKinds)[number];

/** What may be asked before a bad entry is repaired. */
export interface CreditRepair {
  /** Whole months from the end of the behaviour. */
  readonly afterMonths: number;
  readonly conditions: Bilingual;
}

/** One item of the list. */
export interface CreditBehaviour {
  readonly code: string;
  readonly name: Bilingual;
  readonly subjects: readonly CreditSubjectKind[];
  /** Signed; undefined where it was not published, in a skeleton alone. */
  readonly points?: Fraction;
  /** The most that the item moves a score by in a calendar year, without sign. */
  readonly yearlyCap?: Fraction;
  /** Parts of the points that count in the first, second … year after the day; the last one holds on. */
  readonly decay: readonly Fraction[];
  /** Whole years after which it has no effect; absent: it does not expire (never absent of bad behaviour). */
  readonly years?: number;
  readonly severity: CreditSeverity;
  /** What has to be shown for it. */
  readonly evidence: readonly Bilingual[];
  readonly repair?: CreditRepair;
  readonly source: string;
  readonly grade: EvidenceGrade;
}

export interface CreditGrade {
  readonly code: string;
  readonly name: Bilingual;
  /** Lowest score of the grade. */
  readonly from: Fraction;
}

/** A published measure: what may be done for or to a subject. */
export interface CreditMeasureItem {
  readonly code: string;
  readonly name: Bilingual;
  readonly kind: CreditMeasureKind;
  readonly subjects: readonly CreditSubjectKind[];
  /** Text of law that it rests on; without one it cannot be taken. */
  readonly law?: Bilingual;
  /** Of a punishment: the behaviour has to be as severe as this. */
  readonly leastSeverity: CreditSeverity;
  /** Of a punishment: it ends after so many months at the latest. */
  readonly mostMonths?: number;
  /** Of a cut of a subsidy: the largest part that may be taken away. */
  readonly mostShare?: Fraction;
  readonly source: string;
  readonly grade: EvidenceGrade;
}

/** The most that a record opens, in yuan. */
interface CreditLoanAmounts {
  readonly unsecured: Fraction;
  readonly guaranteed: Fraction;
}

/** Loans that a good record opens, as published. */
export interface CreditLoanTerms extends CreditLoanAmounts {
  /** What each grade opens, none of it above the whole; a grade that is not here opens nothing. Absent: grades do not matter. */
  readonly byGrade?: readonly (CreditLoanAmounts & { readonly code: string })[];
  readonly years: number;
  readonly pledge: boolean;
  readonly source: string;
  readonly grade: EvidenceGrade;
}

/** Points of good entries buy goods, where the rule says so. */
export interface CreditPointsTerms {
  /** Whole months after which they can no longer be spent; absent: they do not expire. */
  readonly months?: number;
  readonly source: string;
  readonly grade: EvidenceGrade;
}

/** How many items a source counts, where it does not name all. */
export interface CreditCount {
  readonly what: 'behaviours' | 'positive' | 'negative' | 'rewards-and-punishments' | 'incentives';
  readonly published: number;
  readonly named: number;
  readonly source: string;
}

export interface CreditCatalogue {
  readonly base: Fraction;
  readonly lowest?: Fraction;
  readonly highest?: Fraction;
  readonly behaviours: readonly CreditBehaviour[];
  /** From the lowest to the highest. */
  readonly grades: readonly CreditGrade[];
  readonly measures: readonly CreditMeasureItem[];
  readonly loan?: CreditLoanTerms;
  /** Absent: points buy nothing here. */
  readonly points?: CreditPointsTerms;
  readonly counts: readonly CreditCount[];
  /** Items that could not be read at their source. */
  readonly unverified: readonly string[];
}

/** Bad records end at five years (Zhejiang Public Credit Regulation art. 16; Credit Reporting Regulation art. 16). */
export const mostYearsOfBadRecord = 5;
