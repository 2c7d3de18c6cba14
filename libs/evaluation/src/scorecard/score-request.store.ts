/** SQL of runs that were asked for, and of what became of them. Rows are only added. */
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';

export interface ScoreRequest {
  readonly id: string;
  readonly territoryPath: string;
  readonly scorecard: string;
  readonly period: string;
  readonly wish: {
    readonly place: string;
    readonly period: string;
    readonly scorecard?: string;
    readonly units?: readonly string[];
  };
  /** Territories of whoever asked, ltree texts. */
  readonly scope: readonly string[];
  readonly requestedBy: string;
  readonly requestedName: string;
  readonly requestedAt: Date;
  readonly runId: string | null;
  readonly refusal: Readonly<Record<string, unknown>> | null;
}

export async function insertScoreRequest(
  tx: EntityManager,
  { scope, name }: Actor,
  request: Pick<ScoreRequest, 'id' | 'territoryPath' | 'scorecard' | 'period' | 'wish'>,
): Promise<void> {
  const { id, territoryPath, scorecard, period, wish } = request;
  await tx.query(
    `insert into evaluation.score_request (id, territory_path, scorecard, period, wish, scope, requested_name)
     values ($1, $2::ltree, $3, $4, $5, $6, $7)`,
    [id, territoryPath, scorecard, period, JSON.stringify(wish), scope, name],
  );
}

export async function insertScoreOutcome(
  tx: EntityManager,
  { id, territoryPath }: Pick<ScoreRequest, 'id' | 'territoryPath'>,
  outcome: { readonly runId: string } | { readonly refusal: object },
): Promise<void> {
  const [runId, refusal] = 'runId' in outcome ? [outcome.runId, null] : [null, JSON.stringify(outcome.refusal)];
  await tx.query(
    `insert into evaluation.score_request_outcome (request_id, territory_path, run_id, refusal) values ($1, $2::ltree, $3, $4)
     on conflict do nothing`,
    [id, territoryPath, runId, refusal],
  );
}

export async function findScoreRequest(tx: EntityManager, id: string): Promise<ScoreRequest | undefined> {
  const [found] = await tx.query<ScoreRequest[]>(
    `select r.id, r.territory_path::text as "territoryPath", r.scorecard, r.period, r.wish, r.scope, r.requested_by as "requestedBy",
       r.requested_name as "requestedName", r.requested_at as "requestedAt", o.run_id as "runId", o.refusal
     from evaluation.score_request r left join evaluation.score_request_outcome o on o.request_id = r.id where r.id = $1`,
    [id],
  );
  return found;
}

/** Requests without an outcome that are older than this, each with a number that grows with its age. */
export async function listQuietScoreRequests(
  tx: EntityManager,
  quietSeconds: number,
): Promise<{ id: string; issue: number }[]> {
  return tx.query(
    `select r.id, floor(extract(epoch from clock_timestamp() - r.requested_at) / greatest($1, 1))::int as issue
     from evaluation.score_request r
     where r.requested_at < clock_timestamp() - make_interval(secs => $1)
       and not exists (select from evaluation.score_request_outcome o where o.request_id = r.id)
     order by r.requested_at limit 500`,
    [quietSeconds],
  );
}
