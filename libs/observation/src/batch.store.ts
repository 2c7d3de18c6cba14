/** SQL of batches: what was imported, by whom, and with which problems. */
import type { EntityManager } from 'typeorm';
import type { CheckCounts } from './check/check-tables';
import { BatchMissing } from './errors';
import type { FileFormat } from './file/limits';
import type { CellProblem } from './table/cell-problem';

export type BatchStatus = 'accepted' | 'partial' | 'refused';

/** One import, without its problems. */
export interface Batch {
  readonly id: string;
  readonly fileName: string;
  /** Null where a data sheet was taken back. */
  readonly format: FileFormat | null;
  readonly fileDigest: string;
  readonly normId: string;
  readonly normEdition: string;
  /** Code of the department's data sheet; null for a whole upload. */
  readonly dataSheet: string | null;
  /** Why the data sheet was taken back; null for the import of a file. */
  readonly takenBack: string | null;
  readonly status: BatchStatus;
  readonly counts: CheckCounts;
  readonly importedBy: string;
  readonly importedByName: string;
  readonly importedAt: Date;
}

export interface BatchRow extends Omit<Batch, 'importedBy' | 'importedAt'> {
  readonly outcomeDigest: string;
  readonly repetition: number;
  readonly problems: readonly CellProblem[];
  readonly coveringPath: string | null;
  /** Paths of the territories where the importer might import. */
  readonly importedScope: readonly string[];
}

const batchColumns = `id, file_name as "fileName", format, file_digest as "fileDigest", norm_id as "normId",
  norm_edition as "normEdition", data_sheet as "dataSheet", taken_back as "takenBack", status, counts, imported_by as "importedBy", imported_by_name as "importedByName",
  imported_at as "importedAt"`;

export async function insertBatch(tx: EntityManager, row: BatchRow): Promise<void> {
  await tx.query(
    `insert into observation.batch (id, file_digest, outcome_digest, repetition, file_name, format, norm_id, norm_edition,
       status, counts, problems, imported_by_name, covering_path, data_sheet, imported_scope, taken_back)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      row.id,
      row.fileDigest,
      row.outcomeDigest,
      row.repetition,
      row.fileName,
      row.format,
      row.normId,
      row.normEdition,
      row.status,
      JSON.stringify(row.counts),
      JSON.stringify(row.problems),
      row.importedByName,
      row.coveringPath,
      row.dataSheet,
      row.importedScope,
      row.takenBack,
    ],
  );
}

/** The last batch of the actor with the same outcome, and whether anything it brought has been superseded since. */
export async function findRepeated(
  tx: EntityManager,
  outcomeDigest: string,
): Promise<{ id: string; repetition: number; superseded: boolean } | undefined> {
  const rows = await tx.query<{ id: string; repetition: number; superseded: boolean }[]>(
    `select b.id, b.repetition, exists (
       select from observation.chunk own
       join observation.chunk later on later.period = own.period and later.norm_id = own.norm_id
         and later.territory_code = own.territory_code and later.sequence > own.sequence
       where own.batch_id = b.id and b.data_sheet is null)
     or exists (
       select from observation.delivery own where own.batch_id = b.id and not coalesce(own.id = any ((
         select head.deliveries from observation.chunk head
         where head.period = own.period and head.norm_id = own.norm_id and head.territory_code = own.territory_code
         order by head.sequence desc limit 1)::uuid[]), false)) as superseded
     from observation.batch b
     where b.outcome_digest = $1 and b.imported_by = platform.actor() order by b.repetition desc limit 1`,
    [outcomeDigest],
  );
  return rows[0];
}

/** @throws BatchMissing, also when the actor may not see it */
export async function getBatch(tx: EntityManager, id: string): Promise<Batch & { problems: CellProblem[] }> {
  const rows = isUuid(id)
    ? await tx.query<(Batch & { problems: CellProblem[] })[]>(
        `select ${batchColumns}, problems from observation.batch where id = $1`,
        [id],
      )
    : [];
  if (!rows[0]) throw new BatchMissing(id);
  return rows[0];
}

/** Batches that the actor may see, the latest first. `before` is the id of the last batch of the page before. */
export async function listBatches(
  tx: EntityManager,
  page: { readonly limit: number; readonly before?: string },
): Promise<Batch[]> {
  return tx.query<Batch[]>(
    `select ${batchColumns} from observation.batch
     where $1::uuid is null or sequence < (select sequence from observation.batch where id = $1)
     order by sequence desc limit $2`,
    [page.before ?? null, page.limit],
  );
}

/** An import that brought figures of a territory: by whom, when, and where they might import. */
export interface Importer {
  readonly territory: string;
  readonly name: string;
  readonly at: Date;
  readonly scope: readonly string[];
}

/** Who has imported figures of these territories in a period, the first to do so from each scope, in order of time. */
export async function listImporters(
  tx: EntityManager,
  normId: string,
  period: string,
  territories: readonly string[],
): Promise<Importer[]> {
  return tx.query<Importer[]>(
    `select territory, name, at, scope from (
       select distinct on (c.territory_code, b.imported_scope) c.territory_code as territory, b.imported_by_name as name,
         b.imported_at as at, b.imported_scope as scope, b.sequence
       from observation.chunk c join observation.batch b on b.id = c.batch_id
       where c.norm_id = $1 and c.period = $2 and c.territory_code = any ($3::text[]) and b.imported_scope is not null
       order by c.territory_code, b.imported_scope, b.sequence) importer
     order by sequence`,
    [normId, period, territories],
  );
}

/** Territories and periods that a batch brought, as far as the actor may see them, with the digest of what held then. */
export async function listBatchContent(
  tx: EntityManager,
  batchId: string,
): Promise<{ territory: string; period: string; patches: number; refusedRows: number; digest: string }[]> {
  return tx.query<{ territory: string; period: string; patches: number; refusedRows: number; digest: string }[]>(
    `select c.territory_code as territory, c.period, coalesce(d.patches, c.patches) as patches,
       coalesce(d.refused_rows, c.refused_rows) as "refusedRows", c.digest
     from observation.chunk c
     left join observation.delivery d
       on d.batch_id = c.batch_id and d.territory_code = c.territory_code and d.period = c.period
     where c.batch_id = $1 order by c.territory_code, c.period`,
    [batchId],
  );
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
