// Money passes through several hands: roles for preparing, confirming, approving and paying, for companies, parties and owners.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RolesOfMoney1790000017000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE access.role_grant DROP CONSTRAINT role_grant_role_check;
      ALTER TABLE access.role_grant ADD CONSTRAINT role_grant_role_check CHECK (role IN
        ('admin', 'accountant', 'checker', 'reviewer', 'approver', 'publisher', 'auditor', 'viewer', 'public-reader',
         'fund-administrator', 'fund-checker', 'fund-approver', 'cashier', 'settlement-clerk', 'party', 'owner'));
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
