/** Which recorded accounts a merge, split or change of code leaves behind: those of periods that the predecessors do not reach. */
import { periodEnd, type Fen } from '@gep/kernel';
import type { Succession, SuccessionChange } from '@gep/territory';
import { carriedParts } from './carried-parts';

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
  readonly origin: 'observed' | 'aggregated';
  readonly totals: { readonly totalFen: Fen };
}

/**
 * Accounts from observations whose ground is in the sums above before the change, and after it no more, or still as before.
 * A change of name leaves nothing; nor does any change leave accounts of periods that end before it, or those that its successors
 * have from then on (`carriedParts`).
 * @param successions recorded before the change
 * @param accounts current accounts of the predecessors, and of those that these followed
 */
export function leftAccounts(
  change: Pick<SuccessionChange, 'effective' | 'kind' | 'predecessors' | 'successors'>,
  successions: readonly Pick<Succession, 'effective' | 'kind' | 'predecessor' | 'successor'>[],
  accounts: readonly Recorded[],
): LeftAccount[] {
  const { effective, kind, predecessors, successors } = change;
  const goesOn = (territory: string): boolean => successors.some(({ code }) => code === territory);
  if (kind === 'rename' && predecessors.every(goesOn)) return [];
  const rows = predecessors.flatMap((predecessor) =>
    successors.map(({ code }) => ({ effective, kind, predecessor, successor: code })),
  );
  return accounts
    .filter((account) => {
      const { period, norm, territory } = account;
      const day = periodEnd(period);
      if (account.origin !== 'observed' || day < effective) return false;
      const alike = accounts.filter((other) => other.period === period && other.norm.id === norm.id);
      const observed = new Set(alike.filter(({ origin }) => origin === 'observed').map((one) => one.territory));
      const before = carriedParts(successions, day, observed);
      const counts = (code: string): boolean => code === territory || (before.get(code)?.includes(territory) ?? false);
      if (!predecessors.some(counts)) return false;
      const after = carriedParts([...successions, ...rows], day, observed);
      // What was added up from below goes on below the successor, which is then added up as well, without what others observed.
      const mixed = (parts: readonly string[]): boolean =>
        parts.some((part) => !observed.has(part) && alike.some((one) => one.territory === part));
      return !successors.some(({ code }) => after.get(code)?.includes(territory) && !mixed(after.get(code)!));
    })
    .map(({ territory, period, norm, totals }) => ({
      ...{ territory, period, norm: norm.id, totalFen: totals.totalFen.toString(), goesOn: goesOn(territory) },
    }));
}

/** The predecessors of a change, and all that they themselves followed. */
export function lineageOf(
  codes: readonly string[],
  successions: readonly Pick<Succession, 'predecessor' | 'successor'>[],
): string[] {
  const found = new Set(codes);
  for (const code of found) {
    for (const { successor, predecessor } of successions) if (successor === code) found.add(predecessor);
  }
  return [...found];
}
