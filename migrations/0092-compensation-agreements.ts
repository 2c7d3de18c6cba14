// Agreements of compensation are kept edition by edition, each party with its copy, so that what was agreed is never rewritten.
import { appendOnly, createSubjectSchema, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CompensationAgreements1790000092000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${createSubjectSchema('compensation')}

      create table compensation.agreement (
        id              uuid primary key default gen_random_uuid(),
        territory_path  public.ltree not null,
        code            text not null check (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
        edition_no      int not null check (edition_no >= 1),
        terms           jsonb not null,
        digest          text not null check (digest ~ '^[0-9a-f]{64}$'),
        drafted_by      text not null default platform.actor(),
        drafted_by_name text not null check (drafted_by_name <> ''),
        drafted_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        unique (territory_path, code, edition_no)
      );
      create index agreement_path on compensation.agreement using gist (territory_path);
      comment on column compensation.agreement.edition_no is 'An amendment is the next edition; the earlier ones stay';

      create table compensation.agreement_copy (
        agreement_id   uuid not null references compensation.agreement (id),
        party          text not null check (party <> ''),
        territory_path public.ltree not null,
        terms          jsonb not null,
        primary key (agreement_id, party)
      );
      create index agreement_copy_path on compensation.agreement_copy using gist (territory_path);
      comment on table compensation.agreement_copy is 'What a party reads where it does not see the territory of the fund';

      create table compensation.signature (
        agreement_id    uuid not null references compensation.agreement (id),
        party           text not null check (party <> ''),
        territory_path  public.ltree not null,
        signatory       text not null check (length(signatory) between 1 and 200),
        signed_on       date not null,
        document_digest text check (document_digest ~ '^[0-9a-f]{64}$'),
        recorded_by     text not null default platform.actor(),
        recorded_at     timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (agreement_id, party)
      );
    `);
    for (const [table, columns] of [
      ['agreement', 'territory_path, code, edition_no, terms, digest, drafted_by_name'],
      ['agreement_copy', 'agreement_id, party, territory_path, terms'],
      ['signature', 'agreement_id, party, territory_path, signatory, signed_on, document_digest'],
    ]) {
      await runner.query(grantToApp(`compensation.${table}`, `select, insert (${columns})`));
      await runner.query(enableRowSecurity(`compensation.${table}`));
      await runner.query(appendOnly(`compensation.${table}`));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
