// Who may come in, and what they may do below which territory; secrets are kept as digests only.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class UsersAndGrants1790000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema if not exists access;
      grant usage on schema access to gep_app;

      create table access.user_account (
        id                  uuid primary key default gen_random_uuid(),
        login               text not null unique check (login ~ '^[a-z0-9][a-z0-9._@-]{2,63}$'),
        name                text not null check (length(name) between 1 and 100),
        -- null until the person has set one by a link
        password_hash       text check (password_hash like '$argon2id$%'),
        password_changed_at timestamptz,
        status              text not null default 'active' check (status in ('active', 'disabled')),
        created_at          timestamptz not null default now(),
        check ((password_hash is null) = (password_changed_at is null))
      );
      comment on table access.user_account is 'People who may sign in';

      create table access.role_grant (
        id             uuid primary key default gen_random_uuid(),
        user_id        uuid not null references access.user_account,
        role           text not null check (role in ('admin', 'accountant', 'reviewer', 'auditor', 'viewer')),
        territory_code text not null,
        territory_path ltree not null,
        granted_by     text not null default platform.actor(),
        granted_at     timestamptz not null default now(),
        revoked_by     text,
        revoked_at     timestamptz,
        check ((revoked_by is null) = (revoked_at is null)),
        check (subpath(territory_path, -1)::text = replace(territory_code, '-', '_'))
      );
      comment on table access.role_grant is 'Roles of people, each for the subtree below a territory; a revoked grant stays readable';
      create unique index role_grant_once on access.role_grant (user_id, role, territory_code) where revoked_at is null;
      create index role_grant_path on access.role_grant using gist (territory_path);

      -- An administrator sees and gives grants in their own subtree only.
      alter table access.role_grant enable row level security;
      alter table access.role_grant force row level security;
      create policy territory_scope on access.role_grant for all
        using (territory_path <@ any ((select platform.scope())::public.ltree[]))
        with check (territory_path <@ any ((select platform.scope())::public.ltree[]));

      grant select, insert, update (name, password_hash, password_changed_at, status) on access.user_account to gep_app;
      grant select, insert, update (revoked_by, revoked_at) on access.role_grant to gep_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
