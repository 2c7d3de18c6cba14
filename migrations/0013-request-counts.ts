// Several api processes must count one person's requests together, or each more process would raise the limit.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RequestCounts1790000013000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create unlogged table access.request_count (
        key            text primary key,
        requests       integer not null,
        window_ends_at timestamptz not null
      );
      comment on table access.request_count is
        'Running counts of requests under digests; unlogged, because a count that is lost in a crash is only a minute of patience';
      create index request_count_end on access.request_count (window_ends_at);

      grant select, insert, update, delete on access.request_count to gep_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
