// Whoever has a credit record is a number here; who that is lies apart, sealed, and every look at it leaves a row.
import { appendOnly, createSubjectSchema, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const done = (deed: string): string => `
  ${deed}_by text not null default platform.actor(),
  ${deed}_at timestamptz not null default date_trunc('milliseconds', clock_timestamp())`;

export class CreditSubjects1790000140000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${createSubjectSchema('credit')}

      create table credit.subject (
        id             uuid primary key default gen_random_uuid(),
        territory_path public.ltree not null,
        kind           text not null check (kind in ('person', 'firm', 'village')),
        since          date not null,
        consent_digest text check (consent_digest ~ '^[0-9a-f]{64}$'),
        ${done('registered')},
        check (kind <> 'person' or consent_digest is not null)
      );
      create index subject_path on credit.subject using gist (territory_path);
      comment on column credit.subject.consent_digest is 'Of the written consent to collect (Credit Reporting Regulation art. 13); a person has none without it';

      create table credit.identifier (
        subject_id     uuid not null references credit.subject (id),
        field          text not null check (field in ('name', 'number', 'phone')),
        territory_path public.ltree not null,
        key_id         text not null check (key_id ~ '^[a-z0-9-]{1,20}$'),
        sealed         bytea not null check (octet_length(sealed) between 29 and 1024),
        blind_index    bytea not null check (octet_length(blind_index) = 32),
        sealed_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (subject_id, field),
        unique (territory_path, field, blind_index)
      );
      create index identifier_search on credit.identifier (blind_index);
      create index identifier_key on credit.identifier (key_id);
      comment on table credit.identifier is 'AES-256-GCM under the key named, and an HMAC under another key to look for; no plain identifier is in the database';

      create table credit.subject_link (
        id             uuid primary key default gen_random_uuid(),
        subject_id     uuid not null references credit.subject (id),
        held_by        text not null check (held_by <> ''),
        territory_path public.ltree not null,
        ${done('linked')},
        ended_by       text,
        ended_at       timestamptz,
        check ((ended_by is null) = (ended_at is null))
      );
      create unique index subject_link_open on credit.subject_link (subject_id, held_by) where ended_at is null;
      create index subject_link_person on credit.subject_link (held_by) where ended_at is null;
      comment on table credit.subject_link is 'Which person at a login reads which record as the own one; a person sees the own links, whatever their territory';

      create table credit.consent (
        id              uuid primary key default gen_random_uuid(),
        subject_id      uuid not null references credit.subject (id),
        territory_path  public.ltree not null,
        grantee         text not null check (grantee <> ''),
        purpose         text not null check (purpose ~ '^[a-z][a-z-]{0,39}$'),
        from_day        date not null,
        until_day       date not null check (until_day >= from_day),
        document_digest text not null check (document_digest ~ '^[0-9a-f]{64}$'),
        ${done('recorded')}
      );
      create index consent_subject on credit.consent (subject_id);
      create index consent_grantee on credit.consent (grantee);

      create table credit.consent_withdrawal (
        consent_id     uuid primary key references credit.consent (id),
        territory_path public.ltree not null,
        ${done('withdrawn')}
      );

      create table credit.reading (
        no             bigint generated always as identity primary key,
        subject_id     uuid not null references credit.subject (id),
        territory_path public.ltree not null,
        purpose        text not null check (purpose <> ''),
        what           text not null check (what in ('identity', 'record', 'score')),
        consent_id     uuid references credit.consent (id),
        reader_name    text not null check (reader_name <> ''),
        ${done('read')}
      );
      create index reading_subject on credit.reading (subject_id, no);
      comment on table credit.reading is 'Who read what of whom, when and for what; the subject reads it (Credit Reporting Regulation art. 22, Zhejiang Regulation art. 20)';
    `);
    for (const [table, columns] of [
      ['subject', 'territory_path, kind, since, consent_digest'],
      ['consent', 'subject_id, territory_path, grantee, purpose, from_day, until_day, document_digest'],
      ['consent_withdrawal', 'consent_id, territory_path'],
      ['reading', 'subject_id, territory_path, purpose, what, consent_id, reader_name'],
    ]) {
      await runner.query(grantToApp(`credit.${table}`, `select, insert (${columns})`));
      await runner.query(enableRowSecurity(`credit.${table}`));
      await runner.query(appendOnly(`credit.${table}`));
    }
    const sealed = 'key_id, sealed, blind_index';
    await runner.query(
      grantToApp(
        'credit.identifier',
        `select, insert (subject_id, field, territory_path, ${sealed}), update (${sealed}, sealed_at)`,
      ),
    );
    await runner.query(enableRowSecurity('credit.identifier'));
    await runner.query(
      grantToApp(
        'credit.subject_link',
        'select, insert (subject_id, held_by, territory_path), update (ended_by, ended_at)',
      ),
    );
    await runner.query(enableRowSecurity('credit.subject_link'));
    await runner.query(
      `create policy own_links on credit.subject_link for select using (held_by = (select platform.actor()))`,
    );
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
