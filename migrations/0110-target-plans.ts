// Targets are set edition by edition and version by version; each unit keeps its own copy, so that it reads its targets and no neighbour's.
import { appendOnly, createSubjectSchema, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class TargetPlans1790000110000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${createSubjectSchema('evaluation')}

      create table evaluation.target_plan (
        id              uuid primary key default gen_random_uuid(),
        territory_path  public.ltree not null,
        code            text not null check (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
        edition_no      int not null check (edition_no >= 1),
        drafted_by      text not null default platform.actor(),
        drafted_by_name text not null check (drafted_by_name <> ''),
        drafted_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        unique (territory_path, code, edition_no)
      );
      create index target_plan_path on evaluation.target_plan using gist (territory_path);
      comment on column evaluation.target_plan.edition_no is 'An amendment is the next edition; the earlier ones stay';

      create table evaluation.target_version (
        plan_id        uuid not null references evaluation.target_plan (id),
        version_no     int not null check (version_no >= 1),
        territory_path public.ltree not null,
        terms          jsonb not null,
        targets        jsonb not null,
        digest         text not null check (digest ~ '^[0-9a-f]{64}$'),
        made_by        text not null default platform.actor(),
        made_by_name   text not null check (made_by_name <> ''),
        made_at        timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (plan_id, version_no)
      );
      comment on table evaluation.target_version is 'A draft as it was negotiated; the last version is what is issued';
      comment on column evaluation.target_version.targets is 'Base with its vintages and milestones, of each unit and indicator';

      create table evaluation.target_copy (
        plan_id        uuid not null references evaluation.target_plan (id),
        version_no     int not null,
        unit           text not null check (unit <> ''),
        territory_path public.ltree not null,
        gist           jsonb not null,
        targets        jsonb not null,
        primary key (plan_id, version_no, unit)
      );
      create index target_copy_path on evaluation.target_copy using gist (territory_path);
      comment on table evaluation.target_copy is 'What a unit reads of a plan: its own targets';

      create table evaluation.target_reply (
        id              uuid primary key default gen_random_uuid(),
        reply_no        bigint generated always as identity,
        plan_id         uuid not null references evaluation.target_plan (id),
        version_no      int not null,
        unit            text not null,
        territory_path  public.ltree not null,
        answer          text not null check (answer in ('accepted', 'countered')),
        counter         jsonb not null,
        reason          text not null check (length(reason) <= 4000),
        document_digest text check (document_digest ~ '^[0-9a-f]{64}$'),
        replied_by      text not null default platform.actor(),
        replied_by_name text not null check (replied_by_name <> ''),
        replied_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        foreign key (plan_id, version_no, unit) references evaluation.target_copy (plan_id, version_no, unit),
        check (answer = 'accepted' or reason <> '')
      );
      create index target_reply_plan on evaluation.target_reply (plan_id, unit);

      create table evaluation.target_issue (
        plan_id        uuid not null references evaluation.target_plan (id),
        unit           text not null,
        territory_path public.ltree not null,
        version_no     int not null,
        code           text not null,
        place_path     public.ltree not null,
        edition_no     int not null,
        first_year     int not null,
        last_year      int not null check (last_year >= first_year),
        issued_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (plan_id, unit),
        foreign key (plan_id, version_no, unit) references evaluation.target_copy (plan_id, version_no, unit)
      );
      create index target_issue_path on evaluation.target_issue using gist (territory_path);
      comment on column evaluation.target_issue.first_year is 'Year from which this edition holds; earlier ones are judged by the edition before';
    `);
    for (const [table, columns] of [
      ['target_plan', 'territory_path, code, edition_no, drafted_by_name'],
      ['target_version', 'plan_id, version_no, territory_path, terms, targets, digest, made_by_name'],
      ['target_copy', 'plan_id, version_no, unit, territory_path, gist, targets'],
      [
        'target_reply',
        'plan_id, version_no, unit, territory_path, answer, counter, reason, document_digest, replied_by_name',
      ],
      [
        'target_issue',
        'plan_id, unit, territory_path, version_no, code, place_path, edition_no, first_year, last_year',
      ],
    ]) {
      await runner.query(grantToApp(`evaluation.${table}`, `select, insert (${columns})`));
      await runner.query(enableRowSecurity(`evaluation.${table}`));
      await runner.query(appendOnly(`evaluation.${table}`));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
