/** SQL of what was done about settlements: what the fund granted, and every deed with its voucher. Rows are only added. */
import type { Fen } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import type { PartMoves } from './decision/part-progress';
import type { SettlementDeed } from './settlement';

/** What a party claimed and got when money was reserved. */
export interface FundShare {
  readonly settlementId: string;
  readonly round: number;
  readonly party: string;
  readonly territoryPath: string;
  readonly claimedFen: Fen;
  readonly grantedFen: Fen;
  /** Of it, what had been owed before: a payment that came back. */
  readonly restoredFen: Fen;
  readonly queued: boolean;
  readonly decisionKey: string;
  readonly reservationIds: readonly string[];
}

export async function insertShares(tx: EntityManager, shares: readonly FundShare[]): Promise<void> {
  if (shares.length === 0) return;
  await tx.query(
    `insert into settlement.fund_share (settlement_id, round, party, territory_path, claimed_fen, granted_fen, restored_fen, queued,
       decision_key, reservation_ids)
     select settlement, round, party, path, claimed, granted, restored, queued, key,
       array(select jsonb_array_elements_text(ids::jsonb))::uuid[]
     from unnest($1::uuid[], $2::int[], $3::text[], $4::public.ltree[], $5::bigint[], $6::bigint[], $7::bigint[], $8::boolean[],
       $9::text[], $10::text[]) as s (settlement, round, party, path, claimed, granted, restored, queued, key, ids)`,
    [
      shares.map(({ settlementId }) => settlementId),
      shares.map(({ round }) => round),
      shares.map(({ party }) => party),
      shares.map(({ territoryPath }) => territoryPath),
      shares.map(({ claimedFen }) => claimedFen.toString()),
      shares.map(({ grantedFen }) => grantedFen.toString()),
      shares.map(({ restoredFen }) => restoredFen.toString()),
      shares.map(({ queued }) => queued),
      shares.map(({ decisionKey }) => decisionKey),
      shares.map(({ reservationIds }) => JSON.stringify(reservationIds)),
    ],
  );
}

/** What parties claimed and got, by settlement, round and party. */
export async function listShares(tx: EntityManager, settlementIds: readonly string[]): Promise<FundShare[]> {
  const rows = await tx.query<(Omit<FundShare, 'claimedFen' | 'grantedFen' | 'restoredFen'> & ShareAmounts)[]>(
    `select settlement_id as "settlementId", round, party, territory_path::text as "territoryPath", claimed_fen as claimed,
       granted_fen as granted, restored_fen as restored, queued, decision_key as "decisionKey", reservation_ids as "reservationIds"
     from settlement.fund_share where settlement_id = any ($1) order by settlement_id, round, party`,
    [settlementIds],
  );
  return rows.map(({ claimed, granted, restored, ...share }) => ({
    ...share,
    claimedFen: BigInt(claimed),
    grantedFen: BigInt(granted),
    restoredFen: BigInt(restored),
  }));
}

interface ShareAmounts {
  readonly claimed: string;
  readonly granted: string;
  readonly restored: string;
}

/** Settlements of a fund with claims that wait in its queue, by their last round, the oldest period first. */
export async function listQueuedSettlements(tx: EntityManager, fundId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }[]>(
    `select s.id from settlement.settlement s where s.fund_id = $1 and exists (
       select from settlement.fund_share f where f.settlement_id = s.id and f.queued and not exists (
         select from settlement.fund_share later
         where later.settlement_id = f.settlement_id and later.party = f.party and later.round > f.round))
     order by s.period, s.code`,
    [fundId],
  );
  return rows.map(({ id }) => id);
}

export type DeedDraft = Omit<SettlementDeed, 'id' | 'doneBy' | 'doneName' | 'doneAt'>;

/** @returns ids in the order of the deeds */
export async function insertDeeds(tx: EntityManager, actor: Actor, deeds: readonly DeedDraft[]): Promise<void> {
  if (deeds.length === 0) return;
  await tx.query(
    `insert into settlement.deed (settlement_id, party, territory_path, deed, round, attempt, amount_fen, moves, voucher_id,
       about_deed, payee, reason, done_name)
     select settlement, party, path, deed, round, attempt, fen, moves::jsonb, voucher, about, payee, reason, $13
     from unnest($1::uuid[], $2::text[], $3::public.ltree[], $4::text[], $5::int[], $6::int[], $7::bigint[], $8::text[], $9::uuid[],
       $10::uuid[], $11::text[], $12::text[])
       as d (settlement, party, path, deed, round, attempt, fen, moves, voucher, about, payee, reason)`,
    [
      deeds.map(({ settlementId }) => settlementId),
      deeds.map(({ party }) => party),
      deeds.map(({ territoryPath }) => territoryPath),
      deeds.map(({ deed }) => deed),
      deeds.map(({ round }) => round),
      deeds.map(({ attempt }) => attempt),
      deeds.map(({ amountFen }) => amountFen.toString()),
      deeds.map(({ moves }) => (moves === null ? null : JSON.stringify(plainMoves(moves)))),
      deeds.map(({ voucherId }) => voucherId),
      deeds.map(({ aboutDeed }) => aboutDeed),
      deeds.map(({ payee }) => payee),
      deeds.map(({ reason }) => reason),
      actor.name,
    ],
  );
}

const plainMoves = (moves: PartMoves) =>
  Object.fromEntries(Object.entries(moves).map(([key, fen]: [string, Fen]) => [key, fen.toString()]));

/** What was done about these settlements, in the order in which it was done. */
export async function listDeeds(tx: EntityManager, settlementIds: readonly string[]): Promise<SettlementDeed[]> {
  const rows = await tx.query<(Omit<SettlementDeed, 'amountFen' | 'moves'> & DeedAmounts)[]>(
    `select id, settlement_id as "settlementId", party, territory_path::text as "territoryPath", deed, round, attempt,
       amount_fen as fen, moves as "plainMoves", voucher_id as "voucherId", about_deed as "aboutDeed", payee, reason,
       done_by as "doneBy", done_name as "doneName", done_at as "doneAt"
     from settlement.deed where settlement_id = any ($1) order by deed_no`,
    [settlementIds],
  );
  return rows.map(({ fen, plainMoves: moves, ...deed }) => ({
    ...deed,
    amountFen: BigInt(fen),
    moves:
      moves &&
      (Object.fromEntries(Object.entries(moves).map(([key, text]) => [key, BigInt(text)])) as unknown as PartMoves),
  }));
}

interface DeedAmounts {
  readonly fen: string;
  readonly plainMoves: Readonly<Record<string, string>> | null;
}
