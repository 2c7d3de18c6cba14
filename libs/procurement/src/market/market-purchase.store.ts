/** SQL of market purchases, their instalments and receipts. */
import type { Fen } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { MarketPurchaseMissing } from './errors';
import type { MarketInstalment, MarketReceipt, MarketTerms } from './market-purchase';

export interface MarketPurchase {
  readonly id: string;
  readonly code: string;
  /** ltree text. */
  readonly territoryPath: string;
  readonly companyCode: string;
  readonly terms: MarketTerms;
  readonly policyEdition: string;
  readonly priceFen: Fen;
  readonly signedOn: string;
}

/** Undefined when the code is taken, be it out of sight. */
export async function insertPurchase(
  tx: EntityManager,
  actor: Actor,
  purchase: Omit<MarketPurchase, 'id' | 'companyCode'> & { readonly companyId: string; readonly termsDigest: string },
  instalments: readonly MarketInstalment[],
): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }[]>(
    `insert into procurement.market_purchase (territory_path, code, company_id, terms, terms_digest, policy_edition, price_fen,
       signed_on, recorded_by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning id`,
    [
      ...[
        purchase.territoryPath,
        purchase.code,
        purchase.companyId,
        JSON.stringify(purchase.terms),
        purchase.termsDigest,
      ],
      ...[purchase.policyEdition, purchase.priceFen.toString(), purchase.signedOn, actor.name],
    ],
  );
  if (!row) return undefined;
  await tx.query(
    `insert into procurement.market_instalment (purchase_id, instalment_no, territory_path, due_on, amount_fen)
     select $1, i.no, $2, i.due_on, i.amount_fen from unnest($3::int[], $4::date[], $5::bigint[]) as i (no, due_on, amount_fen)`,
    [
      ...[row.id, purchase.territoryPath, instalments.map(({ no }) => no), instalments.map(({ dueOn }) => dueOn)],
      instalments.map(({ amountFen }) => amountFen.toString()),
    ],
  );
  return row.id;
}

export interface MarketFilter {
  /** Codes or ids. */
  readonly names?: readonly string[];
  /** ltree text. */
  readonly within?: string;
  /** SHA-256 of the valuation paper. */
  readonly valuedBy?: string;
  /** Code after which the list goes on. */
  readonly after?: string;
  readonly limit?: number;
}

/** By code. */
export async function listPurchases(tx: EntityManager, filter: MarketFilter = {}): Promise<MarketPurchase[]> {
  const rows = await tx.query<(Omit<MarketPurchase, 'priceFen'> & { priceFen: string })[]>(
    `select p.id, p.code, p.territory_path::text as "territoryPath", c.code as "companyCode", p.terms,
       p.policy_edition as "policyEdition", p.price_fen as "priceFen", p.signed_on as "signedOn"
     from procurement.market_purchase p join procurement.company c on c.id = p.company_id
     where ($1::text[] is null or p.code = any ($1) or p.id::text = any ($1))
       and ($2::ltree is null or p.territory_path <@ $2::ltree) and ($3::text is null or p.code > $3)
       and ($5::text is null or p.terms -> 'valuation' ->> 'documentDigest' = $5)
     order by p.code limit $4`,
    [
      ...[filter.names ?? null, filter.within ?? null, filter.after ?? null, filter.limit ?? null],
      filter.valuedBy ?? null,
    ],
  );
  return rows.map(({ priceFen, ...purchase }) => ({ ...purchase, priceFen: BigInt(priceFen) }));
}

/** A purchase by code or id. @throws MarketPurchaseMissing */
export async function getPurchase(tx: EntityManager, codeOrId: string): Promise<MarketPurchase> {
  const [found] = await listPurchases(tx, { names: [codeOrId] });
  if (!found) throw new MarketPurchaseMissing(codeOrId);
  return found;
}

export async function listInstalments(tx: EntityManager, purchaseId: string): Promise<MarketInstalment[]> {
  const rows = await tx.query<(Omit<MarketInstalment, 'amountFen'> & { amountFen: string })[]>(
    `select instalment_no as no, due_on as "dueOn", amount_fen as "amountFen" from procurement.market_instalment
     where purchase_id = $1 order by instalment_no`,
    [purchaseId],
  );
  return rows.map(({ amountFen, ...instalment }) => ({ ...instalment, amountFen: BigInt(amountFen) }));
}

/** Undefined when the slip was matched before, be it out of sight. */
export async function insertReceipt(
  tx: EntityManager,
  actor: Actor,
  { id, territoryPath }: Pick<MarketPurchase, 'id' | 'territoryPath'>,
  receipt: Omit<MarketReceipt, 'id'>,
): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }[]>(
    `insert into procurement.market_receipt (purchase_id, instalment_no, territory_path, amount_fen, received_on, bank_reference,
       recorded_by_name)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning id`,
    [
      ...[id, receipt.instalmentNo, territoryPath, receipt.amountFen.toString(), receipt.receivedOn],
      ...[receipt.bankReference, actor.name],
    ],
  );
  return row?.id;
}

export async function listReceipts(tx: EntityManager, purchaseId: string): Promise<MarketReceipt[]> {
  const rows = await tx.query<(Omit<MarketReceipt, 'amountFen'> & { amountFen: string })[]>(
    `select id, instalment_no as "instalmentNo", amount_fen as "amountFen", received_on as "receivedOn",
       bank_reference as "bankReference"
     from procurement.market_receipt where purchase_id = $1 order by received_on, recorded_at, id`,
    [purchaseId],
  );
  return rows.map(({ amountFen, ...receipt }) => ({ ...receipt, amountFen: BigInt(amountFen) }));
}
