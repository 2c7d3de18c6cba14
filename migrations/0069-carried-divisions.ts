// Accounts pass on to the successors of a split, in shares: what of an account went where is kept with the account made of it.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CarriedDivisions1790000069000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE territory.succession ADD COLUMN carries boolean NOT NULL DEFAULT true;
      COMMENT ON COLUMN territory.succession.carries IS 'False: accounts recorded of the predecessor are left behind and do not pass to the successor';
      -- Until now nothing passed on by a split, nor into a predecessor that goes on: whoever recorded one said so.
      UPDATE territory.succession s SET carries = false
      WHERE kind = 'split' OR (kind = 'merge' AND EXISTS (
        SELECT 1 FROM territory.succession own
        WHERE own.effective = s.effective AND own.successor = s.successor AND own.predecessor = s.successor));

      -- Null of what came before: older than every change by which something passes on to a code that goes on.
      ALTER TABLE observation.chunk ADD COLUMN recorded_at timestamptz;
      ALTER TABLE observation.chunk ALTER COLUMN recorded_at SET DEFAULT clock_timestamp();
      COMMENT ON COLUMN observation.chunk.recorded_at IS 'Whether a territory was observed before or after a change of its boundary became known';

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
