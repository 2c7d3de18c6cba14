// A command that is sent twice must act once: its key, what it asked and what was answered are kept with its effect.
import { grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Idempotency1790000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table platform.idempotency (
        actor_id text not null,
        key text not null check (length(key) between 1 and 200),
        action text not null,
        body_digest text not null,
        response text,
        asked_at timestamptz not null default now(),
        primary key (actor_id, key)
      );
      comment on column platform.idempotency.response is 'Canonical JSON of the answer';
      alter table platform.idempotency enable row level security;
      alter table platform.idempotency force row level security;
      create policy own_keys on platform.idempotency for all
        using (actor_id = (select platform.actor())) with check (actor_id = (select platform.actor()));
    `);
    await runner.query(grantToApp('platform.idempotency', 'select, insert, update (response)'));
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
