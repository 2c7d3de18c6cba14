// Departments deliver one data sheet each: what a sheet brought stands beside the others, and what holds is joined of them.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Deliveries1790000045000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table observation.batch add column data_sheet text check (length(data_sheet) between 1 and 64);
      comment on column observation.batch.data_sheet is 'Code of the department''s data sheet; null for a whole upload';

      create table observation.delivery (
        id uuid primary key default gen_random_uuid(),
        batch_id uuid not null references observation.batch (id),
        territory_code text not null,
        territory_path public.ltree not null,
        period text not null,
        norm_id text not null,
        data_sheet text not null,
        patches integer not null check (patches >= 0),
        refused_rows integer not null check (refused_rows >= 0),
        digest text not null,
        -- values for whole types, wherever their rows come from
        given jsonb not null,
        statistics jsonb not null,
        -- Arrow IPC stream of its rows and daily values as they were sent
        bytes bytea not null,
        unique (batch_id, territory_code, period)
      );
      alter table observation.delivery alter column bytes set storage external;
      create index delivery_path on observation.delivery using gist (territory_path);

      -- The rows of one upload with the values that other sheets give to them: what accounts are computed from.
      create table observation.piece (
        id uuid primary key default gen_random_uuid(),
        batch_id uuid not null references observation.batch (id),
        territory_path public.ltree not null,
        chunk_digest text not null,
        bytes bytea not null
      );
      alter table observation.piece alter column bytes set storage external;
      create index piece_path on observation.piece using gist (territory_path);

      -- A chunk is a whole upload with its bytes, or what holds once the sheets of departments are joined.
      alter table observation.chunk
        alter column bytes drop not null,
        alter column chunk_digest drop not null,
        -- deliveries that stand together; null for a whole upload
        add column deliveries uuid[],
        -- their rows, in order: ids of pieces, or of the whole upload itself where no sheet touches its rows
        add column pieces uuid[],
        -- the whole upload that still holds below the sheets, and what of it no longer does
        add column whole_id uuid references observation.chunk (id),
        add column masked text[],
        add constraint chunk_whole_or_joined check (
          (bytes is null) = (deliveries is not null) and (chunk_digest is null) = (deliveries is not null)
          and (pieces is null) = (deliveries is null) and (masked is null) = (deliveries is null)
          and (whole_id is null or deliveries is not null));
    `);
    await runner.query(
      ['delivery', 'piece']
        .map((name) => `observation.${name}`)
        .map((table) => grantToApp(table, 'select, insert') + enableRowSecurity(table) + appendOnly(table))
        .join('\n'),
    );
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
