/** Reads which territories of a period have their accounts from predecessors, and where those lay. */
import { periodEnd } from '@gep/kernel';
import { listObservedTerritories, type ObservedTerritory } from '@gep/observation';
import { listSuccessions, listVersions, pathsOf } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { findAccountsById, listAccounts, type AccountRecord } from '../account/account.store';
import { carriedParts, overtakesItself, type CarriedPart } from './carried-parts';

/** What of a run it takes. */
interface Norm {
  readonly period: string;
  readonly norm: { readonly id: string };
}

/** What is carried in a period under a norm. */
export interface Carried {
  /** Parts of each territory in force at the end of the period that has its account from predecessors. */
  readonly parts: ReadonlyMap<string, readonly CarriedPart[]>;
  /** Observations of the territories that anything followed, by code. */
  readonly observed: ReadonlyMap<string, ObservedTerritory>;
  /** When it became known that a code that goes on has another boundary than it was observed within. */
  readonly overtaken: ReadonlyMap<string, string>;
}

/** Territories in force at the end of the period that were not observed, with those whose accounts are theirs. */
export async function listCarried(tx: EntityManager, { period, norm }: Norm): Promise<Carried> {
  const day = periodEnd(period);
  const successions = (await listSuccessions(tx)).filter(({ effective }) => effective <= day);
  const codes = [...new Set(successions.flatMap((row) => [row.predecessor, row.successor]))];
  if (codes.length === 0) return { parts: new Map(), observed: new Map(), overtaken: new Map() };
  const found = await listObservedTerritories(tx, { period, normId: norm.id, territories: codes });
  const observed = new Map(found.map((one) => [one.territory, one]));
  const carried = carriedParts(successions, day, new Map(found.map(({ territory, since }) => [territory, since])));
  const inForce = await pathsOf(tx, [...carried.keys()], day);
  // Of several changes the first one counts, which is the last one set.
  const overtaken = new Map(
    [...successions].reverse().flatMap(({ predecessor, successor, carries, recordedAt = '' }) => {
      const since = predecessor === successor && carries !== false ? observed.get(successor)?.since : undefined;
      return since !== undefined && since < recordedAt ? [[successor, recordedAt] as const] : [];
    }),
  );
  return { parts: new Map([...carried].filter(([successor]) => inForce.has(successor))), observed, overtaken };
}

/** Accounts of observed parts, by territory: of a code that goes on that of its observation, which is not the current one. */
export async function listSources(
  tx: EntityManager,
  { period, norm }: Pick<AccountRecord, 'period' | 'norm'>,
  { parts, observed }: Carried,
  successors: readonly string[],
): Promise<Map<string, AccountRecord>> {
  const wanted = successors.flatMap((code) => parts.get(code) ?? []).filter((part) => part.observed);
  const codes = [...new Set(wanted.map(({ territory }) => territory))];
  if (codes.length === 0) return new Map();
  const [overtaken, ended] = [
    codes.filter((code) => overtakesItself(parts, code)),
    codes.filter((code) => !overtakesItself(parts, code)),
  ];
  const current = await listAccounts(tx, {
    ...{ territories: ended, period, normId: norm.id, normEdition: norm.edition, origin: 'observed' },
  });
  const own = await listAccountsOf(
    tx,
    { period, norm },
    overtaken.map((code) => observed.get(code)!),
  );
  return new Map([...current, ...own].map((record) => [record.territory, record]));
}

/** The latest observed account of each of these observations under an edition, whether it is current or not. */
async function listAccountsOf(
  tx: EntityManager,
  { period, norm }: Pick<AccountRecord, 'period' | 'norm'>,
  observations: readonly { readonly territory: string; readonly digest: string }[],
): Promise<AccountRecord[]> {
  const rows: { id: string }[] = await tx.query(
    `SELECT DISTINCT ON (a.territory_code) a.id
     FROM unnest($4::text[], $5::text[]) AS g(code, digest)
     JOIN accounting.account a ON a.territory_code = g.code AND a.observation_digest = g.digest
     WHERE a.period = $1 AND a.norm_id = $2 AND a.norm_edition = $3 AND a.origin = 'observed'
     ORDER BY a.territory_code, a.vintage DESC`,
    [
      ...[period, norm.id, norm.edition],
      observations.map(({ territory }) => territory),
      observations.map(({ digest }) => digest),
    ],
  );
  return findAccountsById(
    tx,
    rows.map(({ id }) => id),
  );
}

/**
 * Where territories lie at the end of the period; those that have ended and stand for a successor, where they lay at last.
 */
export async function pathsInRun(
  tx: EntityManager,
  codes: readonly string[],
  period: string,
  { parts }: Carried,
): Promise<Map<string, string>> {
  const day = periodEnd(period);
  const paths = await pathsOf(tx, codes, day);
  const standing = new Set([...parts.values()].flat().map(({ territory }) => territory));
  const ended = codes.filter((code) => !paths.has(code) && standing.has(code));
  const versions = ended.length === 0 ? [] : await listVersions(tx, ended);
  const past = versions.filter(({ validFrom }) => validFrom <= day);
  for (const { code, path } of past.sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))) paths.set(code, path);
  return paths;
}
