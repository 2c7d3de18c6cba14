/** SQL of objections and their ends. */
import type { EntityManager } from 'typeorm';
import { CreditMissing } from '../errors';

export interface Objection {
  readonly id: string;
  readonly subjectId: string;
  readonly territoryPath: string;
  /** The entry it is about, or else the measure. */
  readonly eventId: string | null;
  readonly measureId: string | null;
  readonly grounds: string;
  readonly documentDigest: string | null;
  readonly filedBy: string;
  readonly filedName: string;
  readonly filedAt: Date;
  /** Null while it is open: what it is about is paused. */
  readonly outcome: 'upheld' | 'rejected' | 'withdrawn' | null;
}

type ObjectionDraft = Omit<Objection, 'filedBy' | 'filedName' | 'filedAt' | 'outcome'>;

export async function insertObjection(tx: EntityManager, draft: ObjectionDraft, name: string): Promise<void> {
  await tx.query(
    `insert into credit.objection (id, subject_id, territory_path, event_id, measure_id, grounds, document_digest, filed_name)
     values ($1, $2, $3::ltree, $4, $5, $6, $7, $8)`,
    [
      ...[draft.id, draft.subjectId, draft.territoryPath, draft.eventId, draft.measureId, draft.grounds],
      ...[draft.documentDigest, name],
    ],
  );
}

/** Once; what it was about is no longer paused by it. */
export async function insertObjectionEnd(
  tx: EntityManager,
  { id, territoryPath }: Objection,
  outcome: NonNullable<Objection['outcome']>,
): Promise<void> {
  await tx.query(
    `insert into credit.objection_end (objection_id, territory_path, outcome) values ($1, $2::ltree, $3)`,
    [id, territoryPath, outcome],
  );
}

export interface ObjectionFilter {
  readonly id?: string;
  readonly subjectId?: string;
  readonly eventId?: string | null;
  readonly measureId?: string | null;
  readonly open?: boolean;
  readonly page: { readonly limit: number; readonly after?: string };
}

export async function listObjections(tx: EntityManager, filter: ObjectionFilter): Promise<Objection[]> {
  return tx.query(
    `select o.id, o.subject_id as "subjectId", o.territory_path::text as "territoryPath", o.event_id as "eventId",
       o.measure_id as "measureId", o.grounds, o.document_digest as "documentDigest", o.filed_by as "filedBy", o.filed_name as "filedName",
       o.filed_at as "filedAt", e.outcome
     from credit.objection o left join credit.objection_end e on e.objection_id = o.id
     where ($1::uuid is null or o.id = $1) and ($2::uuid is null or o.subject_id = $2) and ($3::uuid is null or o.event_id = $3)
       and ($4::uuid is null or o.measure_id = $4) and ($5::boolean is null or (e.objection_id is null) = $5) and ($6::uuid is null or o.id > $6)
     order by o.id limit $7`,
    [
      ...[filter.id ?? null, filter.subjectId ?? null, filter.eventId ?? null, filter.measureId ?? null],
      ...[filter.open ?? null, filter.page.after ?? null, filter.page.limit],
    ],
  );
}

/** @throws CreditMissing */
export async function getObjection(tx: EntityManager, id: string): Promise<Objection> {
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  const [found] = uuid.test(id) ? await listObjections(tx, { id, page: { limit: 1 } }) : [];
  if (!found) throw new CreditMissing({ zh: '异议', en: 'objection' }, id);
  return found;
}
