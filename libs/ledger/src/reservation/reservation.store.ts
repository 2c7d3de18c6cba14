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

/** @returns the id; undefined when there is one of this business key */
export async function insertReservation(
  tx: EntityManager,
  draft: ReservationDraft & { readonly territoryPath: string; readonly bodyDigest: string },
  actor: Actor,
): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }[]>(
    `insert into ledger.reservation (territory_path, account_id, business_key, body_digest, party, purpose, agreement, period,
       memo, amount_fen, expires_at, reserved_by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing returning id`,
    [
      ...[draft.territoryPath, draft.accountId, draft.businessKey, draft.bodyDigest, draft.party ?? null],
      ...[draft.purpose ?? null, draft.agreement ?? null, draft.period ?? null, draft.memo],
      ...[draft.amountFen.toString(), draft.expiresAt, actor.name],
    ],
  );
  return row?.id;
}

export interface StepDraft extends Pick<ReservationStep, 'act' | 'amountFen'> {
  readonly reservationId: string;
  readonly voucherId: string | null;
  readonly reason: string;
}

/** The step gets its number and the actor from the database, which checks it again. */
export async function insertStep(tx: EntityManager, step: StepDraft, actor: Actor): Promise<void> {
  await tx.query(
    `insert into ledger.reservation_step (reservation_id, act, amount_fen, voucher_id, reason, actor_name)
     values ($1, $2, $3, $4, $5, $6)`,
    [step.reservationId, step.act, step.amountFen.toString(), step.voucherId, step.reason, actor.name],
  );
}

export interface ReservationFilter {
  readonly ids?: readonly string[];
  readonly businessKey?: string;
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
     where ($1::uuid[] is null or r.id = any ($1)) and ($2::text is null or r.business_key = $2)
       and ($3::uuid[] is null or r.account_id = any ($3))
       and (not $4::boolean or r.expires_at <= now())
       and (not ($4::boolean or $5::boolean) or coalesce(s.released, 0) < r.amount_fen)
     order by r.reserved_at, r.id limit $6`,
    [
      ...[filter.ids ?? null, filter.businessKey ?? null, filter.accountIds ?? null, filter.due ?? false],
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
