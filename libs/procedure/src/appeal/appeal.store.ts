/** SQL of appeals: the disputed figures, how appeals ended, and pauses. */
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { ProcedureMissing } from '../errors';
import { lockSubject } from '../step/step.store';
import type { Subject } from '../step/step-table';
import { appealKind, type AppealOutcome } from './appeal-table';
import { superiorOf, type Appeal, type AppealDraft } from './appeal';

/** Stands for all figures of a subject. */
export const wholeSubject = '';

/**
 * Figures of a subject that may not move: those under an open objection, and `wholeSubject` where the whole is disputed or
 * paused. Whoever asks holds the subject until the end of the transaction, so that no objection comes in between.
 */
export async function frozenFigures(tx: EntityManager, subject: Subject): Promise<ReadonlySet<string>> {
  await lockSubject(tx, subject);
  return listFrozen(tx, subject);
}

/** The same for looking only, without holding the subject. */
export async function listFrozen(tx: EntityManager, subject: Subject): Promise<ReadonlySet<string>> {
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

/** @returns the id */
export async function insertAppeal(
  tx: EntityManager,
  actor: Actor,
  draft: AppealDraft & { readonly respondentPath: string; readonly filedOn: string },
): Promise<string> {
  const { subject, figure, shownFen, shownDigest, party, partyPath, respondentPath, knownOn, filedOn, grounds } = draft;
  const [{ id }] = await tx.query<[{ id: string }]>(
    `insert into procedure.appeal (kind, subject_id, figure, shown_fen, shown_digest, territory_path, respondent_path, superior_path,
       party, known_on, filed_on, grounds, filed_by_name)
     values ($1, $2, $3, $4, $5, $6::ltree, $7::ltree, $8::ltree, $9, $10, $11, $12, $13) returning id`,
    [
      ...[
        subject.kind,
        subject.id,
        figure,
        shownFen?.toString() ?? null,
        shownDigest ?? null,
        partyPath,
        respondentPath,
      ],
      ...[superiorOf(partyPath, respondentPath), party, knownOn, filedOn, grounds, actor.name],
    ],
  );
  return id;
}

export async function insertEnd(tx: EntityManager, appeal: Appeal, outcome: AppealOutcome): Promise<void> {
  const { id, territoryPath, respondentPath } = appeal;
  await tx.query(
    'insert into procedure.appeal_end (appeal_id, territory_path, respondent_path, outcome) values ($1, $2::ltree, $3::ltree, $4)',
    [id, territoryPath, respondentPath, outcome],
  );
}

export async function insertPause(tx: EntityManager, appeal: Appeal, on: string, until: string): Promise<void> {
  const { id, territoryPath, respondentPath } = appeal;
  await tx.query(
    `insert into procedure.appeal_pause (appeal_id, territory_path, respondent_path, paused_on, paused_until)
     values ($1, $2::ltree, $3::ltree, $4, $5)`,
    [id, territoryPath, respondentPath, on, until],
  );
}

export interface AppealFilter {
  readonly ids?: readonly string[];
  readonly subject?: Subject;
  /** True: those that have not come to their end. */
  readonly open?: boolean;
  /** ltree text of the territory at or below which the party lies. */
  readonly within?: string;
  readonly page?: { readonly limit: number; readonly after?: readonly [filedOn: string, id: string] };
}

/** Ids of appeals that the actor may see, as the party or as the body that is asked, the oldest first. */
export async function listAppealIds(tx: EntityManager, filter: AppealFilter): Promise<string[]> {
  const rows = await tx.query<{ id: string }[]>(
    `select a.id from procedure.appeal a
     where ($1::text is null or (a.kind = $1 and a.subject_id = $2::uuid))
       and ($3::boolean is null or exists (select from procedure.appeal_end e where e.appeal_id = a.id) <> $3)
       and ($4::ltree is null or a.territory_path <@ $4::ltree) and ($5::uuid[] is null or a.id = any ($5))
       and ($6::date is null or (a.filed_on, a.id) > ($6, $7::uuid))
     order by a.filed_on, a.id limit $8`,
    [
      ...[filter.subject?.kind ?? null, filter.subject?.id ?? null, filter.open ?? null, filter.within ?? null],
      ...[filter.ids ?? null, filter.page?.after?.[0] ?? null, filter.page?.after?.[1] ?? null],
      filter.page?.limit ?? null,
    ],
  );
  return rows.map(({ id }) => id);
}

/** Appeals with their states, the oldest first; for whoever sees the territory of the party. */
export async function findAppeals(tx: EntityManager, ids: readonly string[]): Promise<Appeal[]> {
  const rows = await tx.query<AppealRow[]>(
    `select a.id, a.kind, a.subject_id as "subjectId", a.figure, a.shown_fen as fen, a.shown_digest as "shownDigest", a.party,
       a.territory_path::text as "territoryPath", a.respondent_path::text as "respondentPath",
       a.superior_path::text as "superiorPath", a.known_on as "knownOn", a.filed_on as "filedOn", a.grounds,
       a.filed_by_name as "filedByName", s.state, e.outcome, p.paused_until as "pausedUntil"
     from procedure.appeal a
       left join procedure.appeal_end e on e.appeal_id = a.id
       left join procedure.appeal_pause p on p.appeal_id = a.id
       cross join lateral (
         select to_state as state from procedure.step where kind = $2 and subject_id = a.id order by no desc limit 1) as s
     where a.id = any ($1::uuid[]) order by a.filed_on, a.id`,
    [ids, appealKind],
  );
  return rows.map(({ kind, subjectId, fen, ...row }) => ({
    ...row,
    subject: { kind, id: subjectId },
    shownFen: fen === null ? null : BigInt(fen),
  }));
}

type AppealRow = Omit<Appeal, 'subject' | 'shownFen'> & { kind: string; subjectId: string; fen: string | null };

/** @throws ProcedureMissing */
export async function getAppeal(tx: EntityManager, id: string): Promise<Appeal> {
  const [found] = await findAppeals(tx, [id]);
  if (!found) throw new ProcedureMissing({ zh: '异议', en: 'appeal' }, id);
  return found;
}
