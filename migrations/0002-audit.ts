// Who did what, when, with the old and the new value; each row is sealed by a hash over itself and the row before it.
import { appendOnly, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Audit1790000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table platform.audit (
        seq bigint primary key,
        at text not null,
        actor_id text not null,
        actor_name text not null,
        action text not null,
        subject text not null,
        before_json text,
        after_json text,
        prev_hash text not null unique,
        hash text not null unique
      );
      comment on column platform.audit.at is 'UTC with microseconds, as the text that is hashed';
      comment on column platform.audit.before_json is 'Canonical JSON as text: jsonb would change the bytes that are hashed';
      create index audit_subject on platform.audit (subject, seq);
      create index audit_actor on platform.audit (actor_id, seq);

      create function platform.seal_field(field text) returns text language sql immutable parallel safe as
        $$ select case when field is null then '-,' else octet_length(convert_to(field, 'UTF8')) || ':' || field || ',' end $$;
      comment on function platform.seal_field is 'A field with its length before it, so that no two rows give the same bytes';

      create function platform.seal_audit() returns trigger language plpgsql as $$
      declare
        last record;
      begin
        -- One writer at a time until its commit; without it two rows would follow the same one.
        perform pg_advisory_xact_lock(7140257);
        select seq, hash into last from platform.audit order by seq desc limit 1;
        new.seq := coalesce(last.seq, 0) + 1;
        new.prev_hash := coalesce(last.hash, repeat('0', 64));
        new.at := to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
        new.hash := encode(sha256(convert_to(
          platform.seal_field(new.prev_hash) || platform.seal_field(new.seq::text) || platform.seal_field(new.at)
          || platform.seal_field(new.actor_id) || platform.seal_field(new.actor_name)
          || platform.seal_field(new.action) || platform.seal_field(new.subject)
          || platform.seal_field(new.before_json) || platform.seal_field(new.after_json), 'UTF8')), 'hex');
        return new;
      end $$;
      create trigger seal before insert on platform.audit for each row execute function platform.seal_audit();
    `);
    await runner.query(
      grantToApp('platform.audit', 'select, insert (actor_id, actor_name, action, subject, before_json, after_json)') +
        appendOnly('platform.audit'),
    );
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
