/** Reads what the figures of targets are called and measured in, which rest on an account beside settlements. */
import { getRecordedProgress, getTargetPlan, planSteps, progressSteps, type TargetIndicator } from '@gep/evaluation';
import type { Dependent } from '@gep/settlement';
import type { EntityManager } from 'typeorm';
import { type FigureWords, figureKey } from '../rendering/settlement/dependent-figures';

/** Words of the figures that are of an indicator of a plan; the others are of a party, or of the whole, in yuan. */
export async function figureWords(tx: EntityManager, dependents: readonly Dependent[]): Promise<FigureWords> {
  const words = new Map<string, { readonly of: string; readonly indicator: TargetIndicator }>();
  const plans = new Map<string, readonly TargetIndicator[]>();
  for (const one of dependents) {
    const { kind, id } = one.dependent;
    if (kind !== planSteps.kind && kind !== progressSteps.kind) continue;
    if (!plans.has(id)) {
      const plan = kind === planSteps.kind ? id : (await getRecordedProgress(tx, id)).planId;
      plans.set(id, (await getTargetPlan(tx, plan)).terms.indicators);
    }
    const [of, code] = one.figure.split('/');
    const indicator = plans.get(id)!.find((each) => each.code === code);
    if (indicator) words.set(figureKey(one), { of, indicator });
  }
  return new Map(
    [...words].map(
      ([
        key,
        {
          of,
          indicator: { name, measure },
        },
      ]) => [key, { of, name, isPerArea: measure === 'gep-per-area' }],
    ),
  );
}
