/** SQL of runs of scores: the frozen table, what came out for each unit, and how it stands. */
import type { Actor } from '@gep/platform';
import type { UnitScore } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { ScoreMissing } from './errors';
import type { ScoreGist, ScoreRunDraft, ScoreRunRow, ScoreStanding, StandingScore, StoredUnitScore } from './score-run';

/** Holds back other runs of the same scorecard and year until the transaction ends. */
export async function lockScores(
  tx: EntityManager,
  of: { readonly territoryPath: string; readonly scorecard: string; readonly period: string },
): Promise<void> {
  const key = `score-run ${of.territoryPath} ${of.scorecard} ${of.period}`;
  await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 115))`, [key]);
}

export async function insertScoreSnapshot(
  tx: EntityManager,
  territoryPath: string,
  snapshot: { readonly digest: string; readonly content: string },
): Promise<void> {
  await tx.query(
    `insert into evaluation.score_snapshot (territory_path, digest, content) values ($1::ltree, $2, $3) on conflict do nothing`,
    [territoryPath, snapshot.digest, snapshot.content],
  );
}

export async function getScoreSnapshot(tx: EntityManager, territoryPath: string, digest: string): Promise<string> {
  const [found] = await tx.query<{ content: string }[]>(
    `select content from evaluation.score_snapshot where territory_path = $1::ltree and digest = $2`,
    [territoryPath, digest],
  );
  if (!found) throw new ScoreMissing({ zh: '快照', en: 'snapshot' }, digest);
  return found.content;
}

export async function insertScoreRun(tx: EntityManager, { name }: Actor, run: ScoreRunDraft): Promise<void> {
  await tx.query(
    `insert into evaluation.score_run (id, territory_path, scorecard, rule_edition, period, version_no, about, cause, snapshot_digest,
       result_digest, stand_ins, sources, computed_name)
     values ($1, $2::ltree, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ...[run.id, run.territoryPath, run.scorecard, run.ruleEdition, run.period, run.versionNo, run.about],
      ...[run.cause && JSON.stringify(run.cause), run.snapshotDigest, run.resultDigest],
      ...[JSON.stringify(run.standIns), JSON.stringify(run.sources), name],
    ],
  );
}

export async function insertUnitScores(
  tx: EntityManager,
  runId: string,
  gist: ScoreGist,
  scores: readonly { readonly territoryPath: string; readonly detail: UnitScore }[],
): Promise<void> {
  await tx.query(
    `insert into evaluation.unit_score (run_id, unit, territory_path, gist, score, rank_no, grade, award, refer, detail)
     select $1, u.unit, u.path, $2, u.score, u.rank_no, u.grade, u.award, u.refer, u.detail
     from unnest($3::text[], $4::ltree[], $5::numeric[], $6::int[], $7::text[], $8::boolean[], $9::boolean[], $10::jsonb[])
       as u (unit, path, score, rank_no, grade, award, refer, detail)`,
    [
      ...[runId, JSON.stringify(gist), scores.map(({ detail }) => detail.unit), scores.map((one) => one.territoryPath)],
      ...[scores.map(({ detail }) => detail.score), scores.map(({ detail }) => detail.rank)],
      ...[scores.map(({ detail }) => detail.grade), scores.map(({ detail }) => detail.award)],
      ...[scores.map(({ detail }) => detail.refer), scores.map(({ detail }) => JSON.stringify(detail))],
    ],
  );
}

export interface ScoreRunFilter {
  readonly id?: string;
  readonly territoryPath?: string;
  readonly scorecard?: string;
  readonly period?: string;
  readonly about?: string;
}

/** By period, the latest version first. */
export async function listRunRows(tx: EntityManager, filter: ScoreRunFilter): Promise<ScoreRunRow[]> {
  return tx.query(
    `select r.id, r.territory_path::text as "territoryPath", r.scorecard, r.rule_edition as "ruleEdition", r.period,
       r.version_no as "versionNo", r.about, r.cause, r.snapshot_digest as "snapshotDigest", r.result_digest as "resultDigest",
       r.stand_ins as "standIns", r.sources, r.computed_name as "computedName", r.computed_at as "computedAt"
     from evaluation.score_run r
     where ($1::uuid is null or r.id = $1) and ($2::ltree is null or r.territory_path = $2::ltree)
       and ($3::text is null or r.scorecard = $3) and ($4::text is null or r.period = $4) and ($5::uuid is null or r.about = $5)
     order by r.period desc, r.scorecard, r.version_no desc`,
    [
      ...[filter.id ?? null, filter.territoryPath ?? null, filter.scorecard ?? null, filter.period ?? null],
      filter.about ?? null,
    ],
  );
}

/** By rank, those without a place last. */
export async function listUnitScores(
  tx: EntityManager,
  { runId, unit }: { readonly runId: string; readonly unit?: string },
): Promise<StoredUnitScore[]> {
  return tx.query(
    `select run_id as "runId", unit, territory_path::text as "territoryPath", gist, detail from evaluation.unit_score
     where run_id = $1 and ($2::text is null or unit = $2) order by rank_no = 0, rank_no, unit`,
    [runId, unit ?? null],
  );
}

/** Notes for units of a run how it stands with them; what is noted stays. */
export async function insertStandings(
  tx: EntityManager,
  { name }: Actor,
  noted: {
    readonly runId: string;
    readonly units: readonly string[];
    readonly standing: ScoreStanding;
    readonly since: string;
  },
): Promise<void> {
  await tx.query(
    `insert into evaluation.score_standing (run_id, unit, territory_path, standing, since, stood_name)
     select run_id, unit, territory_path, $3, $4::date, $5 from evaluation.unit_score
     where run_id = $1 and unit = any ($2::text[]) on conflict do nothing`,
    [noted.runId, noted.units, noted.standing, noted.since, name],
  );
}

/** Scores as the units see them, with how each stands now; the latest period first. */
export async function listStandings(
  tx: EntityManager,
  filter: {
    readonly runId?: string;
    readonly within?: string;
    readonly unit?: string;
    readonly period?: string;
    readonly standing?: ScoreStanding;
  },
): Promise<StandingScore[]> {
  return tx.query(
    `select u.run_id as "runId", u.unit, u.territory_path::text as "territoryPath", u.gist, u.detail, s.standing, s.since
     from evaluation.unit_score u cross join lateral (
       select standing, since from evaluation.score_standing where run_id = u.run_id and unit = u.unit
       order by array_position(array['superseded', 'final', 'notified'], standing) limit 1) as s
     where ($1::uuid is null or u.run_id = $1) and ($2::ltree is null or u.territory_path <@ $2::ltree)
       and ($3::text is null or u.unit = $3) and ($4::text is null or u.gist ->> 'period' = $4) and ($5::text is null or s.standing = $5)
     order by u.gist ->> 'period' desc, u.gist ->> 'scorecard', (u.gist ->> 'versionNo')::int desc, u.rank_no = 0, u.rank_no, u.unit`,
    [
      ...[filter.runId ?? null, filter.within ?? null, filter.unit ?? null, filter.period ?? null],
      filter.standing ?? null,
    ],
  );
}
