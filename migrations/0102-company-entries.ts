// What a dividend may share is what the company took in and spent, so each entry names its evidence and the settlement it came from.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CompanyEntries1790000102000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table procurement.company_entry (
        id              uuid primary key default gen_random_uuid(),
        company_id      uuid not null references procurement.company (id),
        territory_path  public.ltree not null,
        kind            text not null check (kind in ('income', 'cost')),
        amount_fen      bigint not null check (amount_fen > 0),
        booked_on       date not null,
        period          text not null check (period ~ '^[0-9]{4}(-Q[1-4]|-[01][0-9])?$'),
        agreement       text check (agreement ~ '^[\\x21-\\x7e]{1,100}$'),
        upstream_kind   text check (upstream_kind ~ '^[a-z]+(-[a-z]+)*$'),
        upstream_id     text,
        voucher_id      uuid not null,
        memo            text not null check (memo <> ''),
        document_digest text not null check (document_digest ~ '^[0-9a-f]{64}$'),
        booked_by       text not null default platform.actor(),
        booked_at       timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        check ((upstream_kind is null) = (upstream_id is null))
      );
      create index company_entry_company on procurement.company_entry (company_id, booked_on);
      comment on column procurement.company_entry.upstream_id is 'The settlement or other result that the income was paid by';
    `);
    await runner.query(
      grantToApp(
        'procurement.company_entry',
        'select, insert (company_id, territory_path, kind, amount_fen, booked_on, period, agreement, upstream_kind, upstream_id, voucher_id, memo, document_digest)',
      ),
    );
    await runner.query(enableRowSecurity('procurement.company_entry'));
    await runner.query(appendOnly('procurement.company_entry'));
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
