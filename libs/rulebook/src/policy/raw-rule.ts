/** A rule file as its author wrote it, once its shape is known to be sound. */
import type { Bilingual, EvidenceGrade, LeftoverPolicy } from '@gep/kernel';
import type { RawCredit } from './credit/raw-credit';
import type { RoundingMode } from './expression/exact-numbers';
import type { PolicyRule, RuleSource } from './rule';
import type { RawScorecard } from './scorecard/raw-scorecard';
import type { ValueScope } from './expression/value';

export interface RawColumn {
  readonly code: string;
  readonly name: Bilingual;
  readonly unit: string;
  readonly aliases?: readonly string[];
  readonly values?: readonly string[];
  readonly per?: ValueScope;
  readonly default?: string;
  readonly min?: string;
  readonly max?: string;
  readonly whole?: 'yes' | 'no';
  /** A day of the calendar; of columns that a section implies, and in no file. */
  readonly isDay?: true;
}

export interface RawValue {
  readonly value: string;
  readonly from?: string;
  readonly source: string;
  readonly grade?: EvidenceGrade;
  readonly note?: Bilingual;
}

export interface RawParameter extends Partial<RawValue> {
  readonly code: string;
  readonly name: Bilingual;
  readonly unit: string;
  readonly values?: readonly RawValue[];
}

export interface RawTable {
  readonly code: string;
  readonly name: Bilingual;
  readonly hit?: 'unique' | 'first';
  readonly inputs: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly rows: readonly {
    readonly when?: Readonly<Record<string, string | readonly string[]>>;
    readonly then: Readonly<Record<string, string>>;
    readonly note?: Bilingual;
  }[];
  readonly otherwise?: Readonly<Record<string, string>>;
}

export interface RawFormula {
  readonly code: string;
  readonly name: Bilingual;
  readonly unit: string;
  readonly expression: string;
}

export interface RawRounding {
  readonly to?: string;
  readonly mode?: RoundingMode;
}

export interface RawPayment {
  readonly code: string;
  readonly name: Bilingual;
  readonly from: string;
  readonly to: string;
  readonly when?: string;
  readonly advance?: string;
  readonly rounding?: RawRounding;
  readonly instalments?: string;
  readonly remainder?: 'first' | 'last';
  readonly amount?: string;
  readonly negative?: 'bill' | 'nothing' | 'refuse';
  readonly pool?: string;
  readonly within?: string;
  readonly groups?: string;
  readonly weight?: string;
  readonly factors?: readonly {
    readonly code: string;
    readonly name?: Bilingual;
    readonly share: string;
    readonly weight: string;
  }[];
  readonly floor?: string;
  readonly cap?: string;
  readonly leftover?: LeftoverPolicy;
  readonly zeroWeights?: 'refuse' | 'equal' | 'carry';
  readonly floorsBeyond?: 'refuse' | 'scale';
  readonly capsBelow?: 'refuse' | 'carry';
  readonly bands?: readonly { readonly ranks: string; readonly each: string }[];
  readonly by?: string | readonly string[];
  readonly ties?: 'share' | 'upper' | 'lower' | 'refuse';
  readonly unfilled?: 'carry' | 'refuse';
}

export interface RawRule extends Pick<PolicyRule, 'id' | 'title' | 'mechanism' | 'status' | 'valid' | 'place'> {
  readonly incomplete?: readonly Bilingual[];
  readonly note?: Bilingual;
  readonly sources: readonly RuleSource[];
  readonly period?: PolicyRule['period'];
  readonly rows?: readonly string[];
  readonly parties?: PolicyRule['parties'];
  readonly columns: readonly RawColumn[];
  readonly parameters?: readonly RawParameter[];
  readonly tables?: readonly RawTable[];
  readonly formulas?: readonly RawFormula[];
  readonly checks?: readonly { readonly name: Bilingual; readonly expression: string }[];
  readonly payments?: readonly RawPayment[];
  readonly show?: readonly string[];
  readonly rounding?: RawRounding;
  readonly scorecard?: RawScorecard;
  readonly credit?: RawCredit;
}
