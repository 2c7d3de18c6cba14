// Every final result is published or has a legal exception: duties to publish, what was published for all to read, and exceptions.
import { appendOnly, enableRowSecurity, grantToApp, showPublished } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ProcedurePublications1790000083000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table procedure.publication_duty (
        id             uuid primary key default gen_random_uuid(),
        kind           text not null,
        subject_id     uuid not null,
        territory_path public.ltree not null,
        rule           text not null check (rule <> ''),
        document       text not null,
        digest         text not null check (digest ~ '^[0-9a-f]{64}$'),
        clock_id       uuid not null references procedure.clock (id),
        owed_by        text not null default platform.actor(),
        owed_at        timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        unique (kind, subject_id, rule)
      );
      create index publication_duty_path on procedure.publication_duty using gist (territory_path);
      comment on column procedure.publication_duty.document is 'What is to be published, as canonical JSON; it names no household';

      create table procedure.publication (
        duty_id           uuid primary key references procedure.publication_duty (id),
        kind              text not null,
        subject_id        uuid not null,
        territory_path    public.ltree not null,
        rule              text not null,
        document          text not null,
        digest            text not null check (digest ~ '^[0-9a-f]{64}$'),
        published_on      date not null,
        published_by      text not null default platform.actor(),
        published_by_name text not null,
        published_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp())
      );
      create index publication_path on procedure.publication using gist (territory_path);

      create table procedure.publication_exception (
        duty_id          uuid primary key references procedure.publication_duty (id),
        territory_path   public.ltree not null,
        law              text not null check (law <> ''),
        reason           text not null check (reason <> ''),
        excepted_by      text not null default platform.actor(),
        excepted_by_name text not null,
        excepted_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp())
      );
    `);
    for (const [table, columns] of [
      ['publication_duty', 'kind, subject_id, territory_path, rule, document, digest, clock_id'],
      [
        'publication',
        'duty_id, kind, subject_id, territory_path, rule, document, digest, published_on, published_by_name',
      ],
      ['publication_exception', 'duty_id, territory_path, law, reason, excepted_by_name'],
    ]) {
      await runner.query(grantToApp(`procedure.${table}`, `select, insert (${columns})`));
      await runner.query(enableRowSecurity(`procedure.${table}`));
      await runner.query(appendOnly(`procedure.${table}`));
    }
    await runner.query(showPublished('procedure.publication'));
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
