/** SQL of duties to publish, of what was published and of exceptions. */
import { canonicalJson, digestOf } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import type { ClockBook } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { listClocks, startClock, todayOf, type StartedClock } from '../clock/clock.store';
import { PublicationRefused } from '../errors';
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
