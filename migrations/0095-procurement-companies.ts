// The payee of an increment is a company: its dated particulars, what it may sell, and gains that are sold already.
import { appendOnly, createSubjectSchema, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const recorded = `recorded_by text not null default platform.actor(),
          recorded_by_name text not null,
          recorded_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp())`;

export class ProcurementCompanies1790000095000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(createSubjectSchema('procurement'));
    await runner.query(`
      create table procurement.company (
          id               uuid primary key default gen_random_uuid(),
          territory_path   public.ltree not null,
          code             text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
          ${recorded}
      );

      create table procurement.company_version (
          company_id       uuid not null references procurement.company (id),
          version_no       int not null check (version_no > 0),
          territory_path   public.ltree not null,
          valid_from       date not null,
          name_zh          text not null check (name_zh <> ''),
          name_en          text not null check (name_en <> ''),
          legal_form       text not null check (legal_form in ('company', 'cooperative', 'collective', 'state-owned')),
          credit_code      text check (credit_code ~ '^[0-9A-Z]{18}$'),
          payee_name       text not null check (payee_name <> ''),
          bank             text not null check (bank <> ''),
          account_no       text not null check (account_no ~ '^[0-9A-Za-z-]{4,40}$'),
          status           text not null check (status in ('active', 'suspended', 'dissolved')),
          reason           text not null check (reason <> ''),
          document_digest  text check (document_digest ~ '^[0-9a-f]{64}$'),
          ${recorded},
          primary key (company_id, version_no)
      );

      create table procurement.sale_right (
          id               uuid primary key default gen_random_uuid(),
          company_id       uuid not null references procurement.company (id),
          territory_path   public.ltree not null,
          territory        text not null,
          place_path       public.ltree not null,
          parcel           text check (parcel ~ '^[^[:cntrl:]]{1,100}$'),
          basis            text not null check (basis in ('ownership', 'entrustment', 'operation', 'lease', 'shares')),
          valid_from       date not null,
          valid_to         date check (valid_to > valid_from),
          reason           text not null check (reason <> ''),
          document_digest  text check (document_digest ~ '^[0-9a-f]{64}$'),
          ${recorded}
      );
      create index sale_right_company on procurement.sale_right (company_id);
      create index sale_right_place on procurement.sale_right using gist (place_path);

      create table procurement.sale_right_end (
          right_id         uuid primary key references procurement.sale_right (id),
          territory_path   public.ltree not null,
          valid_to         date not null,
          reason           text not null check (reason <> ''),
          ${recorded}
      );

      create table procurement.sold_gain (
          id               uuid primary key default gen_random_uuid(),
          territory_path   public.ltree not null,
          territory        text not null,
          parcel           text check (parcel ~ '^[^[:cntrl:]]{1,100}$'),
          service          text not null check (service ~ '^[A-Za-z][A-Za-z0-9]*$'),
          year             text not null check (year ~ '^(19|20|21)[0-9]{2}$'),
          amount_fen       bigint not null check (amount_fen <> 0),
          sold_to          text not null check (sold_to <> ''),
          credit           text not null check (credit ~ '^[\\x21-\\x7e]{1,100}$'),
          cancels          uuid unique references procurement.sold_gain (id),
          reason           text not null check (reason <> ''),
          document_digest  text check (document_digest ~ '^[0-9a-f]{64}$'),
          ${recorded},
          check ((amount_fen < 0) = (cancels is not null))
      );
      -- A credit is retired once for a service and a year, wherever that is.
      create unique index sold_gain_credit on procurement.sold_gain (credit, service, year) where cancels is null;
      create index sold_gain_place on procurement.sold_gain using gist (territory_path);
    `);
    for (const table of ['company', 'company_version', 'sale_right', 'sale_right_end', 'sold_gain']) {
      await runner.query(grantToApp(`procurement.${table}`, 'select, insert'));
      await runner.query(enableRowSecurity(`procurement.${table}`));
      await runner.query(appendOnly(`procurement.${table}`));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
