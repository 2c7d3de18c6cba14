// An administrator must be able to end the sessions of somebody who lost a device without shutting them out.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SessionsEndedByAdministrators1790000012000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table access.session drop constraint session_revoked_because_check;
      alter table access.session add constraint session_revoked_because_check check (revoked_because in
        ('sign-out', 'password-changed', 'user-disabled', 'refresh-token-reused', 'ended-by-administrator'));
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
