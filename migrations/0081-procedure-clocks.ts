// Laws set days by which things are done: clocks keep what runs until when, by which law, and that what came late came late.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ProcedureClocks1790000081000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table procedure.clock (
        id             uuid primary key default gen_random_uuid(),
        kind           text not null,
        subject_id     uuid not null,
        territory_path public.ltree not null,
        code           text not null check (code <> ''),
        sort           text not null check (sort in ('deadline', 'waiting', 'window')),
        days           int not null check (days > 0),
        basis          text not null check (basis in ('working', 'calendar')),
        law_zh         text not null check (law_zh <> ''),
        law_en         text not null check (law_en <> ''),
        started_on     date not null,
        due_on         date not null check (due_on > started_on),
        is_covered     boolean not null,
        started_by     text not null default platform.actor(),
        started_at     timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        unique (kind, subject_id, code, started_on)
      );
      create index clock_due on procedure.clock (due_on);
      create index clock_path on procedure.clock using gist (territory_path);
      comment on column procedure.clock.is_covered is 'False when a year that was counted is not in the calendar of working days';

      create table procedure.clock_meeting (
        clock_id       uuid primary key references procedure.clock (id),
        territory_path public.ltree not null,
        met_on         date not null,
        is_late        boolean not null,
        waived_because text check (waived_because <> ''),
        met_by         text not null default platform.actor(),
        met_at         timestamptz not null default date_trunc('milliseconds', clock_timestamp())
      );

      comment on column procedure.clock_meeting.waived_because is 'Set where nothing was done because the duty had fallen away';

      create table procedure.clock_extension (
        clock_id       uuid not null references procedure.clock (id),
        no             int not null check (no > 0),
        territory_path public.ltree not null,
        days           int not null check (days > 0),
        due_on         date not null,
        reason         text not null check (reason <> ''),
        extended_by    text not null default platform.actor(),
        extended_at    timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (clock_id, no)
      );
      comment on table procedure.clock_extension is 'Days that the law does not count, and the last day that follows from them';

      create table procedure.clock_notice (
        clock_id       uuid primary key references procedure.clock (id),
        territory_path public.ltree not null,
        noticed_on     date not null
      );
      comment on table procedure.clock_notice is 'Clocks whose being overdue was announced; each is announced once';
    `);
    for (const [table, columns] of [
      [
        'clock',
        'kind, subject_id, territory_path, code, sort, days, basis, law_zh, law_en, started_on, due_on, is_covered',
      ],
      ['clock_meeting', 'clock_id, territory_path, met_on, is_late, waived_because'],
      ['clock_extension', 'clock_id, no, territory_path, days, due_on, reason'],
      ['clock_notice', 'clock_id, territory_path, noticed_on'],
    ]) {
      await runner.query(grantToApp(`procedure.${table}`, `select, insert (${columns})`));
      await runner.query(enableRowSecurity(`procedure.${table}`));
      await runner.query(appendOnly(`procedure.${table}`));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
