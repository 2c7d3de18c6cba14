// An auditor of a county must see the deeds about the county and no others, so a row says which territory it is about, under the seal.
import { grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AuditByTerritory1790000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Whoever adds a row may not see the one before it any more, so the end of the chain is kept apart.
      create table platform.audit_head (
        singleton boolean primary key default true check (singleton),
        seq bigint not null,
        hash text not null
      );
      comment on table platform.audit_head is 'The last row of the chain; only the trigger of platform.audit writes it';
      insert into platform.audit_head (seq, hash)
        select coalesce(max(seq), 0), coalesce((select hash from platform.audit order by seq desc limit 1), repeat('0', 64))
        from platform.audit;

      alter table platform.audit
        add column seal_format smallint not null default 1 check (seal_format in (1, 2)),
        add column territory_path public.ltree not null default 'CN';
      alter table platform.audit alter column seal_format drop default;
      comment on column platform.audit.seal_format is '1: rows from before territory_path, which is not under their seal; 2: with it';
      comment on column platform.audit.territory_path is 'What the deed was about; the root when about the nation, or about no territory';
      create index audit_territory on platform.audit using gist (territory_path);

      create or replace function platform.seal_audit() returns trigger language plpgsql
        security definer set search_path = pg_catalog, public as $$
      declare
        head record;
      begin
        -- One writer at a time until its commit; without it two rows would follow the same one.
        select seq, hash into strict head from platform.audit_head for update;
        new.seal_format := 2;
        new.seq := head.seq + 1;
        new.prev_hash := head.hash;
        new.at := to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
        new.hash := encode(sha256(convert_to(
          platform.seal_field(new.seal_format::text)
          || platform.seal_field(new.prev_hash) || platform.seal_field(new.seq::text) || platform.seal_field(new.at)
          || platform.seal_field(new.actor_id) || platform.seal_field(new.actor_name)
          || platform.seal_field(new.action) || platform.seal_field(new.subject)
          || platform.seal_field(new.before_json) || platform.seal_field(new.after_json)
          || platform.seal_field(new.territory_path::text), 'UTF8')), 'hex');
        update platform.audit_head set seq = new.seq, hash = new.hash;
        return new;
      end $$;
      -- The trigger fires without it; nobody is to call it with the rights of the owner.
      revoke execute on function platform.seal_audit() from public;

      alter table platform.audit enable row level security;
      alter table platform.audit force row level security;
      create policy territory_scope on platform.audit for select
        using (territory_path <@ any ((select platform.scope())::public.ltree[]));
      -- Every deed leaves its row, also that of somebody who may see none.
      create policy every_deed on platform.audit for insert with check (true);
    `);
    await runner.query(
      grantToApp(
        'platform.audit',
        'select, insert (actor_id, actor_name, action, subject, before_json, after_json, territory_path)',
      ),
    );
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
