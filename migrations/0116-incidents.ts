// Major incidents and proven falsification are registered with authority, document and day, because awards and grades hang on them.
import { appendOnly, createSubjectSchema, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Incidents1790000116000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${createSubjectSchema('evaluation')}

      create table evaluation.incident (
        id              uuid primary key default gen_random_uuid(),
        territory_path  public.ltree not null,
        territory       text not null check (territory <> ''),
        kind            text not null check (kind in ('major-incident', 'proven-falsification')),
        period          text not null check (period ~ '^\\d{4}$'),
        happened_on     date not null,
        found_on        date not null check (found_on >= happened_on),
        authority       text not null check (length(authority) between 2 and 200),
        finding         text not null check (length(finding) between 4 and 4000),
        document_name   text not null check (length(document_name) between 1 and 300),
        document_digest text not null check (document_digest ~ '^[0-9a-f]{64}$'),
        recorded_by     text not null default platform.actor(),
        recorded_name   text not null check (recorded_name <> ''),
        recorded_at     timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        unique (territory_path, kind, period, document_digest)
      );
      create index incident_path on evaluation.incident using gist (territory_path);
      comment on column evaluation.incident.period is 'Year whose evaluation it counts in';
    `);
    const columns = `territory_path, territory, kind, period, happened_on, found_on, authority, finding, document_name,
      document_digest, recorded_name`;
    await runner.query(grantToApp('evaluation.incident', `select, insert (${columns})`));
    await runner.query(enableRowSecurity('evaluation.incident'));
    await runner.query(appendOnly('evaluation.incident'));
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
