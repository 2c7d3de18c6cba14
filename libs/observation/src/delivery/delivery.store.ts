/** SQL of deliveries: which data sheets stand together for a territory and period, and adding one that has come in. */
import type { EntityManager } from 'typeorm';
import { assert } from '@gep/kernel';
import type { StatisticRow } from '../chunk/patch-chunk';
import type { AdmittedPeriod } from '../import/admit-periods';
import { readChunkBytes, type StandingDelivery } from '../observation.store';
import type { GivenValue } from './given-value';
import type { JoinedPeriod, NewPiece, StoredPiece } from './join-delivery';
import type { StoredStanding } from './join-stored';

interface HeadRow {
  readonly id: string;
  readonly key: string;
  readonly digest: string;
  readonly patches: number;
  readonly statistics: number;
  readonly deliveries: readonly string[] | null;
  readonly pieces: readonly string[] | null;
  readonly wholeId: string | null;
  readonly masked: readonly string[] | null;
}
interface WholeRow {
  readonly id: string;
  readonly batchId: string;
  readonly chunkDigest: string;
  readonly refusedRows: number;
  readonly statistics: readonly StatisticRow[];
}
interface DeliveryRow {
  readonly id: string;
  readonly dataSheet: string;
  readonly batchId: string;
  readonly refusedRows: number;
  readonly given: readonly GivenValue[];
  readonly statistics: readonly StatisticRow[];
}

/** What stands now, by `territory period`; where nothing was ever imported there is nothing. */
export async function findStanding(
  tx: EntityManager,
  normId: string,
  keys: readonly { readonly territory: string; readonly period: string }[],
): Promise<Map<string, StoredStanding>> {
  const heads = await tx.query<HeadRow[]>(
    `select distinct on (c.territory_code, c.period) c.id, c.territory_code || ' ' || c.period as key, c.digest, c.patches,
       jsonb_array_length(c.statistics) as statistics, c.deliveries, c.pieces, c.whole_id as "wholeId", c.masked
     from observation.chunk c
     join unnest($2::text[], $3::text[]) as given (territory, period)
       on c.territory_code = given.territory and c.period = given.period
     where c.norm_id = $1
     order by c.territory_code, c.period, c.sequence desc`,
    [normId, keys.map(({ territory }) => territory), keys.map(({ period }) => period)],
  );
  const wholes = await findWholes(
    tx,
    heads.flatMap((head) => wholeIdOf(head) ?? []),
  );
  const deliveries = await findDeliveries(
    tx,
    heads.flatMap((head) => head.deliveries ?? []),
  );
  const pieces = await tx.query<StoredPiece[]>(
    `select id, batch_id as "batchId", chunk_digest as "chunkDigest" from observation.piece where id = any ($1::uuid[])`,
    [heads.flatMap((head) => head.pieces ?? [])],
  );
  // Rows that no sheet touches are those of the whole upload itself.
  const pieceOf = new Map([...[...wholes.values()].map(({ stored }) => stored), ...pieces].map((one) => [one.id, one]));
  return new Map(
    heads.map((head): [string, StoredStanding] => [
      head.key,
      {
        digest: head.digest,
        patches: head.patches,
        hasFigures: head.patches + head.statistics > 0,
        whole: wholes.get(wholeIdOf(head) ?? '') ?? null,
        masked: head.masked ?? [],
        deliveries: (head.deliveries ?? []).map((id) => deliveries.get(id)!),
        pieces: (head.pieces ?? []).map((id) => pieceOf.get(id)!),
      },
    ]),
  );
}

const wholeIdOf = ({ id, deliveries, wholeId }: HeadRow): string | null => (deliveries === null ? id : wholeId);

async function findWholes(
  tx: EntityManager,
  ids: readonly string[],
): Promise<Map<string, NonNullable<StoredStanding['whole']>>> {
  const rows = await tx.query<WholeRow[]>(
    `select id, batch_id as "batchId", chunk_digest as "chunkDigest", refused_rows as "refusedRows", statistics
     from observation.chunk where id = any ($1::uuid[])`,
    [ids],
  );
  const bytes = await readChunkBytes(
    tx,
    rows.map(({ id }) => id),
  );
  return new Map(
    rows.map(({ id, batchId, chunkDigest, refusedRows, statistics }, i) => {
      const stored = { id, batchId, chunkDigest };
      return [id, { batchId, refusedRows, statistics, bytes: bytes[i], stored }];
    }),
  );
}

