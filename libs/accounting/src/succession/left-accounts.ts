/** Which recorded accounts a merge, split or change of code leaves behind: those of periods that the predecessors do not reach. */
import { periodEnd, type Fen } from '@gep/kernel';
import type { SuccessionChange } from '@gep/territory';

/** An account that no successor has instead. */
export interface LeftAccount {
  readonly territory: string;
  readonly period: string;
  readonly norm: string;
  /** Integer fen as text. */
  readonly totalFen: string;
  /** The code goes on, so that the account stays in the sums, but with the ground of before. */
  readonly goesOn: boolean;
}

/** What of a recorded account it takes to tell. */
interface Recorded {
  readonly territory: string;
  readonly period: string;
  readonly norm: { readonly id: string };
  readonly totals: { readonly totalFen: Fen };
}

/**
 * A change of name leaves nothing; neither does any change leave accounts of periods that end before it.
 * @param accounts current accounts from observations of the predecessors' own: what was added up is added up anew
 */
export function leftAccounts(
  change: Pick<SuccessionChange, 'effective' | 'kind' | 'predecessors' | 'successors'>,
  accounts: readonly Recorded[],
): LeftAccount[] {
  const { effective, kind, predecessors, successors } = change;
  const goesOn = (territory: string): boolean => successors.some(({ code }) => code === territory);
  return accounts
    .filter(({ territory }) => predecessors.includes(territory) && !(kind === 'rename' && goesOn(territory)))
    .filter(({ period }) => periodEnd(period) >= effective)
    .map(({ territory, period, norm, totals }) => ({
      ...{ territory, period, norm: norm.id, totalFen: totals.totalFen.toString(), goesOn: goesOn(territory) },
    }));
}
