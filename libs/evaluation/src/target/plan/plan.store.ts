/** SQL of target plans: editions, versions of their drafts, copies of the units, their replies, and what was issued. */
import { canonicalJson } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { TargetMissing } from '../errors';
import type { IssuedTargets, PlanCopy, PlanEdition, PlanReply } from './plan-edition';
import type { PlanTerms } from './plan-terms';
import { rowFromStored, type StoredRow } from './target-row';

const columns = `p.id, p.code, p.edition_no as "editionNo", p.territory_path::text as "territoryPath", v.version_no as "versionNo",
  v.terms, v.targets, v.digest, p.drafted_by_name as "draftedByName", p.drafted_at as "draftedAt"`;
const editions = `from evaluation.target_plan p cross join lateral (
  select * from evaluation.target_version v where v.plan_id = p.id order by v.version_no desc limit 1) as v`;

type EditionRow = Omit<PlanEdition, 'targets'> & { targets: readonly StoredRow[] };
const editionOf = (row: EditionRow): PlanEdition => ({ ...row, targets: row.targets.map(rowFromStored) });

/** Editions of one plan come one after the other. */
export async function lockPlan(tx: EntityManager, territoryPath: string, code: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 110))`, [`${territoryPath} ${code}`]);
}

export async function insertPlan(
  tx: EntityManager,
  { name }: Actor,
  { territoryPath, code, editionNo }: Pick<PlanEdition, 'territoryPath' | 'code' | 'editionNo'>,
): Promise<string> {
  const [{ id }] = await tx.query<[{ id: string }]>(
    `insert into evaluation.target_plan (territory_path, code, edition_no, drafted_by_name)
     values ($1::ltree, $2, $3, $4) returning id`,
    [territoryPath, code, editionNo, name],
  );
  return id;
}

export async function insertVersion(
  tx: EntityManager,
  { name }: Actor,
  version: Pick<PlanEdition, 'id' | 'versionNo' | 'territoryPath' | 'terms' | 'targets' | 'digest'>,
): Promise<void> {
  const { id, versionNo, territoryPath, terms, targets, digest } = version;
  await tx.query(
    `insert into evaluation.target_version (plan_id, version_no, territory_path, terms, targets, digest, made_by_name)
     values ($1, $2, $3::ltree, $4, $5, $6, $7)`,
    [id, versionNo, territoryPath, canonicalJson(terms), canonicalJson(targets), digest, name],
  );
}

/** @param pathOf territory of each unit that gets a copy */
export async function insertCopies(
  tx: EntityManager,
  { planId, versionNo, gist, targets }: Pick<PlanCopy, 'planId' | 'versionNo' | 'gist' | 'targets'>,
  pathOf: ReadonlyMap<string, string>,
): Promise<void> {
  const units = [...pathOf.keys()];
  await tx.query(
    `insert into evaluation.target_copy (plan_id, version_no, unit, territory_path, gist, targets)
     select $1, $2, unit, path, $5, targets from unnest($3::text[], $4::public.ltree[], $6::jsonb[]) as t (unit, path, targets)`,
    [
      ...[planId, versionNo, units, units.map((unit) => pathOf.get(unit)), canonicalJson(gist)],
      units.map((unit) => canonicalJson(targets.filter((row) => row.unit === unit))),
    ],
  );
}

export async function findPlan(tx: EntityManager, id: string): Promise<PlanEdition | undefined> {
  const rows = await tx.query<EditionRow[]>(`select ${columns} ${editions} where p.id = $1`, [id]);
  return rows.map(editionOf)[0];
}

/** All editions of a plan, the first one first. */
export async function listEditions(tx: EntityManager, territoryPath: string, code: string): Promise<PlanEdition[]> {
  const rows = await tx.query<EditionRow[]>(
    `select ${columns} ${editions} where p.territory_path = $1::ltree and p.code = $2 order by p.edition_no`,
    [territoryPath, code],
  );
  return rows.map(editionOf);
}

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** The latest edition of the plan with this code, or the edition with this id. @throws TargetMissing */
export async function getPlan(tx: EntityManager, idOrCode: string): Promise<PlanEdition> {
  const name = { zh: '目标计划', en: 'plan' };
  if (isId(idOrCode)) {
    const found = await findPlan(tx, idOrCode.toLowerCase());
    if (found) return found;
    throw new TargetMissing(name, idOrCode);
  }
  const rows = await tx.query<{ id: string; terms: PlanTerms }[]>(
    `select distinct on (p.territory_path) p.id, v.terms ${editions} where p.code = $1
     order by p.territory_path, p.edition_no desc`,
    [idOrCode],
  );
  if (rows.length === 1) return (await findPlan(tx, rows[0].id))!;
  throw new TargetMissing(
    name,
    idOrCode,
    rows.map(({ id, terms }) => `${terms.place}: ${id}`),
  );
}

export interface PlanFilter {
  readonly within?: string;
  readonly code?: string;
  readonly limit: number;
  /** Id of the last one of the page before. */
  readonly after?: string;
}

/** The latest edition of each plan, by id. */
export async function listPlans(tx: EntityManager, filter: PlanFilter): Promise<PlanEdition[]> {
  const rows = await tx.query<EditionRow[]>(
    `select ${columns} ${editions}
     where not exists (select from evaluation.target_plan later where later.territory_path = p.territory_path
         and later.code = p.code and later.edition_no > p.edition_no)
       and ($1::ltree is null or p.territory_path <@ $1::ltree) and ($2::text is null or p.code = $2)
       and ($3::uuid is null or p.id > $3) order by p.id limit $4`,
    [filter.within ?? null, filter.code ?? null, filter.after ?? null, filter.limit],
  );
  return rows.map(editionOf);
}

const copyColumns = `c.plan_id as "planId", c.version_no as "versionNo", c.unit, c.territory_path::text as "territoryPath", c.gist,
  c.targets`;
type CopyRow = Omit<PlanCopy, 'targets'> & { targets: readonly StoredRow[] };
const copyOf = (row: CopyRow): PlanCopy => ({ ...row, targets: row.targets.map(rowFromStored) });

/** The last copy that each unit has of each plan, where the actor sees it. */
export async function listCopies(
  tx: EntityManager,
  of: { readonly planId?: string; readonly unit?: string; readonly limit: number },
): Promise<PlanCopy[]> {
  const rows = await tx.query<CopyRow[]>(
    `select distinct on (c.plan_id, c.unit) ${copyColumns} from evaluation.target_copy c
     where ($1::uuid is null or c.plan_id = $1) and ($2::text is null or c.unit = $2)
     order by c.plan_id, c.unit, c.version_no desc limit $3`,
    [of.planId ?? null, of.unit ?? null, of.limit],
  );
  return rows.map(copyOf);
}

export async function insertReply(
  tx: EntityManager,
  { name }: Actor,
  { territoryPath }: Pick<PlanCopy, 'territoryPath'>,
  reply: Omit<PlanReply, 'repliedByName' | 'repliedAt'>,
): Promise<string> {
  const { planId, versionNo, unit, answer, counter, reason, documentDigest } = reply;
  const [{ id }] = await tx.query<[{ id: string }]>(
    `insert into evaluation.target_reply (plan_id, version_no, unit, territory_path, answer, counter, reason, document_digest,
       replied_by_name) values ($1, $2, $3, $4::ltree, $5, $6, $7, $8, $9) returning id`,
    [planId, versionNo, unit, territoryPath, answer, canonicalJson(counter), reason, documentDigest, name],
  );
  return id;
}

/** In the order in which they came. */
export async function listReplies(tx: EntityManager, planId: string): Promise<PlanReply[]> {
  return tx.query(
    `select plan_id as "planId", version_no as "versionNo", unit, answer, counter, reason, document_digest as "documentDigest",
       replied_by_name as "repliedByName", replied_at as "repliedAt"
     from evaluation.target_reply where plan_id = $1 order by reply_no`,
    [planId],
  );
}

/** @param pathOf territory of each unit */
export async function insertIssues(
  tx: EntityManager,
  { id, versionNo, code, territoryPath, editionNo, terms }: PlanEdition,
  pathOf: ReadonlyMap<string, string>,
): Promise<void> {
  const units = [...pathOf.keys()];
  await tx.query(
    `insert into evaluation.target_issue (plan_id, unit, territory_path, version_no, code, place_path, edition_no, first_year, last_year)
     select $1, unit, path, $4, $5, $6::public.ltree, $7, $8, $9 from unnest($2::text[], $3::public.ltree[]) as t (unit, path)`,
    [
      ...[id, units, units.map((unit) => pathOf.get(unit)), versionNo, code, territoryPath, editionNo],
      ...[terms.from, terms.term.last],
    ],
  );
}

/** What the editions in force for a year set each unit, where the actor sees it. */
export async function listInForce(
  tx: EntityManager,
  of: { readonly year: number; readonly unit?: string; readonly code?: string; readonly placePath?: string },
): Promise<IssuedTargets[]> {
  const rows = await tx.query<(CopyRow & { issuedAt: Date })[]>(
    `select distinct on (i.place_path, i.code, i.unit) ${copyColumns}, i.issued_at as "issuedAt"
     from evaluation.target_issue i
       join evaluation.target_copy c on c.plan_id = i.plan_id and c.version_no = i.version_no and c.unit = i.unit
     where i.first_year <= $1 and i.last_year >= $1 and ($2::text is null or i.unit = $2) and ($3::text is null or i.code = $3)
       and ($4::ltree is null or i.place_path = $4::ltree)
     order by i.place_path, i.code, i.unit, i.edition_no desc`,
    [of.year, of.unit ?? null, of.code ?? null, of.placePath ?? null],
  );
  return rows.map(({ issuedAt, ...row }) => ({ ...copyOf(row), issuedAt }));
}
