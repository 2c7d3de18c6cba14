/** SQL of chunks: adding them, and reading which one holds for a territory, period and norm. */
import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { EntityManager } from 'typeorm';
import { assert } from '@gep/kernel';
import { CopiedFields, ownRoom, type RoomFor } from './chunk/copied-fields';
import type { StatisticRow } from './chunk/patch-chunk';
import { hasFigures } from './observed-territory.store';

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

/** What holds for a territory and period under a norm. The bytes are views of memory that threads share. */
export interface CurrentObservation {
  readonly territory: string;
  readonly path: string;
  readonly chunks: readonly { readonly batchId: string; readonly digest: string; readonly bytes: Uint8Array }[];
  readonly statistics: StatisticRow[];
  /** Digest of chunks and statistics: part of the identity of an account. */
  readonly digest: string;
  /** Rows of the file about this territory that were refused: when not 0, the figures are incomplete. */
  readonly refusedRows: number;
  /** The uploads that it comes from: one whole upload, or the data sheets that stand together. */
  readonly deliveries: readonly StandingDelivery[];
}

/** An upload that holds, or holds in part, for a territory and period. */
export interface StandingDelivery {
  readonly batchId: string;
  /** Code of the department's data sheet; null for a whole upload. */
  readonly dataSheet: string | null;
}

