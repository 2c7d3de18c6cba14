/** A plan as it stands: state, versions, replies, and what the targets of the units leave of that of the whole. */
import { stateOf, type TakenStep } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { gapsOf, type TargetGap } from '../progress/judge-target';
import { planSteps, type PlanState } from '../plan-steps';
import { isAdditive } from './plan-terms';
import type { PlanEdition, PlanReply } from './plan-edition';
import { listEditions, listReplies } from './plan.store';
import { restatedParts } from '../value/restated-parts.service';
import { standingReplies, unheardUnits } from './standing-replies';
import type { ValuePart } from './target-row';

/** What the units together are to reach, beside the whole. */
export interface IndicatorGap {
  readonly indicator: string;
  readonly years: readonly TargetGap[];
}

export interface PlanView extends PlanEdition {
  readonly state: PlanState;
  readonly steps: readonly TakenStep[];
  readonly editions: readonly { readonly id: string; readonly editionNo: number; readonly from: number }[];
  /** What each unit said last. */
  readonly replies: readonly PlanReply[];
  readonly silent: readonly string[];
  readonly countered: readonly string[];
  /** Of indicators that add up and have a target of the whole. */
  readonly gaps: readonly IndicatorGap[];
  /** Accounts under bases in whose place others were published since. */
  readonly restatedBases: readonly ValuePart[];
}

export async function viewPlan(tx: EntityManager, plan: PlanEdition): Promise<PlanView> {
  const { id, territoryPath, code, terms, versionNo, targets } = plan;
  const found = await stateOf(tx, { kind: planSteps.kind, id });
  const replies = await listReplies(tx, id);
  const parts = targets.flatMap(({ base }) => base.parts);
  const once = parts.filter((part, at) => parts.findIndex((one) => one.accountId === part.accountId) === at);
  return {
    ...{ ...plan, state: (found?.state ?? planSteps.first) as PlanState, steps: found?.steps ?? [] },
    editions: (await listEditions(tx, territoryPath, code)).map((one) => ({
      ...{ id: one.id, editionNo: one.editionNo, from: one.terms.from },
    })),
    ...{ replies: standingReplies(replies), ...unheardUnits(terms.units, replies, versionNo) },
    gaps: gapsOfPlan(plan),
    restatedBases: await restatedParts(tx, once),
  };
}

function gapsOfPlan({ terms, targets }: PlanEdition): IndicatorGap[] {
  return terms.indicators.flatMap(({ code, measure }) => {
    const rows = targets.filter(({ indicator }) => indicator === code);
    const whole = rows.find(({ unit }) => unit === terms.place);
    if (!whole || !isAdditive(measure)) return [];
    const units = rows.filter((row) => row !== whole).map(({ milestones }) => milestones);
    return [{ indicator: code, years: gapsOf(whole.milestones, units) }];
  });
}
