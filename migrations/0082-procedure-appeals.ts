// A party may dispute a figure: what it saw, what it asks, how it ended, and for how long a whole procedure was paused meanwhile.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ProcedureAppeals1790000082000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table procedure.appeal (
        id              uuid primary key default gen_random_uuid(),
        kind            text not null,
        subject_id      uuid not null,
        figure          text not null check (figure ~ '^[^[:cntrl:]]{0,200}$'),
        shown_fen       bigint,
        shown_digest    text check (shown_digest ~ '^[0-9a-f]{64}$'),
        territory_path  public.ltree not null,
        respondent_path public.ltree not null,
        superior_path   public.ltree not null check (superior_path @> territory_path and superior_path @> respondent_path),
        party           text not null check (party ~ '^[^[:cntrl:]|]{1,100}$'),
        known_on        date not null,
        filed_on        date not null,
        grounds         text not null check (grounds <> ''),
        filed_by        text not null default platform.actor(),
        filed_by_name   text not null,
        filed_at        timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        foreign key (kind, subject_id) references procedure.subject (kind, id)
      );
      create index appeal_subject on procedure.appeal (kind, subject_id);
      create index appeal_path on procedure.appeal using gist (territory_path);
      comment on column procedure.appeal.figure is 'Code of the disputed figure of the subject; empty for the whole of it';
      comment on column procedure.appeal.territory_path is 'Of the party that disputes';
      comment on column procedure.appeal.respondent_path is 'Of the subject, whose body answers';
      comment on column procedure.appeal.superior_path is 'Lowest territory above both; it or one above decides';

      create table procedure.appeal_end (
        appeal_id       uuid primary key references procedure.appeal (id),
        territory_path  public.ltree not null,
        respondent_path public.ltree not null,
        outcome         text not null check (outcome in ('upheld', 'partly-upheld', 'rejected', 'withdrawn', 'lapsed')),
        ended_at        timestamptz not null default date_trunc('milliseconds', clock_timestamp())
      );

      create table procedure.appeal_pause (
        appeal_id       uuid primary key references procedure.appeal (id),
        territory_path  public.ltree not null,
        respondent_path public.ltree not null,
        paused_on       date not null,
        paused_until    date not null check (paused_until > paused_on)
      );
      comment on table procedure.appeal_pause is 'While a complaint is handled the whole procedure may be paused, once';
    `);
    for (const [table, columns] of [
      [
        'appeal',
        'kind, subject_id, figure, shown_fen, shown_digest, territory_path, respondent_path, superior_path, party, known_on, filed_on, grounds, filed_by_name',
      ],
      ['appeal_end', 'appeal_id, territory_path, respondent_path, outcome'],
      ['appeal_pause', 'appeal_id, territory_path, respondent_path, paused_on, paused_until'],
    ]) {
      await runner.query(grantToApp(`procedure.${table}`, `select, insert (${columns})`));
      await runner.query(enableRowSecurity(`procedure.${table}`));
      // The body that is asked need not stand above the party that asks.
      await runner.query(`create policy territory_scope_respondent on procedure.${table} for select
        using (respondent_path <@ any ((select platform.scope())::public.ltree[]))`);
      await runner.query(appendOnly(`procedure.${table}`));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
