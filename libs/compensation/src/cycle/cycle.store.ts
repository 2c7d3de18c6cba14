/** SQL of the periods of agreements, their settlements, and what pools could not give. */
import type { Fen, Period } from '@gep/kernel';
import type { EntityManager } from 'typeorm';

export interface Cycle {
  readonly id: string;
  readonly territoryPath: string;
  /** Code of the agreement. */
  readonly agreement: string;
  readonly period: Period;
}

export interface CycleSettlement {
  readonly settlementId: string;
  readonly cycleId: string;
  /** The edition of the agreement by which it was drafted. */
  readonly agreementId: string;
  readonly kind: string;
  /** Code of the advance in the terms. */
  readonly advance: string | null;
}

export interface Carry {
  readonly id: string;
  readonly agreement: string;
  readonly period: Period;
  readonly payment: string;
  readonly settlementId: string;
  readonly amountFen: Fen;
  /** Settlements whose pool holds it. */
  readonly usedBy: readonly string[];
}

const columns = `id, territory_path::text as "territoryPath", agreement, period`;

/** The period of the agreement, begun when it is not there. */
export async function beginCycle(
  tx: EntityManager,
  { territoryPath, agreement, period }: Omit<Cycle, 'id'>,
): Promise<Cycle> {
  await tx.query(
    `insert into compensation.cycle (territory_path, agreement, period) values ($1::ltree, $2, $3) on conflict do nothing`,
    [territoryPath, agreement, period],
  );
  return (await listCycles(tx, { territoryPath, agreement, period }))[0];
}

export async function listCycles(
  tx: EntityManager,
  filter: {
    readonly id?: string;
    readonly territoryPath?: string;
    readonly agreement?: string;
    readonly period?: Period;
  },
): Promise<Cycle[]> {
  return tx.query(
    `select ${columns} from compensation.cycle
     where ($1::uuid is null or id = $1) and ($2::ltree is null or territory_path = $2::ltree)
       and ($3::text is null or agreement = $3) and ($4::text is null or period = $4) order by period, id`,
    [filter.id ?? null, filter.territoryPath ?? null, filter.agreement ?? null, filter.period ?? null],
  );
}

export async function insertCycleSettlement(
  tx: EntityManager,
  {
    territoryPath,
    settlementId,
    cycleId,
    agreementId,
    kind,
    advance,
  }: CycleSettlement & { readonly territoryPath: string },
): Promise<void> {
  await tx.query(
    `insert into compensation.cycle_settlement (settlement_id, cycle_id, agreement_id, territory_path, kind, advance)
     values ($1, $2, $3, $4::ltree, $5, $6) on conflict do nothing`,
    [settlementId, cycleId, agreementId, territoryPath, kind, advance],
  );
}

export async function listCycleSettlements(
  tx: EntityManager,
  filter: { readonly cycleId?: string; readonly settlementId?: string },
): Promise<CycleSettlement[]> {
  return tx.query(
    `select settlement_id as "settlementId", cycle_id as "cycleId", agreement_id as "agreementId", kind, advance
     from compensation.cycle_settlement
     where ($1::uuid is null or cycle_id = $1) and ($2::uuid is null or settlement_id = $2) order by added_at, settlement_id`,
    [filter.cycleId ?? null, filter.settlementId ?? null],
  );
}

export async function insertCarry(
  tx: EntityManager,
  {
    territoryPath,
    agreement,
    period,
    payment,
    settlementId,
    amountFen,
  }: Omit<Carry, 'id' | 'usedBy'> & { readonly territoryPath: string },
): Promise<void> {
  await tx.query(
    `insert into compensation.carry (territory_path, agreement, period, payment, settlement_id, amount_fen)
     values ($1::ltree, $2, $3, $4, $5, $6) on conflict do nothing`,
    [territoryPath, agreement, period, payment, settlementId, amountFen.toString()],
  );
}

export async function insertCarryUse(
  tx: EntityManager,
  {
    carryIds,
    settlementId,
    territoryPath,
  }: { readonly carryIds: readonly string[]; readonly settlementId: string; readonly territoryPath: string },
): Promise<void> {
  await tx.query(
    `insert into compensation.carry_use (carry_id, settlement_id, territory_path)
     select id, $2, $3::ltree from unnest($1::uuid[]) as id on conflict do nothing`,
    [carryIds, settlementId, territoryPath],
  );
}

/** What pools of the agreement could not give, the oldest first. */
export async function listCarries(tx: EntityManager, territoryPath: string, agreement: string): Promise<Carry[]> {
  const rows = await tx.query<(Omit<Carry, 'amountFen'> & { amountFen: string })[]>(
    `select c.id, c.agreement, c.period, c.payment, c.settlement_id as "settlementId", c.amount_fen as "amountFen",
       coalesce((select array_agg(u.settlement_id::text order by u.used_at) from compensation.carry_use u where u.carry_id = c.id), '{}') as "usedBy"
     from compensation.carry c where c.territory_path = $1::ltree and c.agreement = $2 order by c.period, c.payment, c.id`,
    [territoryPath, agreement],
  );
  return rows.map(({ amountFen, ...row }) => ({ ...row, amountFen: BigInt(amountFen) }));
}
