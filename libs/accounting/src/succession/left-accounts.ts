/** Which recorded accounts a merge, split or change of code leaves behind: those of periods that the predecessors do not reach. */
import { Fraction, periodEnd, type Fen } from '@gep/kernel';
import type { Succession, SuccessionChange } from '@gep/territory';
import { carriedParts, type CarriedPart, type CarryingStep } from './carried-parts';

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
  /** Since when the observation of the territory holds, as `carriedParts` takes it; null when it has none. */
  readonly since: string | null;
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
  change: Pick<SuccessionChange, 'effective' | 'kind' | 'predecessors' | 'successors' | 'shares' | 'basis' | 'carries'>,
  successions: readonly CarryingStep[],
  accounts: readonly Recorded[],
): LeftAccount[] {
  const { effective, kind, predecessors, successors } = change;
  const goesOn = (territory: string): boolean => successors.some(({ code }) => code === territory);
  if (kind === 'rename' && predecessors.every(goesOn)) return [];
  const rows = stepsOfChange(change);
  return accounts
    .filter(({ period, norm, territory, since }) => {
      const day = periodEnd(period);
      if (since === null || day < effective) return false;
      const alike = accounts.filter((other) => other.period === period && other.norm.id === norm.id);
      const observed = new Map(alike.flatMap((one) => (one.since === null ? [] : [[one.territory, one.since]])));
      const before = carriedParts(successions, day, observed);
      const has = (parts: readonly CarriedPart[] = []): boolean =>
        parts.some((part) => part.observed && part.territory === territory);
      const counts = (code: string): boolean =>
        before.has(code) ? has(before.get(code)) : code === territory && observed.has(code);
      if (!predecessors.some(counts)) return false;
      const after = carriedParts([...successions, ...rows], day, observed);
      // What was added up from below goes on below the successor, which is then added up as well, without what others observed.
      const mixed = (parts: readonly CarriedPart[]): boolean =>
        parts.some((part) => !part.observed && alike.some((one) => one.territory === part.territory));
      return !successors.some(({ code }) => has(after.get(code)) && !mixed(after.get(code)!));
    })
    .map(({ territory, period, norm, totals }) => ({
      ...{ territory, period, norm: norm.id, totalFen: totals.totalFen.toString(), goesOn: goesOn(territory) },
    }));
}

function stepsOfChange({
  effective,
  kind,
  predecessors,
  successors,
  shares,
  basis,
  carries,
}: Parameters<typeof leftAccounts>[0]): CarryingStep[] {
  const parts = shares ?? successors.map(({ code }) => ({ successor: code, share: Fraction.one }));
  return predecessors.flatMap((predecessor) =>
    parts.map((part) => ({ ...part, effective, kind, basis, predecessor, carries })),
  );
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
