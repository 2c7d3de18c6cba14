/** Sets bases and milestones for the terms of a plan: each base from what is published, comparable, or refused with what differs. */
import { type Bilingual, digestOfValue } from '@gep/kernel';
import { getTerritory, isWithin, pathsOf } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { BaseRefused, PlanRefused } from '../errors';
import { entryOf, type PlanTerms } from './plan-terms';
import type { PlanGist } from './plan-edition';
import { PublishedValues, type ValueTools } from '../value/published-values.service';
import { lacksBase, milestonesFor, type TargetRow } from './target-row';

export interface SetTargets {
  readonly territoryPath: string;
  readonly targets: readonly TargetRow[];
  readonly digest: string;
  /** Territory of each unit, and of the place itself where it has targets. */
  readonly pathOf: ReadonlyMap<string, string>;
}

/** @throws TerritoryMissing, PlanRefused, BaseRefused */
export async function setTargets(tx: EntityManager, tools: ValueTools, terms: PlanTerms): Promise<SetTargets> {
  const { path: territoryPath } = await getTerritory(tx, terms.place, terms.boundaryDay);
  const pathOf = await unitPaths(tx, terms, territoryPath);
  const values = new PublishedValues(tx, tools, { ...terms, years: [terms.base, terms.base] });
  const targets: TargetRow[] = [];
  const problems: Bilingual[] = [];
  const lacking = new Map<string, LackingBase>();
  for (const unit of pathOf.keys())
    for (const indicator of terms.indicators) {
      const entry = entryOf(terms, indicator.code, unit);
      if (!entry) continue;
      const group = { units: [unit], places: [unit], strangers: [] };
      const answer = await values.valueOf(group, indicator, terms.base);
      const at = `${unit} ${indicator.code}`;
      if (answer.state !== 'measured') {
        const key = `${unit} ${answer.reason.zh}`;
        lacking.set(key, { unit, reason: answer.reason, codes: [...(lacking.get(key)?.codes ?? []), indicator.code] });
        continue;
      }
      const base = answer.value;
      if (lacksBase(entry, base.fen)) {
        problems.push({
          zh: `${at}：基数 ${base.fen} 分，不能按增长率或复利设定；请改用绝对目标（path: linear、target）或逐年设定（path: set）`,
          en: `${at}: growth and curves lead nowhere where the base is ${base.fen} fen; give an amount (path: linear, target), or every year (path: set)`,
        });
        continue;
      }
      targets.push({
        ...{ unit, indicator: indicator.code, path: entry.path, base },
        milestones: milestonesFor(entry, base.fen, terms),
      });
    }
  problems.unshift(...[...lacking.values()].map(saidOnce));
  problems.push(...editionFaults(targets));
  if (problems.length > 0) throw new BaseRefused(terms.code, problems);
  return { territoryPath, targets, pathOf, digest: digestOfValue([terms, targets]) };
}

interface LackingBase {
  readonly unit: string;
  readonly codes: readonly string[];
  readonly reason: Bilingual;
}

/** What several indicators of a unit lack alike is said once. */
const saidOnce = ({ unit, codes, reason }: LackingBase): Bilingual => ({
  zh: `${unit} ${codes.join('、')}：${reason.zh}`,
  en: `${unit} ${codes.join(', ')}: ${reason.en}`,
});

async function unitPaths(
  tx: EntityManager,
  { code, place, units, entries, boundaryDay }: PlanTerms,
  territoryPath: string,
): Promise<Map<string, string>> {
  const found = await pathsOf(tx, units, boundaryDay);
  const outside = units.filter((unit) => !isWithin(found.get(unit) ?? '', territoryPath));
  if (outside.length > 0)
    throw new PlanRefused(code, [
      {
        zh: `${boundaryDay} 不在 ${place} 之下的单位：${outside.join('、')}；请核对代码，或另定边界日（boundaryDay）`,
        en: `not below ${place} on ${boundaryDay}: ${outside.join(', ')}; look at the codes, or name another day (boundaryDay)`,
      },
    ]);
  const own = entries.some(({ unit }) => unit === place) ? [[place, territoryPath] as const] : [];
  return new Map([...own, ...units.map((unit) => [unit, found.get(unit)!] as const)]);
}

/** All accounts that bases rest on follow one edition: units are judged by one method. */
function editionFaults(targets: readonly TargetRow[]): Bilingual[] {
  const editions = [...new Set(targets.flatMap(({ base }) => base.normEdition ?? []))];
  if (editions.length <= 1) return [];
  const named = editions.map((edition) => {
    const units = targets.filter(({ base }) => base.normEdition === edition).map(({ unit }) => unit);
    return `${edition.slice(0, 12)} (${[...new Set(units)].join(', ')})`;
  });
  return [
    {
      zh: `基数依据规范的不同版本：${named.join('；')}；请按同一版本重算并公布（gep recompute、gep restatement）`,
      en: `bases follow different editions of the norm: ${named.join('; ')}; recompute and publish them under one (gep recompute, gep restatement)`,
    },
  ];
}

export function gistOf({ entries: _, ...terms }: PlanTerms, editionNo: number): PlanGist {
  return { ...terms, editionNo };
}