async function findDeliveries(
  tx: EntityManager,
  ids: readonly string[],
): Promise<Map<string, StoredStanding['deliveries'][number]>> {
  const rows = await tx.query<DeliveryRow[]>(
    `select id, data_sheet as "dataSheet", batch_id as "batchId", refused_rows as "refusedRows", given, statistics
     from observation.delivery where id = any ($1::uuid[])`,
    [ids],
  );
  const bytes = await readChunkBytes(
    tx,
    rows.map(({ id }) => id),
  );
  return new Map(rows.map((row, at) => [row.id, { ...row, bytes: bytes[at] }]));
}

/** An upload that stands for a territory, and the attributes that it gives to whole types. */
export interface StandingUpload extends StandingDelivery {
  readonly territory: string;
  readonly attributes: readonly string[];
}

/** The uploads that stand in a period, also those of which no account can be made yet; by territory, whole uploads first. */
export async function listStandingUploads(
  tx: EntityManager,
  of: { readonly period: string; readonly normId: string; readonly territories: readonly string[] },
): Promise<StandingUpload[]> {
  return tx.query<StandingUpload[]>(
    `with head as (
       select distinct on (territory_code) territory_code as territory, id, batch_id, deliveries, whole_id
       from observation.chunk where period = $1 and norm_id = $2 and territory_code = any ($3::text[])
       order by territory_code, sequence desc)
     select head.territory, w.batch_id as "batchId", null as "dataSheet", '{}'::text[] as attributes
     from head join observation.chunk w on w.id = coalesce(head.whole_id, case when head.deliveries is null then head.id end)
     union all
     select head.territory, d.batch_id, d.data_sheet,
       array(select distinct value ->> 'attribute' from jsonb_array_elements(d.given) as value order by 1)
     from head join observation.delivery d on d.id = any (head.deliveries)
     order by 1, 3 nulls first`,
    [of.period, of.normId, [...of.territories]],
  );
}

/** Keeps what sheets brought, the rows that are new, and what holds now; all of one import. */
export async function insertJoined(
  tx: EntityManager,
  { batchId, normId, dataSheet }: { readonly batchId: string; readonly normId: string; readonly dataSheet: string },
  admitted: readonly AdmittedPeriod[],
): Promise<void> {
  for (const row of admitted) {
    const { territory, path, period, joined } = row;
    assert(joined, `${territory} ${period} was not joined`);
    const place = [batchId, territory, path, period, normId];
    const [{ id }] = await tx.query<{ id: string }[]>(
      `insert into observation.delivery (batch_id, territory_code, territory_path, period, norm_id, data_sheet, patches,
         refused_rows, digest, given, statistics, bytes)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id`,
      [
        ...place,
        dataSheet,
        row.patches,
        row.refusedRows,
        row.ownDigest,
        JSON.stringify(row.given ?? []),
        JSON.stringify(row.statistics),
        bufferOf(row.bytes),
      ],
    );
    await insertHead(tx, { batchId, normId, territory, path, period }, joined, [...joined.otherDeliveries, id]);
  }
}

/** The import or take-back that something is kept of, and where. */
interface KeptPlace {
  readonly batchId: string;
  readonly normId: string;
  readonly territory: string;
  readonly path: string;
  readonly period: string;
}

/** Keeps what holds of the other sheets once one is taken back. */
export async function insertLeft(tx: EntityManager, place: KeptPlace, left: JoinedPeriod): Promise<void> {
  await insertHead(tx, place, left, left.otherDeliveries);
}

async function insertHead(
  tx: EntityManager,
  { batchId, normId, territory, path, period }: KeptPlace,
  joined: JoinedPeriod,
  deliveries: readonly string[],
): Promise<void> {
  const pieces: string[] = [];
  for (const piece of joined.pieces) pieces.push('id' in piece ? piece.id : await insertPiece(tx, path, piece));
  await tx.query(
    `insert into observation.chunk (batch_id, territory_code, territory_path, period, norm_id, patches, refused_rows,
       digest, statistics, deliveries, pieces, whole_id, masked)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ...[batchId, territory, path, period, normId],
      joined.patches,
      joined.refusedRows,
      joined.digest,
      JSON.stringify(joined.statistics),
      deliveries,
      pieces,
      joined.wholeId,
      joined.masked,
    ],
  );
}

async function insertPiece(
  tx: EntityManager,
  path: string,
  { batchId, chunkDigest, bytes }: NewPiece,
): Promise<string> {
  const [{ id }] = await tx.query<{ id: string }[]>(
    `insert into observation.piece (batch_id, territory_path, chunk_digest, bytes) values ($1, $2, $3, $4) returning id`,
    [batchId, path, chunkDigest, bufferOf(bytes)],
  );
  return id;
}

const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
