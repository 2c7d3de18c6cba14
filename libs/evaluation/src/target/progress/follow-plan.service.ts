/** Follows the editions in force for a year: what each unit has reached by what is published. */
import type { EntityManager } from 'typeorm';
import type { IssuedTargets } from '../plan/plan-edition';
import { listInForce } from '../plan/plan.store';
import { dualRows, type DualRow, type ProgressRow, progressRow } from './progress-row';
import { PublishedValues, type ValueTools } from '../value/published-values.service';
import { jointRow } from '../plan/target-row';
import type { UnitGroup } from '../value/unit-groups';
import type { ValueAnswer } from '../value/value-answer';

/** One plan in one year, for the units that the reader sees. */
export interface PlanProgress {
  readonly plan: string;
  readonly planId: string;
  readonly edition: number;
  readonly year: number;
  readonly rows: readonly ProgressRow[];
  readonly dual: readonly DualRow[];
}

/** @param of what `listInForce` takes; years without a plan are no rows */
export async function followPlans(
  tx: EntityManager,
  tools: ValueTools,
  of: { readonly year: number; readonly unit?: string; readonly code?: string; readonly planId?: string },
): Promise<PlanProgress[]> {
  const { planId, ...filter } = of;
  const issued = (await listInForce(tx, filter)).filter((one) => planId === undefined || one.planId === planId);
  const plans: PlanProgress[] = [];
  for (const id of [...new Set(issued.map((one) => one.planId))])
    plans.push(
      await followPlan(
        tx,
        tools,
        issued.filter((one) => one.planId === id),
        of.year,
      ),
    );
  return plans;
}

async function followPlan(
  tx: EntityManager,
  tools: ValueTools,
  issued: readonly IssuedTargets[],
  year: number,
): Promise<PlanProgress> {
  const [{ gist, planId }] = issued;
  const values = new PublishedValues(tx, tools, { ...gist, years: [gist.base, year] });
  const frame = { plan: gist.code, planId, edition: gist.editionNo, year };
  const own = { units: [gist.place], places: [gist.place], strangers: [] };
  const rows: ProgressRow[] = [];
  for (const group of [own, ...(await values.groups(gist.units, year))]) {
    const members = issued.filter(({ unit }) => group.units.includes(unit));
    for (const indicator of gist.indicators) {
      const targets = members.flatMap((one) => one.targets.filter((row) => row.indicator === indicator.code));
      if (targets.length === 0) continue;
      const [actual, previous] =
        targets.length < group.units.length
          ? [hidden(group), hidden(group)]
          : [await values.valueOf(group, indicator, year), await values.valueOf(group, indicator, year - 1, year)];
      const target = jointRow(indicator.measure, targets);
      rows.push(progressRow(frame, { group, indicator, target }, actual, previous));
    }
  }
  return { ...frame, rows, dual: dualRows(rows, gist.dual) };
}

/** Units that were merged are judged together, and not everybody sees the targets of all of them. */
const hidden = ({ units }: UnitGroup): ValueAnswer => ({
  state: 'refused',
  reason: {
    zh: `${units.join('、')} 已合并，共同考核，其中有您无权查看的目标；请向下达计划的政府查询`,
    en: `${units.join(', ')} were merged and are judged together, and some of their targets are not yours to see; ask the government that issued the plan`,
  },
});
