// Whatever passes through several hands keeps its steps: who did what, when and why, each following from the one before.
import { appendOnly, createSubjectSchema, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ProcedureSteps1790000080000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${createSubjectSchema('procedure')}

      create table procedure.subject (
        kind           text not null check (kind ~ '^[a-z]+(-[a-z]+)*$'),
        id             uuid not null,
        territory_path public.ltree not null,
        opened_by      text not null default platform.actor(),
        opened_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (kind, id)
      );
      create index subject_path on procedure.subject using gist (territory_path);

      create table procedure.step (
        kind            text not null,
        subject_id      uuid not null,
        no              int not null,
        territory_path  public.ltree not null,
        act             text not null check (act <> ''),
        from_state      text,
        to_state        text not null check (to_state <> ''),
        actor_id        text not null default platform.actor(),
        actor_name      text not null check (actor_name <> ''),
        at              timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        reason          text check (reason <> ''),
        document_digest text check (document_digest ~ '^[0-9a-f]{64}$'),
        primary key (kind, subject_id, no),
        foreign key (kind, subject_id) references procedure.subject (kind, id),
        check ((no = 1) = (from_state is null))
      );

      create function procedure.follow_step() returns trigger language plpgsql set search_path = pg_catalog, public as $$
      declare
        last record;
      begin
        select s.territory_path, t.no, t.to_state into last
          from procedure.subject s left join lateral (
            select no, to_state from procedure.step where kind = s.kind and subject_id = s.id order by no desc limit 1) as t on true
          where s.kind = new.kind and s.id = new.subject_id;
        if last.territory_path is null then
          raise exception 'no such subject' using errcode = 'foreign_key_violation';
        end if;
        new.no := coalesce(last.no, 0) + 1;
        new.territory_path := last.territory_path;
        if new.from_state is distinct from last.to_state then
          raise exception 'the step does not follow from the one before' using errcode = 'check_violation';
        end if;
        return new;
      end $$;
      create trigger follow before insert on procedure.step for each row execute function procedure.follow_step();
    `);
    for (const [table, columns] of [
      ['subject', 'kind, id, territory_path'],
      ['step', 'kind, subject_id, act, from_state, to_state, actor_name, reason, document_digest'],
    ]) {
      await runner.query(grantToApp(`procedure.${table}`, `select, insert (${columns})`));
      await runner.query(enableRowSecurity(`procedure.${table}`));
      await runner.query(appendOnly(`procedure.${table}`));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
