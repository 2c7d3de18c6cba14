/** SQL of the frozen ends of terms. Rows are only added. */
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import type { TermSnapshot } from './departure';

/** Freezing one end comes one after the other until the transaction ends. @returns now, in the milliseconds that are kept */
export async function holdTermEnd(tx: EntityManager, key: string): Promise<Date> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 120))', [key]);
  const [{ now }] = await tx.query<[{ now: Date }]>(`select date_trunc('milliseconds', clock_timestamp()) as now`);
  return now;
}

export async function insertSnapshot(
  tx: EntityManager,
  actor: Actor,
  { territoryPath, round, content, digest, reason, frozenAt }: Omit<TermSnapshot, 'id' | 'frozenName'>,
): Promise<string> {
  const [{ id }] = await tx.query<[{ id: string }]>(
    `insert into evaluation.term_snapshot (territory_path, territory_code, norm_id, term_end, day, round, content, digest, reason,
       frozen_at, frozen_name)
     values ($1::ltree, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
    [
      ...[territoryPath, content.territory, content.norm, content.end, content.day, round, JSON.stringify(content)],
      ...[digest, reason, frozenAt, actor.name],
    ],
  );
  return id;
}

export interface SnapshotFilter {
  readonly ids?: readonly string[];
  readonly territory?: string;
  readonly norm?: string;
  readonly end?: string;
  readonly day?: string;
}

/** Frozen ends that the actor may see: by day, the latest round of each first. */
export async function listSnapshots(tx: EntityManager, filter: SnapshotFilter): Promise<TermSnapshot[]> {
  const rows = await tx.query<(Omit<TermSnapshot, 'content'> & { content: string })[]>(
    `select id, territory_path::text as "territoryPath", round, content, digest, reason, frozen_at as "frozenAt",
       frozen_name as "frozenName"
     from evaluation.term_snapshot
     where ($1::uuid[] is null or id = any ($1)) and ($2::text is null or territory_code = $2)
       and ($3::text is null or norm_id = $3) and ($4::text is null or term_end = $4) and ($5::date is null or day = $5)
     order by day, term_end, norm_id, round desc`,
    [filter.ids ?? null, filter.territory ?? null, filter.norm ?? null, filter.end ?? null, filter.day ?? null],
  );
  return rows.map((row) => ({ ...row, content: JSON.parse(row.content) as TermSnapshot['content'] }));
}
