/** SQL of scores: entries as they are scored, scores as they were stored. */
import type { EntityManager } from 'typeorm';
import type { ScoredEvent } from './explain-score';

/** All entries of a subject with where they stand, by day. */
export async function listScoredEvents(tx: EntityManager, subjectId: string): Promise<ScoredEvent[]> {
  return tx.query(
    `select e.id, e.behaviour, e.edition, e.day, e.times, s.state, s.effective_from as "effectiveFrom", s.objections > 0 as paused
     from credit.event e join credit.standing s on s.event_id = e.id where e.subject_id = $1 order by e.day, e.id`,
    [subjectId],
  );
}

export const scoreCauses = ['event', 'correction', 'objection', 'run'] as const;
export type ScoreCause = (typeof scoreCauses)[number];

export interface StoredScore {
  readonly subjectId: string;
  readonly asOf: string;
  readonly edition: string;
  /** Exact decimal text. */
  readonly score: string;
  readonly grade: string | null;
  readonly cause: ScoreCause;
  readonly scoredAt: Date;
}

/** Stored scores of a subject, the latest first. */
export async function listScores(
  tx: EntityManager,
  { subjectId, limit }: { readonly subjectId: string; readonly limit: number },
): Promise<StoredScore[]> {
  return tx.query(
    `select subject_id as "subjectId", as_of as "asOf", edition, trim_scale(score)::text as score, grade, cause, scored_at as "scoredAt"
     from credit.score where subject_id = $1 order by no desc limit $2`,
    [subjectId, limit],
  );
}

/**
 * Holds all scoring of a subject back until the transaction ends; waits for a run that stores the scores of everybody.
 * @returns the day in China once that wait is over, which is no earlier than that of any run begun before
 */
export async function lockScores(tx: EntityManager, subjectId: string): Promise<string> {
  await tx.query(`select pg_advisory_xact_lock_shared(7140142), pg_advisory_xact_lock(hashtextextended($1, 140))`, [
    subjectId,
  ]);
  const [{ today }] = await tx.query<[{ today: string }]>(
    `select (clock_timestamp() at time zone 'Asia/Shanghai')::date as today`,
  );
  return today;
}

export async function insertScore(
  tx: EntityManager,
  {
    subjectId,
    territoryPath,
    asOf,
    edition,
    score,
    grade,
    cause,
  }: Omit<StoredScore, 'scoredAt'> & { readonly territoryPath: string },
): Promise<void> {
  await tx.query(
    `insert into credit.score (subject_id, territory_path, as_of, edition, score, grade, cause)
     values ($1, $2::ltree, $3, $4, $5, $6, $7)`,
    [subjectId, territoryPath, asOf, edition, score, grade, cause],
  );
}

/** Persons below a territory by village and grade, from the score stored last; the grade is null where none was published. */
export async function countGrades(
  tx: EntityManager,
  { within, depth }: { readonly within: string; readonly depth: number },
): Promise<{ readonly place: string; readonly grade: string | null; readonly persons: number }[]> {
  return tx.query(
    `select subpath(s.territory_path, 0, least(nlevel(s.territory_path), $2))::text as place, t.grade, count(*)::int as persons
     from credit.subject s left join lateral (
       select grade from credit.score where subject_id = s.id order by no desc limit 1) as t on true
     where s.kind = 'person' and s.territory_path <@ $1::ltree group by 1, 2 order by 1, 2`,
    [within, depth],
  );
}
