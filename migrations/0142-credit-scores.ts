// A score is kept each time it changes, with the rule and the day, so that what was told to whom can be found again.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreditScores1790000142000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table credit.score (
        no             bigint generated always as identity primary key,
        subject_id     uuid not null references credit.subject (id),
        territory_path public.ltree not null,
        as_of          date not null,
        edition        text not null check (edition ~ '^[0-9a-f]{64}$'),
        score          numeric not null,
        grade          text,
        cause          text not null check (cause in ('event', 'correction', 'objection', 'run')),
        run_id         uuid,
        scored_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        check ((cause = 'run') = (run_id is not null))
      );
      create index score_subject on credit.score (subject_id, no desc);
      create index score_path on credit.score using gist (territory_path);
      comment on column credit.score.edition is 'Gives base, bounds and grades; points follow the edition of each event';

      create table credit.score_notice (
        subject_id     uuid not null references credit.subject (id),
        reader_id      text not null,
        event_id       uuid not null references credit.event (id),
        territory_path public.ltree not null,
        noticed_at     timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (subject_id, reader_id, event_id)
      );
      create index score_notice_reader on credit.score_notice (reader_id);
      comment on table credit.score_notice is 'Who asked for a score under consent is told that it was corrected since (Zhejiang Regulation arts. 30, 31)';
    `);
    for (const [table, columns] of [
      ['score', 'subject_id, territory_path, as_of, edition, score, grade, cause, run_id'],
      ['score_notice', 'subject_id, reader_id, event_id, territory_path'],
    ]) {
      await runner.query(grantToApp(`credit.${table}`, `select, insert (${columns})`));
      await runner.query(enableRowSecurity(`credit.${table}`));
      await runner.query(appendOnly(`credit.${table}`));
    }
    await runner.query(
      `create policy own_notices on credit.score_notice for select using (reader_id = (select platform.actor()))`,
    );
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
