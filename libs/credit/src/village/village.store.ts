/** SQL of the sheets of village teams. */
import type { EntityManager } from 'typeorm';
import { CreditMissing } from '../errors';
import type { EventState } from '../score/explain-score';
import type { SubjectRow } from '../subject/subject.store';

export interface VillageSheetRecord {
  readonly id: string;
  readonly territoryPath: string;
  readonly month: string;
  readonly digest: string;
  readonly entries: number;
  readonly handedBy: string;
  readonly handedName: string;
  readonly handedAt: Date;
  /** Entries that nobody has checked yet. */
  readonly unchecked: number;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Holds back all sheets of a village and month until the transaction ends. */
export async function lockSheets(tx: EntityManager, territoryPath: string, month: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 147))', [`${territoryPath} ${month}`]);
}

export async function findSheet(
  tx: EntityManager,
  sheet: Pick<VillageSheetRecord, 'territoryPath' | 'month' | 'digest'>,
): Promise<{ readonly id: string; readonly entries: number } | undefined> {
  const [found] = await tx.query<{ id: string; entries: number }[]>(
    'select id, entries from credit.village_sheet where territory_path = $1::ltree and month = $2 and digest = $3',
    [sheet.territoryPath, sheet.month, sheet.digest],
  );
  return found;
}

export async function insertSheet(
  tx: EntityManager,
  sheet: Pick<VillageSheetRecord, 'id' | 'territoryPath' | 'month' | 'digest' | 'handedName'>,
  events: readonly string[],
): Promise<void> {
  const { id, territoryPath, month, digest, handedName } = sheet;
  await tx.query(
    `insert into credit.village_sheet (id, territory_path, month, digest, entries, handed_name) values ($1, $2::ltree, $3, $4, $5, $6)`,
    [id, territoryPath, month, digest, events.length, handedName],
  );
  await tx.query(
    `insert into credit.village_sheet_row (sheet_id, no, territory_path, event_id)
     select $1, no, $2::ltree, event from unnest($3::uuid[]) with ordinality as given (event, no)`,
    [id, territoryPath, events],
  );
}

/** Sheets that the actor may see, the latest first. */
export async function listSheets(
  tx: EntityManager,
  filter: {
    readonly id?: string;
    readonly within?: string;
    readonly month?: string;
    readonly page: { readonly limit: number; readonly after?: readonly [string, string] };
  },
): Promise<VillageSheetRecord[]> {
  return tx.query(
    `select s.id, s.territory_path::text as "territoryPath", s.month, s.digest, s.entries, s.handed_by as "handedBy",
       s.handed_name as "handedName", s.handed_at as "handedAt",
       (select count(*)::int from credit.village_sheet_row r join credit.standing t on t.event_id = r.event_id
        where r.sheet_id = s.id and t.state = 'reported') as unchecked
     from credit.village_sheet s
     where ($1::uuid is null or s.id = $1) and ($2::ltree is null or s.territory_path <@ $2::ltree) and ($3::text is null or s.month = $3)
       and ($4::timestamptz is null or (s.handed_at, s.id) < ($4, $5::uuid))
     order by s.handed_at desc, s.id desc limit $6`,
    [
      ...[filter.id ?? null, filter.within ?? null, filter.month ?? null],
      ...[filter.page.after?.[0] ?? null, filter.page.after?.[1] ?? null, filter.page.limit],
    ],
  );
}

/** @throws CreditMissing */
export async function getSheet(tx: EntityManager, id: string): Promise<VillageSheetRecord> {
  const [found] = uuid.test(id) ? await listSheets(tx, { id, page: { limit: 1 } }) : [];
  if (!found) throw new CreditMissing({ zh: '评分表', en: 'sheet' }, id);
  return found;
}

/** What became of a row. */
export interface SheetEntry {
  readonly no: number;
  readonly eventId: string;
  readonly subjectId: string;
  readonly behaviour: string;
  readonly edition: string;
  readonly day: string;
  readonly times: number;
  readonly evidence: string;
  readonly evidenceDigest: string;
  readonly negative: boolean;
  readonly state: EventState;
  readonly effectiveFrom: string | null;
}

export async function listSheetEntries(tx: EntityManager, sheetId: string): Promise<SheetEntry[]> {
  return tx.query(
    `select r.no, r.event_id as "eventId", e.subject_id as "subjectId", e.behaviour, e.edition, e.day, e.times, e.evidence,
       e.evidence_digest as "evidenceDigest", e.negative, t.state, t.effective_from as "effectiveFrom"
     from credit.village_sheet_row r join credit.event e on e.id = r.event_id join credit.standing t on t.event_id = r.event_id
     where r.sheet_id = $1 order by r.no`,
    [sheetId],
  );
}

/** Those of the ids that are subjects at or below a place. */
export async function listSubjectsAmong(
  tx: EntityManager,
  { ids, within }: { readonly ids: readonly string[]; readonly within: string },
): Promise<SubjectRow[]> {
  return tx.query(
    `select id, territory_path::text as "territoryPath", kind, since from credit.subject
     where id = any ($1::uuid[]) and territory_path <@ $2::ltree`,
    [ids.filter((id) => uuid.test(id)), within],
  );
}

/** Entries of these subjects that were reported with this reference. */
export async function listReferenced(
  tx: EntityManager,
  { subjects, reference }: { readonly subjects: readonly string[]; readonly reference: string },
): Promise<{ readonly subject: string; readonly behaviour: string; readonly day: string }[]> {
  return tx.query(
    `select e.subject_id as subject, e.behaviour, e.day from credit.event e
     where e.subject_id = any ($1::uuid[]) and e.reference = $2`,
    [subjects, reference],
  );
}
