// A year is scored from frozen figures, and what came out stays: a correction is the next version, and each unit reads its own row.
import { appendOnly, createSubjectSchema, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const sha = (column: string): string => `${column} text not null check (${column} ~ '^[0-9a-f]{64}$')`;
const done = (deed: string): string => `
  ${deed}_by   text not null default platform.actor(),
  ${deed}_name text not null check (${deed}_name <> ''),
  ${deed}_at   timestamptz not null default date_trunc('milliseconds', clock_timestamp())`;

/** What the application may write of each table; the rest is given by the database. */
const written: readonly (readonly [table: string, columns: string])[] = [
  [
    'score_delivery',
    'territory_path, scorecard, period, department, supplier, document_name, document_digest, cells, digest, supplied_name',
  ],
  ['score_snapshot', 'territory_path, digest, content'],
  [
    'score_run',
    `id, territory_path, scorecard, rule_edition, period, version_no, about, cause, snapshot_digest, result_digest, stand_ins,
    sources, computed_name`,
  ],
  ['unit_score', 'run_id, unit, territory_path, gist, score, rank_no, grade, award, refer, detail'],
  ['score_standing', 'run_id, unit, territory_path, standing, since, stood_name'],
  ['score_request', 'id, territory_path, scorecard, period, wish, scope, requested_name'],
  ['score_request_outcome', 'request_id, territory_path, run_id, refusal'],
];

export class Scorecards1790000115000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${createSubjectSchema('evaluation')}

      create table evaluation.score_delivery (
        id              uuid primary key default gen_random_uuid(),
        delivery_no     bigint generated always as identity unique,
        territory_path  public.ltree not null,
        scorecard       text not null check (scorecard <> ''),
        period          text not null check (period <> ''),
        department      text not null check (department <> ''),
        supplier        text not null check (supplier <> ''),
        document_name   text not null check (length(document_name) between 1 and 300),
        ${sha('document_digest')},
        cells           jsonb not null,
        ${sha('digest')},
        ${done('supplied')}
      );
      create index score_delivery_of on evaluation.score_delivery (territory_path, scorecard, period);
      comment on table evaluation.score_delivery is 'What a department supplied for a scorecard and a year; what it says later of the same cell takes its place';
      comment on column evaluation.score_delivery.cells is 'Unit, column of the rule, exact text';

      create table evaluation.score_snapshot (
        territory_path public.ltree not null,
        digest         text not null check (digest = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
        content        text not null,
        taken_by       text not null default platform.actor(),
        taken_at       timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (territory_path, digest)
      );
      comment on table evaluation.score_snapshot is 'The table that was scored; from it and the rule edition every score follows bit for bit';

      create table evaluation.score_run (
        id             uuid primary key,
        territory_path public.ltree not null,
        scorecard      text not null check (scorecard <> ''),
        ${sha('rule_edition')},
        period         text not null check (period <> ''),
        version_no     int not null check (version_no >= 1),
        about          uuid references evaluation.score_run (id),
        cause          jsonb,
        snapshot_digest text not null,
        ${sha('result_digest')},
        stand_ins      jsonb not null,
        sources        jsonb not null,
        ${done('computed')},
        unique (territory_path, scorecard, period, version_no),
        foreign key (territory_path, snapshot_digest) references evaluation.score_snapshot (territory_path, digest),
        check ((about is null) = (cause is null))
      );
      create index score_run_about on evaluation.score_run (about) where about is not null;
      comment on column evaluation.score_run.cause is 'Of a later version: the appeals and incidents that it answers';
      comment on column evaluation.score_run.stand_ins is 'Values of earlier years in the place of what is missing';

      create table evaluation.unit_score (
        run_id         uuid not null references evaluation.score_run (id),
        unit           text not null check (unit <> ''),
        territory_path public.ltree not null,
        gist           jsonb not null,
        score          numeric not null,
        rank_no        int not null check (rank_no >= 0),
        grade          text not null,
        award          boolean not null,
        refer          boolean not null,
        detail         jsonb not null,
        primary key (run_id, unit)
      );
      create index unit_score_path on evaluation.unit_score using gist (territory_path);
      comment on column evaluation.unit_score.gist is 'What a unit sees of the run: place, scorecard, edition, period, version, digest';
      comment on column evaluation.unit_score.rank_no is '0: without a place, because of falsification';

      create table evaluation.score_standing (
        run_id         uuid not null,
        unit           text not null,
        territory_path public.ltree not null,
        standing       text not null check (standing in ('notified', 'final', 'superseded')),
        since          date not null,
        ${done('stood')},
        primary key (run_id, unit, standing),
        foreign key (run_id, unit) references evaluation.unit_score (run_id, unit)
      );
      create index score_standing_path on evaluation.score_standing using gist (territory_path);

      create table evaluation.score_request (
        id             uuid primary key,
        territory_path public.ltree not null,
        scorecard      text not null,
        period         text not null,
        wish           jsonb not null,
        scope          text[] not null,
        ${done('requested')}
      );

      create table evaluation.score_request_outcome (
        request_id     uuid primary key references evaluation.score_request (id),
        territory_path public.ltree not null,
        run_id         uuid references evaluation.score_run (id),
        refusal        jsonb,
        ended_at       timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        check ((run_id is null) <> (refusal is null))
      );
    `);
    for (const [table, columns] of written) {
      await runner.query(grantToApp(`evaluation.${table}`, `select, insert (${columns})`));
      await runner.query(enableRowSecurity(`evaluation.${table}`));
      await runner.query(appendOnly(`evaluation.${table}`));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
