// Sign-ins that can be ended at once, refresh tokens that are good once, and links that open one door one time.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SessionsAndLinks1790000011000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table access.session (
        id              uuid primary key default gen_random_uuid(),
        user_id         uuid not null references access.user_account,
        opened_at       timestamptz not null default now(),
        expires_at      timestamptz not null,
        revoked_at      timestamptz,
        revoked_because text check (revoked_because in ('sign-out', 'password-changed', 'user-disabled', 'refresh-token-reused')),
        check ((revoked_at is null) = (revoked_because is null))
      );
      comment on table access.session is 'One sign-in: the family of refresh tokens that grows from it';
      create index session_live on access.session (user_id) where revoked_at is null;

      create table access.refresh_token (
        id          uuid primary key default gen_random_uuid(),
        session_id  uuid not null references access.session,
        token_hash  text not null unique,
        issued_at   timestamptz not null default now(),
        expires_at  timestamptz not null,
        used_at     timestamptz,
        replaced_by uuid references access.refresh_token,
        check ((used_at is null) = (replaced_by is null))
      );
      comment on table access.refresh_token is 'Each is good once; the digest of the token is kept, never the token';
      create index refresh_token_session on access.refresh_token (session_id);

      create table access.setup_link (
        id         uuid primary key default gen_random_uuid(),
        kind       text not null check (kind in ('first-administrator', 'password')),
        user_id    uuid references access.user_account,
        token_hash text not null unique,
        created_by text not null default platform.actor(),
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        -- used, or made void by a later link
        closed_at  timestamptz,
        check ((kind = 'password') = (user_id is not null))
      );
      comment on table access.setup_link is 'One-time links: the first administrator, and passwords that people set themselves';
      create index setup_link_open on access.setup_link (user_id) where closed_at is null;

      create table access.login_attempt (
        key               text primary key,
        attempts          integer not null,
        window_started_at timestamptz not null,
        window_ends_at    timestamptz not null
      );
      comment on table access.login_attempt is 'Running counts of attempts; keys are digests, rows of past windows are swept away';
      create index login_attempt_end on access.login_attempt (window_ends_at);

      grant select, insert, update (revoked_at, revoked_because) on access.session to gep_app;
      grant select, insert, update (used_at, replaced_by) on access.refresh_token to gep_app;
      grant select, insert, update (closed_at) on access.setup_link to gep_app;
      grant select, insert, update, delete on access.login_attempt to gep_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
