/** SQL of reviews: the steps of one, the last steps of many, and new ones. */
import type { EntityManager } from 'typeorm';
import type { ReviewedVintage, ReviewKey, ReviewStep } from './review-step';
import { lockedStates, type ReviewAct, type ReviewState } from './review-table';

/** All steps of a review, the first one first. */
export async function listSteps(tx: EntityManager, { territory, period, normId }: ReviewKey): Promise<ReviewStep[]> {
  const rows: StepRow[] = await tx.query(
    `SELECT ${stepColumns} FROM accounting.review_step r
     WHERE territory_code = $1 AND period = $2 AND norm_id = $3 ORDER BY step_no`,
    [territory, period, normId],
  );
  return rows.map(toStep);
}

/** The last step of each of these territories; those never submitted are absent. */
export async function listLastSteps(
  tx: EntityManager,
  period: string,
  normId: string,
  territories: readonly string[],
): Promise<Map<string, ReviewStep>> {
  const rows: StepRow[] = await tx.query(
    `SELECT DISTINCT ON (territory_code) ${stepColumns} FROM accounting.review_step r
     WHERE territory_code = ANY ($3::text[]) AND period = $1 AND norm_id = $2
     ORDER BY territory_code, step_no DESC`,
    [period, normId, territories],
  );
  return new Map(rows.map((row) => [row.territory_code, toStep(row)]));
}

/** The steps that lock these territories, as far as they are locked. */
export async function listLocks(
  tx: EntityManager,
  period: string,
  normId: string,
  territories: readonly string[],
): Promise<Map<string, ReviewStep>> {
  const last = await listLastSteps(tx, period, normId, territories);
  return new Map([...last].filter(([, { state }]) => lockedStates.includes(state)));
}

/** A review whose last step was about another vintage than the one that is current now. */
export interface Overtaken {
  readonly last: ReviewStep;
  readonly current: ReviewedVintage;
}

/** Reviews of these accounts whose last step was about another vintage. */
export async function listOvertaken(tx: EntityManager, accountIds: readonly string[]): Promise<Overtaken[]> {
  const rows: (StepRow & { new_id: string; new_vintage: number; new_digest: string })[] = await tx.query(
    `SELECT * FROM (
       SELECT DISTINCT ON (r.territory_code, r.period, r.norm_id) ${stepColumns},
         a.id AS new_id, a.vintage AS new_vintage, a.digest AS new_digest
       FROM accounting.account a
       JOIN accounting.review_step r
         ON r.territory_code = a.territory_code AND r.period = a.period AND r.norm_id = a.norm_id
       WHERE a.id = ANY ($1::uuid[])
       ORDER BY r.territory_code, r.period, r.norm_id, r.step_no DESC) AS latest
     WHERE new_id <> account_id`,
    [accountIds],
  );
  return rows.map((row) => ({
    last: toStep(row),
    current: { accountId: row.new_id, vintage: row.new_vintage, digest: row.new_digest },
  }));
}

/** What a list of reviews is limited to; every part may be left out. */
export interface ReviewFilter {
  /** ltree text: the territory and everything below it. */
  readonly within?: string;
  readonly period?: string;
  readonly normId?: string;
  readonly state?: ReviewState;
}

/** Reviews by their last step, by territory, period and norm; at most `limit` after `after`. */
export async function listReviews(
  tx: EntityManager,
  filter: ReviewFilter,
  page: { readonly after?: ReviewKey; readonly limit: number },
): Promise<ReviewStep[]> {
  const rows: StepRow[] = await tx.query(
    `SELECT * FROM (
       SELECT DISTINCT ON (territory_code, period, norm_id) ${stepColumns} FROM accounting.review_step r
       WHERE ($1::text IS NULL OR territory_path <@ $1::ltree)
         AND ($2::text IS NULL OR period = $2) AND ($3::text IS NULL OR norm_id = $3)
         AND ($5::text IS NULL OR (territory_code, period, norm_id) > ($5, $6, $7))
       ORDER BY territory_code, period, norm_id, step_no DESC) AS latest
     WHERE $4::text IS NULL OR state = $4
     ORDER BY territory_code, period, norm_id LIMIT $8`,
    [
      filter.within ?? null,
      filter.period ?? null,
      filter.normId ?? null,
      filter.state ?? null,
      page.after?.territory ?? null,
      page.after?.period ?? null,
      page.after?.normId ?? null,
      page.limit,
    ],
  );
  return rows.map(toStep);
}

