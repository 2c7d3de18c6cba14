/** SQL of the register of companies and of their rights to sell. */
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import type { Company, CompanyVersion, RecordedVersion, SaleRight } from './company';
import { CompanyMissing } from './errors';

/** Undefined when the code is taken, be it out of sight. */
export async function insertCompany(
  tx: EntityManager,
  actor: Actor,
  { code, territoryPath }: Pick<Company, 'code' | 'territoryPath'>,
): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }[]>(
    `insert into procurement.company (code, territory_path, recorded_by_name) values ($1, $2, $3)
     on conflict do nothing returning id`,
    [code, territoryPath, actor.name],
  );
  return row?.id;
}

export async function insertVersion(
  tx: EntityManager,
  actor: Actor,
  { id, territoryPath, versions }: Company,
  version: CompanyVersion,
): Promise<void> {
  await tx.query(
    `insert into procurement.company_version (company_id, version_no, territory_path, valid_from, name_zh, name_en, legal_form,
       credit_code, payee_name, bank, account_no, status, reason, document_digest, recorded_by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      ...[id, versions.length + 1, territoryPath, version.validFrom, version.nameZh, version.nameEn, version.legalForm],
      ...[version.creditCode, version.payeeName, version.bank, version.accountNo, version.status, version.reason],
      ...[version.documentDigest, actor.name],
    ],
  );
}

export interface CompanyFilter {
  /** Codes or ids. */
  readonly names?: readonly string[];
  /** ltree text. */
  readonly within?: string;
  /** Code after which the list goes on. */
  readonly after?: string;
  readonly limit?: number;
}

type CompanyRow = Omit<Company, 'versions'> & {
  versions: (Omit<RecordedVersion, 'recordedAt'> & { recordedAt: string })[];
};

/** By code. */
export async function listCompanies(tx: EntityManager, filter: CompanyFilter = {}): Promise<Company[]> {
  const { names, within, after, limit } = filter;
  const rows = await tx.query<CompanyRow[]>(
    `select c.id, c.code, c.territory_path::text as "territoryPath",
       (select json_agg(json_build_object('no', v.version_no, 'validFrom', v.valid_from::text, 'nameZh', v.name_zh, 'nameEn', v.name_en,
          'legalForm', v.legal_form, 'creditCode', v.credit_code, 'payeeName', v.payee_name, 'bank', v.bank,
          'accountNo', v.account_no, 'status', v.status, 'reason', v.reason, 'documentDigest', v.document_digest,
          'recordedBy', v.recorded_by, 'recordedByName', v.recorded_by_name, 'recordedAt', v.recorded_at) order by v.version_no)
        from procurement.company_version v where v.company_id = c.id) as versions
     from procurement.company c
     where ($1::text[] is null or c.code = any ($1) or c.id::text = any ($1))
       and ($2::ltree is null or c.territory_path <@ $2::ltree) and ($3::text is null or c.code > $3)
     order by c.code limit $4`,
    [names ?? null, within ?? null, after ?? null, limit ?? null],
  );
  return rows.map(({ versions, ...company }) => ({
    ...company,
    versions: versions.map(({ recordedAt, ...version }) => ({ ...version, recordedAt: new Date(recordedAt) })),
  }));
}

/** A company by code or id. @throws CompanyMissing */
export async function getCompany(tx: EntityManager, codeOrId: string): Promise<Company> {
  const [found] = await listCompanies(tx, { names: [codeOrId] });
  if (!found) throw new CompanyMissing(codeOrId);
  return found;
}

/** All deeds on one company come one after the other; rights to sell are granted one after the other everywhere. */
export async function lockRegister(tx: EntityManager, what: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 95))`, [what]);
}

export async function insertSaleRight(
  tx: EntityManager,
  actor: Actor,
  company: Company,
  right: Omit<SaleRight, 'id' | 'companyId'>,
): Promise<string> {
  const [{ id }] = await tx.query<{ id: string }[]>(
    `insert into procurement.sale_right (company_id, territory_path, territory, place_path, parcel, basis, valid_from, valid_to,
       reason, document_digest, recorded_by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
    [
      ...[
        company.id,
        company.territoryPath,
        right.territory,
        right.placePath,
        right.parcel,
        right.basis,
        right.validFrom,
      ],
      ...[right.validTo, right.reason, right.documentDigest, actor.name],
    ],
  );
  return id;
}

export async function insertSaleRightEnd(
  tx: EntityManager,
  actor: Actor,
  company: Company,
  end: { readonly rightId: string; readonly validTo: string; readonly reason: string },
): Promise<void> {
  await tx.query(
    `insert into procurement.sale_right_end (right_id, territory_path, valid_to, reason, recorded_by_name) values ($1, $2, $3, $4, $5)`,
    [end.rightId, company.territoryPath, end.validTo, end.reason, actor.name],
  );
}

/** Rights of a company, or all that lie at, below or above a place; ended ones with the day of their end. */
export async function listSaleRights(
  tx: EntityManager,
  of: { readonly companyId: string } | { readonly about: string },
): Promise<SaleRight[]> {
  const [condition, value] =
    'companyId' in of
      ? ['r.company_id = $1', of.companyId]
      : ['(r.place_path <@ $1::ltree or r.place_path @> $1::ltree)', of.about];
  return tx.query<SaleRight[]>(
    `select r.id, r.company_id as "companyId", r.territory, r.place_path::text as "placePath", r.parcel, r.basis,
       r.valid_from as "validFrom", least(r.valid_to, e.valid_to) as "validTo", r.reason, r.document_digest as "documentDigest"
     from procurement.sale_right r left join procurement.sale_right_end e on e.right_id = r.id
     where ${condition} order by r.valid_from, r.recorded_at, r.id`,
    [value],
  );
}
