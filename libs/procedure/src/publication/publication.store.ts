/** SQL of duties to publish, of what was published and of exceptions. */
import { canonicalJson, digestOf, isUuid } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import type { ClockBook } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { listClocks, startClock, todayOf, type StartedClock } from '../clock/clock.store';
import { ProcedureMissing, PublicationRefused } from '../errors';
import { lockSubject } from '../step/step.store';
import type { Subject } from '../step/step-table';
import { placeOfHousehold, publicationClocks, type PublicationKind } from './publication-rule';

export interface PublicationDebt {
  readonly subject: Subject;
  readonly territoryPath: string;
  readonly rule: PublicationKind;
  /** Aggregates alone: amounts, rule edition, inputs, where to object. Amounts as decimal text. */
  readonly document: object;
  /** Day of the result; today when absent. */
  readonly from?: string;
}

/** Notes that something is to be published; once per subject and rule. @throws PublicationRefused, ClockRefused */
export async function owePublication(
  tx: EntityManager,
  actor: Actor,
  book: ClockBook,
  { subject, territoryPath, rule, document, from }: PublicationDebt,
): Promise<StartedClock> {
  const place = placeOfHousehold(document);
  if (place !== undefined) throw PublicationRefused.namesHousehold(subject, place);
  await lockSubject(tx, subject);
  const [duty] = await tx.query<{ clockId: string }[]>(
    'select clock_id as "clockId" from procedure.publication_duty where kind = $1 and subject_id = $2 and rule = $3',
    [subject.kind, subject.id, rule],
  );
  if (duty) {
    const [{ id, dueOn, isCovered }] = await listClocks(tx, { ids: [duty.clockId] });
    return { id, dueOn, isCovered };
  }
  const code = publicationClocks[rule];
  const clock = await startClock(tx, actor, book, { subject, territoryPath, code, from: from ?? (await todayOf(tx)) });
  const text = canonicalJson(document);
  await tx.query(
    `insert into procedure.publication_duty (kind, subject_id, territory_path, rule, document, digest, clock_id)
     values ($1, $2, $3::ltree, $4, $5, $6, $7)`,
    [subject.kind, subject.id, territoryPath, rule, text, digestOf(text), clock.id],
  );
  return clock;
}

/** A duty to publish and what became of it. */
export interface PublicationDuty {
  readonly id: string;
  readonly subject: Subject;
  readonly territoryPath: string;
  readonly rule: PublicationKind;
  /** Canonical JSON. */
  readonly document: string;
  readonly digest: string;
  readonly dueOn: string;
  readonly isCovered: boolean;
  readonly publishedOn: string | null;
  readonly exception: {
    readonly law: string;
    readonly reason: string;
    readonly byName: string;
    readonly on: string;
  } | null;
  readonly isLate: boolean;
}

export interface DutyFilter {
  readonly id?: string;
  readonly subject?: Subject;
  readonly open?: boolean;
  /** Those that still run and whose last day was before this day. */
  readonly overdueOn?: string;
  readonly within?: string;
  readonly page?: { readonly limit: number; readonly after?: readonly [dueOn: string, id: string] };
}

/** Duties that the actor may see, the one that is due first at the top. */
export async function listDuties(tx: EntityManager, filter: DutyFilter): Promise<PublicationDuty[]> {
  const rows = await tx.query<DutyRow[]>(
    `select d.id, d.kind, d.subject_id as "subjectId", d.territory_path::text as "territoryPath", d.rule, d.document, d.digest,
       c.due_on as "dueOn", c.is_covered as "isCovered", coalesce(m.is_late, false) as "isLate", p.published_on as "publishedOn",
       x.law, x.reason, x.excepted_by_name as "byName", (x.excepted_at at time zone 'Asia/Shanghai')::date as "on"
     from procedure.publication_duty d join procedure.clock c on c.id = d.clock_id
       left join procedure.clock_meeting m on m.clock_id = d.clock_id
       left join procedure.publication p on p.duty_id = d.id
       left join procedure.publication_exception x on x.duty_id = d.id
     where ($1::uuid is null or d.id = $1) and ($2::text is null or (d.kind = $2 and d.subject_id = $3::uuid))
       and ($4::boolean is null or (p.duty_id is null and x.duty_id is null) = $4)
       and ($5::date is null or (c.due_on < $5 and p.duty_id is null and x.duty_id is null))
       and ($6::ltree is null or d.territory_path <@ $6::ltree) and ($7::date is null or (c.due_on, d.id) > ($7, $8::uuid))
     order by c.due_on, d.id limit $9`,
    [
      ...[filter.id ?? null, filter.subject?.kind ?? null, filter.subject?.id ?? null, filter.open ?? null],
      ...[filter.overdueOn ?? null, filter.within ?? null, filter.page?.after?.[0] ?? null],
      ...[filter.page?.after?.[1] ?? null, filter.page?.limit ?? null],
    ],
  );
  return rows.map(({ kind, subjectId, law, reason, byName, on, ...row }) => ({
    ...row,
    subject: { kind, id: subjectId },
    exception: law === null ? null : { law, reason: reason!, byName: byName!, on: on! },
  }));
}

