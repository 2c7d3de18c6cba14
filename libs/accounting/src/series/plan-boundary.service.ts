/** Plans how the boundary of one day is put together from territories of another, following successions and transfers. */
import type { Succession } from '@gep/territory';
import { dayBefore } from '../succession/day-before';
import type { BoundaryPlan, BoundaryStep, Unrestatable } from './boundary-plan';

/** What the planning asks of the tree. */
export interface BoundaryHistory {
  /** All successions that may matter, in order of time. */
  readonly successions: readonly Succession[];
  /** What moved into or out of a territory between two days, the earlier one first. */
  transfers(territory: string, days: readonly [string, string]): Promise<readonly BoundaryStep[]>;
  /** Codes directly below a territory on a day, without sites. */
  children(territory: string, day: string): Promise<readonly string[]>;
}

/**
 * Plans how the area that `territory` has on `day` is put together from territories of the day `of`.
 * Backwards in time a successor is made of its predecessors, or of its share of one; forwards a predecessor is the sum of what
 * it was split into. Where something moved in or out without succession, the territory is the sum of what lies directly
 * below it on `day`. Within a split, shares are those that were recorded.
 */
export async function planBoundary(
  history: BoundaryHistory,
  territory: string,
  [day, of]: readonly [string, string],
): Promise<BoundaryPlan | Unrestatable> {
  return day >= of ? planBackwards(history, territory, day, of) : planForwards(history, territory, day, of);
}

async function planBackwards(
  history: BoundaryHistory,
  territory: string,
  day: string,
  of: string,
): Promise<BoundaryPlan | Unrestatable> {
  const { successions } = history;
  const effective = successions
    .filter((row) => row.successor === territory && row.effective > of && row.effective <= day)
    .reduce((latest, row) => (row.effective > latest ? row.effective : latest), '');
  const moved = await history.transfers(territory, [effective === '' ? of : effective, day]);
  if (moved.length > 0) return planChildren(history, { territory, day, of, moved });
  if (effective === '') return { kind: 'whole', territory };
  const rows = successions.filter((row) => row.successor === territory && row.effective === effective);
  const parts: BoundaryPlan[] = [];
  for (const row of rows) {
    const inner = await planBackwards(history, row.predecessor, dayBefore(effective), of);
    if (inner.kind === 'unknown') return inner;
    if (row.kind !== 'split') {
      parts.push(inner);
      continue;
    }
    const siblings = successions.filter((one) => one.predecessor === row.predecessor && one.effective === effective);
    parts.push({ kind: 'share', territory, of: inner, rows: siblings, steps: [stepOf(siblings)] });
  }
  const [first] = rows;
  if (first.kind === 'split' && parts.length === 1) return parts[0];
  return { kind: 'sum', territory, parts, steps: [stepOf(rows)] };
}

async function planForwards(
  history: BoundaryHistory,
  territory: string,
  day: string,
  of: string,
): Promise<BoundaryPlan | Unrestatable> {
  const { successions } = history;
  const effective = successions
    .filter((row) => row.predecessor === territory && row.effective > day && row.effective <= of)
    .reduce((first, row) => (first === '' || row.effective < first ? row.effective : first), '');
  const moved = await history.transfers(territory, [day, effective === '' ? of : dayBefore(effective)]);
  if (moved.length > 0) return planChildren(history, { territory, day, of, moved });
  if (effective === '') return { kind: 'whole', territory };
  const rows = successions.filter((row) => row.predecessor === territory && row.effective === effective);
  const joined = successions.filter(
    (row) => row.effective === effective && rows.some(({ successor }) => successor === row.successor),
  );
  if (joined.length > rows.length) return { kind: 'unknown', step: stepOf(joined) };
  const parts: BoundaryPlan[] = [];
  for (const { successor } of rows) {
    const inner = await planForwards(history, successor, effective, of);
    if (inner.kind === 'unknown') return inner;
    parts.push(inner);
  }
  return { kind: 'sum', territory, parts, steps: [{ ...stepOf(rows), basis: 'whole' }] };
}

async function planChildren(
  history: BoundaryHistory,
  at: {
    readonly territory: string;
    readonly day: string;
    readonly of: string;
    readonly moved: readonly BoundaryStep[];
  },
): Promise<BoundaryPlan | Unrestatable> {
  const { territory, day, of, moved } = at;
  const parts: BoundaryPlan[] = [];
  for (const child of await history.children(territory, day)) {
    const inner = await planBoundary(history, child, [day, of]);
    if (inner.kind === 'unknown') return inner;
    parts.push(inner);
  }
  // With nothing below it there is nothing to add: the account of the parts is asked for, and told to be missing.
  return { kind: 'sum', territory, parts, steps: moved };
}

function stepOf(rows: readonly Succession[]): BoundaryStep {
  const [{ effective, kind, basis }] = rows;
  const codes = (pick: (row: Succession) => string): string[] => [...new Set(rows.map(pick))];
  return { effective, kind, basis, from: codes((row) => row.predecessor), to: codes((row) => row.successor) };
}
