// A restatement that was opened in error is abandoned with a reason, and what was published holds on.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AbandonedRestatements1790000067000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE accounting.review_step
        DROP CONSTRAINT review_step_act_check,
        ADD CONSTRAINT review_step_act_check CHECK (act IN
          ('submit', 'check', 'review', 'approve', 'publish', 'return', 'withdraw', 'restate', 'abandon', 'supersede'));
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
