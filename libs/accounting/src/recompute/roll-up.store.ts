/** Reads what a roll-up adds: the children of each parent, their accounts, and why a parent has nothing to add up. */
import { isInvented, periodEnd } from '@gep/kernel';
import { listObservedTerritories } from '@gep/observation';
import { isWithin, levelOfCode, listChildren, pathsOf } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { AccountRecord, listAccounts } from '../account/account.store';
import { NothingComputed, NothingObserved } from '../errors';
import type { Refusal } from './compute-batch';
import { listSources, type Carried } from '../succession/carried.store';
import type { CarriedPart } from '../succession/carried-parts';
import { waitingGroups, type WaitingGroup } from '../succession/waiting-groups';
import type { Run } from './run.store';

/** A territory with how many children it has, and the accounts of those that have one. */
export interface Family {
  readonly parent: string;
  readonly expected: number;
  readonly present: readonly AccountRecord[];
  /** Of one that has its account from predecessors, what of each of them; empty where it has what is below it. */
  readonly parts: readonly CarriedPart[];
  /** Children that predecessors are added in place of. */
  readonly waiting: readonly string[];
}

/**
 * Parents with their children at the end of the period. One that follows predecessors which were observed in its stead has these
 * instead; where not all of them were, and something below it has accounts, it has what is below it, as any other. While children
 * wait to take over from predecessors, these are added in their place.
 */
export async function listFamilies(
  tx: EntityManager,
  run: Run,
  carried: Carried,
  parents: readonly string[],
): Promise<Family[]> {
  const { period, norm } = run;
  const families: { parent: string; children: string[] }[] = [];
  for (const parent of parents) {
    const children = await listChildren(tx, parent, periodEnd(period));
    // A site lies inside a county that has observed it already, and a demonstration nowhere: they are no part of the sum.
    const counted = children.filter(({ level, code }) => level !== 'site' && (isInvented(parent) || !isInvented(code)));
    families.push({ parent, children: counted.map(({ code }) => code) });
  }
  const territories = families.flatMap(({ children }) => children);
  const records = await listAccounts(tx, { territories, period, normId: norm.id, normEdition: norm.edition });
  const byTerritory = new Map(records.map((record) => [record.territory, record]));
  const sources = await listSources(tx, run, carried, parents);
  const waiting = waitingGroups(carried.parts, (code) => byTerritory.get(code)?.origin === 'observed');
  const before = await listSources(
    tx,
    run,
    carried,
    waiting.flatMap(({ successors }) => [...successors]),
  );
  return families.map(({ parent, children: codesBelow }) => {
    const children = beforeWaiting(codesBelow, waiting);
    const absent = codesBelow.filter((code) => waiting.some(({ successors }) => successors.has(code)));
    const isBefore = (code: string): boolean => waiting.some((group) => group.sources.has(code));
    const below = children.flatMap((code) => (isBefore(code) ? before : byTerritory).get(code) ?? []);
    const parts = carried.parts.get(parent) ?? [];
    const codes = [...new Set(parts.map(({ territory }) => territory))];
    const observed = codes.flatMap((code) => sources.get(code) ?? []);
    const stands = observed.length > 0 && (observed.length === codes.length || below.length === 0);
    if (!stands) return { parent, expected: children.length, present: below, parts: [], waiting: absent };
    const present = parts.filter(({ territory, observed: has }) => has && sources.has(territory));
    return { parent, expected: codes.length, present: observed, parts: present, waiting: [] };
  });
}

/** Territories that are added up: in place of successors that wait, the predecessors whose ground they will have, each once. */
function beforeWaiting(children: readonly string[], waiting: readonly WaitingGroup[]): string[] {
  const groups = waiting.filter(({ successors }) => children.find((code) => successors.has(code)));
  const others = children.filter((code) => groups.every(({ successors }) => !successors.has(code)));
  return [...others, ...groups.flatMap(({ sources }) => [...sources])];
}

/** Why parents have nothing to add up: what was observed below was refused, or nothing was. */
export async function refuseOrphans(
  tx: EntityManager,
  { period, norm, path }: Run,
  orphans: readonly Family[],
  paths: ReadonlyMap<string, string>,
): Promise<{ territory: string; refusal: Refusal }[]> {
  if (orphans.length === 0) return [];
  const observed = await listObservedTerritories(tx, { period, normId: norm.id, within: path });
  const counted = observed.map(({ territory }) => territory).filter((code) => levelOfCode(code) !== 'site');
  const observedAt = [...(await pathsOf(tx, counted, periodEnd(period)))];
  return orphans.map(({ parent: territory }) => {
    const below = observedAt.filter(([, at]) => isWithin(at, paths.get(territory)!)).map(([code]) => code);
    const refusal =
      below.length > 0 ? new NothingComputed(territory, period, below) : new NothingObserved(territory, period);
    return { territory, refusal };
  });
}
