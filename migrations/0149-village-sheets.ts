// A village team scores its households once a month, on one sheet: the sheet stands once, with the entries that it made.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class VillageSheets1790000149000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table credit.village_sheet (
        id             uuid primary key,
        territory_path public.ltree not null,
        month          text not null check (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
        digest         text not null check (digest ~ '^[0-9a-f]{64}$'),
        entries        int not null check (entries > 0),
        handed_by      text not null default platform.actor(),
        handed_name    text not null check (handed_name <> ''),
        handed_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        unique (territory_path, month, digest)
      );
      create index village_sheet_path on credit.village_sheet using gist (territory_path);
      comment on column credit.village_sheet.digest is 'Of the rows in order, so that a sheet that is sent again is the same sheet';

      create table credit.village_sheet_row (
        sheet_id       uuid not null references credit.village_sheet (id),
        no             int not null check (no > 0),
        territory_path public.ltree not null,
        event_id       uuid not null unique references credit.event (id),
        primary key (sheet_id, no)
      );
    `);
    for (const [table, columns] of [
      ['village_sheet', 'id, territory_path, month, digest, entries, handed_name'],
      ['village_sheet_row', 'sheet_id, no, territory_path, event_id'],
    ]) {
      await runner.query(grantToApp(`credit.${table}`, `select, insert (${columns})`));
      await runner.query(enableRowSecurity(`credit.${table}`));
      await runner.query(appendOnly(`credit.${table}`));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
