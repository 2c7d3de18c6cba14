// Accounts of any year need the tree as it was: rows hold for a span of days and are ended, never rewritten.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class DatedTerritories1790000020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema if not exists territory;
      grant usage on schema territory to gep_app;

      -- No row security here, on purpose: codes and names of places are public, and every signed-in person may read
      -- them. The column is called path, not territory_path, because that name promises row security.
      create table territory.territory (
        code        text not null check (code ~ '^(CN|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{6}(-[a-z0-9]+)+)$' and length(code) <= 64),
        name_zh     text not null check (length(name_zh) between 1 and 200),
        name_en     text check (length(name_en) between 1 and 200),
        level       text not null check (level in ('nation', 'province', 'prefecture', 'county', 'township', 'village', 'site')),
        parent_code text,
        path        ltree not null,
        valid_from  date not null,
        valid_to    date check (valid_to > valid_from),
        source      text not null,
        recorded_at timestamptz not null default now(),
        primary key (code, valid_from),
        constraint territory_one_at_a_time exclude using gist (code with =, daterange(valid_from, valid_to) with &&),
        check (subpath(path, -1)::text = replace(code, '-', '_')),
        check (case when parent_code is null then nlevel(path) = 1
                    else nlevel(path) > 1 and subpath(path, -2, 1)::text = replace(parent_code, '-', '_') end)
      );
      comment on table territory.territory is 'Dated administrative tree and sites; valid_to is the first day a row no longer holds';
      create index territory_path on territory.territory using gist (path);
      create index territory_parent on territory.territory (parent_code, code);

      grant select, insert, update (valid_to) on territory.territory to gep_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
