/** What the area that a territory has on one day was made of on another: accounts to add, and shares of accounts to take. */
import type { Succession } from '@gep/territory';

/** How one step leads from accounts of the period to the boundary that is asked for. */
export interface BoundaryStep {
  /** First day of the boundary after it, `YYYY-MM-DD`. */
  readonly effective: string;
  readonly kind: Succession['kind'] | 'transfer';
  /** Where the shares come from; of additions and changes of name the whole. */
  readonly basis: Succession['basis'];
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** What moved, of a transfer. */
  readonly moved?: string;
}

/** The account of a territory itself, a sum of such, or the share of one that lies in the territory. */
export type BoundaryPlan =
  | { readonly kind: 'whole'; readonly territory: string }
  | {
      readonly kind: 'sum';
      readonly territory: string;
      readonly parts: readonly BoundaryPlan[];
      readonly steps: readonly BoundaryStep[];
    }
  | {
      readonly kind: 'share';
      readonly territory: string;
      readonly of: BoundaryPlan;
      /** All successors with their shares, so that what is taken and what is left are the whole. */
      readonly rows: readonly Succession[];
      readonly steps: readonly BoundaryStep[];
    };

/** Of a territory that was made of others there is no telling later what of it lies within one of them. */
export interface Unrestatable {
  readonly kind: 'unknown';
  readonly step: BoundaryStep;
}

/** Steps that lead to the boundary, in order of time, each once. */
export function stepsOf(plan: BoundaryPlan): BoundaryStep[] {
  return gatherSteps(plan, () => true);
}

/** Steps that changed the boundary itself: not those within, of what lies below where something moved in or out. */
export function breaksOf(plan: BoundaryPlan): BoundaryStep[] {
  return gatherSteps(plan, (steps) => steps.every(({ kind }) => kind !== 'transfer'));
}

function gatherSteps(plan: BoundaryPlan, goesOn: (steps: readonly BoundaryStep[]) => boolean): BoundaryStep[] {
  const found = new Map<string, BoundaryStep>();
  const walk = (one: BoundaryPlan): void => {
    if (one.kind === 'whole') return;
    for (const step of one.steps) found.set(JSON.stringify(step), step);
    if (!goesOn(one.steps)) return;
    if (one.kind === 'share') walk(one.of);
    else one.parts.forEach(walk);
  };
  walk(plan);
  return [...found.values()].sort((a, b) => (a.effective < b.effective ? -1 : a.effective > b.effective ? 1 : 0));
}

/** Territories whose accounts a plan needs, each once. */
export function territoriesOf(plan: BoundaryPlan): string[] {
  if (plan.kind === 'whole') return [plan.territory];
  const below = plan.kind === 'share' ? territoriesOf(plan.of) : plan.parts.flatMap(territoriesOf);
  return [...new Set(below)];
}

/** The territory under its code of the period, when nothing but its name or code has changed; else undefined. */
export function sameBoundary(plan: BoundaryPlan): string | undefined {
  if (plan.kind === 'whole') return plan.territory;
  if (plan.kind === 'sum' && plan.steps.every(({ kind }) => kind === 'rename')) return sameBoundary(plan.parts[0]);
  return undefined;
}
