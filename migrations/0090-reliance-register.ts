// Money rests on figures that may be restated later: what was decided, paid or shared out notes which vintage it rests on.
import { appendOnly, createSubjectSchema, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RelianceRegister1790000090000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${createSubjectSchema('settlement')}

      create table settlement.reliance (
        id                 uuid primary key default gen_random_uuid(),
        dependent_kind     text not null check (dependent_kind ~ '^[a-z][a-z-]{0,39}$'),
        dependent_id       text not null check (length(dependent_id) between 1 and 200),
        figure             text not null check (length(figure) <= 400),
        account_id         uuid,
        disclosure_id      uuid,
        upstream_kind      text check (upstream_kind ~ '^[a-z][a-z-]{0,39}$'),
        upstream_id        text check (length(upstream_id) between 1 and 200),
        amount_fen         bigint not null,
        period             text not null check (period <> ''),
        upstream_territory text not null,
        territory_path     public.ltree not null,
        noted_by           text not null default platform.actor(),
        noted_at           timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        unique nulls not distinct (territory_path, dependent_kind, dependent_id, figure, account_id, upstream_kind, upstream_id),
        check ((upstream_kind is null) = (upstream_id is null)),
        check ((account_id is null) <> (upstream_id is null)),
        check (disclosure_id is null or account_id is not null)
      );
      create index reliance_account on settlement.reliance (account_id) where account_id is not null;
      create index reliance_upstream on settlement.reliance (upstream_kind, upstream_id) where upstream_id is not null;
      comment on table settlement.reliance is 'Which result rests on which account vintage, or on which other result; never taken back: what was decided by a figure stays so';
      comment on column settlement.reliance.figure is 'The part of the dependent that rests on it, a unit or a party; empty: the whole';
      comment on column settlement.reliance.amount_fen is 'What that part came to when it was noted';
      comment on column settlement.reliance.upstream_territory is 'Code of the territory of the account or of the result that it rests on';
      ${grantToApp(
        'settlement.reliance',
        'select, insert (dependent_kind, dependent_id, figure, account_id, disclosure_id, upstream_kind, upstream_id, amount_fen, period, upstream_territory, territory_path)',
      )}
      ${enableRowSecurity('settlement.reliance')}
      ${appendOnly('settlement.reliance')}
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
