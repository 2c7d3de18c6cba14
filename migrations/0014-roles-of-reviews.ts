// Review has steps in several hands: roles for checking, approving and publishing accounts join the ones that were.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RolesOfReviews1790000014000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE access.role_grant DROP CONSTRAINT role_grant_role_check;
      ALTER TABLE access.role_grant ADD CONSTRAINT role_grant_role_check CHECK (role IN
        ('admin', 'accountant', 'checker', 'reviewer', 'approver', 'publisher', 'auditor', 'viewer'));
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
