// All scores of a territory are made anew in parts, each of them whole or not at all, so that a run goes on where it stopped.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Rescoring1790000150000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index subject_walk on credit.subject (territory_path, id);

      create table credit.rescore_run (
        id             uuid primary key,
        territory_path public.ltree not null,
        as_of          date not null,
        scope          text[] not null,
        requested_by   text not null default platform.actor(),
        requested_name text not null check (requested_name <> ''),
        requested_at   timestamptz not null default date_trunc('milliseconds', clock_timestamp())
      );
      create index rescore_run_path on credit.rescore_run using gist (territory_path);

      create table credit.rescore_part (
        run_id         uuid not null references credit.rescore_run (id),
        no             int not null check (no > 0),
        territory_path public.ltree not null,
        last_path      public.ltree not null,
        last_subject   uuid not null,
        subjects       int not null check (subjects > 0),
        changed        int not null check (changed between 0 and subjects),
        ended_at       timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (run_id, no)
      );
      comment on column credit.rescore_part.last_subject is 'Subjects are taken by place and id; the next part begins after this one';

      create table credit.rescore_end (
        run_id         uuid primary key references credit.rescore_run (id),
        territory_path public.ltree not null,
        refusal        jsonb,
        ended_at       timestamptz not null default date_trunc('milliseconds', clock_timestamp())
      );
    `);
    for (const [table, columns] of [
      ['rescore_run', 'id, territory_path, as_of, scope, requested_name'],
      ['rescore_part', 'run_id, no, territory_path, last_path, last_subject, subjects, changed'],
      ['rescore_end', 'run_id, territory_path, refusal'],
    ]) {
      await runner.query(grantToApp(`credit.${table}`, `select, insert (${columns})`));
      await runner.query(enableRowSecurity(`credit.${table}`));
      await runner.query(appendOnly(`credit.${table}`));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
