/** What base-year GEP a parcel has after a split or a merge: always of the base year, never of a new one. */
import { allocate, Fraction, sumFen, type Fen } from '@gep/kernel';

export interface BaseParcel {
  readonly code: string;
  readonly baseYear: number;
  readonly baseGepFen: Fen;
}

/** A new parcel and what the parcel account of the base year gives for its land. */
export interface NewParcel {
  readonly code: string;
  readonly accountFen: Fen;
}

/** Why base GEP cannot be divided so. */
export type BaseFault = 'other-year' | 'nothing' | 'negative';

/**
 * The base GEP of predecessors goes to their successors in the ratio of the parcel account of the base year, to the fen:
 * what was the base stays the base, whatever the account of the new parcels sums to.
 * @param accountYear year of that account
 */
export function divideBase(
  predecessors: readonly BaseParcel[],
  successors: readonly NewParcel[],
  accountYear: number,
): Map<string, Fen> | BaseFault {
  if (predecessors.some(({ baseYear }) => baseYear !== accountYear)) return 'other-year';
  if (successors.some(({ accountFen }) => accountFen < 0n)) return 'negative';
  const total = sumFen(predecessors.map(({ baseGepFen }) => baseGepFen));
  if (total > 0n && successors.every(({ accountFen }) => accountFen === 0n)) return 'nothing';
  return allocate(
    total,
    successors.map(({ code, accountFen }) => ({ code, weight: Fraction.of(accountFen) })),
  );
}
