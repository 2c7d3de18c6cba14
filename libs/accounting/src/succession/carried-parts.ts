/** Which recorded accounts are, whole or in shares, the account of a territory that followed and was not observed itself. */
import { Fraction } from '@gep/kernel';
import type { Succession } from '@gep/territory';

/** What of a succession it takes. */
export type CarryingStep = Pick<
  Succession,
  'effective' | 'kind' | 'basis' | 'predecessor' | 'successor' | 'share' | 'shareByType' | 'carries' | 'recordedAt'
>;

/** A split that an account came by: all of its rows, and the successor whose share was taken. */
export interface CarriedShare {
  readonly successor: string;
  /** The rows of all successors, so that what is taken and what is left are the whole. */
  readonly rows: readonly CarryingStep[];
}

/** An account that goes into that of a successor. */
export interface CarriedPart {
  readonly territory: string;
  /** False where it has no observation within the boundary that is carried. */
  readonly observed: boolean;
  /** Splits in order of time; empty when all of the account goes in. */
  readonly shares: readonly CarriedShare[];
}

/**
 * Accounts that make up that of each successor that was not observed itself within the boundary it has at the end of the period,
 * back through merges, splits and changes of code. A code that goes on was observed within the boundary of before when the
 * change became known after the observation. Over all successors the parts of one account are the whole of it.
 * @param day last day of the period, `YYYY-MM-DD`; later changes do not matter
 * @param observed territories with observations of the period, and since when each holds (as `Succession.recordedAt`)
 * @returns by successor; among the parts may be some that were not observed, but not all
 */
export function carriedParts(
  successions: readonly CarryingStep[],
  day: string,
  observed: ReadonlyMap<string, string>,
): Map<string, CarriedPart[]> {
  const carried = new Map<string, CarriedPart[]>();
  const history = { successions: successions.filter(({ effective }) => effective <= day), observed };
  for (const successor of new Set(history.successions.map((row) => row.successor))) {
    const parts = partsOf(history, successor, undefined);
    if (parts.some((part) => part.observed && !isWhole(part, successor))) carried.set(successor, parts);
  }
  return carried;
}

const isWhole = ({ territory, shares }: CarriedPart, of: string): boolean => territory === of && shares.length === 0;

interface History {
  readonly successions: readonly CarryingStep[];
  readonly observed: ReadonlyMap<string, string>;
}

/** @param until first day on which the boundary that is meant is no more; undefined for the last one */
function partsOf(history: History, territory: string, until: string | undefined): CarriedPart[] {
  const { successions } = history;
  const before = successions.filter((row) => row.successor === territory && (!until || row.effective < until));
  const effective = before.reduce((latest, row) => (row.effective > latest ? row.effective : latest), '');
  const rows = before.filter((row) => row.effective === effective);
  const observed = isObserved(history, territory, { rows, until });
  const leaves = rows.length === 0 || rows.some(({ carries }) => carries === false);
  if (observed || leaves) return [{ territory, observed, shares: [] }];
  return rows.flatMap((row) => {
    const parts = partsOf(history, row.predecessor, effective);
    if (row.kind !== 'split') return parts;
    const siblings = successions.filter((one) => one.predecessor === row.predecessor && one.effective === effective);
    return parts.map((part) => ({ ...part, shares: [...part.shares, { successor: territory, rows: siblings }] }));
  });
}

/** Whether a territory was observed within the boundary that it had from `rows` on and until a day. */
function isObserved(
  { successions, observed }: History,
  territory: string,
  { rows, until }: { readonly rows: readonly CarryingStep[]; readonly until: string | undefined },
): boolean {
  const since = observed.get(territory);
  if (since === undefined) return false;
  const goesOn = rows.some(({ predecessor }) => predecessor === territory);
  // What does not carry leaves an observation where it is.
  if (goesOn && rows.every(({ carries }) => carries !== false) && isKnownAfter(rows[0], since)) return false;
  return !successions.some(
    (row) =>
      until !== undefined &&
      row.effective >= until &&
      row.predecessor === territory &&
      row.successor === territory &&
      (row.carries === false || !isKnownAfter(row, since)),
  );
}

/** A change without a time is being recorded: it becomes known after all that is there. */
const isKnownAfter = ({ recordedAt }: CarryingStep, since: string): boolean =>
  recordedAt === undefined || since < recordedAt;

/** The share of the account that a part is, where no type has a share of its own. */
export const shareOfPart = ({ shares }: Pick<CarriedPart, 'shares'>): Fraction =>
  shares.reduce(
    (share, { successor, rows }) => share.times(rows.find((row) => row.successor === successor)!.share),
    Fraction.one,
  );

/** True when the code goes on and was observed within the boundary of before: its own account is only part of what it has. */
export const overtakesItself = (carried: ReadonlyMap<string, readonly CarriedPart[]>, territory: string): boolean =>
  carried.get(territory)?.some((part) => part.territory === territory && part.observed) ?? false;
