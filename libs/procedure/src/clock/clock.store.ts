/** Starts and meets clocks in the transaction of the deed, and lists them. */
import type { Bilingual } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import { type ClockBook, clockRuleOn, lastDayOf } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { ClockRefused, ProcedureMissing } from '../errors';
import { lockSubject } from '../step/step.store';
import type { Subject } from '../step/step-table';
import { isOverdue, judgeMeeting, type Clock } from './clock';

/** What runs from a day on. */
export interface ClockStart {
  readonly subject: Subject;
  readonly territoryPath: string;
  readonly code: string;
  /** Day of the event, which itself does not count; `YYYY-MM-DD`. */
  readonly from: string;
}

export interface StartedClock {
  readonly id: string;
  /** Last day of the deadline, the waiting time or the window. */
  readonly dueOn: string;
  readonly isCovered: boolean;
}

/** Today in the country, by the clock of the database; `YYYY-MM-DD`. All mechanisms count days by it. */
export async function todayOf(tx: EntityManager): Promise<string> {
  const [{ today }] = await tx.query<[{ today: string }]>(`select (now() at time zone 'Asia/Shanghai')::date as today`);
  return today;
}

/** Starts a clock as the law has it on that day; once per subject, code and day. @throws ClockRefused */
export async function startClock(
  tx: EntityManager,
  _actor: Actor,
  book: ClockBook,
  { subject, territoryPath, code, from }: ClockStart,
): Promise<StartedClock> {
  const rule = clockRuleOn(book, code, from);
  if (!rule)
    throw new ClockRefused(
      code,
      titleOf(book, code),
      {
        zh: `${from} 没有这一期限；代码与起始日见 rulebook/clocks/`,
        en: `there was none on ${from}; codes and the days since which they hold are in rulebook/clocks/`,
      },
      { from },
    );
  const { day, isCovered } = lastDayOf(book, rule, from);
  await lockSubject(tx, subject);
  await tx.query(
    `insert into procedure.clock (kind, subject_id, territory_path, code, sort, days, basis, law_zh, law_en, started_on, due_on, is_covered)
     values ($1, $2, $3::ltree, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing`,
    [
      ...[subject.kind, subject.id, territoryPath, code, rule.sort, rule.days, rule.basis, rule.law.zh, rule.law.en],
      ...[from, day, isCovered],
    ],
  );
  const [clock] = await listClocks(tx, { subject, code, startedOn: from });
  if (!clock) throw new ProcedureMissing({ zh: '期限', en: 'clock' }, code);
  return { id: clock.id, dueOn: clock.dueOn, isCovered: clock.isCovered };
}

const titleOf = (book: ClockBook | undefined, code: string): Bilingual | undefined =>
  book?.rules.find((rule) => rule.code === code)?.title;

/**
 * Notes that what a clock is about was done: the earliest one of the code that still runs. A duty that is late is met, and
 * marked late.
 * @param wish the book gives the name of the clock, where it is refused
 * @throws ProcedureMissing, ClockRefused when it is too early, too late for a right, or met
 */
export async function meetClock(
  tx: EntityManager,
  _actor: Actor,
  wish: { readonly subject: Subject; readonly code: string; readonly on: string; readonly book?: ClockBook },
): Promise<void> {
  const { subject, code, on, book } = wish;
  await lockSubject(tx, subject);
  const clocks = await listClocks(tx, { subject, code });
  const clock = clocks.find(({ metOn }) => metOn === null) ?? clocks.at(-1);
  if (!clock) throw new ProcedureMissing({ zh: '期限', en: 'clock' }, `${code} (${subject.kind} ${subject.id})`);
  const { isLate } = judgeMeeting(clock, on, await todayOf(tx), titleOf(book, code));
  await tx.query(
    'insert into procedure.clock_meeting (clock_id, territory_path, met_on, is_late) values ($1, $2::ltree, $3, $4)',
    [clock.id, clock.territoryPath, on, isLate],
  );
}

/** Ends all clocks of a subject that still run, because there is nothing left to be done; what was late stays marked late. */
export async function waiveClocks(
  tx: EntityManager,
  { subject, because }: { readonly subject: Subject; readonly because: string },
): Promise<void> {
  await lockSubject(tx, subject);
  const today = await todayOf(tx);
  for (const clock of await listClocks(tx, { subject, open: true })) {
    await tx.query(
      `insert into procedure.clock_meeting (clock_id, territory_path, met_on, is_late, waived_because)
       values ($1, $2::ltree, $3, $4, $5)`,
      [clock.id, clock.territoryPath, today, isOverdue(clock, today), because],
    );
  }
}

