// Money that was paid goes back into conservation: each spending with its evidence, yearly statements, and what follows when it does not.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const recorded = `recorded_by text not null default platform.actor(),
          recorded_by_name text not null,
          recorded_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp())`;

export class ProcurementSpending1790000097000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table procurement.spending (
          id               uuid primary key default gen_random_uuid(),
          contract_id      uuid not null references procurement.contract (id),
          territory_path   public.ltree not null,
          use              text not null check (use in ('conservation', 'allowed')),
          purpose          text not null check (purpose <> ''),
          amount_fen       bigint not null check (amount_fen <> 0),
          spent_on         date not null,
          evidence         text not null unique check (evidence ~ '^[^[:cntrl:]]{4,100}$'),
          document_digest  text not null check (document_digest ~ '^[0-9a-f]{64}$'),
          cancels          uuid unique references procurement.spending (id),
          ${recorded},
          check ((amount_fen < 0) = (cancels is not null))
      );
      create index spending_contract on procurement.spending (contract_id);

      create table procurement.spending_statement (
          contract_id      uuid not null references procurement.contract (id),
          year             text not null check (year ~ '^(19|20|21)[0-9]{2}$'),
          territory_path   public.ltree not null,
          conservation_fen bigint not null,
          allowed_fen      bigint not null,
          on_day           date not null,
          document_digest  text not null check (document_digest ~ '^[0-9a-f]{64}$'),
          ${recorded},
          primary key (contract_id, year)
      );

      create table procurement.spending_measure (
          id               uuid primary key default gen_random_uuid(),
          contract_id      uuid not null references procurement.contract (id),
          territory_path   public.ltree not null,
          kind             text not null check (kind in ('delay', 'cut', 'stop', 'recover', 'lift')),
          lifts            uuid unique references procurement.spending_measure (id),
          amount_fen       bigint check (amount_fen > 0),
          on_day           date not null,
          reason           text not null check (reason <> ''),
          ${recorded},
          check ((kind = 'lift') = (lifts is not null)),
          check ((kind in ('cut', 'recover')) = (amount_fen is not null))
      );
      create index spending_measure_contract on procurement.spending_measure (contract_id);
    `);
    for (const table of ['spending', 'spending_statement', 'spending_measure']) {
      await runner.query(grantToApp(`procurement.${table}`, 'select, insert'));
      await runner.query(enableRowSecurity(`procurement.${table}`));
      await runner.query(appendOnly(`procurement.${table}`));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
