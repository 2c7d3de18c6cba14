/** What one payment comes to: a line for each unit, and what all lines sum to. */
import type { EvaluationFault } from '../expression/value';

/** A unit of the input, a party of the rule, or someone whom a column names. */
export interface PaymentSide {
  readonly kind: 'unit' | 'party' | 'named';
  readonly code: string;
}

/** One of several rows of a unit, rounded by itself. */
export interface PaidPart {
  readonly row: number;
  readonly period: string;
  readonly item: string;
  readonly fen: bigint;
}

export interface PaidLine {
  /** Empty for a payment between two parties. */
  readonly unit: string;
  readonly name: string;
  readonly from: PaymentSide;
  readonly to: PaymentSide;
  /** A negative amount goes the other way. */
  readonly entitledFen: bigint;
  readonly advancedFen: bigint;
  /** The entitlement less the advance. */
  readonly dueFen: bigint;
  /** What the expression came to where the rule pays nothing for a negative amount. */
  readonly withheldFen?: bigint;
  readonly parts?: readonly PaidPart[];
  readonly byFactor?: Readonly<Record<string, bigint>>;
  readonly rank?: number;
  readonly instalments?: readonly bigint[];
}

export interface PaidPayment {
  readonly code: string;
  readonly lines: readonly PaidLine[];
  /** What there was to share out, and what of it was not. */
  readonly poolFen?: bigint;
  readonly subPools?: Readonly<Record<string, bigint>>;
  /** Of a payment within groups. */
  readonly groups?: Readonly<Record<string, { readonly poolFen: bigint; readonly carryFen: bigint }>>;
  readonly carryFen: bigint;
  readonly totalFen: bigint;
  readonly byUnit: ReadonlyMap<string, bigint>;
}

/** Several values that cannot be computed, found in one pass. */
export class EvaluationFaults extends Error {
  constructor(readonly faults: readonly EvaluationFault[]) {
    super(faults[0]?.text.en ?? '');
  }
}
