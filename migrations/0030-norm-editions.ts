// An account names the edition it was computed with, so the edition must be kept for ever, whatever happens to the files.
import { appendOnly, createSubjectSchema, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class NormEditions1790000030000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${createSubjectSchema('rulebook')}

      -- No row security here, on purpose: a method is public to everyone who may see a result of it.
      create table rulebook.norm_edition (
        edition text primary key check (edition = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
        norm_id text not null check (norm_id ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(norm_id) <= 64),
        title jsonb not null,
        content text not null,
        files jsonb not null,
        units jsonb not null,
        recorded_at timestamptz not null default now()
      );
      comment on column rulebook.norm_edition.content is 'Canonical JSON whose digest is the edition; text, because jsonb would change its bytes';
      comment on column rulebook.norm_edition.files is 'The files as published, with their comments: [{path, text}]';
      comment on column rulebook.norm_edition.units is 'Definitions of the units at that time, so that the edition can be read again by itself';
      create index norm_edition_norm on rulebook.norm_edition (norm_id);

      -- The edition in force is the one published last; publishing an earlier edition again brings it back.
      create table rulebook.norm_publication (
        id bigint generated always as identity primary key,
        norm_id text not null,
        edition text not null references rulebook.norm_edition (edition),
        published_at timestamptz not null default clock_timestamp(),
        published_by text not null default platform.actor()
      );
      create index norm_publication_norm on rulebook.norm_publication (norm_id, id);
      create index norm_publication_edition on rulebook.norm_publication (edition, id);
    `);
    await runner.query(
      grantToApp('rulebook.norm_edition', 'select, insert') +
        appendOnly('rulebook.norm_edition') +
        grantToApp('rulebook.norm_publication', 'select, insert') +
        appendOnly('rulebook.norm_publication'),
    );
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
