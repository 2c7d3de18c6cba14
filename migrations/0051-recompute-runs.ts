// A recomputation is known by its tasks in the database, so that losing the whole queue loses time and nothing else.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RecomputeRuns1790000051000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE accounting.recompute_run (
        id             uuid PRIMARY KEY,
        territory_code text NOT NULL,
        territory_path public.ltree NOT NULL,
        period         text NOT NULL,
        norm_id        text NOT NULL,
        norm_edition   text NOT NULL,
        state          text NOT NULL CHECK (state IN ('active', 'done', 'failed', 'cancelled')),
        -- set for runs that the schedule opened: two schedulers make one run
        schedule_key   text CONSTRAINT recompute_run_scheduled_once UNIQUE,
        requested_by   text NOT NULL,
        requested_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
        -- how often its tasks were handed to the queue, and when last
        round          integer NOT NULL DEFAULT 1,
        issued_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
        finished_at    timestamptz,
        CHECK ((state = 'active') = (finished_at IS NULL))
      );
      CREATE UNIQUE INDEX recompute_run_active_once
        ON accounting.recompute_run (territory_code, period, norm_id, norm_edition) WHERE state = 'active';

      CREATE TABLE accounting.recompute_task (
        run_id         uuid NOT NULL REFERENCES accounting.recompute_run (id),
        task_no        integer NOT NULL,
        territory_path public.ltree NOT NULL,
        -- null for a batch of territories with observations, else the level that is rolled up
        level          text,
        territories    text[] NOT NULL,
        state          text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'dead', 'cancelled')),
        round          integer NOT NULL DEFAULT 1,
        computed       integer NOT NULL DEFAULT 0,
        unchanged      integer NOT NULL DEFAULT 0,
        refused        integer NOT NULL DEFAULT 0,
        finished_at    timestamptz,
        PRIMARY KEY (run_id, task_no)
      );
      CREATE INDEX recompute_task_waiting ON accounting.recompute_task (run_id) WHERE state = 'waiting';

      CREATE TABLE accounting.recompute_failure (
        run_id         uuid NOT NULL,
        task_no        integer NOT NULL,
        round          integer NOT NULL,
        -- the territory that was refused, or '*' when the whole task died
        subject        text NOT NULL,
        territory_path public.ltree NOT NULL,
        code           text NOT NULL,
        text_zh        text NOT NULL,
        text_en        text NOT NULL,
        facts          jsonb NOT NULL,
        recorded_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (run_id, task_no, round, subject),
        FOREIGN KEY (run_id, task_no) REFERENCES accounting.recompute_task (run_id, task_no)
      );
    `);
    await runner.query(
      [
        grantToApp('accounting.recompute_run', 'select, insert, update (state, round, issued_at, finished_at)'),
        grantToApp(
          'accounting.recompute_task',
          'select, insert, update (state, round, computed, unchanged, refused, finished_at)',
        ),
        grantToApp('accounting.recompute_failure', 'select, insert'),
        enableRowSecurity('accounting.recompute_run'),
        enableRowSecurity('accounting.recompute_task'),
        enableRowSecurity('accounting.recompute_failure'),
        appendOnly('accounting.recompute_failure'),
      ].join('\n'),
    );
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
