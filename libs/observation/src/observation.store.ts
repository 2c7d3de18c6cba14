/** SQL of observations: batches, their chunks, and which chunk holds for a territory, period and norm. */
import type { QueryConfig, QueryResult } from 'pg';
import type { EntityManager } from 'typeorm';
import { assert } from '@gep/kernel';
import type { CheckCounts } from './check/check-tables';
import type { StatisticRow } from './chunk/patch-chunk';
import { BatchMissing } from './errors';
import type { FileFormat } from './file/read-file.loader';
import type { CellProblem } from './table/cell-problem';

export type BatchStatus = 'accepted' | 'partial' | 'refused';

/** One import, without its problems. */
export interface Batch {
  readonly id: string;
  readonly fileName: string;
  readonly format: FileFormat;
  readonly fileDigest: string;
  readonly normId: string;
  readonly normEdition: string;
  readonly status: BatchStatus;
  readonly counts: CheckCounts;
  readonly importedBy: string;
  readonly importedByName: string;
  readonly importedAt: Date;
}

export interface BatchRow extends Omit<Batch, 'id' | 'importedBy' | 'importedAt'> {
  readonly outcomeDigest: string;
  readonly repetition: number;
  readonly problems: readonly CellProblem[];
  readonly coveringPath: string | null;
}

export interface ChunkRow {
  readonly territory: string;
  readonly path: string;
  readonly period: string;
  readonly patches: number;
  readonly refusedRows: number;
  readonly chunkDigest: string;
  readonly digest: string;
  readonly statistics: readonly StatisticRow[];
  readonly bytes: Uint8Array;
}

/** What holds for a territory and period under a norm. */
export interface CurrentObservation {
  readonly territory: string;
  readonly path: string;
  readonly chunks: readonly { readonly batchId: string; readonly digest: string; readonly bytes: Uint8Array }[];
  readonly statistics: StatisticRow[];
  /** Digest of chunks and statistics: part of the identity of an account. */
  readonly digest: string;
  /** Rows of the file about this territory that were refused: when not 0, the figures are incomplete. */
  readonly refusedRows: number;
}

const batchColumns = `id, file_name as "fileName", format, file_digest as "fileDigest", norm_id as "normId",
  norm_edition as "normEdition", status, counts, imported_by as "importedBy", imported_by_name as "importedByName",
  imported_at as "importedAt"`;

/** Imports take effect one after the other, so that "the last one" means the same to everybody. */
export async function lockImports(tx: EntityManager): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('observation.import', 0))`);
}

/** @returns id of the new batch */
export async function insertBatch(tx: EntityManager, row: BatchRow): Promise<string> {
  const [{ id }] = await tx.query<{ id: string }[]>(
    `insert into observation.batch (file_digest, outcome_digest, repetition, file_name, format, norm_id, norm_edition,
       status, counts, problems, imported_by_name, covering_path)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id`,
    [
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
    ],
  );
  return id;
}

/** Bounds of one statement: rows, and bytes of chunks. */
const rowsPerStatement = 1000;
const bytesPerStatement = 16_000_000;

export async function insertChunks(
  tx: EntityManager,
  batchId: string,
  normId: string,
  rows: readonly ChunkRow[],
): Promise<void> {
  for (let from = 0; from < rows.length;) {
    let to = from;
    for (
      let size = 0;
      to < rows.length && to - from < rowsPerStatement && (size === 0 || size < bytesPerStatement);
      to += 1
    ) {
      size += rows[to].bytes.byteLength;
    }
    await insertSlice(tx, batchId, normId, rows.slice(from, to));
    from = to;
  }
}

async function insertSlice(
  tx: EntityManager,
  batchId: string,
  normId: string,
  rows: readonly ChunkRow[],
): Promise<void> {
  // Values, not unnest: the driver sends a Buffer as it is, but an array of them as hexadecimal text.
  const parameters: unknown[] = [batchId, normId];
  const tuples = rows.map((row) => {
    const given = [
      row.territory,
      row.path,
      row.period,
      row.patches,
      row.refusedRows,
      row.chunkDigest,
      row.digest,
      JSON.stringify(row.statistics),
      Buffer.from(row.bytes.buffer, row.bytes.byteOffset, row.bytes.byteLength),
    ];
    const first = parameters.push(...given) - given.length;
    return `($1, $2, ${given.map((_, i) => `$${first + i + 1}`).join(', ')})`;
  });
  await tx.query(
    `insert into observation.chunk (batch_id, norm_id, territory_code, territory_path, period, patches, refused_rows,
       chunk_digest, digest, statistics, bytes)
     values ${tuples.join(', ')}`,
    parameters,
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
       where own.batch_id = b.id) as superseded
     from observation.batch b
     where b.outcome_digest = $1 and b.imported_by = platform.actor() order by b.repetition desc limit 1`,
    [outcomeDigest],
  );
  return rows[0];
}

