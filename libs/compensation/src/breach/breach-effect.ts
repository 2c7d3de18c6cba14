/** What the standing measures against parties in breach do to payments: who waits, who gets less, who gets nothing. */
import type { Fen, Period } from '@gep/kernel';
import type { BreachState } from './breach-steps';

export const breachMeasures = ['delay', 'cut', 'stop', 'recover'] as const;
export type BreachMeasureKind = (typeof breachMeasures)[number];

/** A measure as it was taken; `party` is the one in breach. */
export interface BreachMeasure {
  readonly id: string;
  readonly breachId: string;
  readonly party: string;
  readonly kind: BreachMeasureKind;
  /** Of a cut or a recovery. */
  readonly period: Period | null;
  /** Of a delay: the first day on which it may be paid. */
  readonly until: string | null;
  readonly amountFen: Fen | null;
  /** Of a recovery: the settlement that is clawed back. */
  readonly settlementId: string | null;
  readonly state: BreachState;
}

export interface BreachEffect {
  /** Parties that are left out of reserving, approving and paying for now, with the measure that holds them. */
  readonly held: readonly BreachMeasure[];
  /** What is taken off or back in the period. */
  readonly cuts: readonly BreachMeasure[];
}

/** Delays and stops end when the breach is corrected; what was cut or recovered stays. */
export function effectOf(measures: readonly BreachMeasure[], period: Period, today: string): BreachEffect {
  const standing = measures.filter(({ state }) => state === 'sanctioned');
  return {
    held: standing.filter(
      ({ kind, until }) => kind === 'stop' || (kind === 'delay' && until !== null && today < until),
    ),
    cuts: measures.filter((measure) => measure.amountFen !== null && measure.period === period),
  };
}
