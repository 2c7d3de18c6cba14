// Accounts pass on to the successors of a split, in shares: what of an account went where is kept with the account made of it.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CarriedDivisions1790000069000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE accounting.account
        DROP CONSTRAINT account_origin_check,
        ADD CONSTRAINT account_origin_check CHECK (origin IN ('observed', 'aggregated', 'divided'));
      -- json, not jsonb: shown in the order it was written
      ALTER TABLE accounting.account_child ADD COLUMN division json;
      COMMENT ON COLUMN accounting.account_child.division IS 'Of a child that only part of went in: the splits that the part came by; null where all of it did';
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
