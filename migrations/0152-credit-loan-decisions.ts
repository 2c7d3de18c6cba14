// What a record decided about a loan stands as it was told: who asked, under which rule and grade, up to what, and what stood in the way.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreditLoanDecisions1790000152000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table credit.loan_decision (
        id             uuid primary key default gen_random_uuid(),
        subject_id     uuid not null references credit.subject (id),
        territory_path public.ltree not null,
        consent_id     uuid not null references credit.consent (id),
        edition        text not null check (edition ~ '^[0-9a-f]{64}$'),
        as_of          date not null,
        score          numeric not null,
        grade          text,
        kind           text not null check (kind in ('unsecured', 'guaranteed')),
        amount_fen     bigint not null check (amount_fen >= 0),
        months         int not null check (months > 0),
        pledge_signed  boolean not null,
        open           boolean not null,
        most_fen       bigint not null check (most_fen >= 0),
        most_months    int not null check (most_months >= 0),
        obstacles      text[] not null,
        asked_by       text not null default platform.actor(),
        asked_at       timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        check (open = (obstacles = '{}')),
        check (not open or (amount_fen <= most_fen and months <= most_months))
      );
      create index loan_decision_asked on credit.loan_decision (asked_by, asked_at desc);
      create index loan_decision_subject on credit.loan_decision (subject_id);
    `);
    const columns = `subject_id, territory_path, consent_id, edition, as_of, score, grade, kind, amount_fen, months, pledge_signed, open,
      most_fen, most_months, obstacles`;
    await runner.query(grantToApp('credit.loan_decision', `select, insert (${columns})`));
    await runner.query(enableRowSecurity('credit.loan_decision'));
    await runner.query(appendOnly('credit.loan_decision'));
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
