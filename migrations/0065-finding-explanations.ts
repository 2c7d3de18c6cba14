// A finding of the quality checks may be explained in writing; what was explained, by whom and when, stays for ever.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FindingExplanations1790000065000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE accounting.finding_explanation (
        id             uuid PRIMARY KEY,
        territory_code text NOT NULL,
        period         text NOT NULL,
        norm_id        text NOT NULL,
        territory_path public.ltree NOT NULL,
        -- names rule, place and figure: it holds for later vintages as long as the figure stands
        finding_key    text NOT NULL,
        rule           text NOT NULL,
        -- the vintage at which the finding was read
        account_id     uuid NOT NULL REFERENCES accounting.account (id),
        explanation    text NOT NULL CHECK (length(explanation) BETWEEN 10 AND 4000),
        actor_id       text NOT NULL,
        actor_name     text NOT NULL,
        explained_at   timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      CREATE INDEX finding_explanation_account
        ON accounting.finding_explanation (territory_code, period, norm_id, finding_key);
      CREATE INDEX finding_explanation_path ON accounting.finding_explanation USING gist (territory_path);
    `);
    const table = 'accounting.finding_explanation';
    await runner.query(grantToApp(table, 'select, insert'));
    await runner.query(enableRowSecurity(table));
    await runner.query(appendOnly(table));
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
