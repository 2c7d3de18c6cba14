// What happened and must still be told to the queue is written with the deed itself, so that neither can be without the other.
import { grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Outbox1790000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table platform.outbox (
        id bigint generated always as identity primary key,
        event text not null,
        key text not null,
        payload jsonb not null,
        actor_id text default platform.actor(),
        announced_at timestamptz not null default now(),
        status text not null default 'waiting' check (status in ('waiting', 'delivered')),
        attempts integer not null default 0,
        due_at timestamptz not null default now(),
        delivered_at timestamptz,
        last_error text,
        unique (event, key)
      );
      comment on column platform.outbox.due_at is 'When it may be claimed; a claim moves it ahead, so that the work of a dead relay comes up again';
      create index outbox_waiting on platform.outbox (due_at, id) where status = 'waiting';
    `);
    await runner.query(
      grantToApp('platform.outbox', 'select, insert, update (status, attempts, due_at, delivered_at, last_error)'),
    );
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
