// A price that came with an observation is reported, and was never printed in a source: accounts say so.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ReportedGrade1790000066000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE accounting.account DROP CONSTRAINT account_grade_check;
      ALTER TABLE accounting.account ADD CONSTRAINT account_grade_check
        CHECK (grade IN ('published', 'reported', 'solved', 'unverified'));
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
