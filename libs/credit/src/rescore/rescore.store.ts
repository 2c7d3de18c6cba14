/** SQL of runs that score a whole territory: what a part reads in columns, the scores it writes, and how far a run has come. */
import { buffer } from 'node:stream/consumers';
import { assert } from '@gep/kernel';
import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { EntityManager } from 'typeorm';
import { CreditMissing } from '../errors';
import { CopiedRows } from './copied-rows';

export interface RescoreRun {
  readonly id: string;
  readonly territoryPath: string;
  readonly asOf: string;
  readonly scope: string[];
  readonly requestedBy: string;
  readonly requestedName: string;
  readonly requestedAt: Date;
  readonly parts: number;
  readonly subjects: number;
  readonly changed: number;
  readonly endedAt: Date | null;
  readonly refusal: { readonly code: string; readonly text: { readonly zh: string; readonly en: string } } | null;
}

/** A subject, by place and id: the order in which a run takes them. */
export interface WalkPlace {
  readonly path: string;
  readonly subject: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Scoring of single subjects waits until the transaction ends, and a run waits for what is being scored. */
export async function lockAllScores(tx: EntityManager): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(7140142)');
}

export async function insertRun(
  tx: EntityManager,
  run: Pick<RescoreRun, 'id' | 'territoryPath' | 'asOf' | 'scope' | 'requestedName'>,
): Promise<void> {
  await tx.query(
    `insert into credit.rescore_run (id, territory_path, as_of, scope, requested_name) values ($1, $2::ltree, $3, $4, $5)`,
    [run.id, run.territoryPath, run.asOf, run.scope, run.requestedName],
  );
}

/** Runs that the actor may see, the latest first. */
export async function listRuns(
  tx: EntityManager,
  filter: { readonly id?: string; readonly limit: number },
): Promise<RescoreRun[]> {
  return tx.query(
    `select r.id, r.territory_path::text as "territoryPath", r.as_of as "asOf", r.scope, r.requested_by as "requestedBy",
       r.requested_name as "requestedName", r.requested_at as "requestedAt", e.ended_at as "endedAt", e.refusal,
       p.parts, p.subjects, p.changed
     from credit.rescore_run r left join credit.rescore_end e on e.run_id = r.id, lateral (
       select count(*)::int as parts, coalesce(sum(subjects), 0)::int as subjects, coalesce(sum(changed), 0)::int as changed
       from credit.rescore_part where run_id = r.id) p
     where ($1::uuid is null or r.id = $1) order by r.requested_at desc, r.id limit $2`,
    [filter.id ?? null, filter.limit],
  );
}

/** @throws CreditMissing */
export async function getRun(tx: EntityManager, id: string): Promise<RescoreRun> {
  const [found] = uuid.test(id) ? await listRuns(tx, { id, limit: 1 }) : [];
  if (!found) throw new CreditMissing({ zh: '重新计分', en: 'run of scores' }, id);
  return found;
}

/** Runs without an end on which nothing happened for so long, with how often they may have been issued. */
export async function listQuietRuns(
  tx: EntityManager,
  quietSeconds: number,
): Promise<{ readonly id: string; readonly issue: string }[]> {
  return tx.query(
    `select r.id, floor(extract(epoch from clock_timestamp() - l.moved) / greatest($1, 1))::text || '.' || l.parts as issue
     from credit.rescore_run r, lateral (
       select coalesce(max(ended_at), r.requested_at) as moved, count(*) as parts from credit.rescore_part where run_id = r.id) l
     where not exists (select from credit.rescore_end e where e.run_id = r.id) and l.moved < clock_timestamp() - make_interval(secs => $1)`,
    [quietSeconds],
  );
}

/** Where the last finished part ended. */
export async function findLastPart(
  tx: EntityManager,
  runId: string,
): Promise<(WalkPlace & { readonly no: number }) | undefined> {
  const [found] = await tx.query<(WalkPlace & { no: number })[]>(
    `select no, last_path::text as path, last_subject as subject from credit.rescore_part where run_id = $1 order by no desc limit 1`,
    [runId],
  );
  return found;
}

export async function insertPart(
  tx: EntityManager,
  run: Pick<RescoreRun, 'id' | 'territoryPath'>,
  part: WalkPlace & { readonly no: number; readonly subjects: number; readonly changed: number },
): Promise<void> {
  await tx.query(
    `insert into credit.rescore_part (run_id, no, territory_path, last_path, last_subject, subjects, changed)
     values ($1, $2, $3::ltree, $4::ltree, $5, $6, $7)`,
    [run.id, part.no, run.territoryPath, part.path, part.subject, part.subjects, part.changed],
  );
}

export async function insertEnd(
  tx: EntityManager,
  run: Pick<RescoreRun, 'id' | 'territoryPath'>,
  refusal: RescoreRun['refusal'],
): Promise<void> {
  await tx.query('insert into credit.rescore_end (run_id, territory_path, refusal) values ($1, $2::ltree, $3)', [
    ...[run.id, run.territoryPath, refusal && JSON.stringify(refusal)],
  ]);
}

/** A copy takes no parameters: what goes into its text is checked to be nothing but itself. */
const literal = (text: string, form: RegExp): string => {
  assert(form.test(text), `not of its form: ${text}`);
  return `'${text}'`;
};
const pathOf = (path: string): string => `${literal(path, /^[\w.-]+$/)}::public.ltree`;
const idOf = (id: string): string => `${literal(id, uuid)}::uuid`;
const dayOf = (day: string): string => `${literal(day, /^\d{4}-\d{2}-\d{2}$/)}::date`;
const after = (place: WalkPlace | undefined): string =>
  place ? `and (s.territory_path, s.id) > (${pathOf(place.path)}, ${idOf(place.subject)})` : '';

