/** What an edition of a policy rule is: the checked form of one YAML file. */
import type { Bilingual, Evidence, EvidenceGrade, Fraction, LeftoverPolicy, Unit, UnitTable } from '@gep/kernel';
import type { NormFile, NormProblem } from '../norm/norm';
import type { CreditCatalogue } from './credit/credit-catalogue';
import type { RoundingMode } from './expression/exact-numbers';
import type { PeriodLength } from './expression/periods';
import type { Value } from './expression/place';
import type { Compiled, NamedValue, NumberExpression, ValueScope, ValueType } from './expression/value';
import type { Scorecard } from './scorecard/scorecard';

export type PolicyProblem = NormProblem;

/**
 * `unconfirmed`: may be run and tested, and is put in force only when a named person confirms it. `skeleton`: what is known of a
 * published rule whose items are not; it is shown, and neither run nor proposed.
 */
export type PolicyStatus = 'usable' | 'unconfirmed' | 'skeleton';
export const policyStatuses: readonly PolicyStatus[] = ['usable', 'unconfirmed', 'skeleton'];

export type PolicyMechanism =
  | 'eco-compensation'
  | 'increment-procurement'
  | 'dividend'
  | 'offset'
  | 'credit'
  | 'loan'
  | 'evaluation';
export const policyMechanisms: readonly PolicyMechanism[] = [
  ...(['eco-compensation', 'increment-procurement', 'dividend'] as const),
  ...(['offset', 'credit', 'loan', 'evaluation'] as const),
];

/** A document: law text, official or reviewed, press, reprint, or not found. */
export type SourceStanding = 'L' | 'A' | 'B' | 'C' | 'U';
export const sourceStandings: readonly SourceStanding[] = ['L', 'A', 'B', 'C', 'U'];

export interface RuleSource {
  readonly id: string;
  readonly text: string;
  readonly standing: SourceStanding;
  readonly url?: string;
}

export interface RuleNote {
  /** A parameter, or a table with the number of its row; empty: the rule itself. */
  readonly about: string;
  readonly note: Bilingual;
}

/** A column of the input. */
export interface RuleColumn {
  readonly code: string;
  readonly name: Bilingual;
  readonly aliases: readonly string[];
  readonly type: ValueType;
  readonly per: ValueScope;
  readonly fallback?: Value;
  readonly min?: Fraction;
  readonly max?: Fraction;
  readonly whole: boolean;
  /** Its words are days of the calendar. */
  readonly isDay?: true;
}

export interface RuleValue {
  readonly value: Fraction;
  readonly from: string;
  readonly evidence: Evidence;
}

export interface RuleParameter {
  readonly code: string;
  readonly name: Bilingual;
  readonly unit: Unit;
  /** The latest first. */
  readonly values: readonly RuleValue[];
}

export interface RuleFormula {
  readonly code: string;
  readonly expression: string;
  /** It follows from the scorecard, and nobody wrote it. */
  readonly isDerived?: true;
}

/** A stretch of numbers; without a bound it has no end on that side. */
export interface Interval {
  readonly low?: { readonly value: Fraction; readonly open: boolean };
  readonly high?: { readonly value: Fraction; readonly open: boolean };
}

/** What an input of a table must be: one of these stretches, one of these words, yes or no. Absent: anything. */
export type TableCondition =
  | { readonly kind: 'number'; readonly intervals: readonly Interval[] }
  | { readonly kind: 'text'; readonly words: readonly string[] }
  | { readonly kind: 'yes-no'; readonly value: boolean };

export interface TableRow {
  readonly line: number;
  readonly when: ReadonlyMap<string, TableCondition>;
  readonly then: ReadonlyMap<string, Compiled>;
}

export interface RuleTable {
  readonly code: string;
  readonly name: Bilingual;
  readonly hit: 'unique' | 'first';
  readonly inputs: readonly NamedValue[];
  readonly outputs: readonly string[];
  readonly rows: readonly TableRow[];
}

/** Who gives or gets: each unit itself, a party of the rule, or whoever a column of words names. */
export type PaymentEnd =
  | { readonly kind: 'units' }
  | { readonly kind: 'party'; readonly code: string }
  | { readonly kind: 'column'; readonly value: NamedValue };

export interface Rounding {
  /** Amounts are whole multiples of it. */
  readonly fen: bigint;
  readonly mode: RoundingMode;
}

