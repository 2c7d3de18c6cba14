// Special funds are merged from sources that keep their department, purpose and year, and what a fund could not pay is on record.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LedgerFunds1790000075000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table ledger.fund (
        id               uuid primary key default gen_random_uuid(),
        territory_path   public.ltree not null,
        code             text not null check (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
        name_zh          text not null check (length(name_zh) between 1 and 200),
        name_en          text not null check (length(name_en) between 1 and 200),
        shortfall_policy text not null check (shortfall_policy in ('all-or-nothing', 'pro-rata', 'priority', 'queue')),
        opened_by        text not null default platform.actor(),
        opened_at        timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        unique (territory_path, code)
      );

      create table ledger.fund_source (
        id             uuid primary key default gen_random_uuid(),
        fund_id        uuid not null references ledger.fund (id),
        territory_path public.ltree not null,
        code           text not null check (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
        department     text not null check (department <> ''),
        purposes       text[] not null default '{}',
        budget_year    int not null check (budget_year between 1949 and 2199),
        account_id     uuid not null unique references ledger.book_account (id),
        added_by       text not null default platform.actor(),
        added_at       timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        unique (fund_id, code)
      );
      comment on column ledger.fund_source.purposes is 'What the money may be used for; anything when empty';

      create table ledger.fund_grant (
        fund_id        uuid not null references ledger.fund (id),
        decision_key   text not null check (decision_key ~ '^[\\x21-\\x7e]{1,120}$'),
        claim          text not null check (claim ~ '^[\\x21-\\x7e]{1,100}$'),
        territory_path public.ltree not null,
        purpose        text not null,
        period         text not null,
        since          text not null,
        policy         text not null,
        claimed_fen    bigint not null check (claimed_fen >= 0),
        granted_fen    bigint not null check (granted_fen between 0 and claimed_fen),
        queued         boolean not null check (not queued or granted_fen < claimed_fen),
        granted_by     text not null default platform.actor(),
        granted_at     timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (fund_id, decision_key, claim)
      );
      create index fund_grant_claim on ledger.fund_grant (fund_id, claim, granted_at);
      comment on table ledger.fund_grant is 'What every claim of a decision got; claimed less granted is its shortfall';
    `);
    for (const [table, columns] of [
      ['fund', 'territory_path, code, name_zh, name_en, shortfall_policy'],
      ['fund_source', 'fund_id, territory_path, code, department, purposes, budget_year, account_id'],
      [
        'fund_grant',
        'fund_id, decision_key, claim, territory_path, purpose, period, since, policy, claimed_fen, granted_fen, queued',
      ],
    ]) {
      await runner.query(grantToApp(`ledger.${table}`, `select, insert (${columns})`));
      await runner.query(enableRowSecurity(`ledger.${table}`));
      await runner.query(appendOnly(`ledger.${table}`));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
