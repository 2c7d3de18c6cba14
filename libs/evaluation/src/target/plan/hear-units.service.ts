/** What a unit may answer to a draft, and that nobody is passed over without a reason. */
import type { EntityManager } from 'typeorm';
import { TargetConflict, TargetMissing } from '../errors';
import { type PlanAct, planSteps } from '../plan-steps';
import type { PlanCopy, PlanEdition, PlanReply } from './plan-edition';
import { getPlan, listCopies, listReplies } from './plan.store';
import { unheardUnits } from './standing-replies';

/** What a unit answers to the draft that it was shown. */
export interface ReplyWish extends Pick<PlanReply, 'unit' | 'answer' | 'counter' | 'reason' | 'documentDigest'> {
  /** Id of the plan; the unit sees its copy, and may not see the plan. */
  readonly plan: string;
}

/** @throws TargetMissing when the unit has no copy that the person sees */
export async function copyFor(tx: EntityManager, { plan, unit }: Pick<ReplyWish, 'plan' | 'unit'>): Promise<PlanCopy> {
  const copies = (await listCopies(tx, { unit, limit: 1000 })).filter(
    ({ planId, gist }) => planId === plan || gist.code === plan,
  );
  // The latest edition of a code is the one that is talked about.
  const [found] = copies.sort((a, b) => b.gist.editionNo - a.gist.editionNo);
  if (!found) throw new TargetMissing({ zh: '下达给该单位的目标', en: 'plan for the unit' }, `${plan} ${unit}`);
  return found;
}

/** @throws TargetConflict */
export function refuseReply({ answer, counter, reason }: ReplyWish, { gist, targets, unit }: PlanCopy): void {
  const known = targets.map(({ indicator }) => indicator);
  const unknown = Object.keys(counter).filter((indicator) => !known.includes(indicator));
  const badly = Object.values(counter).filter((yuan) => !/^-?\d{1,16}(\.\d{1,2})?$/.test(yuan));
  const isCounter = answer === 'countered';
  if (unknown.length > 0 || badly.length > 0 || isCounter !== Object.keys(counter).length > 0)
    throw new TargetConflict(gist.code, {
      zh: `${unit} 的反提案应对 ${known.join('、')} 中至少一项给出末年目标（元，至多两位小数）；接受则不附`,
      en: `a counter-proposal of ${unit} gives the target of the last year, in yuan with two decimals at most, of one at least of ${known.join(', ')}; who accepts gives none`,
    });
  if (isCounter && reason.trim() === '')
    throw new TargetConflict(gist.code, { zh: '反提案须说明理由', en: 'a counter-proposal says why' });
}

/** @throws TargetConflict where units are passed over without a reason */
export async function requireHeard(
  tx: EntityManager,
  plan: PlanEdition,
  { act, reason = '' }: { readonly act: PlanAct; readonly reason?: string },
): Promise<void> {
  if (reason.trim().length >= 4) return;
  const { silent, countered } = unheardUnits(plan.terms.units, await listReplies(tx, plan.id), plan.versionNo);
  const passed = act === 'negotiate' ? silent : countered;
  if (passed.length === 0) return;
  const name = planSteps.nameOfAct[act];
  throw new TargetConflict(
    plan.code,
    act === 'negotiate'
      ? {
          zh: `${silent.join('、')} 尚未答复；请待其答复，或说明理由后${name.zh}（reason）`,
          en: `${silent.join(', ')} have not answered; wait for them, or ${name.en} with a reason`,
        }
      : {
          zh: `${countered.join('、')} 的反提案未采纳；请退回修改（gep target return），或说明理由后${name.zh}（reason）`,
          en: `counter-proposals of ${countered.join(', ')} were not taken up; return the draft (gep target return), or ${name.en} it with a reason`,
        },
    { units: passed },
  );
}

/** Final target of a unit as a figure that may be disputed. */
export async function disputedTarget(tx: EntityManager, planId: string, figure: string) {
  const [unit, indicator] = figure.split('/');
  const row = (await getPlan(tx, planId)).targets.find((one) => one.unit === unit && one.indicator === indicator);
  return row && { amountFen: row.milestones.at(-1)!.fen, parties: [unit] };
}
