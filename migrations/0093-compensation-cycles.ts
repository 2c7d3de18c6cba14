// A period of an agreement keeps what was measured for it, which settlements it led to, and what a pool could not give.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CompensationCycles1790000093000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table compensation.cycle (
        id             uuid primary key default gen_random_uuid(),
        territory_path public.ltree not null,
        agreement      text not null check (agreement <> ''),
        period         text not null check (period <> ''),
        begun_by       text not null default platform.actor(),
        begun_at       timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        unique (territory_path, agreement, period)
      );

      create table compensation.cycle_settlement (
        settlement_id  uuid primary key,
        cycle_id       uuid not null references compensation.cycle (id),
        agreement_id   uuid not null references compensation.agreement (id),
        territory_path public.ltree not null,
        kind           text not null check (kind <> ''),
        advance        text,
        added_at       timestamptz not null default date_trunc('milliseconds', clock_timestamp())
      );
      create index cycle_settlement_cycle on compensation.cycle_settlement (cycle_id, added_at);
      comment on column compensation.cycle_settlement.advance is 'Code of the advance in the terms, where it is one';

      create table compensation.measurement (
        id              uuid primary key default gen_random_uuid(),
        territory_path  public.ltree not null,
        agreement       text not null check (agreement <> ''),
        period          text not null check (period <> ''),
        supplied_by     text not null check (length(supplied_by) between 1 and 200),
        supplier_place  text,
        sampled_with    text,
        header          jsonb not null,
        rows            jsonb not null,
        document_name   text not null check (document_name <> ''),
        document_digest text not null check (document_digest ~ '^[0-9a-f]{64}$'),
        digest          text not null check (digest ~ '^[0-9a-f]{64}$'),
        recorded_by     text not null default platform.actor(),
        recorded_at     timestamptz not null default date_trunc('milliseconds', clock_timestamp())
      );
      create index measurement_of on compensation.measurement (territory_path, agreement, period, recorded_at);
      comment on column compensation.measurement.sampled_with is 'The other side of a joint sampling';

      create table compensation.carry (
        id             uuid primary key default gen_random_uuid(),
        territory_path public.ltree not null,
        agreement      text not null check (agreement <> ''),
        period         text not null check (period <> ''),
        payment        text not null check (payment <> ''),
        settlement_id  uuid not null,
        amount_fen     bigint not null check (amount_fen > 0),
        carried_at     timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        unique (settlement_id, payment)
      );
      create table compensation.carry_use (
        carry_id       uuid not null references compensation.carry (id),
        settlement_id  uuid not null,
        territory_path public.ltree not null,
        used_at        timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (carry_id, settlement_id)
      );
      comment on table compensation.carry_use is 'A settlement whose pool holds what was carried; it counts while the settlement is not returned or withdrawn';
    `);
    for (const [table, columns] of [
      ['cycle', 'territory_path, agreement, period'],
      ['cycle_settlement', 'settlement_id, cycle_id, agreement_id, territory_path, kind, advance'],
      [
        'measurement',
        'territory_path, agreement, period, supplied_by, supplier_place, sampled_with, header, rows, document_name, document_digest, digest',
      ],
      ['carry', 'territory_path, agreement, period, payment, settlement_id, amount_fen'],
      ['carry_use', 'carry_id, settlement_id, territory_path'],
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
