/** SQL of runs that score a whole territory, and how far each has come. */
import type { EntityManager } from 'typeorm';
import { CreditMissing } from '../errors';

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

export const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Holds a run until the transaction ends, so that one worker at a time goes on with it; a second one waits, however long a part takes. */
export async function lockRun(tx: EntityManager, id: string): Promise<void> {
  await tx.query(
    `select pg_advisory_xact_lock(hashtextextended($1, 150)), set_config('idle_in_transaction_session_timeout', '2h', true)`,
    [id],
  );
}

/** The same, when nobody else holds it. */
export async function tryLockRun(tx: EntityManager, id: string): Promise<boolean> {
  const [{ held }] = await tx.query<[{ held: boolean }]>(
    'select pg_try_advisory_xact_lock(hashtextextended($1, 150)) as held',
    [id],
  );
  return held;
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