/**
 * Moves the last day of a clock that runs by days that the law does not count.
 * @throws ProcedureMissing, ClockRefused when it was met
 */
export async function extendClock(
  tx: EntityManager,
  book: ClockBook,
  wish: { readonly subject: Subject; readonly code: string; readonly days: number; readonly reason: string },
): Promise<{ readonly dueOn: string }> {
  const { subject, code, days, reason } = wish;
  await lockSubject(tx, subject);
  const [clock] = await listClocks(tx, { subject, code, open: true });
  if (!clock)
    throw new ProcedureMissing({ zh: '未办结的期限', en: 'running clock' }, `${code} (${subject.kind} ${subject.id})`);
  const { day } = lastDayOf(book, { basis: clock.basis, days }, clock.dueOn);
  await tx.query(
    `insert into procedure.clock_extension (clock_id, no, territory_path, days, due_on, reason)
     select $1, count(*) + 1, $2::ltree, $3, $4, $5 from procedure.clock_extension where clock_id = $1`,
    [clock.id, clock.territoryPath, days, day, reason],
  );
  return { dueOn: day };
}

/** Notes that somebody is told of a clock; false when that was noted before. */
export async function insertNotice(tx: EntityManager, { id, territoryPath }: Clock, on: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `insert into procedure.clock_notice (clock_id, territory_path, noticed_on) values ($1, $2::ltree, $3)
     on conflict do nothing returning clock_id`,
    [id, territoryPath, on],
  );
  return rows.length > 0;
}

export interface ClockFilter {
  readonly subject?: Subject;
  readonly ids?: readonly string[];
  readonly code?: string;
  readonly startedOn?: string;
  /** Duties whose last day was before this day and which still run. */
  readonly overdueOn?: string;
  /** ltree text of the territory at or below which they lie. */
  readonly within?: string;
  /** True: those that still run; false: those that were met. */
  readonly open?: boolean;
  readonly page?: { readonly limit: number; readonly after?: readonly [dueOn: string, id: string] };
}

/** Clocks that the actor may see, the one that ends first at the top. */
export async function listClocks(tx: EntityManager, filter: ClockFilter): Promise<Clock[]> {
  const rows = await tx.query<ClockRow[]>(
    `select c.id, c.kind, c.subject_id as "subjectId", c.territory_path::text as "territoryPath", c.code, c.sort, c.days, c.basis,
       c.law_zh as zh, c.law_en as en, c.started_on as "startedOn", d."dueOn", c.is_covered as "isCovered",
       m.met_on as "metOn", coalesce(m.is_late, false) as "isLate", m.waived_because as "waivedBecause"
     from procedure.clock c left join procedure.clock_meeting m on m.clock_id = c.id
       cross join lateral (
         select coalesce(max(due_on), c.due_on) as "dueOn" from procedure.clock_extension where clock_id = c.id) as d
     where ($1::text is null or (c.kind = $1 and c.subject_id = $2::uuid)) and ($3::text is null or c.code = $3)
       and ($4::date is null or c.started_on = $4) and ($5::date is null or (c.sort = 'deadline' and d."dueOn" < $5 and m.met_on is null))
       and ($6::ltree is null or c.territory_path <@ $6::ltree) and ($7::boolean is null or (m.met_on is null) = $7)
       and ($8::uuid[] is null or c.id = any ($8)) and ($9::date is null or (d."dueOn", c.id) > ($9, $10::uuid))
     order by d."dueOn", c.id limit $11`,
    [
      ...[filter.subject?.kind ?? null, filter.subject?.id ?? null, filter.code ?? null, filter.startedOn ?? null],
      ...[filter.overdueOn ?? null, filter.within ?? null, filter.open ?? null, filter.ids ?? null],
      ...[filter.page?.after?.[0] ?? null, filter.page?.after?.[1] ?? null, filter.page?.limit ?? null],
    ],
  );
  return rows.map(({ kind, subjectId, zh, en, ...row }) => ({
    ...row,
    subject: { kind, id: subjectId },
    law: { zh, en },
  }));
}

type ClockRow = Omit<Clock, 'subject' | 'law'> & { kind: string; subjectId: string; zh: string; en: string };
