// A task that kills its worker must not be tried for ever: what was begun is counted, and less is tried at once after a loss.
import { grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class TaskParts1790000053000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE accounting.recompute_task
        -- how many of its territories are finished, from the first; the next part begins there
        ADD COLUMN finished integer NOT NULL DEFAULT 0 CHECK (finished >= 0),
        -- most territories that are worked on at once; null for all that are left
        ADD COLUMN part_size integer CHECK (part_size > 0),
        -- attempts at the next part that were begun, and of whose end nothing was heard; when the last one was
        ADD COLUMN begun integer NOT NULL DEFAULT 0 CHECK (begun >= 0),
        ADD COLUMN begun_at timestamptz,
        -- territories that were given up after their last attempt; the task is dead then
        ADD COLUMN given_up integer NOT NULL DEFAULT 0 CHECK (given_up >= 0);
      CREATE INDEX recompute_run_latest ON accounting.recompute_run (requested_at DESC, id DESC);
    `);
    await runner.query(
      grantToApp(
        'accounting.recompute_task',
        `select, insert, update (state, round, computed, unchanged, refused, finished_at,
           finished, part_size, begun, begun_at, given_up)`,
      ),
    );
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
