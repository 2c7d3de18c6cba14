/** SQL of the registers of owners and parcels: rows by the batch, lists, and what is held on a day. */
import type { Fen } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import type { Company } from '../company/company';
import type { Owner, Parcel } from './register';
import type { OwnerBatch, ParcelBatch } from './register-rows';

/** Territory codes and the ltree paths that they stand for. */
export type Paths = ReadonlyMap<string, string>;

export interface Recording {
  readonly company: Company;
  readonly paths: Paths;
  /** First day, `YYYY-MM-DD`. */
  readonly since: string;
  /** What states base GEP and holders. */
  readonly documentDigest: string;
  /** The account that parcels with an area have their base GEP from. */
  readonly accountId: string | null;
}

const pathTable = 'unnest($2::text[], $3::public.ltree[]) as place (territory, path)';
const asRows = (from: number, ...columns: readonly string[]): string =>
  `unnest(${columns.map((_, at) => `string_to_array($${from + at}, E'\\n')`).join(', ')}) as given (${columns.join(', ')})`;

/** @returns codes that were taken before; then nothing of the batch counts and the transaction has to end */
export async function insertOwners(tx: EntityManager, { company, paths, since }: Recording, batch: OwnerBatch) {
  const { code, name, kind, territory, rows } = batch;
  const inserted = await tx.query<[{ count: string }]>(
    `with made as (
       insert into procurement.owner (company_id, code, kind, name, territory_path, since)
       select $1::uuid, code, kind, name, path, $4::date from ${asRows(5, 'code', 'name', 'kind', 'territory')} join ${pathTable} using (territory)
       on conflict do nothing returning 1) select count(*) as count from made`,
    [company.id, [...paths.keys()], [...paths.values()], since, code, name, kind, territory],
  );
  return Number(inserted[0].count) === rows ? [] : findTaken(tx, 'owner', company.id, code);
}

/** Shares that the file of owners gives are issued on the first day. */
export async function issueShares(
  tx: EntityManager,
  { company, since, documentDigest }: Recording,
  { code, shares }: OwnerBatch,
): Promise<void> {
  if (/^\n*$/.test(shares)) return;
  await tx.query(
    `insert into procurement.share_movement (company_id, effective_on, taker, shares, reason, document_digest, territory_path)
     select $1::uuid, $2::date, code, shares::bigint, 'register', $3, $4::public.ltree
     from ${asRows(5, 'code', 'shares')} where shares <> ''`,
    [company.id, since, documentDigest, company.territoryPath, code, shares],
  );
}

/** @returns codes that were taken before, as `insertOwners` */
export async function insertParcels(
  tx: EntityManager,
  { company, paths, since, documentDigest, accountId }: Recording,
  batch: ParcelBatch,
): Promise<string[]> {
  const { code, territory, baseYear, baseFen, type, area, whole, owners, parts, rows } = batch;
  const places = [[...paths.keys()], [...paths.values()]];
  const inserted = await tx.query<[{ count: string }]>(
    `with made as (
       insert into procurement.parcel (company_id, code, territory_path, base_year, base_gep_fen, document_digest, since,
         account_id, ecosystem_type, area_hectare)
       select $1::uuid, code, path, base_year::int, base_fen::bigint, $4, $5::date,
         case when type <> '' then $6::uuid end, nullif(type, ''), nullif(area, '')::numeric
       from ${asRows(7, 'code', 'territory', 'base_year', 'base_fen', 'type', 'area')} join ${pathTable} using (territory)
       on conflict do nothing returning 1) select count(*) as count from made`,
    [company.id, ...places, documentDigest, since, accountId, code, territory, baseYear, baseFen, type, area],
  );
  if (Number(inserted[0].count) !== rows) return findTaken(tx, 'parcel', company.id, code);
  await tx.query(
    `insert into procurement.holding (company_id, parcel, no, effective_from, whole, owners, parts, reason, document_digest, territory_path)
     select $1::uuid, code, 1, $5::date, whole::bigint, string_to_array(owners, ';'), string_to_array(parts, ';')::bigint[], 'register', $4, path
     from ${asRows(6, 'code', 'territory', 'whole', 'owners', 'parts')} join ${pathTable} using (territory)`,
    [company.id, ...places, documentDigest, since, code, territory, whole, owners, parts],
  );
  return [];
}

