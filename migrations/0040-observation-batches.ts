// Figures must be traced to the file they came from: every import is a batch that stays, and chunks are added, never changed.
import { appendOnly, createSubjectSchema, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ObservationBatches1790000040000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${createSubjectSchema('observation')}

      create table observation.batch (
        id uuid primary key default gen_random_uuid(),
        sequence bigint generated always as identity unique,
        -- digest of the file, and of what the norm and the importer's territories let through of it
        file_digest text not null,
        outcome_digest text not null,
        repetition integer not null check (repetition > 0),
        file_name text not null check (length(file_name) between 1 and 1000),
        format text not null check (format in ('csv', 'json', 'xlsx')),
        norm_id text not null,
        norm_edition text not null,
        status text not null check (status in ('accepted', 'partial', 'refused')),
        counts jsonb not null,
        problems jsonb not null,
        imported_by text not null default platform.actor(),
        imported_by_name text not null,
        imported_at timestamptz not null default clock_timestamp(),
        -- nearest territory that covers everything accepted; null when nothing was
        covering_path public.ltree,
        unique (outcome_digest, imported_by, repetition)
      );
      comment on table observation.batch is 'One import of a file under a norm, with every problem that it had';
      create index batch_covering_path on observation.batch using gist (covering_path);

      -- A batch speaks of all its territories, so it is shown to who may see all of them, and to who imported it.
      alter table observation.batch enable row level security;
      alter table observation.batch force row level security;
      create policy batch_read on observation.batch for select using (
        imported_by = (select platform.actor())
        or covering_path <@ any ((select platform.scope())::public.ltree[]));
      create policy batch_write on observation.batch for insert with check (imported_by = (select platform.actor()));

      create table observation.chunk (
        id uuid primary key default gen_random_uuid(),
        -- the order in which imports took effect; the last one of a territory, period and norm holds
        sequence bigint generated always as identity unique,
        batch_id uuid not null references observation.batch (id),
        territory_code text not null,
        territory_path public.ltree not null,
        period text not null,
        norm_id text not null,
        patches integer not null check (patches >= 0),
        refused_rows integer not null check (refused_rows >= 0),
        chunk_digest text not null,
        -- digest of patches and statistics together
        digest text not null,
        statistics jsonb not null,
        bytes bytea not null,
        unique (batch_id, territory_code, period)
      );
      comment on column observation.chunk.bytes is 'Arrow IPC stream of the patches';
      -- Numbers hardly compress, and what is stored plain is read at the speed of the disk.
      alter table observation.chunk alter column bytes set storage external;
      create index chunk_current on observation.chunk (period, norm_id, territory_code, sequence desc);
      create index chunk_path on observation.chunk using gist (territory_path);
    `);
    await runner.query(
      grantToApp('observation.batch', 'select, insert') +
        appendOnly('observation.batch') +
        grantToApp('observation.chunk', 'select, insert') +
        enableRowSecurity('observation.chunk') +
        appendOnly('observation.chunk'),
    );
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
