// Audits of departing office holders rest on frozen ends of a term and on declared causes, so neither is ever rewritten.
import { appendOnly, createSubjectSchema, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class DepartingAudits1790000120000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${createSubjectSchema('evaluation')}

      create table evaluation.term_snapshot (
        id             uuid primary key default gen_random_uuid(),
        territory_path public.ltree not null,
        territory_code text not null,
        norm_id        text not null,
        term_end       text not null check (term_end in ('appointment', 'departure')),
        day            date not null,
        round          int not null check (round >= 1),
        content        text not null,
        digest         text not null check (digest ~ '^[0-9a-f]{64}$'),
        reason         text check (reason <> ''),
        frozen_at      timestamptz not null,
        frozen_by      text not null default platform.actor(),
        frozen_name    text not null check (frozen_name <> ''),
        unique (territory_code, norm_id, term_end, day, round),
        check (round = 1 or reason is not null)
      );
      create index term_snapshot_path on evaluation.term_snapshot using gist (territory_path);
      comment on table evaluation.term_snapshot is 'Stocks and flows as they were published when an end of a term was frozen; another round needs a reason and leaves the earlier one';

      create table evaluation.departure (
        id                uuid primary key default gen_random_uuid(),
        territory_path    public.ltree not null,
        territory_code    text not null,
        code              text not null check (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
        office            text not null check (length(office) between 1 and 100),
        holder            text not null check (holder ~ '^[A-Za-z0-9][A-Za-z0-9-]{0,39}$'),
        appointed_on      date not null,
        departed_on       date not null check (departed_on >= appointed_on),
        norm_id           text not null,
        commissioned_by   text not null check (length(commissioned_by) between 1 and 200),
        commission_digest text not null check (commission_digest ~ '^[0-9a-f]{64}$'),
        opened_by         text not null default platform.actor(),
        opened_name       text not null check (opened_name <> ''),
        opened_at         timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        unique (territory_path, code)
      );
      create index departure_path on evaluation.departure using gist (territory_path);
      comment on column evaluation.departure.holder is 'A reference code; who that is stands in the files of the organisation department';

      create table evaluation.departure_plan (
        departure_id          uuid not null references evaluation.departure (id),
        round                 int not null check (round >= 1),
        territory_path        public.ltree not null,
        appointment_snapshot  uuid not null references evaluation.term_snapshot (id),
        departure_snapshot    uuid not null references evaluation.term_snapshot (id),
        condition_attributes  text[] not null,
        weather_attributes    text[] not null,
        condition_definition  text,
        planned_by            text not null default platform.actor(),
        planned_at            timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (departure_id, round)
      );
      comment on table evaluation.departure_plan is 'Which frozen ends the audit compares and by which attributes it tells weather and condition apart';

      create table evaluation.attribution (
        departure_id    uuid not null references evaluation.departure (id),
        no              int not null check (no >= 1),
        territory_path  public.ltree not null,
        effect          text not null check (effect in ('area', 'condition', 'supply')),
        ecosystem_type  text check (ecosystem_type <> ''),
        service         text check (service <> ''),
        natural_share   text not null check (natural_share <> ''),
        human_share     text not null check (human_share <> ''),
        method_share    text not null check (method_share <> ''),
        reason          text not null check (length(reason) >= 4),
        document_title  text not null check (document_title <> ''),
        document_digest text not null check (document_digest ~ '^[0-9a-f]{64}$'),
        declared_by     text not null default platform.actor(),
        declared_name   text not null check (declared_name <> ''),
        declared_at     timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (departure_id, no)
      );
      comment on table evaluation.attribution is 'Declared causes; a later one of the same effect, type and service counts, and the earlier one stays';

      create table evaluation.departure_report (
        departure_id   uuid not null references evaluation.departure (id),
        round          int not null check (round >= 1),
        territory_path public.ltree not null,
        content        text not null,
        digest         text not null check (digest ~ '^[0-9a-f]{64}$'),
        sent_on        date not null,
        written_by     text not null default platform.actor(),
        written_at     timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (departure_id, round)
      );
      comment on table evaluation.departure_report is 'The report as it was sent for comment, with all its figures; a revised one is the next round';

      create table evaluation.departure_record (
        departure_id    uuid not null references evaluation.departure (id),
        no              int not null check (no >= 1),
        territory_path  public.ltree not null,
        kind            text not null check (kind in ('comment', 'rectification', 'follow-up')),
        finding         text check (finding <> ''),
        noted_on        date not null,
        statement       text not null check (length(statement) between 4 and 20000),
        document_digest text check (document_digest ~ '^[0-9a-f]{64}$'),
        recorded_by     text not null default platform.actor(),
        recorded_name   text not null check (recorded_name <> ''),
        recorded_at     timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (departure_id, no)
      );
      comment on table evaluation.departure_record is 'Comments on the report, what was put right, and what came to light after the audit was closed, for life';
    `);
    for (const [table, columns] of [
      [
        'term_snapshot',
        'territory_path, territory_code, norm_id, term_end, day, round, content, digest, reason, frozen_at, frozen_name',
      ],
      [
        'departure',
        'territory_path, territory_code, code, office, holder, appointed_on, departed_on, norm_id, commissioned_by, commission_digest, opened_name',
      ],
      [
        'departure_plan',
        'departure_id, round, territory_path, appointment_snapshot, departure_snapshot, condition_attributes, weather_attributes, condition_definition',
      ],
      [
        'attribution',
        'departure_id, no, territory_path, effect, ecosystem_type, service, natural_share, human_share, method_share, reason, document_title, document_digest, declared_name',
      ],
      ['departure_report', 'departure_id, round, territory_path, content, digest, sent_on'],
      [
        'departure_record',
        'departure_id, no, territory_path, kind, finding, noted_on, statement, document_digest, recorded_name',
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
