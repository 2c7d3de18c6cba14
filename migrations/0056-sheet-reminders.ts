// Departments are reminded of overdue data sheets once a day, however often the clock strikes; what was sent stays readable.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SheetReminders1790000056000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE accounting.sheet_reminder (
        territory_code text NOT NULL,
        period         text NOT NULL,
        norm_id        text NOT NULL,
        sheet          text NOT NULL,
        day            date NOT NULL,
        territory_path public.ltree NOT NULL,
        due            date NOT NULL,
        missing        text[] NOT NULL,
        announced_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (territory_code, period, norm_id, sheet, day)
      );
      CREATE INDEX sheet_reminder_day ON accounting.sheet_reminder (day DESC, territory_code);
    `);
    await runner.query(
      [
        grantToApp('accounting.sheet_reminder', 'select, insert'),
        enableRowSecurity('accounting.sheet_reminder'),
        appendOnly('accounting.sheet_reminder'),
      ].join('\n'),
    );
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
