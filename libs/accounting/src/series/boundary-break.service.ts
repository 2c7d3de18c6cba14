/** Finds whether two periods of a territory are of different boundaries, so that figures beside each other are of two areas. */
import { periodEnd } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import { historyOf } from './boundary-history.service';
import { breaksOf, sameBoundary } from './boundary-plan';
import { BoundaryBroken } from './errors';
import { planBoundary } from './plan-boundary.service';

/** The merges, splits and transfers that changed its boundary between the ends of two periods, as the refusal that growth over them is. */
export async function findBoundaryBreak(
  tx: EntityManager,
  territory: string,
  periods: readonly [string, string],
): Promise<BoundaryBroken | undefined> {
  const [from, to] = periods.map(periodEnd).sort();
  const plan = await planBoundary(await historyOf(tx), territory, [to, from]);
  if (plan.kind !== 'unknown' && sameBoundary(plan) !== undefined) return undefined;
  return new BoundaryBroken(territory, periods, plan.kind === 'unknown' ? [plan.step] : breaksOf(plan));
}