/** Digest and number of patches that hold now, by `territory period`. */
export async function findCurrentDigests(
  tx: EntityManager,
  normId: string,
  keys: readonly { territory: string; period: string }[],
): Promise<Map<string, { digest: string; patches: number }>> {
  const rows = await tx.query<{ territory: string; period: string; digest: string; patches: number }[]>(
    `select distinct on (c.territory_code, c.period) c.territory_code as territory, c.period, c.digest, c.patches
     from observation.chunk c
     join unnest($2::text[], $3::text[]) as given (territory, period)
       on c.territory_code = given.territory and c.period = given.period
     where c.norm_id = $1
     order by c.territory_code, c.period, c.sequence desc`,
    [normId, keys.map(({ territory }) => territory), keys.map(({ period }) => period)],
  );
  return new Map(rows.map(({ territory, period, digest, patches }) => [`${territory} ${period}`, { digest, patches }]));
}

const observationColumns = `c.territory_code as territory, c.territory_path::text as path, c.batch_id::text as "batchId",
  c.chunk_digest as "chunkDigest", c.digest, c.statistics::text as statistics, c.refused_rows::text as "refusedRows", c.bytes`;

/** What holds now for these territories in a period, by code; those without observations are left out. One statement. */
export async function currentObservations(
  tx: EntityManager,
  of: { readonly period: string; readonly normId: string; readonly territories: readonly string[] },
): Promise<CurrentObservation[]> {
  return readObservations(
    tx,
    `select ${observationColumns} from observation.chunk c
     where c.id in (
       select distinct on (territory_code) id from observation.chunk
       where period = $1 and norm_id = $2 and territory_code = any ($3::text[])
       order by territory_code, sequence desc)
     order by c.territory_code`,
    [of.period, of.normId, [...of.territories]],
  );
}

/** The observation that an earlier account was computed from. */
export async function findObservation(
  tx: EntityManager,
  of: { readonly territory: string; readonly period: string; readonly normId: string; readonly digest: string },
): Promise<CurrentObservation | undefined> {
  const found = await readObservations(
    tx,
    `select ${observationColumns} from observation.chunk c
     where c.territory_code = $1 and c.period = $2 and c.norm_id = $3 and c.digest = $4
     order by c.sequence desc limit 1`,
    [of.territory, of.period, of.normId, of.digest],
  );
  return found[0];
}

interface ObservationRecord {
  readonly territory: string;
  readonly path: string;
  readonly batchId: string;
  readonly chunkDigest: string;
  readonly digest: string;
  readonly statistics: string;
  readonly refusedRows: string;
  readonly bytes: Buffer;
}

/**
 * Asks for results in binary: as text every chunk would travel as hexadecimal, twice its size, and be decoded here.
 * All other columns are text, which is the same in both forms.
 */
async function readObservations(tx: EntityManager, text: string, values: unknown[]): Promise<CurrentObservation[]> {
  assert(tx.queryRunner, 'observations are read in a transaction');
  const client = (await tx.queryRunner.connect()) as {
    query(config: QueryConfig & { binary: boolean }): Promise<QueryResult<ObservationRecord>>;
  };
  const { rows } = await client.query({ text, values, binary: true });
  return rows.map(({ territory, path, batchId, chunkDigest, digest, statistics, refusedRows, bytes }) => ({
    territory,
    path,
    chunks: [{ batchId, digest: chunkDigest, bytes }],
    statistics: JSON.parse(statistics) as StatisticRow[],
    digest,
    refusedRows: Number(refusedRows),
  }));
}

/** Territories at or below a path that have observations of a period under a norm, by path. */
export async function listObservedTerritories(
  tx: EntityManager,
  of: { readonly period: string; readonly normId: string; readonly within: string },
): Promise<{ territory: string; path: string }[]> {
  return tx.query<{ territory: string; path: string }[]>(
    `select distinct on (territory_code) territory_code as territory, territory_path::text as path
     from observation.chunk
     where period = $1 and norm_id = $2 and territory_path <@ $3::ltree
     order by territory_code, sequence desc`,
    [of.period, of.normId, of.within],
  );
}

/** @throws BatchMissing, also when the actor may not see it */
export async function getBatch(tx: EntityManager, id: string): Promise<Batch & { problems: CellProblem[] }> {
  const known = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
  const rows = known
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

/** Territories and periods that a batch brought, as far as the actor may see them. */
export async function listBatchContent(
  tx: EntityManager,
  batchId: string,
): Promise<{ territory: string; period: string; patches: number; refusedRows: number; digest: string }[]> {
  return tx.query<{ territory: string; period: string; patches: number; refusedRows: number; digest: string }[]>(
    `select territory_code as territory, period, patches, refused_rows as "refusedRows", digest
     from observation.chunk where batch_id = $1 order by territory_code, period`,
    [batchId],
  );
}
