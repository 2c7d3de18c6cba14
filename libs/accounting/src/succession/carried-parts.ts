/** Which ended territories stand for one that followed them and has not been observed itself: their accounts are its own. */
import type { Succession } from '@gep/territory';
import { dayBefore } from './day-before';

type Step = Pick<Succession, 'effective' | 'kind' | 'predecessor' | 'successor'>;

/**
 * Territories whose accounts add up to that of each successor that was not observed itself, back through merges and changes of
 * code. A split is no addition, and of a merge into one of the predecessors it cannot be told whether that one was observed
 * before it or after: neither carries anything.
 * @param day last day of the period, `YYYY-MM-DD`; later changes do not matter
 * @param observed territories with observations of the period
 * @returns by successor; among the parts may be some that were not observed, but not all
 */
export function carriedParts(
  successions: readonly Step[],
  day: string,
  observed: ReadonlySet<string>,
): Map<string, string[]> {
  const carried = new Map<string, string[]>();
  for (const successor of new Set(successions.map((row) => row.successor))) {
    if (observed.has(successor)) continue;
    const parts = partsOf(successions, successor, day, observed);
    if (!parts.includes(successor) && parts.some((part) => observed.has(part))) carried.set(successor, parts);
  }
  return carried;
}

function partsOf(
  successions: readonly Step[],
  territory: string,
  day: string,
  observed: ReadonlySet<string>,
): string[] {
  if (observed.has(territory)) return [territory];
  const before = successions.filter((row) => row.successor === territory && row.effective <= day);
  const effective = before.reduce((latest, row) => (row.effective > latest ? row.effective : latest), '');
  const rows = before.filter((row) => row.effective === effective);
  if (rows.length === 0 || rows.some(({ kind }) => kind === 'split')) return [territory];
  const until = dayBefore(effective);
  const goesOn = rows.some(({ predecessor }) => predecessor === territory);
  if (goesOn) return rows[0].kind === 'rename' ? partsOf(successions, territory, until, observed) : [territory];
  return rows.flatMap(({ predecessor }) => partsOf(successions, predecessor, until, observed));
}
