// A breach is ordered to be corrected before money is delayed, cut, stopped or recovered, and each of these is a deed on record.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CompensationBreaches1790000094000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table compensation.breach (
        id              uuid primary key default gen_random_uuid(),
        territory_path  public.ltree not null,
        agreement       text not null check (agreement <> ''),
        party           text not null check (party <> ''),
        finding         text not null check (length(finding) between 4 and 2000),
        ordered_on      date not null,
        correct_by      date not null check (correct_by > ordered_on),
        document_digest text check (document_digest ~ '^[0-9a-f]{64}$'),
        ordered_by      text not null default platform.actor(),
        ordered_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp())
      );
      create index breach_of on compensation.breach (territory_path, agreement);

      create table compensation.breach_measure (
        id             uuid primary key default gen_random_uuid(),
        breach_id      uuid not null references compensation.breach (id),
        territory_path public.ltree not null,
        kind           text not null check (kind in ('delay', 'cut', 'stop', 'recover')),
        period         text,
        until          date,
        amount_fen     bigint check (amount_fen > 0),
        settlement_id  uuid,
        taken_by       text not null default platform.actor(),
        taken_at       timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        check ((kind = 'delay') = (until is not null)),
        check ((kind in ('cut', 'recover')) = (amount_fen is not null)),
        check ((kind in ('cut', 'recover')) = (period is not null)),
        check ((kind = 'recover') = (settlement_id is not null))
      );
    `);
    for (const [table, columns] of [
      ['breach', 'territory_path, agreement, party, finding, ordered_on, correct_by, document_digest'],
      ['breach_measure', 'breach_id, territory_path, kind, period, until, amount_fen, settlement_id'],
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
