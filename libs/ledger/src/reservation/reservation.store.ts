/** SQL of reservations and their steps. */
import type { Fen, Period } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import type { Reservation, ReservationStep } from './reservation';

/** A reservation as it is handed in. */
export interface ReservationDraft {
  readonly businessKey: string;
  readonly accountId: string;
  readonly amountFen: Fen;
  readonly expiresAt: Date;
  readonly memo: string;
  /** Who is to be paid. */
  readonly party?: string | null;
  readonly purpose?: string | null;
  readonly agreement?: string | null;
  readonly period?: Period | null;
}

export interface ReservationRecord extends Reservation {
  readonly businessKey: string;
  readonly bodyDigest: string;
  readonly accountId: string;
  readonly territoryPath: string;
  readonly party: string | null;
  readonly purpose: string | null;
  readonly agreement: string | null;
  readonly period: Period | null;
  readonly memo: string;
}

/** @returns ids by business key; none for a key that the territory has already */
export async function insertReservations(
  tx: EntityManager,
  drafts: readonly (ReservationDraft & { readonly territoryPath: string; readonly bodyDigest: string })[],
  actor: Actor,
): Promise<Map<string, string>> {
  const column = <K extends keyof (typeof drafts)[number]>(key: K) => drafts.map((draft) => draft[key] ?? null);
  const rows = await tx.query<{ id: string; businessKey: string }[]>(
    `insert into ledger.reservation (territory_path, account_id, business_key, body_digest, party, purpose, agreement, period,
       memo, amount_fen, expires_at, reserved_by_name)
     select path, account, key, digest, party, purpose, agreement, period, memo, fen, until, $12
     from unnest($1::public.ltree[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
       $10::bigint[], $11::timestamptz[]) with ordinality
       as r (path, account, key, digest, party, purpose, agreement, period, memo, fen, until, no) order by no
     on conflict do nothing returning id, business_key as "businessKey"`,
    [
      ...[column('territoryPath'), column('accountId'), column('businessKey'), column('bodyDigest'), column('party')],
      ...[column('purpose'), column('agreement'), column('period'), column('memo')],
      ...[drafts.map(({ amountFen }) => amountFen.toString()), column('expiresAt'), actor.name],
    ],
  );
  return new Map(rows.map(({ id, businessKey }) => [businessKey, id]));
}

export interface StepDraft extends Pick<ReservationStep, 'act' | 'amountFen'> {
  readonly reservationId: string;
  readonly voucherId: string | null;
  readonly reason: string;
}

/** Each step gets its number and the actor from the database, which checks it again. */
export async function insertSteps(tx: EntityManager, steps: readonly StepDraft[], actor: Actor): Promise<void> {
  if (steps.length === 0) return;
  await tx.query(
    `insert into ledger.reservation_step (reservation_id, act, amount_fen, voucher_id, reason, actor_name)
     select reservation, act, fen, voucher, reason, $6
     from unnest($1::uuid[], $2::text[], $3::bigint[], $4::uuid[], $5::text[]) with ordinality
       as s (reservation, act, fen, voucher, reason, no) order by no`,
    [
      ...[steps.map(({ reservationId }) => reservationId), steps.map(({ act }) => act)],
      ...[steps.map(({ amountFen }) => amountFen.toString()), steps.map(({ voucherId }) => voucherId)],
      ...[steps.map(({ reason }) => reason), actor.name],
    ],
  );
}

export interface ReservationFilter {
  readonly ids?: readonly string[];
  readonly businessKeys?: readonly string[];
  readonly accountIds?: readonly string[];
  /** Whose time has come and of which something is still held. */
  readonly due?: boolean;
  /** Of which something is still held. */
  readonly open?: boolean;
  readonly limit?: number;
}

/** Reservations that the actor may see, the oldest first, each with its steps in their order. */
export async function listReservations(tx: EntityManager, filter: ReservationFilter): Promise<ReservationRecord[]> {
  const rows = await tx.query<ReservationRow[]>(
    `select r.id, r.business_key as "businessKey", r.body_digest as "bodyDigest", r.account_id as "accountId",
       r.territory_path::text as "territoryPath", r.party, r.purpose, r.agreement, r.period, r.memo, r.amount_fen as fen,
       r.expires_at as "expiresAt", r.reserved_by as "reservedBy", coalesce(s.steps, '[]') as steps
     from ledger.reservation r cross join lateral (
       select json_agg(json_build_object('act', act, 'amountFen', amount_fen::text, 'actorId', actor_id) order by step_no) as steps,
         sum(amount_fen) filter (where act <> 'approve') as released
       from ledger.reservation_step where reservation_id = r.id) as s
     where ($1::uuid[] is null or r.id = any ($1)) and ($2::text[] is null or r.business_key = any ($2))
       and ($3::uuid[] is null or r.account_id = any ($3))
       and (not $4::boolean or r.expires_at <= now())
       and (not ($4::boolean or $5::boolean) or coalesce(s.released, 0) < r.amount_fen)
     order by r.reserved_at, r.id limit $6`,
    [
      ...[filter.ids ?? null, filter.businessKeys ?? null, filter.accountIds ?? null, filter.due ?? false],
      filter.open ?? false,
      filter.limit ?? null,
    ],
  );
  return rows.map(({ fen, steps, ...row }) => ({
    ...row,
    amountFen: BigInt(fen),
    steps: steps.map((step) => ({ ...step, amountFen: BigInt(step.amountFen) })),
  }));
}

type ReservationRow = Omit<ReservationRecord, 'amountFen' | 'steps'> & {
  fen: string;
  steps: (Omit<ReservationStep, 'amountFen'> & { amountFen: string })[];
};

/** The moment by which reservations expire: that at which the transaction began, for the database as for the program. */
export async function databaseNow(tx: EntityManager): Promise<Date> {
  const [{ now }] = await tx.query<[{ now: Date }]>('select now() as now');
  return now;
}
