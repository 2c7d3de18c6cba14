/** What payments share: going over the units, the one rounding of an amount, and what a unit is entitled to. */
import { Fraction } from '@gep/kernel';
import { roundFraction } from '../expression/exact-numbers';
import type { InputUnit, Place } from '../expression/place';
import { EvaluationFault, type NamedValue } from '../expression/value';
import type { Rounding } from '../rule';
import { EvaluationFaults, type PaidLine, type PaidPayment } from './paid';

/** What a payment gives a unit before advances and instalments. */
export type Entitlement = Pick<PaidLine, 'entitledFen' | 'withheldFen' | 'parts' | 'byFactor' | 'rank'>;

export interface Given {
  readonly entitled: ReadonlyMap<string, Entitlement>;
  readonly carryFen: bigint;
  readonly pool?: Pick<PaidPayment, 'poolFen' | 'subPools' | 'groups'>;
}

const hundred = Fraction.of(100n);

/** The one rounding of an amount: yuan to whole multiples of the step. */
export function roundYuan(yuan: Fraction, { fen, mode }: Rounding): bigint {
  return roundFraction(fen === 1n ? yuan.times(hundred) : yuan.times(Fraction.of(100n, fen)), mode) * fen;
}

/** Units by the word of a column; all of them together when there is none. */
export function groupUnits(within: NamedValue | undefined, place: Place): Map<string, readonly InputUnit[]> {
  if (!within) return new Map([['', place.period.units]]);
  const groups = new Map<string, InputUnit[]>();
  eachUnit(place, (unit, at) => {
    const word = within.run(at) as string;
    const group = groups.get(word);
    if (group) group.push(unit);
    else groups.set(word, [unit]);
  });
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Does something for each unit, and tells all that went wrong at once. */
export function eachUnit(
  place: Place,
  act: (unit: InputUnit, at: Place) => void,
  units: readonly InputUnit[] = place.period.units,
): void {
  const faults: EvaluationFault[] = [];
  const { book, period } = place;
  for (const unit of units) {
    try {
      act(unit, { book, period, unit });
    } catch (error) {
      if (!(error instanceof EvaluationFault)) throw error;
      faults.push(error);
    }
  }
  if (faults.length > 0) throw new EvaluationFaults(faults);
}
