/** Reads what a run has to compute, and plans its tasks: what was observed, what is carried on, and the places above these. */
import { isInvented, periodEnd } from '@gep/kernel';
import { listObservedTerritories } from '@gep/observation';
import type { NormEdition } from '@gep/rulebook';
import { codesOfPath, isWithin, levelOfCode, pathsOf } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { NothingObserved } from '../errors';
import { listCarried, type Carried } from '../succession/carried.store';
import { planRun, type PlannedTask, type RunTerritory } from './plan-run';
import type { RunScope } from './run.store';

/**
 * Under a norm that holds for one place, nothing above that place is added up: it would be a part that is taken for a whole.
 * What was observed elsewhere under it stays in the run, to be refused by name.
 * @throws NothingObserved
 */
export async function planTasks(
  tx: EntityManager,
  scope: RunScope,
  { place = 'CN', base }: Pick<NormEdition, 'place' | 'base'>,
): Promise<PlannedTask[]> {
  const { territory, path, period, norm } = scope;
  const { parts, places } = await listCarriedWithin(tx, scope);
  const observed = await listObservedTerritories(tx, { period, normId: norm.id, within: path });
  // Predecessors that stand for the territory of the run lie beside it, not within.
  const beside = await listObservedTerritories(tx, {
    period,
    normId: norm.id,
    territories: [...parts.values()].flat().map((part) => part.territory),
  });
  const codes = [...new Set([...observed, ...beside].map((one) => one.territory))];
  if (codes.length === 0) {
    const there = base ? await listObservedTerritories(tx, { period, normId: base.id, within: path }) : [];
    throw new NothingObserved(
      territory,
      period,
      base && there.length > 0 ? { norm: norm.id, base: base.id, first: there[0].territory } : undefined,
    );
  }
  // Where they lie at the end of the period: the tree may have been corrected since the import.
  const paths = await pathsOf(tx, codes, periodEnd(period));
  const administrative = codes.filter((code) => levelOfCode(code) !== 'site');
  const holds = (code: string, at: string): boolean =>
    place === 'CN' ||
    codesOfPath(at)
      .slice(0, codesOfPath(at).indexOf(code) + 1)
      .includes(place);
  const above = new Set(
    [...administrative.map((code) => [code, paths.get(code) ?? ''] as const), ...places].flatMap(([code, at]) =>
      codesOfPath(at)
        .slice(0, -1)
        .filter((parent) => (isInvented(parent) || !isInvented(code)) && holds(parent, at)),
    ),
  );
  const placed = (some: Iterable<string>): RunTerritory[] =>
    [...some].map((code) => ({ code, level: levelOfCode(code) }));
  const carried = [...places].filter(([code, at]) => holds(code, at)).map(([code]) => code);
  return planRun(codes, placed(above), placed(carried));
}

/**
 * Territories within the path whose accounts come from observed predecessors, with where they lie; also those outside of it that
 * share in the same predecessors, so that none of these is counted whole beside a part of it.
 */
async function listCarriedWithin(
  tx: EntityManager,
  { path, period, norm }: Pick<RunScope, 'path' | 'period' | 'norm'>,
): Promise<{ parts: Carried['parts']; places: Map<string, string> }> {
  const { parts } = await listCarried(tx, { period, norm });
  const paths = parts.size === 0 ? new Map<string, string>() : await pathsOf(tx, [...parts.keys()], periodEnd(period));
  const within = new Set([...parts.keys()].filter((code) => isWithin(paths.get(code)!, path)));
  const shared = new Set<string>();
  for (const code of within) {
    for (const { territory } of parts.get(code)!) shared.add(territory);
    for (const [other, of] of parts) if (of.some(({ territory }) => shared.has(territory))) within.add(other);
  }
  return {
    parts: new Map([...parts].filter(([code]) => within.has(code))),
    places: new Map([...within].map((code) => [code, paths.get(code)!])),
  };
}
