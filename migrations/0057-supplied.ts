// A service counts what is used: what it supplies beyond that, or brings in from outside, is kept beside the quantity.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Supplied1790000057000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE accounting.account_line ADD COLUMN supplied double precision;
      COMMENT ON COLUMN accounting.account_line.supplied IS 'Quantity before imports and cap; null when that is the quantity';
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
