// Journalists, banks and whoever else is the public get a role of their own, which reads what was published and nothing else.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PublicReaders1790000015000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE access.role_grant DROP CONSTRAINT role_grant_role_check;
      ALTER TABLE access.role_grant ADD CONSTRAINT role_grant_role_check CHECK (role IN
        ('admin', 'accountant', 'checker', 'reviewer', 'approver', 'publisher', 'auditor', 'viewer', 'public-reader'));
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