/** A step that is about to be kept; the database gives the time. */
export type NewStep = Omit<ReviewStep, 'at'>;

/** Adds steps and gives them back with their time, which never runs backwards within a review. */
export async function insertSteps(tx: EntityManager, steps: readonly NewStep[]): Promise<ReviewStep[]> {
  if (steps.length === 0) return [];
  const column = <T>(pick: (step: NewStep) => T): T[] => steps.map(pick);
  const rows: StepRow[] = await tx.query(
    `INSERT INTO accounting.review_step AS r (territory_code, period, norm_id, step_no, territory_path, round, act, from_state,
       state, account_id, vintage, account_digest, actor_id, actor_name, reason, acted_at)
     SELECT g.code, g.period, g.norm, g.step_no, g.path::ltree, g.round, g.act, g.from_state, g.state, g.account, g.vintage,
       g.digest, g.actor, g.actor_name, g.reason,
       greatest(date_trunc('milliseconds', clock_timestamp()), (
         SELECT max(acted_at) + interval '1 millisecond' FROM accounting.review_step b
         WHERE b.territory_code = g.code AND b.period = g.period AND b.norm_id = g.norm))
     FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::text[], $6::int[], $7::text[], $8::text[], $9::text[],
       $10::uuid[], $11::int[], $12::text[], $13::text[], $14::text[], $15::text[])
       AS g(code, period, norm, step_no, path, round, act, from_state, state, account, vintage, digest, actor, actor_name,
            reason)
     RETURNING ${stepColumns}`,
    [
      column((step) => step.territory),
      column((step) => step.period),
      column((step) => step.normId),
      column((step) => step.stepNo),
      column((step) => step.path),
      column((step) => step.round),
      column((step) => step.act),
      column((step) => step.from),
      column((step) => step.state),
      column((step) => step.vintage.accountId),
      column((step) => step.vintage.vintage),
      column((step) => step.vintage.digest),
      column((step) => step.by.id),
      column((step) => step.by.name),
      column((step) => step.reason),
    ],
  );
  return rows.map(toStep);
}

/** Aggregates that were made of this account, with the vintage. */
export async function listParents(
  tx: EntityManager,
  accountId: string,
): Promise<{ readonly territory: string; readonly accountId: string }[]> {
  return tx.query(
    `SELECT a.territory_code AS territory, a.id AS "accountId"
     FROM accounting.account_child c JOIN accounting.account a ON a.id = c.account_id WHERE c.child_id = $1`,
    [accountId],
  );
}

const stepColumns = `r.territory_code, r.period, r.norm_id, r.step_no, r.territory_path::text AS territory_path, r.round, r.act,
  r.from_state, r.state, r.account_id, r.vintage, r.account_digest, r.actor_id, r.actor_name, r.reason, r.acted_at`;

interface StepRow {
  territory_code: string;
  period: string;
  norm_id: string;
  step_no: number;
  territory_path: string;
  round: number;
  act: ReviewAct;
  from_state: ReviewState;
  state: ReviewState;
  account_id: string;
  vintage: number;
  account_digest: string;
  actor_id: string;
  actor_name: string;
  reason: string;
  acted_at: Date;
}

function toStep(row: StepRow): ReviewStep {
  return {
    territory: row.territory_code,
    period: row.period,
    normId: row.norm_id,
    stepNo: row.step_no,
    round: row.round,
    act: row.act,
    from: row.from_state,
    state: row.state,
    path: row.territory_path,
    vintage: { accountId: row.account_id, vintage: row.vintage, digest: row.account_digest },
    by: { id: row.actor_id, name: row.actor_name },
    reason: row.reason,
    at: row.acted_at,
  };
}
