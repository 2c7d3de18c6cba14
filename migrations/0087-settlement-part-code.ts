// A party that names a settlement by its code is found without reading the parts of all settlements.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SettlementPartCode1790000087000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index part_code on settlement.part ((gist ->> 'code'));`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
