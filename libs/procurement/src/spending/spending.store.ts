/** SQL of spendings, yearly statements and measures. */
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import type { Spending, SpendingMeasure, SpendingStatement } from './spending';

interface ContractPlace {
  readonly id: string;
  readonly territoryPath: string;
}

/** Undefined when the evidence was used before, be it out of sight, or the row taken back. */
export async function insertSpending(
  tx: EntityManager,
  actor: Actor,
  { id, territoryPath }: ContractPlace,
  spending: Omit<Spending, 'id'>,
): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }[]>(
    `insert into procurement.spending (contract_id, territory_path, use, purpose, amount_fen, spent_on, evidence, document_digest,
       cancels, recorded_by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning id`,
    [
      ...[id, territoryPath, spending.use, spending.purpose, spending.amountFen.toString(), spending.spentOn],
      ...[spending.evidence, spending.documentDigest, spending.cancels, actor.name],
    ],
  );
  return row?.id;
}

export async function listSpendings(tx: EntityManager, contractId: string): Promise<Spending[]> {
  const rows = await tx.query<(Omit<Spending, 'amountFen'> & { amountFen: string })[]>(
    `select id, use, purpose, amount_fen as "amountFen", spent_on as "spentOn", evidence, document_digest as "documentDigest", cancels
     from procurement.spending where contract_id = $1 order by spent_on, recorded_at, id`,
    [contractId],
  );
  return rows.map(({ amountFen, ...spending }) => ({ ...spending, amountFen: BigInt(amountFen) }));
}

export async function insertStatement(
  tx: EntityManager,
  actor: Actor,
  { id, territoryPath }: ContractPlace,
  { year, edition, conservationFen, allowedFen, on, documentDigest }: SpendingStatement,
): Promise<void> {
  await tx.query(
    `insert into procurement.spending_statement (contract_id, year, edition, territory_path, conservation_fen, allowed_fen, on_day,
       document_digest, recorded_by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[id, year, edition, territoryPath, conservationFen.toString(), allowedFen.toString(), on, documentDigest],
      actor.name,
    ],
  );
}

/** By year, the oldest edition first. */
export async function listStatements(tx: EntityManager, contractId: string): Promise<SpendingStatement[]> {
  const rows = await tx.query<StatementRow[]>(
    `select year, edition, conservation_fen as "conservationFen", allowed_fen as "allowedFen", on_day as on, document_digest as "documentDigest"
     from procurement.spending_statement where contract_id = $1 order by year, edition`,
    [contractId],
  );
  return rows.map(({ conservationFen, allowedFen, ...statement }) => ({
    ...statement,
    conservationFen: BigInt(conservationFen),
    allowedFen: BigInt(allowedFen),
  }));
}

type StatementRow = Omit<SpendingStatement, 'conservationFen' | 'allowedFen'> & {
  conservationFen: string;
  allowedFen: string;
};

/** Undefined when the measure was lifted before. */
export async function insertMeasure(
  tx: EntityManager,
  actor: Actor,
  { id, territoryPath }: ContractPlace,
  measure: Omit<SpendingMeasure, 'id' | 'contractId'>,
): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }[]>(
    `insert into procurement.spending_measure (contract_id, territory_path, kind, lifts, amount_fen, on_day, reason, recorded_by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning id`,
    [
      ...[id, territoryPath, measure.kind, measure.lifts, measure.amountFen?.toString() ?? null, measure.on],
      ...[measure.reason, actor.name],
    ],
  );
  return row?.id;
}

/** Of all contracts of a company, in the order in which they were taken. */
export async function listMeasures(tx: EntityManager, companyId: string): Promise<SpendingMeasure[]> {
  const rows = await tx.query<(Omit<SpendingMeasure, 'amountFen'> & { amountFen: string | null })[]>(
    `select m.id, m.contract_id as "contractId", m.kind, m.lifts, m.amount_fen as "amountFen", m.on_day as on, m.reason
     from procurement.spending_measure m join procurement.contract t on t.id = m.contract_id
     where t.company_id = $1 order by m.recorded_at, m.id`,
    [companyId],
  );
  return rows.map(({ amountFen, ...measure }) => ({
    ...measure,
    amountFen: amountFen === null ? null : BigInt(amountFen),
  }));
}
