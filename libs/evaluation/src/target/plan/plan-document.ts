/** What of a plan is published and what it rests on. */
import { formatYuan } from '@gep/kernel';
import { wayToObject } from '@gep/procedure';
import type { Reliance } from '@gep/settlement';
import { planSteps } from '../plan-steps';
import { unitOfMeasure } from './plan-terms';
import type { PlanEdition, PlanReply } from './plan-edition';
import { standingReplies } from './standing-replies';
import type { TargetRow, ValuePart } from './target-row';

/** Where the rules of milestones stand, for whoever reads a published figure. */
export const milestoneRule = {
  zh: '线性：B+(T−B)×k/n；复利：B×(T/B)^(k/n)；逐年目标四舍五入到分，末年即目标本身',
  en: 'linear: B+(T−B)×k/n; compound: B×(T/B)^(k/n); milestones are rounded to fen, half away from zero, and the last one is the target itself',
};

/** Targets of all units, as anybody may read them. */
export function planDocument(plan: PlanEdition, replies: readonly PlanReply[]): object {
  const { id, code, editionNo, terms, digest } = plan;
  const { title, place, term, from, base, norm, boundaryDay, indicators, dual } = terms;
  const subject = { kind: planSteps.kind, id };
  return {
    ...{ kind: 'target-plan', plan: id, code, editionNo, title, place, term, from, base, norm, boundaryDay, digest },
    indicators: indicators.map((indicator) => ({ ...indicator, unit: unitOfMeasure(indicator.measure) })),
    ...{ dual, milestoneRule },
    targets: plan.targets.map(publishedRow),
    replies: standingReplies(replies).map(({ unit, versionNo, answer }) => ({ unit, versionNo, answer })),
    objection: wayToObject(subject),
  };
}

const publishedRow = ({ unit, indicator, path, base, milestones }: TargetRow): object => ({
  ...{ unit, indicator, path },
  base: { ...base, fen: formatYuan(base.fen) },
  milestones: milestones.map(({ year, fen }) => ({ year, amount: formatYuan(fen) })),
});

/** Bases by the vintage that they rest on, so that a restatement finds the plan. */
export function baseReliances({ id, targets, territoryPath }: PlanEdition): Reliance[] {
  return targets.flatMap(({ unit, indicator, base }) =>
    partReliances(base.parts, {
      ...{ dependent: { kind: planSteps.kind, id }, figure: `${unit}/${indicator}` },
      ...{ amountFen: base.fen, territoryPath },
    }),
  );
}

/** One reliance for each account that a value rests on. */
export function partReliances(
  parts: readonly ValuePart[],
  of: Pick<Reliance, 'dependent' | 'figure' | 'amountFen' | 'territoryPath'>,
): Reliance[] {
  return parts
    .filter(({ accountId }) => accountId !== null)
    .map(({ territory, year, accountId, disclosureId }) => ({
      ...{ ...of, accountId, disclosureId, upstream: null, upstreamTerritory: territory, period: String(year) },
    }));
}
