/** Keeps editions and versions of plans, and tells which edition may follow which. */
import { type Actor, appendAudit } from '@gep/platform';
import { stateOf } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { TargetConflict } from '../errors';
import { planSteps, type PlanState } from '../plan-steps';
import type { PlanTerms } from './plan-terms';
import type { PlanEdition } from './plan-edition';
import { insertCopies, insertVersion } from './plan.store';
import { gistOf, type SetTargets } from './set-targets.service';

/** A version with the copies of its units. */
export async function keepVersion(
  tx: EntityManager,
  actor: Actor,
  version: Pick<PlanEdition, 'id' | 'versionNo' | 'editionNo' | 'terms'>,
  { territoryPath, targets, digest, pathOf }: SetTargets,
): Promise<void> {
  const { id: planId, versionNo, terms, editionNo } = version;
  await insertVersion(tx, actor, { ...version, territoryPath, targets, digest });
  await insertCopies(tx, { planId, versionNo, gist: gistOf(terms, editionNo), targets }, pathOf);
}

export async function stateOfPlan(tx: EntityManager, id: string): Promise<PlanState> {
  return ((await stateOf(tx, { kind: planSteps.kind, id }))?.state ?? planSteps.first) as PlanState;
}

export function notePlan(
  tx: EntityManager,
  actor: Actor,
  { id, code, territoryPath }: Pick<PlanEdition, 'id' | 'code' | 'territoryPath'>,
  action: string,
  after: object,
): Promise<void> {
  return appendAudit(tx, { actor, action, subject: `${code} ${id}`, territoryPath, after });
}

/** The document is of another plan than the one that it changes. */
export const otherPlan = ({ code, terms: { place } }: PlanEdition, terms: PlanTerms): TargetConflict =>
  new TargetConflict(code, {
    zh: `代码与地域应与原计划相同（${code}，${place}），文件写的是 ${terms.code}，${terms.place}`,
    en: `code and place stay (${code}, ${place}); the document says ${terms.code}, ${terms.place}`,
  });

/**
 * An amendment follows the last edition, once that is issued, and holds from a later year. @throws TargetConflict
 * @param before the last edition of this code @param amended the edition that is amended; undefined for a new plan
 */
export async function requireNext(
  tx: EntityManager,
  terms: PlanTerms,
  before: PlanEdition | undefined,
  amended: PlanEdition | undefined,
): Promise<void> {
  const state = before && (await stateOfPlan(tx, before.id));
  if (!amended) {
    if (!before || state === 'withdrawn') return;
    throw new TargetConflict(terms.code, {
      zh: `${terms.place} 已有此计划（第 ${before.editionNo} 版 ${before.id}）；请用 gep target amend 或 POST /api/v1/evaluation/plans/{id}/amendments`,
      en: `${terms.place} has it already (edition ${before.editionNo}, ${before.id}); amend it (gep target amend or POST /api/v1/evaluation/plans/{id}/amendments)`,
    });
  }
  if (amended.code !== terms.code || amended.terms.place !== terms.place) throw otherPlan(amended, terms);
  const standing = state === 'withdrawn' ? amended : before!;
  if ((await stateOfPlan(tx, standing.id)) !== 'issued' || (amended.id !== standing.id && state !== 'withdrawn'))
    throw new TargetConflict(terms.code, {
      zh: `第 ${standing.editionNo} 版未处于已下达状态，不能修订；先下达、撤回，或指明最后一版`,
      en: `edition ${standing.editionNo} is not issued, so none follows it; issue or withdraw it first, or name the last edition`,
    });
  if (terms.from <= standing.terms.from)
    throw new TargetConflict(terms.code, {
      zh: `新版须自 ${standing.terms.from} 年之后的某年起生效（from）；此前各年仍按第 ${standing.editionNo} 版考核`,
      en: `the next edition holds from a year after ${standing.terms.from} (from); years before are judged by edition ${standing.editionNo}`,
    });
}
