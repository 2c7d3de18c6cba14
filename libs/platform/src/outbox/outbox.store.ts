/** Rows of announcements: written with the deed, claimed by a relay, noted as delivered or to be tried again. */
import type { EntityManager } from 'typeorm';

export interface Announcement {
  /** What happened, `subject.pastTense`, for example `observation.batchImported`. */
  readonly event: string;
  /** Names this one occurrence; a second announcement with the same event and key adds nothing. */
  readonly key: string;
  /** Decimals as strings: numbers in JSON lose digits. */
  readonly payload: object;
}

/** An announcement on its way out. */
export interface OutboxMessage {
  readonly id: string;
  readonly event: string;
  readonly key: string;
  readonly payload: Record<string, unknown>;
  /** 1 at the first delivery. More may mean that it was delivered before: act once per key. */
  readonly attempts: number;
  readonly announcedAt: Date;
}

/** Writes the announcement in the running transaction. */
export async function announce(tx: EntityManager, { event, key, payload }: Announcement): Promise<void> {
  await tx.query(
    `insert into platform.outbox (event, key, payload) values ($1, $2, $3) on conflict (event, key) do nothing`,
    [event, key, JSON.stringify(payload)],
  );
}

/** Waiting time after a failed delivery doubles from one second up to this. */
const longestWaitSeconds = 60;

/** Takes due messages that nobody else holds, and holds them for the length of the lease. */
export async function claimDue(tx: EntityManager, batch: number, leaseSeconds: number): Promise<OutboxMessage[]> {
  const [rows] = (await tx.query(
    `update platform.outbox o set attempts = attempts + 1, due_at = clock_timestamp() + make_interval(secs => $2)
     from (select id from platform.outbox where status = 'waiting' and due_at <= clock_timestamp()
           order by due_at, id limit $1 for update skip locked) due
     where o.id = due.id
     returning o.id, o.event, o.key, o.payload, o.attempts, o.announced_at as "announcedAt"`,
    [batch, leaseSeconds],
  )) as [OutboxMessage[], number];
  return rows;
}

export async function noteDelivered(tx: EntityManager, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    `update platform.outbox set status = 'delivered', delivered_at = clock_timestamp(), last_error = null
     where id = any ($1::bigint[])`,
    [ids],
  );
}

/** Puts failed messages off, each longer than the time before. */
export async function noteFailed(
  tx: EntityManager,
  failures: readonly { id: string; reason: string }[],
): Promise<void> {
  if (failures.length === 0) return;
  await tx.query(
    `update platform.outbox o set last_error = f.reason,
       due_at = clock_timestamp() + make_interval(secs => least(${longestWaitSeconds}, power(2, least(o.attempts, 10) - 1)))
     from unnest($1::bigint[], $2::text[]) as f (id, reason) where o.id = f.id and o.status = 'waiting'`,
    [failures.map(({ id }) => id), failures.map(({ reason }) => reason)],
  );
}

/** How much is waiting and how old the oldest is, for alarms. */
export async function outboxBacklog(tx: EntityManager): Promise<{ waiting: number; oldestSeconds: number }> {
  const [row] = (await tx.query(
    `select count(*)::int as waiting,
            coalesce(extract(epoch from clock_timestamp() - min(announced_at)), 0)::float8 as "oldestSeconds"
     from platform.outbox where status = 'waiting'`,
  )) as [{ waiting: number; oldestSeconds: number }];
  return row;
}
