/** SQL of points: lots that entries earned, what corrections took back, and what expired. */
import type { EntityManager } from 'typeorm';

export interface LotRow {
  readonly eventId: string;
  readonly subjectId: string;
  readonly territoryPath: string;
  readonly behaviour: string;
  readonly year: number;
  readonly points: bigint;
  readonly earnedOn: string;
  readonly expiresOn: string | null;
  readonly voucherId: string;
}

export interface LotWithReturn extends LotRow {
  /** The entry was corrected. */
  readonly returned: boolean;
}

/** Holds all deeds in points of a subject back until the transaction ends. */
export async function lockPoints(tx: EntityManager, subjectId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 148))', [subjectId]);
}

/** Lots of a subject, or that of an entry, by the day on which they were earned. */
export async function listLots(
  tx: EntityManager,
  { subjectId, eventId }: { readonly subjectId?: string; readonly eventId?: string },
): Promise<LotWithReturn[]> {
  const rows = await tx.query<(Omit<LotWithReturn, 'points'> & { points: string })[]>(
    `select l.event_id as "eventId", l.subject_id as "subjectId", l.territory_path::text as "territoryPath", l.behaviour, l.year,
       l.points, l.earned_on as "earnedOn", l.expires_on as "expiresOn", l.voucher_id as "voucherId", r.event_id is not null as returned
     from credit.points_lot l left join credit.points_return r on r.event_id = l.event_id
     where ($1::uuid is null or l.subject_id = $1) and ($2::uuid is null or l.event_id = $2) order by l.earned_on, l.event_id`,
    [subjectId ?? null, eventId ?? null],
  );
  return rows.map((row) => ({ ...row, points: BigInt(row.points) }));
}

export async function insertLot(tx: EntityManager, lot: LotRow): Promise<void> {
  await tx.query(
    `insert into credit.points_lot (event_id, subject_id, territory_path, behaviour, year, points, earned_on, expires_on, voucher_id)
     values ($1, $2, $3::ltree, $4, $5, $6, $7, $8, $9)`,
    [
      ...[lot.eventId, lot.subjectId, lot.territoryPath, lot.behaviour, lot.year, lot.points, lot.earnedOn],
      ...[lot.expiresOn, lot.voucherId],
    ],
  );
}

export async function insertReturn(
  tx: EntityManager,
  row: Pick<LotRow, 'eventId' | 'subjectId' | 'territoryPath' | 'voucherId'> & {
    readonly held: bigint;
    readonly owed: bigint;
    readonly expired: bigint;
  },
): Promise<void> {
  await tx.query(
    `insert into credit.points_return (event_id, subject_id, territory_path, held, owed, expired, voucher_id)
     values ($1, $2, $3::ltree, $4, $5, $6, $7)`,
    [row.eventId, row.subjectId, row.territoryPath, row.held, row.owed, row.expired, row.voucherId],
  );
}

/** How often points of a subject expired. */
export async function countExpiries(tx: EntityManager, subjectId: string): Promise<number> {
  const [{ count }] = await tx.query<[{ count: number }]>(
    'select count(*)::int as count from credit.points_expiry where subject_id = $1',
    [subjectId],
  );
  return count;
}

export async function insertExpiry(
  tx: EntityManager,
  row: Pick<LotRow, 'subjectId' | 'territoryPath' | 'points' | 'voucherId'> & { readonly expiredOn: string },
): Promise<void> {
  await tx.query(
    `insert into credit.points_expiry (subject_id, expired_on, territory_path, points, voucher_id) values ($1, $2, $3::ltree, $4, $5)`,
    [row.subjectId, row.expiredOn, row.territoryPath, row.points, row.voucherId],
  );
}

/** Subjects with a lot that came to its end since they were looked at last. */
export async function listEnding(
  tx: EntityManager,
  { day, after, limit }: { readonly day: string; readonly after: string | null; readonly limit: number },
): Promise<string[]> {
  const rows = await tx.query<{ id: string }[]>(
    `select distinct l.subject_id as id from credit.points_lot l
     where l.expires_on <= $1 and ($2::uuid is null or l.subject_id > $2)
       and l.expires_on > coalesce((select max(e.expired_on) from credit.points_expiry e where e.subject_id = l.subject_id), '-infinity')
     order by 1 limit $3`,
    [day, after, limit],
  );
  return rows.map(({ id }) => id);
}
