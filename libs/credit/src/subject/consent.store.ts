/** SQL of consents to read a score, and of the log of who read what of whom. */
import type { EntityManager } from 'typeorm';
import type { SubjectRow } from './subject.store';

export interface Consent {
  readonly id: string;
  readonly subjectId: string;
  readonly territoryPath: string;
  /** Person at a login of the credit user. */
  readonly grantee: string;
  readonly purpose: string;
  readonly fromDay: string;
  readonly untilDay: string;
  readonly documentDigest: string;
  readonly withdrawnAt: Date | null;
}

export async function insertConsent(tx: EntityManager, draft: Omit<Consent, 'id' | 'withdrawnAt'>): Promise<string> {
  const [{ id }] = await tx.query<[{ id: string }]>(
    `insert into credit.consent (subject_id, territory_path, grantee, purpose, from_day, until_day, document_digest)
     values ($1, $2::ltree, $3, $4, $5, $6, $7) returning id`,
    [
      ...[draft.subjectId, draft.territoryPath, draft.grantee, draft.purpose],
      ...[draft.fromDay, draft.untilDay, draft.documentDigest],
    ],
  );
  return id;
}

/** @param filter.heldOn not withdrawn, and the day lies within */
export async function listConsents(
  tx: EntityManager,
  filter: {
    readonly id?: string;
    readonly subjectId?: string;
    readonly grantee?: string;
    readonly purpose?: string;
    readonly heldOn?: string;
  },
): Promise<Consent[]> {
  return tx.query(
    `select c.id, c.subject_id as "subjectId", c.territory_path::text as "territoryPath", c.grantee, c.purpose, c.from_day as "fromDay",
       c.until_day as "untilDay", c.document_digest as "documentDigest", w.withdrawn_at as "withdrawnAt"
     from credit.consent c left join credit.consent_withdrawal w on w.consent_id = c.id
     where ($1::uuid is null or c.id = $1) and ($2::uuid is null or c.subject_id = $2) and ($3::text is null or c.grantee = $3)
       and ($4::text is null or c.purpose = $4)
       and ($5::date is null or (c.from_day <= $5 and c.until_day >= $5 and w.consent_id is null))
     order by c.from_day desc, c.id`,
    [
      filter.id ?? null,
      filter.subjectId ?? null,
      filter.grantee ?? null,
      filter.purpose ?? null,
      filter.heldOn ?? null,
    ],
  );
}

export async function insertWithdrawalOfConsent(tx: EntityManager, { id, territoryPath }: Consent): Promise<void> {
  await tx.query(`insert into credit.consent_withdrawal (consent_id, territory_path) values ($1, $2::ltree)`, [
    id,
    territoryPath,
  ]);
}

export const readingKinds = ['identity', 'record', 'score'] as const;
export type ReadingKind = (typeof readingKinds)[number];

export interface Reading {
  readonly no: string;
  readonly purpose: string;
  readonly what: ReadingKind;
  readonly consentId: string | null;
  readonly readerName: string;
  readonly readBy: string;
  readonly readAt: Date;
}

export async function insertReading(
  tx: EntityManager,
  { id, territoryPath }: SubjectRow,
  reading: Pick<Reading, 'purpose' | 'what' | 'consentId' | 'readerName'>,
): Promise<void> {
  await tx.query(
    `insert into credit.reading (subject_id, territory_path, purpose, what, consent_id, reader_name)
     values ($1, $2::ltree, $3, $4, $5, $6)`,
    [id, territoryPath, reading.purpose, reading.what, reading.consentId, reading.readerName],
  );
}

/** The latest first. */
export async function listReadings(
  tx: EntityManager,
  {
    subjectId,
    page,
  }: { readonly subjectId: string; readonly page: { readonly limit: number; readonly after?: string } },
): Promise<Reading[]> {
  return tx.query(
    `select no, purpose, what, consent_id as "consentId", reader_name as "readerName", read_by as "readBy", read_at as "readAt"
     from credit.reading where subject_id = $1 and ($2::bigint is null or no < $2) order by no desc limit $3`,
    [subjectId, page.after ?? null, page.limit],
  );
}

/** Notes for everybody who asked for the score under consent that it was corrected. @returns who they are, by id */
export async function noticeReaders(
  tx: EntityManager,
  { id, territoryPath }: SubjectRow,
  eventId: string,
): Promise<string[]> {
  const rows = await tx.query<{ readerId: string }[]>(
    `insert into credit.score_notice (subject_id, reader_id, event_id, territory_path)
     select distinct $1::uuid, read_by, $2::uuid, $3::ltree from credit.reading
     where subject_id = $1 and what = 'score' and consent_id is not null
     on conflict do nothing returning reader_id as "readerId"`,
    [id, eventId, territoryPath],
  );
  return rows.map(({ readerId }) => readerId).sort();
}

export interface ScoreNotice {
  readonly subjectId: string;
  readonly eventId: string;
  readonly noticedAt: Date;
}

/** Corrections of scores that a credit user asked for, the latest first. */
export async function listScoreNotices(tx: EntityManager, readerId: string, limit: number): Promise<ScoreNotice[]> {
  return tx.query(
    `select subject_id as "subjectId", event_id as "eventId", noticed_at as "noticedAt" from credit.score_notice
     where reader_id = $1 order by noticed_at desc, event_id limit $2`,
    [readerId, limit],
  );
}
