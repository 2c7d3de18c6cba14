// People of one place share names, and households a telephone: only a number belongs to one subject of a place.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreditSharedNames1790000144000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table credit.identifier drop constraint identifier_territory_path_field_blind_index_key;
      create unique index identifier_number on credit.identifier (territory_path, blind_index) where field = 'number';
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
