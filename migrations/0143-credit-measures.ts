// A measure for or against a subject rests on a published item, its law and the entries that caused it; when those fall, it falls.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreditMeasures1790000143000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table credit.measure (
        id             uuid primary key default gen_random_uuid(),
        subject_id     uuid not null references credit.subject (id),
        territory_path public.ltree not null,
        item           text not null check (length(item) between 1 and 64),
        edition        text not null check (edition ~ '^[0-9a-f]{64}$'),
        kind           text not null check (kind in ('reward', 'punishment', 'incentive')),
        law_zh         text not null check (law_zh <> ''),
        law_en         text not null check (law_en <> ''),
        severe         boolean not null,
        until_day      date,
        share          text,
        proposed_by    text not null default platform.actor(),
        proposed_at    timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        check (kind <> 'punishment' or until_day is not null)
      );
      create index measure_subject on credit.measure (subject_id);
      create index measure_path on credit.measure using gist (territory_path);
      comment on column credit.measure.share is 'Of a cut: the part that is taken away, an exact fraction';

      create table credit.measure_cause (
        measure_id     uuid not null references credit.measure (id),
        event_id       uuid not null references credit.event (id),
        territory_path public.ltree not null,
        primary key (measure_id, event_id)
      );
      create index measure_cause_event on credit.measure_cause (event_id);
    `);
    for (const [table, columns] of [
      ['measure', 'id, subject_id, territory_path, item, edition, kind, law_zh, law_en, severe, until_day, share'],
      ['measure_cause', 'measure_id, event_id, territory_path'],
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
