/** SQL of entries and their steps. */
import type { TakenStep } from '@gep/procedure';
import type { CreditSeverity } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { CreditMissing } from '../errors';
import type { EventState } from '../score/explain-score';
import type { EventAct } from './event-steps';

export interface EventDraft {
  readonly id: string;
  readonly subjectId: string;
  readonly territoryPath: string;
  readonly behaviour: string;
  readonly edition: string;
  readonly day: string;
  readonly times: number;
  readonly negative: boolean;
  readonly severity: CreditSeverity;
  /** What the evidence is; never a name. */
  readonly evidence: string;
  readonly evidenceDigest: string;
  readonly reference: string;
  readonly replaces: string | null;
}

export interface CreditEvent extends EventDraft {
  readonly reportedBy: string;
  readonly reportedName: string;
  readonly reportedAt: Date;
  readonly state: EventState;
  readonly effectiveFrom: string | null;
  /** Objections that are open. */
  readonly objections: number;
}

/** @returns false when the same thing was reported before */
export async function insertEvent(tx: EntityManager, draft: EventDraft, name: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `insert into credit.event (id, subject_id, territory_path, behaviour, edition, day, times, negative, severity, evidence,
       evidence_digest, reference, replaces, reported_name)
     values ($1, $2, $3::ltree, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (subject_id, behaviour, day, reference) do nothing returning id`,
    [
      ...[draft.id, draft.subjectId, draft.territoryPath, draft.behaviour, draft.edition, draft.day, draft.times],
      ...[draft.negative, draft.severity, draft.evidence, draft.evidenceDigest, draft.reference, draft.replaces, name],
    ],
  );
  return rows.length > 0;
}

const eventColumns = `e.id, e.subject_id as "subjectId", e.territory_path::text as "territoryPath", e.behaviour, e.edition, e.day, e.times,
  e.negative, e.severity, e.evidence, e.evidence_digest as "evidenceDigest", e.reference, e.replaces, e.reported_by as "reportedBy",
  e.reported_name as "reportedName", e.reported_at as "reportedAt", s.state, s.effective_from as "effectiveFrom", s.objections`;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws CreditMissing */
export async function getEvent(tx: EntityManager, id: string): Promise<CreditEvent> {
  const [found] = uuid.test(id) ? await listEvents(tx, { ids: [id], page: { limit: 1 } }) : [];
  if (!found) throw new CreditMissing({ zh: '信用记录', en: 'entry' }, id);
  return found;
}

export interface EventFilter {
  readonly ids?: readonly string[];
  readonly subjectId?: string;
  readonly state?: EventState;
  readonly within?: string;
  readonly page: { readonly limit: number; readonly after?: string };
}

/**
 * Entries that the actor may see, by id. Bad ones of more than five years ago are found by id alone: they have no effect, and the law
 * wants them out of the file (Credit Reporting Regulation art. 16).
 */
export async function listEvents(tx: EntityManager, filter: EventFilter): Promise<CreditEvent[]> {
  return tx.query(
    `select ${eventColumns} from credit.event e join credit.standing s on s.event_id = e.id
     where ($1::uuid[] is null or e.id = any ($1)) and ($2::uuid is null or e.subject_id = $2) and ($3::text is null or s.state = $3)
       and ($4::ltree is null or e.territory_path <@ $4::ltree) and ($5::uuid is null or e.id > $5)
       and ($1 is not null or not e.negative or (e.day + interval '5 years')::date >= (now() at time zone 'Asia/Shanghai')::date)
     order by e.id limit $6`,
    [
      ...[filter.ids ?? null, filter.subjectId ?? null, filter.state ?? null, filter.within ?? null],
      ...[filter.page.after ?? null, filter.page.limit],
    ],
  );
}

/** Holds all acts on an entry back until the transaction ends. */
export async function lockEvent(tx: EntityManager, id: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 141))`, [id]);
}

/** Steps of an entry, the first one its report. */
export async function listEventSteps(tx: EntityManager, eventId: string): Promise<TakenStep[]> {
  return tx.query(
    `select no, act, from_state as "from", to_state as "to", actor_id as "actorId", actor_name as "actorName", at, reason,
       document_digest as "documentDigest" from credit.event_step where event_id = $1 order by no`,
    [eventId],
  );
}

export interface EventStepDraft {
  readonly eventId: string;
  readonly act: EventAct | 'open';
  readonly from: EventState | null;
  readonly to: EventState;
  readonly effectiveFrom: string | null;
  readonly reason: string | null;
  readonly documentDigest: string | null;
  /** Of a notice that is entered on a later day than it was served. */
  readonly servedOn?: string | null;
}

export async function insertEventStep(tx: EntityManager, draft: EventStepDraft, name: string): Promise<void> {
  await tx.query(
    `insert into credit.event_step (event_id, act, from_state, to_state, effective_from, reason, document_digest, actor_name, served_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[draft.eventId, draft.act, draft.from, draft.to, draft.effectiveFrom, draft.reason, draft.documentDigest],
      ...[name, draft.servedOn ?? null],
    ],
  );
}
