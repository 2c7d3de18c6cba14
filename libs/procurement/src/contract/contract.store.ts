/** SQL of contracts, their deeds, invoices and supplements. */
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import type { Contract, ContractDeed, Invoice, Supplement } from './contract';
import { ContractMissing } from './errors';

/** Undefined when the code is taken, be it out of sight. */
export async function insertContract(
  tx: EntityManager,
  actor: Actor,
  contract: Pick<Contract, 'code' | 'territoryPath' | 'companyId' | 'year' | 'terms' | 'termsDigest'>,
): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }[]>(
    `insert into procurement.contract (code, territory_path, company_id, year, terms, terms_digest, recorded_by_name)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning id`,
    [
      ...[contract.code, contract.territoryPath, contract.companyId, contract.year],
      ...[JSON.stringify(contract.terms), contract.termsDigest, actor.name],
    ],
  );
  return row?.id;
}

export interface ContractFilter {
  /** Codes or ids. */
  readonly names?: readonly string[];
  readonly companyId?: string;
  readonly year?: string;
  /** ltree text. */
  readonly within?: string;
  /** Code after which the list goes on. */
  readonly after?: string;
  readonly limit?: number;
}

/** By code. */
export async function listContracts(tx: EntityManager, filter: ContractFilter = {}): Promise<Contract[]> {
  return tx.query<Contract[]>(
    `select t.id, t.code, t.territory_path::text as "territoryPath", t.company_id as "companyId", c.code as "companyCode",
       t.year, t.terms, t.terms_digest as "termsDigest", t.recorded_by as "preparedBy", t.recorded_by_name as "preparedByName",
       t.recorded_at as "preparedAt"
     from procurement.contract t join procurement.company c on c.id = t.company_id
     where ($1::text[] is null or t.code = any ($1) or t.id::text = any ($1)) and ($2::uuid is null or t.company_id = $2)
       and ($3::text is null or t.year = $3) and ($4::ltree is null or t.territory_path <@ $4::ltree)
       and ($5::text is null or t.code > $5)
     order by t.code limit $6`,
    [
      ...[filter.names ?? null, filter.companyId ?? null, filter.year ?? null, filter.within ?? null],
      ...[filter.after ?? null, filter.limit ?? null],
    ],
  );
}

/** A contract by code or id. @throws ContractMissing */
export async function getContract(tx: EntityManager, codeOrId: string): Promise<Contract> {
  const [found] = await listContracts(tx, { names: [codeOrId] });
  if (!found) throw new ContractMissing(codeOrId);
  return found;
}

export async function insertDeed(
  tx: EntityManager,
  actor: Actor,
  { id, territoryPath }: Pick<Contract, 'id' | 'territoryPath'>,
  deed: Pick<ContractDeed, 'act' | 'on' | 'facts' | 'documentDigest'>,
): Promise<void> {
  await tx.query(
    `insert into procurement.contract_deed (contract_id, deed_no, territory_path, act, on_day, content, document_digest, recorded_by_name)
     select $1, (select count(*) + 1 from procurement.contract_deed where contract_id = $1), $2, $3, $4, $5, $6, $7`,
    [id, territoryPath, deed.act, deed.on, JSON.stringify(deed.facts), deed.documentDigest, actor.name],
  );
}

/** In the order in which they were done. */
export async function listDeeds(tx: EntityManager, contractId: string): Promise<ContractDeed[]> {
  return tx.query<ContractDeed[]>(
    `select deed_no as no, act, on_day as on, content as facts, document_digest as "documentDigest", recorded_by as by,
       recorded_by_name as "byName", recorded_at as at
     from procurement.contract_deed where contract_id = $1 order by deed_no`,
    [contractId],
  );
}

/** False when the number is on an invoice already, be it out of sight. */
export async function insertInvoice(
  tx: EntityManager,
  actor: Actor,
  { territoryPath }: Pick<Contract, 'territoryPath'>,
  invoice: Invoice,
): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `insert into procurement.invoice (number, territory_path, contract_id, amount_fen, issued_on, document_digest, recorded_by_name)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning 1`,
    [
      ...[invoice.number, territoryPath, invoice.contractId, invoice.amountFen.toString(), invoice.issuedOn],
      ...[invoice.documentDigest, actor.name],
    ],
  );
  return rows.length > 0;
}

export async function listInvoices(tx: EntityManager, contractId: string): Promise<Invoice[]> {
  const rows = await tx.query<(Omit<Invoice, 'amountFen'> & { amountFen: string })[]>(
    `select number, contract_id as "contractId", amount_fen as "amountFen", issued_on as "issuedOn", document_digest as "documentDigest"
     from procurement.invoice where contract_id = $1 order by issued_on, number`,
    [contractId],
  );
  return rows.map(({ amountFen, ...invoice }) => ({ ...invoice, amountFen: BigInt(amountFen) }));
}

export async function insertSupplement(
  tx: EntityManager,
  actor: Actor,
  { id, territoryPath }: Pick<Contract, 'id' | 'territoryPath'>,
  supplement: Supplement,
): Promise<void> {
  await tx.query(
    `insert into procurement.supplement (contract_id, supplement_no, territory_path, settlement_id, amount_fen, signed_on, reason,
       document_digest, recorded_by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[
        id,
        supplement.no,
        territoryPath,
        supplement.settlementId,
        supplement.amountFen.toString(),
        supplement.signedOn,
      ],
      ...[supplement.reason, supplement.documentDigest, actor.name],
    ],
  );
}

export async function listSupplements(tx: EntityManager, contractId: string): Promise<Supplement[]> {
  const rows = await tx.query<(Omit<Supplement, 'amountFen'> & { amountFen: string })[]>(
    `select supplement_no as no, settlement_id as "settlementId", amount_fen as "amountFen", signed_on as "signedOn", reason,
       document_digest as "documentDigest"
     from procurement.supplement where contract_id = $1 order by supplement_no`,
    [contractId],
  );
  return rows.map(({ amountFen, ...supplement }) => ({ ...supplement, amountFen: BigInt(amountFen) }));
}
