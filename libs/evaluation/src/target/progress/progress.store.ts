/** SQL of recorded progress: what a plan had reached in a year, round by round. */
import { canonicalJson } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { TargetMissing } from '../errors';
import type { ProgressRow } from './progress-row';
import type { RecordedProgress } from './recorded-progress';
import { valueFromStored } from '../plan/target-row';

const columns = `r.id, r.plan_id as "planId", p.code as plan, r.territory_path::text as "territoryPath", r.year, r.round, r.rows,
  r.digest, r.recorded_by_name as "recordedByName", r.recorded_at as "recordedAt"`;
const recorded = `from evaluation.target_progress r join evaluation.target_plan p on p.id = r.plan_id`;

/** As JSON keeps a row: amounts are texts. */
type StoredProgress = Omit<ProgressRow, 'base' | 'milestoneFen' | 'targetFen' | 'actualFen' | 'previousFen'> & {
  readonly base: Parameters<typeof valueFromStored>[0];
  readonly milestoneFen: string;
  readonly targetFen: string;
  readonly actualFen: string | null;
  readonly previousFen: string | null;
};
type Row = Omit<RecordedProgress, 'rows'> & { rows: readonly StoredProgress[] };

const fromStored = ({
  base,
  milestoneFen,
  targetFen,
  actualFen,
  previousFen,
  ...row
}: StoredProgress): ProgressRow => ({
  ...{ ...row, base: valueFromStored(base), milestoneFen: BigInt(milestoneFen), targetFen: BigInt(targetFen) },
  actualFen: actualFen === null ? null : BigInt(actualFen),
  previousFen: previousFen === null ? null : BigInt(previousFen),
});
const progressOf = (row: Row): RecordedProgress => ({ ...row, rows: row.rows.map(fromStored) });

export async function insertProgress(
  tx: EntityManager,
  { name }: Actor,
  progress: Pick<RecordedProgress, 'planId' | 'territoryPath' | 'year' | 'round' | 'rows' | 'digest'>,
): Promise<string> {
  const { planId, territoryPath, year, round, rows, digest } = progress;
  const [{ id }] = await tx.query<[{ id: string }]>(
    `insert into evaluation.target_progress (plan_id, territory_path, year, round, rows, digest, recorded_by_name)
     values ($1, $2::ltree, $3, $4, $5, $6, $7) returning id`,
    [planId, territoryPath, year, round, canonicalJson(rows), digest, name],
  );
  return id;
}

export interface ProgressFilter {
  readonly id?: string;
  readonly code?: string;
  readonly territoryPath?: string;
  readonly year?: number;
  readonly limit: number;
}

/** By year, the latest round first. */
export async function listRecorded(tx: EntityManager, filter: ProgressFilter): Promise<RecordedProgress[]> {
  const rows = await tx.query<Row[]>(
    `select ${columns} ${recorded}
     where ($1::uuid is null or r.id = $1) and ($2::text is null or p.code = $2)
       and ($3::ltree is null or r.territory_path = $3::ltree) and ($4::int is null or r.year = $4)
     order by r.year desc, r.round desc, r.id limit $5`,
    [filter.id ?? null, filter.code ?? null, filter.territoryPath ?? null, filter.year ?? null, filter.limit],
  );
  return rows.map(progressOf);
}

/** @throws TargetMissing */
export async function getRecorded(tx: EntityManager, id: string): Promise<RecordedProgress> {
  const [found] = await listRecorded(tx, { id, limit: 1 });
  if (!found) throw new TargetMissing({ zh: '年度进展', en: 'record of progress' }, id);
  return found;
}
