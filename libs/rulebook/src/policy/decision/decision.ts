/** What a rule decides for one period: lines, balances, proofs, and everything that a reader needs to check them. */
import type { Bilingual, EvidenceGrade } from '@gep/kernel';
import type { PolicyRule } from '../rule';
import type { ValueOrigin } from '../expression/value';
import type { PaidLine, PaidPayment, PaymentSide } from './paid';

/** One named value that a result rests on. */
export interface TracedValue {
  readonly code: string;
  readonly origin: ValueOrigin;
  readonly value: string;
  readonly unit?: string;
  /** The input says nothing, and the rule has a value for that. */
  readonly isDefault?: true;
  /** Of a formula. */
  readonly expression?: string;
  /** Of an output of a table: the table, and the line of the rule file whose row held; none when `otherwise` did. */
  readonly table?: string;
  readonly line?: number;
  /** Of a parameter. */
  readonly from?: string;
  readonly source?: string;
  readonly grade?: EvidenceGrade;
  /** Of a parameter that changed while the rows ran: every value that a row was given, the earliest first. */
  readonly changes?: readonly ParameterValue[];
}

/** A value of a dated parameter, with the first and last period of rows that it was for. */
export interface ParameterValue {
  readonly value: string;
  readonly first: string;
  readonly last: string;
  readonly from: string;
  readonly source: string;
  readonly grade: EvidenceGrade;
}

export interface DecisionLine extends PaidLine {
  /** Absent where nobody asked for it. */
  readonly values?: readonly TracedValue[];
}

export interface DecisionPayment extends Omit<PaidPayment, 'lines' | 'byUnit'> {
  readonly name: Bilingual;
  readonly kind: PolicyRule['payments'][number]['kind'];
  readonly lines: readonly DecisionLine[];
  /** Values of the whole that its lines rest on. */
  readonly values: readonly TracedValue[];
}

export interface Balance extends PaymentSide {
  readonly name: Bilingual;
  readonly entitledFen: bigint;
  readonly advancedFen: bigint;
  readonly dueFen: bigint;
}

export interface Proof {
  readonly code: 'pool' | 'zero-sum' | 'instalments' | 'check';
  readonly text: Bilingual;
  /** Two sums that are the same, in fen. */
  readonly left?: bigint;
  readonly right?: bigint;
}

export interface ShownUnit {
  /** Empty for values of the whole. */
  readonly unit: string;
  readonly name: string;
  readonly values: readonly TracedValue[];
}

export interface Decision {
  readonly rule: Pick<PolicyRule, 'id' | 'title' | 'edition' | 'status' | 'mechanism'>;
  readonly period: string;
  readonly inputDigest: string;
  readonly payments: readonly DecisionPayment[];
  /** What each gets (above zero) or pays (below) in all; they sum to zero. */
  readonly balances: readonly Balance[];
  readonly shown: readonly ShownUnit[];
  readonly proofs: readonly Proof[];
  /** The weakest grade of the parameters used. */
  readonly weakest: EvidenceGrade;
  /** Why a named person must confirm the rule before it is put in force. */
  readonly needsConfirmation: readonly Bilingual[];
}