/** Imports take effect one after the other, so that "the last one" means the same to everybody. */
export async function lockImports(tx: EntityManager): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('observation.import', 0))`);
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

const observation = `select c.id, c.territory_code as territory, c.territory_path::text as path, c.digest, c.statistics,
  c.refused_rows as "refusedRows",
  case when c.deliveries is null then json_build_array(json_build_object('batchId', c.batch_id, 'dataSheet', null)) else (
    select json_agg(json_build_object('batchId', part."batchId", 'dataSheet', part."dataSheet") order by part."dataSheet" nulls first)
    from (
      select d.batch_id as "batchId", d.data_sheet as "dataSheet" from observation.delivery d where d.id = any (c.deliveries)
      union all select w.batch_id, null from observation.chunk w where w.id = c.whole_id) part) end as deliveries,
  case when c.deliveries is null
    then json_build_array(json_build_object('id', c.id, 'batchId', c.batch_id, 'digest', c.chunk_digest)) else (
    select coalesce(json_agg(json_build_object('id', given.id, 'batchId', coalesce(p.batch_id, w.batch_id),
      'digest', coalesce(p.chunk_digest, w.chunk_digest)) order by given.place), '[]')
    from unnest(c.pieces) with ordinality as given (id, place)
    left join observation.piece p on p.id = given.id
    left join observation.chunk w on w.id = given.id) end as pieces
  from observation.chunk c`;

/**
 * What holds now for these territories in a period, by code; those without observations are left out.
 * @param roomFor where the bytes of chunks are put
 */
export async function currentObservations(
  tx: EntityManager,
  of: { readonly period: string; readonly normId: string; readonly territories: readonly string[] },
  roomFor: RoomFor = ownRoom,
): Promise<CurrentObservation[]> {
  return readObservations(
    tx,
    `${observation}
     where c.id in (
       select distinct on (territory_code) id from observation.chunk
       where period = $1 and norm_id = $2 and territory_code = any ($3::text[])
       order by territory_code, sequence desc)
       and ${hasFigures}
     order by c.territory_code`,
    [of.period, of.normId, [...of.territories]],
    roomFor,
  );
}

/** The observation that an earlier account was computed from. */
export async function findObservation(
  tx: EntityManager,
  of: { readonly territory: string; readonly period: string; readonly normId: string; readonly digest: string },
): Promise<CurrentObservation | undefined> {
  const found = await readObservations(
    tx,
    `${observation}
     where c.territory_code = $1 and c.period = $2 and c.norm_id = $3 and c.digest = $4
     order by c.sequence desc limit 1`,
    [of.territory, of.period, of.normId, of.digest],
  );
  return found[0];
}

/** Ids under which the rows of an earlier account's observation are kept: the observation itself, and its joined pieces. */
export async function listObservationIds(
  tx: EntityManager,
  of: { readonly territory: string; readonly period: string; readonly normId: string; readonly digest: string },
): Promise<string[]> {
  const found = await tx.query<{ ids: string[] }[]>(
    `select c.id || coalesce(c.pieces, '{}') as ids from observation.chunk c
     where c.territory_code = $1 and c.period = $2 and c.norm_id = $3 and c.digest = $4
     order by c.sequence desc limit 1`,
    [of.territory, of.period, of.normId, of.digest],
  );
  return found.flatMap(({ ids }) => ids);
}

/** The batch that brought each of these observations, the last where several did, by territory; of sheets, one with refused rows. */
export async function findBatchIds(
  tx: EntityManager,
  of: {
    readonly period: string;
    readonly normId: string;
    readonly observations: readonly { readonly territory: string; readonly digest: string }[];
  },
): Promise<Map<string, string>> {
  const rows = await tx.query<{ territory: string; batchId: string }[]>(
    `select distinct on (c.territory_code) c.territory_code as territory, coalesce((
       select d.batch_id from observation.delivery d
       where d.id = any (c.deliveries) and d.refused_rows > 0 order by d.data_sheet limit 1), (
       select w.batch_id from observation.chunk w where w.id = c.whole_id and w.refused_rows > 0), c.batch_id) as "batchId"
     from observation.chunk c
     join unnest($3::text[], $4::text[]) as given (territory, digest)
       on c.territory_code = given.territory and c.digest = given.digest
     where c.period = $1 and c.norm_id = $2
     order by c.territory_code, c.sequence desc`,
    [of.period, of.normId, of.observations.map((one) => one.territory), of.observations.map((one) => one.digest)],
  );
  return new Map(rows.map(({ territory, batchId }) => [territory, batchId]));
}

interface ObservationRecord extends Omit<CurrentObservation, 'chunks'> {
  readonly pieces: readonly { readonly id: string; readonly batchId: string; readonly digest: string }[];
}

async function readObservations(
  tx: EntityManager,
  text: string,
  values: unknown[],
  roomFor: RoomFor = ownRoom,
): Promise<CurrentObservation[]> {
  const records = await tx.query<ObservationRecord[]>(text, values);
  const bytes = await readChunkBytes(
    tx,
    records.flatMap(({ pieces }) => pieces.map(({ id }) => id)),
    roomFor,
  );
  const places = bytes.values();
  return records.map(({ territory, path, pieces, digest, statistics, refusedRows, deliveries }) => ({
    territory,
    path,
    chunks: pieces.map((piece) => ({ batchId: piece.batchId, digest: piece.digest, bytes: places.next().value! })),
    statistics,
    digest,
    refusedRows,
    deliveries,
  }));
}

/**
 * Bytes of chunks, pieces or deliveries in the order of their ids, by a binary copy: the driver has results as text only,
 * where a chunk travels as hexadecimal, twice its size, and takes five times as long.
 */
export async function readChunkBytes(
  tx: EntityManager,
  ids: readonly string[],
  roomFor: RoomFor = ownRoom,
): Promise<Uint8Array[]> {
  if (ids.length === 0) return [];
  for (const id of ids) assert(isUuid(id), `not the id of a chunk: ${id}`);
  assert(tx.queryRunner, 'observations are read in a transaction');
  const client = (await tx.queryRunner.connect()) as ClientBase;
  const stream = client.query(
    copyTo(`copy (select coalesce(c.bytes, p.bytes, d.bytes)
      from unnest('{${ids.join(',')}}'::uuid[]) with ordinality as given (id, place)
      left join observation.chunk c on c.id = given.id
      left join observation.piece p on p.id = given.id
      left join observation.delivery d on d.id = given.id order by given.place) to stdout (format binary)`),
  );
  const copied = new CopiedFields(roomFor);
  for await (const piece of stream) copied.push(piece as Buffer);
  const fields = copied.finish();
  assert(fields.length === ids.length, `${fields.length} of ${ids.length} chunks were read`);
  return fields;
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
