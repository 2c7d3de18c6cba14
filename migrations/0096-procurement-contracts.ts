// A yearly purchase of increments: its terms, every deed with its day and its papers, invoices, supplements.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const recorded = `recorded_by text not null default platform.actor(),
          recorded_by_name text not null,
          recorded_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp())`;

export class ProcurementContracts1790000096000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table procurement.contract (
          id               uuid primary key default gen_random_uuid(),
          territory_path   public.ltree not null,
          code             text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
          company_id       uuid not null references procurement.company (id),
          year             text not null check (year ~ '^(19|20|21)[0-9]{2}$'),
          terms            jsonb not null,
          terms_digest     text not null check (terms_digest ~ '^[0-9a-f]{64}$'),
          ${recorded}
      );
      create index contract_company on procurement.contract (company_id, year);

      create table procurement.contract_deed (
          contract_id      uuid not null references procurement.contract (id),
          deed_no          int not null check (deed_no > 0),
          territory_path   public.ltree not null,
          act              text not null check (act ~ '^[a-z-]{1,40}$'),
          on_day           date not null,
          content          jsonb not null,
          document_digest  text check (document_digest ~ '^[0-9a-f]{64}$'),
          ${recorded},
          primary key (contract_id, deed_no)
      );

      -- One number, one invoice, on the whole platform: the index sees what the asker may not.
      create table procurement.invoice (
          number           text primary key check (number ~ '^[0-9A-Z]{8,40}$'),
          territory_path   public.ltree not null,
          contract_id      uuid not null references procurement.contract (id),
          amount_fen       bigint not null check (amount_fen > 0),
          issued_on        date not null,
          document_digest  text check (document_digest ~ '^[0-9a-f]{64}$'),
          ${recorded}
      );
      create index invoice_contract on procurement.invoice (contract_id);

      create table procurement.supplement (
          contract_id      uuid not null references procurement.contract (id),
          supplement_no    int not null check (supplement_no > 0),
          territory_path   public.ltree not null,
          settlement_id    uuid unique,
          amount_fen       bigint not null check (amount_fen > 0),
          signed_on        date not null,
          reason           text not null check (reason <> ''),
          document_digest  text not null check (document_digest ~ '^[0-9a-f]{64}$'),
          ${recorded},
          primary key (contract_id, supplement_no)
      );
    `);
    for (const table of ['contract', 'contract_deed', 'invoice', 'supplement']) {
      await runner.query(grantToApp(`procurement.${table}`, 'select, insert'));
      await runner.query(enableRowSecurity(`procurement.${table}`));
      await runner.query(appendOnly(`procurement.${table}`));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
