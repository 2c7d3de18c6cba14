// When an observation came tells whether it is of a territory before a change of its boundary became known, or after.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class TimeOfObservations1790000048000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Null of what came before: older than every change by which something passes on to a code that goes on.
      alter table observation.chunk add column recorded_at timestamptz;
      alter table observation.chunk alter column recorded_at set default clock_timestamp();
      comment on column observation.chunk.recorded_at is 'When it came; null before this was kept';
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
