/** Reads which territories of a period have their accounts from predecessors, and where those lay. */
import { periodEnd } from '@gep/kernel';
import { listObservedTerritories } from '@gep/observation';
import { listSuccessions, listVersions, pathsOf } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { carriedParts } from './carried-parts';

/** What of a run it takes. */
interface Norm {
  readonly period: string;
  readonly norm: { readonly id: string };
}

/** Territories in force at the end of the period that were not observed, with those whose accounts are theirs. */
export async function listCarried(tx: EntityManager, { period, norm }: Norm): Promise<Map<string, string[]>> {
  const day = periodEnd(period);
  const successions = (await listSuccessions(tx)).filter(({ effective }) => effective <= day);
  const codes = [...new Set(successions.flatMap((row) => [row.predecessor, row.successor]))];
  if (codes.length === 0) return new Map();
  const observed = await listObservedTerritories(tx, { period, normId: norm.id, territories: codes });
  const carried = carriedParts(successions, day, new Set(observed.map(({ territory }) => territory)));
  const inForce = await pathsOf(tx, [...carried.keys()], day);
  return new Map([...carried].filter(([successor]) => inForce.has(successor)));
}

/**
 * Where territories lie at the end of the period; those that have ended and stand for a successor, where they lay at last.
 * @param carried as `listCarried` gives it
 */
export async function pathsInRun(
  tx: EntityManager,
  codes: readonly string[],
  period: string,
  carried: ReadonlyMap<string, readonly string[]>,
): Promise<Map<string, string>> {
  const day = periodEnd(period);
  const paths = await pathsOf(tx, codes, day);
  const standing = new Set([...carried.values()].flat());
  const ended = codes.filter((code) => !paths.has(code) && standing.has(code));
  const versions = ended.length === 0 ? [] : await listVersions(tx, ended);
  const past = versions.filter(({ validFrom }) => validFrom <= day);
  for (const { code, path } of past.sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))) paths.set(code, path);
  return paths;
}
