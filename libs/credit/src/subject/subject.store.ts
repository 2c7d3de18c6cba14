/** SQL of the register of subjects: who is kept sealed apart, links to logins, consents, and the log of readings. */
import type { CreditSubjectKind } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { CreditMissing } from '../errors';
import type { IdentifierField } from './read-identifier';

export interface SubjectRow {
  readonly id: string;
  readonly territoryPath: string;
  readonly kind: CreditSubjectKind;
  readonly since: string;
}

const columns = `id, territory_path::text as "territoryPath", kind, since`;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws CreditMissing */
export async function getSubjectRow(tx: EntityManager, id: string): Promise<SubjectRow> {
  const [found] = uuid.test(id)
    ? await tx.query<SubjectRow[]>(`select ${columns} from credit.subject where id = $1`, [id])
    : [];
  if (!found) throw new CreditMissing({ zh: '信用主体', en: 'subject of credit' }, id);
  return found;
}

export async function insertSubject(
  tx: EntityManager,
  row: Omit<SubjectRow, 'id'> & { readonly consentDigest: string | null },
): Promise<SubjectRow> {
  const [made] = await tx.query<[SubjectRow]>(
    `insert into credit.subject (territory_path, kind, since, consent_digest) values ($1::ltree, $2, $3, $4) returning ${columns}`,
    [row.territoryPath, row.kind, row.since, row.consentDigest],
  );
  return made;
}

export async function listSubjectRows(
  tx: EntityManager,
  { within, page }: { readonly within?: string; readonly page: { readonly limit: number; readonly after?: string } },
): Promise<SubjectRow[]> {
  return tx.query(
    `select ${columns} from credit.subject where ($1::ltree is null or territory_path <@ $1::ltree) and ($2::uuid is null or id > $2)
     order by id limit $3`,
    [within ?? null, page.after ?? null, page.limit],
  );
}

/** An identifier as it is kept. */
export interface SealedRow {
  readonly subjectId: string;
  readonly field: IdentifierField;
  readonly territoryPath: string;
  readonly keyId: string;
  readonly sealed: Buffer;
  readonly blindIndex: Buffer;
}

export async function insertIdentifier(tx: EntityManager, row: SealedRow): Promise<void> {
  await tx.query(
    `insert into credit.identifier (subject_id, field, territory_path, key_id, sealed, blind_index)
     values ($1, $2, $3::ltree, $4, $5, $6)`,
    [row.subjectId, row.field, row.territoryPath, row.keyId, row.sealed, row.blindIndex],
  );
}

export async function updateIdentifier(tx: EntityManager, row: SealedRow): Promise<void> {
  await tx.query(
    `update credit.identifier set key_id = $3, sealed = $4, blind_index = $5, sealed_at = clock_timestamp()
     where subject_id = $1 and field = $2`,
    [row.subjectId, row.field, row.keyId, row.sealed, row.blindIndex],
  );
}

const sealedColumns = `subject_id as "subjectId", field, territory_path::text as "territoryPath", key_id as "keyId", sealed,
  blind_index as "blindIndex"`;

export async function listIdentifiers(
  tx: EntityManager,
  filter: { readonly subjectId?: string; readonly notUnder?: string; readonly limit: number },
): Promise<SealedRow[]> {
  return tx.query(
    `select ${sealedColumns} from credit.identifier
     where ($1::uuid is null or subject_id = $1) and ($2::text is null or key_id <> $2) order by subject_id, field limit $3`,
    [filter.subjectId ?? null, filter.notUnder ?? null, filter.limit],
  );
}

/** Subjects with an identifier of one of these indexes. */
export async function findByIndex(
  tx: EntityManager,
  field: IdentifierField,
  indexes: readonly Buffer[],
): Promise<SubjectRow[]> {
  return tx.query(
    `select ${columns} from credit.subject where id in (
       select subject_id from credit.identifier where field = $1 and blind_index = any ($2::bytea[])) order by id`,
    [field, indexes],
  );
}

export async function insertLink(tx: EntityManager, { id, territoryPath }: SubjectRow, userId: string): Promise<void> {
  await tx.query(
    `insert into credit.subject_link (subject_id, held_by, territory_path) values ($1, $2, $3::ltree)
     on conflict (subject_id, held_by) where ended_at is null do nothing`,
    [id, userId, territoryPath],
  );
}

export async function endLink(tx: EntityManager, subjectId: string, userId: string, endedBy: string): Promise<void> {
  await tx.query(
    `update credit.subject_link set ended_by = $3, ended_at = clock_timestamp()
     where subject_id = $1 and held_by = $2 and ended_at is null`,
    [subjectId, userId, endedBy],
  );
}

/** Subjects that a person reads as the own ones, where they may look. */
export async function listOwnSubjects(tx: EntityManager, userId: string): Promise<SubjectRow[]> {
  return tx.query(
    `select ${columns} from credit.subject
     where id in (select subject_id from credit.subject_link where held_by = $1 and ended_at is null) order by id`,
    [userId],
  );
}