async function copyOut(tx: EntityManager, query: string, fields: number): Promise<CopiedRows> {
  assert(tx.queryRunner, 'a part is read in a transaction');
  const client = (await tx.queryRunner.connect()) as ClientBase;
  return new CopiedRows(await buffer(client.query(copyTo(`copy (${query}) to stdout (format binary)`))), fields);
}

/** Subjects are met in the order of their index; the planner, who takes a place for a handful of rows, would sort them all for every part. */
const byWalk = `set local enable_sort = off; set local enable_bitmapscan = off; set local enable_seqscan = off`;

/**
 * For the same reason it would look up each entry of a crowd by itself. Where a part is no small share of all subjects, all entries are
 * passed once instead.
 */
async function planCounting(tx: EntityManager, subjects: number): Promise<void> {
  const [{ share }] = await tx.query<[{ share: number }]>(
    `select $1 / greatest(reltuples, 1)::float8 as share from pg_class where oid = 'credit.subject'::regclass`,
    [subjects],
  );
  await tx.query(
    `set local enable_sort = on; set local enable_bitmapscan = on; set local enable_seqscan = on; set local work_mem = '128MB';
     set local enable_nestloop = ${share > 0.03 ? 'off' : 'on'}`,
  );
}

/** Stored scores are told in this part of a point, which is a multiple of every scale. */
export const finest = 100_000;

/** Fields: id, place, last stored score in `finest` parts (null: none), and whether it was by this edition of the day. */
export async function copySubjects(
  tx: EntityManager,
  run: Pick<RescoreRun, 'territoryPath'>,
  from: WalkPlace | undefined,
  limit: number,
): Promise<CopiedRows> {
  const path = pathOf(run.territoryPath);
  await tx.query(byWalk);
  return copyOut(
    tx,
    `select s.id, s.territory_path::text, (l.score * ${finest})::float8, l.edition
     from (select s.id, s.territory_path from credit.subject s
           where s.territory_path >= ${path} and s.territory_path <@ ${path} ${after(from)}
           order by s.territory_path, s.id limit ${limit}) s
       left join lateral (select score, edition from credit.score where subject_id = s.id order by no desc limit 1) l on true
     order by s.territory_path, s.id`,
    4,
  );
}

export interface WalkSpan {
  readonly territoryPath: string;
  readonly from: WalkPlace | undefined;
  readonly till: WalkPlace;
}

const inSpan = ({ territoryPath, from, till }: WalkSpan): string =>
  `s.territory_path >= ${pathOf(territoryPath)} and s.territory_path <@ ${pathOf(territoryPath)} ${after(from)}
   and (s.territory_path, s.id) <= (${pathOf(till.path)}, ${idOf(till.subject)})`;

/**
 * Entries that count on a day, in the order of the subjects. Fields: id of the subject, place among the rows of the scorer (null: of
 * an edition that is not among them), number of the day, times.
 */
export async function copyCounting(
  tx: EntityManager,
  span: WalkSpan & { readonly subjects: number },
  asOf: string,
  rows: readonly { readonly edition: string; readonly code: string }[],
): Promise<CopiedRows> {
  await planCounting(tx, span.subjects);
  const places = rows.map(
    ({ edition, code }, at) =>
      `(${literal(edition, /^[0-9a-f]{64}$/)}, ${literal(code, /^[\p{L}_][\p{L}\p{N}_]*$/u)}, ${at})`,
  );
  return copyOut(
    tx,
    `select s.id, v.place, e.day - date '1970-01-01', e.times from credit.subject s
       join credit.standing t on t.subject_id = s.id join credit.event e on e.id = t.event_id
       left join (values ${places.join(',')}) as v (edition, code, place) on v.edition = e.edition and v.code = e.behaviour
     where ${inSpan(span)} and t.state = 'effective' and t.objections = 0 and t.effective_from <= ${dayOf(asOf)}
     order by s.territory_path, s.id`,
    4,
  );
}

/** Editions that entries of a span name. */
export async function listEditionsIn(tx: EntityManager, span: WalkSpan): Promise<string[]> {
  const rows = await tx.query<{ edition: string }[]>(
    `select distinct e.edition from credit.subject s join credit.event e on e.subject_id = s.id where ${inSpan(span)} order by 1`,
  );
  return rows.map(({ edition }) => edition);
}

export interface ScoreColumns {
  readonly subjects: string[];
  readonly paths: string[];
  readonly scores: string[];
  readonly grades: (string | null)[];
}

/** In one statement: a table with row security takes no copy. */
export async function insertScores(
  tx: EntityManager,
  run: Pick<RescoreRun, 'id' | 'asOf'>,
  edition: string,
  { subjects, paths, scores, grades }: ScoreColumns,
): Promise<void> {
  if (subjects.length === 0) return;
  await tx.query(
    `insert into credit.score (subject_id, territory_path, as_of, edition, score, grade, cause, run_id)
     select subject, path, $1, $2, score, grade, 'run', $3
     from unnest($4::uuid[], $5::ltree[], $6::numeric[], $7::text[]) as made (subject, path, score, grade)`,
    [run.asOf, edition, run.id, subjects, paths, scores, grades],
  );
}
