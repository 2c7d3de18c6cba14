/** SQL of appeals: the disputed figures, how appeals ended, and pauses. */
import type { EntityManager } from 'typeorm';
import { lockSubject } from '../step/step.store';
import type { Subject } from '../step/step-table';

/** Stands for all figures of a subject. */
export const wholeSubject = '';

/**
 * Figures of a subject that may not move: those under an open objection, and `wholeSubject` where the whole is disputed or
 * paused. Whoever asks holds the subject until the end of the transaction, so that no objection comes in between.
 */
export async function frozenFigures(tx: EntityManager, subject: Subject): Promise<ReadonlySet<string>> {
  await lockSubject(tx, subject);
  const rows = await tx.query<{ figure: string; paused: boolean }[]>(
    `select a.figure, p.paused_until is not null as paused
     from procedure.appeal a
       left join procedure.appeal_pause p on p.appeal_id = a.id and p.paused_until >= (now() at time zone 'Asia/Shanghai')::date
     where a.kind = $1 and a.subject_id = $2
       and not exists (select from procedure.appeal_end e where e.appeal_id = a.id)`,
    [subject.kind, subject.id],
  );
  return new Set(rows.flatMap(({ figure, paused }) => (paused ? [figure, wholeSubject] : [figure])));
}
