/** SQL of agreements: editions, the copies of the parties, signatures. */
import type { EntityManager } from 'typeorm';
import type { Actor } from '@gep/platform';
import { AgreementMissing } from '../errors';
import type { AgreementTerms } from './agreement-terms';

/** One edition of an agreement. */
export interface AgreementEdition {
  readonly id: string;
  readonly code: string;
  readonly editionNo: number;
  /** ltree text of the territory of the fund. */
  readonly territoryPath: string;
  readonly terms: AgreementTerms;
  /** SHA-256 of the terms. */
  readonly digest: string;
  readonly draftedBy: string;
  readonly draftedByName: string;
  readonly draftedAt: Date;
}

export interface Signature {
  readonly party: string;
  readonly signatory: string;
  readonly signedOn: string;
  readonly documentDigest: string | null;
}

const columns = `a.id, a.code, a.edition_no as "editionNo", a.territory_path::text as "territoryPath", a.terms, a.digest,
  a.drafted_by as "draftedBy", a.drafted_by_name as "draftedByName", a.drafted_at as "draftedAt"`;

/** Editions of one agreement come one after the other. */
export async function lockAgreement(tx: EntityManager, territoryPath: string, code: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 92))`, [`${territoryPath} ${code}`]);
}

export async function insertAgreement(
  tx: EntityManager,
  { name }: Actor,
  {
    territoryPath,
    terms,
    digest,
    editionNo,
  }: Pick<AgreementEdition, 'territoryPath' | 'terms' | 'digest' | 'editionNo'>,
): Promise<AgreementEdition> {
  const [{ id }] = await tx.query<[{ id: string }]>(
    `insert into compensation.agreement (territory_path, code, edition_no, terms, digest, drafted_by_name)
     values ($1::ltree, $2, $3, $4, $5, $6) returning id`,
    [territoryPath, terms.code, editionNo, JSON.stringify(terms), digest, name],
  );
  return (await findAgreement(tx, id))!;
}

export async function insertCopies(
  tx: EntityManager,
  { id, terms }: Pick<AgreementEdition, 'id' | 'terms'>,
  pathOfParty: ReadonlyMap<string, string>,
): Promise<void> {
  await tx.query(
    `insert into compensation.agreement_copy (agreement_id, party, territory_path, terms)
     select $1, party, path, $4 from unnest($2::text[], $3::public.ltree[]) as t (party, path)`,
    [id, [...pathOfParty.keys()], [...pathOfParty.values()], JSON.stringify(terms)],
  );
}

export async function insertSignature(
  tx: EntityManager,
  { id, territoryPath }: Pick<AgreementEdition, 'id' | 'territoryPath'>,
  { party, signatory, signedOn, documentDigest }: Signature,
): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `insert into compensation.signature (agreement_id, party, territory_path, signatory, signed_on, document_digest)
     values ($1, $2, $3::ltree, $4, $5, $6) on conflict do nothing returning party`,
    [id, party, territoryPath, signatory, signedOn, documentDigest],
  );
  return rows.length > 0;
}

export async function listSignatures(tx: EntityManager, agreementId: string): Promise<Signature[]> {
  return tx.query(
    `select party, signatory, signed_on::text as "signedOn", document_digest as "documentDigest"
     from compensation.signature where agreement_id = $1 order by signed_on, party`,
    [agreementId],
  );
}

export async function findAgreement(tx: EntityManager, id: string): Promise<AgreementEdition | undefined> {
  const [row] = await tx.query<AgreementEdition[]>(`select ${columns} from compensation.agreement a where a.id = $1`, [
    id,
  ]);
  return row;
}

/** All editions of an agreement, the first one first. */
export async function listEditions(
  tx: EntityManager,
  territoryPath: string,
  code: string,
): Promise<AgreementEdition[]> {
  return tx.query(
    `select ${columns} from compensation.agreement a where a.territory_path = $1::ltree and a.code = $2 order by a.edition_no`,
    [territoryPath, code],
  );
}

/** The latest edition of the agreement with this id or code. @throws AgreementMissing */
export async function getAgreement(tx: EntityManager, idOrCode: string): Promise<AgreementEdition> {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(idOrCode)) {
    const found = await findAgreement(tx, idOrCode.toLowerCase());
    if (found) return found;
    throw new AgreementMissing(idOrCode);
  }
  const rows = await tx.query<AgreementEdition[]>(
    `select distinct on (a.territory_path) ${columns} from compensation.agreement a where a.code = $1
     order by a.territory_path, a.edition_no desc`,
    [idOrCode],
  );
  if (rows.length === 1) return rows[0];
  throw new AgreementMissing(
    idOrCode,
    rows.map(({ id, terms }) => `${terms.place}: ${id}`),
  );
}

export interface AgreementFilter {
  readonly within?: string;
  readonly code?: string;
  readonly limit: number;
  /** Id of the last one of the page before. */
  readonly after?: string;
}

/** The latest edition of each agreement, by id. */
export async function listAgreements(tx: EntityManager, filter: AgreementFilter): Promise<AgreementEdition[]> {
  return tx.query(
    `select ${columns} from compensation.agreement a
     where not exists (select from compensation.agreement later where later.territory_path = a.territory_path
         and later.code = a.code and later.edition_no > a.edition_no)
       and ($1::ltree is null or a.territory_path <@ $1::ltree) and ($2::text is null or a.code = $2)
       and ($3::uuid is null or a.id > $3) order by a.id limit $4`,
    [filter.within ?? null, filter.code ?? null, filter.after ?? null, filter.limit],
  );
}

/** What a party reads of agreements whose fund lies where it does not look. */
export interface AgreementCopy {
  readonly agreementId: string;
  readonly party: string;
  readonly terms: AgreementTerms;
}

export async function listCopies(
  tx: EntityManager,
  of: { readonly agreementId?: string; readonly limit: number },
): Promise<AgreementCopy[]> {
  return tx.query(
    `select agreement_id as "agreementId", party, terms from compensation.agreement_copy
     where ($1::uuid is null or agreement_id = $1) order by agreement_id, party limit $2`,
    [of.agreementId ?? null, of.limit],
  );
}