interface PaymentCommon {
  readonly code: string;
  readonly name: Bilingual;
  readonly from: PaymentEnd;
  readonly to: PaymentEnd;
  readonly rounding: Rounding;
  readonly when?: Compiled;
  /** What was paid before; what is due is the entitlement less it. */
  readonly advance?: NumberExpression;
  readonly instalments?: { readonly count: NumberExpression; readonly remainder: 'first' | 'last' };
}

export interface PoolFactor {
  readonly code: string;
  readonly name?: Bilingual;
  /** Part of the pool. */
  readonly share: NumberExpression;
  readonly weight: NumberExpression;
}

export type RulePayment = PaymentCommon &
  (
    | {
        readonly kind: 'amount';
        readonly amount: NumberExpression;
        /** One amount between two parties, not one for each unit. */
        readonly once: boolean;
        readonly negative: 'bill' | 'nothing' | 'refuse';
      }
    | {
        readonly kind: 'pool';
        readonly pool: NumberExpression;
        /** A column of words: each word has a pool of its own. */
        readonly within?: NamedValue;
        /** The pool is one, and each word has the part of it that this comes to over its units that take part. */
        readonly groups?: NumberExpression;
        readonly factors: readonly PoolFactor[];
        readonly floor?: NumberExpression;
        readonly cap?: NumberExpression;
        readonly leftover: LeftoverPolicy;
        readonly zeroWeights: 'refuse' | 'equal' | 'carry';
        readonly floorsBeyond: 'refuse' | 'scale';
        readonly capsBelow: 'refuse' | 'carry';
      }
    | {
        readonly kind: 'bands';
        /** Each word of this column is ranked by itself. */
        readonly within?: NamedValue;
        /** The greater comes first; the next decides between equal ones. */
        readonly by: readonly NumberExpression[];
        readonly bands: readonly { readonly first: number; readonly last: number; readonly each: NumberExpression }[];
        readonly ties: 'share' | 'upper' | 'lower' | 'refuse';
        readonly unfilled: 'carry' | 'refuse';
      }
  );

export interface RuleCheck {
  readonly name: Bilingual;
  readonly expression: string;
  readonly condition: Compiled;
}

/** One rule, checked, named by its content. */
export interface PolicyRule {
  readonly id: string;
  readonly title: Bilingual;
  readonly mechanism: PolicyMechanism;
  readonly place?: string;
  readonly status: PolicyStatus;
  /** What is not known or not attested. */
  readonly incomplete: readonly Bilingual[];
  readonly valid: { readonly from: string; readonly to?: string };
  /** SHA-256 of the content; comments and layout do not matter. */
  readonly edition: string;
  /** Canonical JSON of what is written. */
  readonly content: string;
  readonly units: UnitTable;
  readonly sources: readonly RuleSource[];
  readonly period: PeriodLength | 'none';
  /** `month` or `quarter`, and columns of words. */
  readonly rows: readonly string[];
  readonly parties: readonly { readonly code: string; readonly name: Bilingual }[];
  readonly columns: readonly RuleColumn[];
  readonly parameters: readonly RuleParameter[];
  readonly tables: readonly RuleTable[];
  readonly formulas: readonly RuleFormula[];
  readonly names: ReadonlyMap<string, NamedValue>;
  readonly checks: readonly RuleCheck[];
  readonly payments: readonly RulePayment[];
  readonly show: readonly NamedValue[];
  /** Of a rule of credit. */
  readonly credit?: CreditCatalogue;
  readonly scorecard?: Scorecard;
  readonly weakest: EvidenceGrade;
  /** Remarks of the author, for example that two published sources disagree. */
  readonly notes: readonly RuleNote[];
  readonly file: NormFile;
}

/** Why a named person must confirm the rule before it is put in force; none when nobody must. */
export function confirmationReasons({ status, parameters, sources, incomplete, credit }: PolicyRule): Bilingual[] {
  const reasons: Bilingual[] = [];
  if (status === 'unconfirmed')
    reasons.push({ zh: '规则状态为 unconfirmed', en: 'the status of the rule is unconfirmed' });
  for (const { code, values } of parameters)
    if (values.some(({ evidence }) => evidence.grade === 'unverified'))
      reasons.push({ zh: `参数 ${code} 未核实`, en: `parameter ${code} is unverified` });
  for (const code of credit?.unverified ?? []) reasons.push({ zh: `${code} 未核实`, en: `${code} is unverified` });
  for (const { id, standing } of sources)
    if (standing === 'U') reasons.push({ zh: `来源 ${id} 未找到`, en: `source ${id} was not found` });
  return reasons.length > 0 ? [...reasons, ...incomplete] : [];
}
