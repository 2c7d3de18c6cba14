// Targets, evaluations and credit pass through several hands, too: roles for those who prepare, supply, confirm, approve, ask and are assessed.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RolesOfEvaluationAndCredit1790000018000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE access.role_grant DROP CONSTRAINT role_grant_role_check;
      ALTER TABLE access.role_grant ADD CONSTRAINT role_grant_role_check CHECK (role IN
        ('admin', 'accountant', 'checker', 'reviewer', 'approver', 'publisher', 'auditor', 'viewer', 'public-reader',
         'fund-administrator', 'fund-checker', 'fund-approver', 'cashier', 'settlement-clerk', 'party', 'owner',
         'evaluation-officer', 'data-department', 'evaluation-checker', 'evaluation-approver',
         'credit-reporter', 'credit-checker', 'credit-officer', 'credit-approver', 'credit-user', 'credit-subject'));
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
