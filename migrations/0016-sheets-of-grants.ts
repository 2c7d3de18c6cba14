// A department sends its own data sheets and nobody else's: the role of those who report can be given for some sheets only.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SheetsOfGrants1790000016000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table access.role_grant
        add column data_sheets text[] 
          check (data_sheets is null or (cardinality(data_sheets) between 1 and 50 and role = 'accountant'));
      comment on column access.role_grant.data_sheets is
        'Codes of the data sheets that alone the person may send and take back; null for everything';
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
