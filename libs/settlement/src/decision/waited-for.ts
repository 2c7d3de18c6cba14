/** For whom alone a round of reserving, approving and paying would be begun: parties whose money is held back while nothing else can move. */
import type { PartPlan } from './part-progress';

/** How one party stands when a round begins. */
export interface PartOpening {
  readonly party: string;
  /** What can be claimed and posted now, and what could be if nothing were held back. */
  readonly now: PartPlan;
  readonly later: PartPlan;
  /** Whether a grant of it can be approved or paid now, and whether one has to wait. */
  readonly hasFreeGrant: boolean;
  readonly hasHeldGrant: boolean;
}

const isSomething = ({ claimFen, moves }: PartPlan): boolean =>
  claimFen > 0n || Object.values(moves).some((fen) => fen > 0n);

/** None when anything can move, at whatever stage, or when nothing is left at all. */
export function waitedFor(parts: readonly PartOpening[]): string[] {
  if (parts.some(({ now, hasFreeGrant }) => hasFreeGrant || isSomething(now))) return [];
  return parts.filter(({ later, hasHeldGrant }) => hasHeldGrant || isSomething(later)).map(({ party }) => party);
}