/** Hectares by ecosystem type that parcels have of these vintages of an account, as decimal text. */
export async function hectaresTaken(tx: EntityManager, accountIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ type: string; hectares: string }[]>(
    `select ecosystem_type as type, sum(area_hectare)::text as hectares from procurement.parcel
     where account_id = any ($1::uuid[]) group by ecosystem_type`,
    [accountIds],
  );
  return new Map(rows.map(({ type, hectares }) => [type, hectares]));
}

const mostNamed = 20;
const tables = { owner: 'procurement.owner', parcel: 'procurement.parcel' } as const;

async function findTaken(tx: EntityManager, table: 'owner' | 'parcel', companyId: string, codes: string) {
  const rows = await tx.query<{ code: string }[]>(
    `select code from ${tables[table]} where company_id = $1 and code = any (string_to_array($2, E'\\n'))
       and registered_at < transaction_timestamp() order by code limit ${mostNamed}`,
    [companyId, codes],
  );
  return rows.map(({ code }) => code);
}

/** Of these owners, those that the register does not have on the day. */
export async function missingOwners(
  tx: EntityManager,
  companyId: string,
  codes: readonly string[],
  on: string,
): Promise<string[]> {
  const rows = await tx.query<{ code: string }[]>(
    `select code from unnest(string_to_array($2, E'\\n')) as asked (code)
     where not exists (select from procurement.owner o where o.company_id = $1 and o.code = asked.code and o.since <= $3::date)
       or exists (select from procurement.owner_succession s where s.company_id = $1 and s.predecessor = asked.code and s.effective_on <= $3::date)`,
    [companyId, codes.join('\n'), on],
  );
  return rows.map(({ code }) => code);
}

export interface RegisterPage {
  readonly companyId: string;
  readonly codes?: readonly string[];
  /** Code after which the list goes on. */
  readonly after?: string;
  readonly limit: number;
}

/** By code. */
export function listOwners(tx: EntityManager, { companyId, codes, after, limit }: RegisterPage): Promise<Owner[]> {
  return tx.query<Owner[]>(
    `select code, kind, name, territory_path::text as "territoryPath", since,
       (select min(effective_on) from procurement.owner_succession s where s.company_id = o.company_id and s.predecessor = o.code) as "endedOn"
     from procurement.owner o
     where company_id = $1 and ($2::text[] is null or code = any ($2)) and ($3::text is null or code > $3) order by code limit $4`,
    [companyId, codes ?? null, after ?? null, limit],
  );
}

/** @param on day of the holders; by code */
export async function listParcels(
  tx: EntityManager,
  { companyId, codes, owner, after, limit, on }: RegisterPage & { readonly owner?: string; readonly on: string },
): Promise<Parcel[]> {
  const rows = await tx.query<ParcelRow[]>(
    `select p.code, p.territory_path::text as "territoryPath", p.base_year as "baseYear", p.base_gep_fen as "baseGepFen", p.since,
       p.account_id as "accountId", p.document_digest as "documentDigest",
       (select min(effective_on) from procurement.parcel_succession s where s.company_id = p.company_id and s.predecessor = p.code) as "endedOn",
       h.no as "holdingNo", h.whole, h.owners, h.parts, last.no as "lastHoldingNo", last.effective_from as "lastHoldingFrom"
     from procurement.parcel p
       left join lateral (select * from procurement.holding h where h.company_id = p.company_id and h.parcel = p.code
         and h.effective_from <= $5::date order by no desc limit 1) as h on true
       left join lateral (select no, effective_from from procurement.holding h where h.company_id = p.company_id and h.parcel = p.code
         order by no desc limit 1) as last on true
     where p.company_id = $1 and ($2::text[] is null or p.code = any ($2)) and ($3::text is null or p.code > $3)
       and ($6::text is null or (h.owners @> array[$6::text] and p.code in (select parcel from procurement.holding where company_id = $1 and owners @> array[$6::text])))
     order by p.code limit $4`,
    [companyId, codes ?? null, after ?? null, limit, on, owner ?? null],
  );
  return rows.map(({ baseGepFen, whole, parts, owners, holdingNo, ...row }) => ({
    ...row,
    baseGepFen: BigInt(baseGepFen),
    holdingNo: holdingNo ?? 0,
    whole: BigInt(whole ?? 1),
    owners: owners ?? [],
    parts: (parts ?? []).map(BigInt),
  }));
}

