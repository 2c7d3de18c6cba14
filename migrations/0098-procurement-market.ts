// What a buyer on the market pays for services of a site: valuation, price by a rule, instalments that sum, and what was received.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const recorded = `recorded_by text not null default platform.actor(),
          recorded_by_name text not null,
          recorded_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp())`;

export class ProcurementMarket1790000098000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table procurement.market_purchase (
          id               uuid primary key default gen_random_uuid(),
          territory_path   public.ltree not null,
          code             text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
          company_id       uuid not null references procurement.company (id),
          terms            jsonb not null,
          terms_digest     text not null check (terms_digest ~ '^[0-9a-f]{64}$'),
          policy_edition   text not null check (policy_edition ~ '^[0-9a-f]{64}$'),
          price_fen        bigint not null check (price_fen > 0),
          signed_on        date not null,
          ${recorded}
      );
      create index market_purchase_company on procurement.market_purchase (company_id);

      create table procurement.market_instalment (
          purchase_id      uuid not null references procurement.market_purchase (id),
          instalment_no    int not null check (instalment_no > 0),
          territory_path   public.ltree not null,
          due_on           date not null,
          amount_fen       bigint not null check (amount_fen >= 0),
          primary key (purchase_id, instalment_no)
      );

      -- Instalments sum to the price when the purchase is committed, whoever wrote them.
      create function procurement.prove_instalments() returns trigger language plpgsql
        set search_path = pg_catalog, public as $$
      begin
        if (select coalesce(sum(amount_fen), 0) from procurement.market_instalment where purchase_id = new.id) <> new.price_fen then
          raise exception 'instalments of % do not sum to the price', new.code using errcode = 'check_violation';
        end if;
        return null;
      end $$;
      create constraint trigger instalments_sum after insert on procurement.market_purchase deferrable initially deferred
        for each row execute function procurement.prove_instalments();
      revoke execute on function procurement.prove_instalments() from public;

      create table procurement.market_receipt (
          id               uuid primary key default gen_random_uuid(),
          purchase_id      uuid not null,
          instalment_no    int not null,
          territory_path   public.ltree not null,
          amount_fen       bigint not null check (amount_fen > 0),
          received_on      date not null,
          bank_reference   text not null unique check (bank_reference ~ '^[\\x21-\\x7e]{4,100}$'),
          ${recorded},
          foreign key (purchase_id, instalment_no) references procurement.market_instalment (purchase_id, instalment_no)
      );
      create index market_receipt_instalment on procurement.market_receipt (purchase_id, instalment_no);
    `);
    for (const table of ['market_purchase', 'market_instalment', 'market_receipt']) {
      await runner.query(grantToApp(`procurement.${table}`, 'select, insert'));
      await runner.query(enableRowSecurity(`procurement.${table}`));
      await runner.query(appendOnly(`procurement.${table}`));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
