// Progress is recorded with the vintages that it rests on, and figures that no account gives with the document that they come from.
import { appendOnly, createSubjectSchema, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class TargetProgress1790000111000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${createSubjectSchema('evaluation')}

      create table evaluation.outside_figure (
        id               uuid primary key default gen_random_uuid(),
        figure_no        bigint generated always as identity,
        territory        text not null,
        territory_path   public.ltree not null,
        measure          text not null check (measure in ('gdp')),
        year             int not null check (year between 1900 and 2199),
        prices_of        text check (prices_of ~ '^[0-9]{4}$'),
        value_fen        bigint not null,
        supplied_by_body text not null check (length(supplied_by_body) between 1 and 200),
        supplier_path    public.ltree not null,
        document         text not null check (length(document) between 1 and 400),
        document_digest  text not null check (document_digest ~ '^[0-9a-f]{64}$'),
        supplied_by      text not null default platform.actor(),
        supplied_by_name text not null check (supplied_by_name <> ''),
        supplied_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        check (supplier_path @> territory_path and supplier_path <> territory_path)
      );
      create index outside_figure_of on evaluation.outside_figure (territory, measure, year);
      create index outside_figure_path on evaluation.outside_figure using gist (territory_path);
      comment on column evaluation.outside_figure.supplier_path is 'Where the supplying body lies: above the unit, which never supplies its own figure';
      comment on column evaluation.outside_figure.prices_of is 'Year of its prices; null: those of its own year';

      create table evaluation.target_progress (
        id               uuid primary key default gen_random_uuid(),
        plan_id          uuid not null references evaluation.target_plan (id),
        territory_path   public.ltree not null,
        year             int not null,
        round            int not null check (round >= 1),
        rows             jsonb not null,
        digest           text not null check (digest ~ '^[0-9a-f]{64}$'),
        recorded_by      text not null default platform.actor(),
        recorded_by_name text not null check (recorded_by_name <> ''),
        recorded_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        unique (plan_id, year, round)
      );
      create index target_progress_path on evaluation.target_progress using gist (territory_path);
    `);
    for (const [table, columns] of [
      [
        'outside_figure',
        'territory, territory_path, measure, year, prices_of, value_fen, supplied_by_body, supplier_path, document, document_digest, supplied_by_name',
      ],
      ['target_progress', 'plan_id, territory_path, year, round, rows, digest, recorded_by_name'],
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
