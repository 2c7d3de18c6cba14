// What a territory tells the public of a year is frozen when it is drafted, sealed when it is published, and shown to everybody from then on.
import { appendOnly, createSubjectSchema, enableRowSecurity, grantToApp, showPublished } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class YearlyDisclosures1790000126000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(createSubjectSchema('evaluation'));
    await runner.query(`
      create table evaluation.yearly_disclosure (
        id             uuid primary key default gen_random_uuid(),
        territory_path public.ltree not null,
        territory_code text not null,
        year           int not null check (year between 1990 and 2200),
        edition        int not null check (edition >= 1),
        -- canonical JSON as text: jsonb would change the bytes that are digested
        document       text not null,
        digest         text not null check (digest = encode(sha256(convert_to(document, 'UTF8')), 'hex')),
        root           text not null check (root ~ '^[0-9a-f]{64}$'),
        drafted_by     text not null default platform.actor(),
        drafted_at     timestamptz not null default date_trunc('milliseconds', clock_timestamp())
      );
      create index yearly_disclosure_of on evaluation.yearly_disclosure (territory_code, year, edition);

      create table evaluation.disclosure_seal (
        disclosure_id  uuid primary key references evaluation.yearly_disclosure (id),
        territory_path public.ltree not null,
        territory_code text not null,
        year           int not null,
        edition        int not null,
        receipt        text not null,
        published_on   date not null,
        constraint disclosure_seal_once unique (territory_code, year, edition)
      );
    `);
    for (const [table, columns] of [
      ['yearly_disclosure', 'territory_path, territory_code, year, edition, document, digest, root'],
      ['disclosure_seal', 'disclosure_id, territory_path, territory_code, year, edition, receipt, published_on'],
    ]) {
      await runner.query(grantToApp(`evaluation.${table}`, `select, insert (${columns})`));
      await runner.query(enableRowSecurity(`evaluation.${table}`));
      await runner.query(appendOnly(`evaluation.${table}`));
    }
    await runner.query(showPublished('evaluation.disclosure_seal'));
    await runner.query(
      showPublished(
        'evaluation.yearly_disclosure',
        'select from evaluation.disclosure_seal s where s.disclosure_id = yearly_disclosure.id',
      ),
    );
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