type ParcelRow = Omit<Parcel, 'baseGepFen' | 'whole' | 'owners' | 'parts' | 'holdingNo'> & {
  baseGepFen: string;
  holdingNo: number | null;
  whole: string | null;
  owners: string[] | null;
  parts: string[] | null;
};

/** A new row of holders of a parcel. */
export interface HoldingDraft {
  readonly parcel: string;
  readonly no: number;
  readonly territoryPath: string;
  readonly whole: bigint;
  readonly owners: readonly string[];
  readonly parts: readonly bigint[];
}

/** Why and since when something of the register changes. */
export interface RegisterDeed {
  readonly on: string;
  readonly reason: string;
  readonly documentDigest: string;
}

export async function insertHoldings(
  tx: EntityManager,
  companyId: string,
  drafts: readonly HoldingDraft[],
  { on, reason, documentDigest }: RegisterDeed,
): Promise<void> {
  await tx.query(
    `insert into procurement.holding (company_id, parcel, no, effective_from, whole, owners, parts, reason, document_digest, territory_path)
     select $1::uuid, parcel, no, $2::date, whole, string_to_array(owners, ';'), string_to_array(parts, ';')::bigint[], $3, $4, path
     from unnest($5::text[], $6::int[], $7::bigint[], $8::text[], $9::text[], $10::public.ltree[]) as given (parcel, no, whole, owners, parts, path)`,
    [
      ...[companyId, on, reason, documentDigest],
      ...[drafts.map(({ parcel }) => parcel), drafts.map(({ no }) => no), drafts.map(({ whole }) => whole.toString())],
      ...[drafts.map(({ owners }) => owners.join(';')), drafts.map(({ parts }) => parts.join(';'))],
      drafts.map(({ territoryPath }) => territoryPath),
    ],
  );
}

export interface ParcelDraft {
  readonly code: string;
  readonly territoryPath: string;
  readonly baseYear: number;
  readonly baseGepFen: Fen;
  readonly accountId: string | null;
}

export async function insertNewParcels(
  tx: EntityManager,
  companyId: string,
  drafts: readonly ParcelDraft[],
  { on, documentDigest }: Pick<RegisterDeed, 'on' | 'documentDigest'>,
): Promise<void> {
  await tx.query(
    `insert into procurement.parcel (company_id, code, territory_path, base_year, base_gep_fen, account_id, document_digest, since)
     select $1::uuid, code, path, base_year, base_fen, account_id, $2, $3::date
     from unnest($4::text[], $5::public.ltree[], $6::int[], $7::bigint[], $8::uuid[]) as given (code, path, base_year, base_fen, account_id)`,
    [
      ...[companyId, documentDigest, on, drafts.map(({ code }) => code)],
      ...[drafts.map(({ territoryPath }) => territoryPath), drafts.map(({ baseYear }) => baseYear)],
      ...[drafts.map(({ baseGepFen }) => baseGepFen.toString()), drafts.map(({ accountId }) => accountId)],
    ],
  );
}

/** Every predecessor ends, and every successor stands in the place of all of them. */
export async function insertParcelSuccession(
  tx: EntityManager,
  company: Company,
  { predecessors, successors }: { readonly predecessors: readonly string[]; readonly successors: readonly string[] },
  { on, reason, documentDigest }: RegisterDeed,
): Promise<void> {
  await tx.query(
    `insert into procurement.parcel_succession (company_id, predecessor, successor, effective_on, reason, document_digest, territory_path)
     select $1::uuid, predecessor, successor, $2::date, $3, $4, $5::public.ltree
     from unnest($6::text[]) as before (predecessor) cross join unnest($7::text[]) as after (successor)`,
    [company.id, on, reason, documentDigest, company.territoryPath, predecessors, successors],
  );
}
