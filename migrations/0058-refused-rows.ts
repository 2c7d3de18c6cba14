// An account says how many rows behind it were refused: until now it was called complete without them.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RefusedRows1790000058000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE accounting.account ADD COLUMN refused_rows integer NOT NULL DEFAULT 0 CHECK (refused_rows >= 0);
      ALTER TABLE accounting.account ADD CHECK (refused_rows = 0 OR NOT coverage_complete);
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
