// A yearly statement of money used is put right by a newer one when more was spent in its year; the earlier stays as it was given.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class StatementEditions1790000103000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table procurement.spending_statement
        add column edition int not null default 1 check (edition > 0),
        drop constraint spending_statement_pkey,
        add primary key (contract_id, year, edition);
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