type DutyRow = Omit<PublicationDuty, 'subject' | 'exception'> & {
  kind: string;
  subjectId: string;
  law: string | null;
  reason: string | null;
  byName: string | null;
  on: string | null;
};

export async function insertPublication(
  tx: EntityManager,
  actor: Actor,
  duty: PublicationDuty,
  on: string,
): Promise<void> {
  await tx.query(
    `insert into procedure.publication (duty_id, kind, subject_id, territory_path, rule, document, digest, published_on, published_by_name)
     values ($1, $2, $3, $4::ltree, $5, $6, $7, $8, $9)`,
    [
      ...[duty.id, duty.subject.kind, duty.subject.id, duty.territoryPath, duty.rule, duty.document, duty.digest],
      ...[on, actor.name],
    ],
  );
}

export async function insertException(
  tx: EntityManager,
  actor: Actor,
  duty: PublicationDuty,
  { law, reason }: { readonly law: string; readonly reason: string },
): Promise<void> {
  await tx.query(
    `insert into procedure.publication_exception (duty_id, territory_path, law, reason, excepted_by_name)
     values ($1, $2::ltree, $3, $4, $5)`,
    [duty.id, duty.territoryPath, law, reason, actor.name],
  );
}

/** What anybody may read of a published result. */
export interface Publication {
  readonly id: string;
  readonly subject: Subject;
  readonly territoryPath: string;
  readonly rule: PublicationKind;
  readonly document: string;
  readonly digest: string;
  readonly publishedOn: string;
  readonly publishedByName: string;
}

export interface PublicationFilter {
  readonly id?: string;
  readonly subject?: Subject;
  /** Kind of the subject. */
  readonly kind?: string;
  /** What the document has to contain, as PostgreSQL's `@>` understands it. */
  readonly holding?: object;
  readonly rule?: PublicationKind;
  readonly within?: string;
  readonly page?: { readonly limit: number; readonly after?: readonly [publishedOn: string, id: string] };
}

/** Published results that the actor may see, the latest first; `after` is the last one seen. */
export async function listPublications(tx: EntityManager, filter: PublicationFilter): Promise<Publication[]> {
  const rows = await tx.query<(Omit<Publication, 'subject'> & { kind: string; subjectId: string })[]>(
    `select duty_id as id, kind, subject_id as "subjectId", territory_path::text as "territoryPath", rule, document, digest,
       published_on as "publishedOn", published_by_name as "publishedByName"
     from procedure.publication
     where ($1::uuid is null or duty_id = $1) and ($2::text is null or (kind = $2 and subject_id = $3::uuid))
       and ($4::text is null or rule = $4) and ($5::ltree is null or territory_path <@ $5::ltree)
       and ($6::date is null or (published_on, duty_id) < ($6, $7::uuid)) and ($9::text is null or kind = $9)
       and ($10::jsonb is null or document::jsonb @> $10)
     order by published_on desc, duty_id desc limit $8`,
    [
      ...[filter.id ?? null, filter.subject?.kind ?? null, filter.subject?.id ?? null, filter.rule ?? null],
      ...[
        filter.within ?? null,
        filter.page?.after?.[0] ?? null,
        filter.page?.after?.[1] ?? null,
        filter.page?.limit ?? null,
      ],
      ...[filter.kind ?? null, filter.holding === undefined ? null : JSON.stringify(filter.holding)],
    ],
  );
  return rows.map(({ kind, subjectId, ...row }) => ({ ...row, subject: { kind, id: subjectId } }));
}

/** @throws ProcedureMissing also when it is not theirs to see */
export async function getPublication(tx: EntityManager, id: string): Promise<Publication> {
  const [found] = isUuid(id) ? await listPublications(tx, { id }) : [];
  if (!found) throw new ProcedureMissing({ zh: '已公开的结果', en: 'published result' }, id);
  return found;
}
