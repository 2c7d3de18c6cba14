// A notice is served on a day and entered later, with its proof: a bad entry counts after its notice ran out, from the day it was served.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreditNoticeDays1790000151000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table credit.event_step add column served_on date check (served_on is null or (act = 'notify' and document_digest is not null));
      comment on column credit.event_step.served_on is 'Of a notice that was served on an earlier day than it was entered; its proof of service is document_digest';
      grant insert (served_on) on credit.event_step to gep_app;

      create or replace function credit.follow_event() returns trigger language plpgsql set search_path = pg_catalog, public as $$
      declare
        about record;
        last record;
        today date := (now() at time zone 'Asia/Shanghai')::date;
      begin
        select subject_id, territory_path, reported_by, negative, day into about from credit.event where id = new.event_id;
        select no, to_state into last from credit.event_step where event_id = new.event_id order by no desc limit 1;
        new.no := coalesce(last.no, 0) + 1;
        new.territory_path := about.territory_path;
        if new.from_state is distinct from last.to_state then
          raise exception 'the step does not follow from the one before' using errcode = 'check_violation';
        end if;
        if new.from_state is null and new.to_state <> 'reported' then
          raise exception 'an entry begins as reported' using errcode = 'check_violation';
        end if;
        if new.from_state = 'reported' and new.actor_id = about.reported_by then
          raise exception 'whoever reports does not check' using errcode = 'check_violation';
        end if;
        if new.served_on is not null and new.served_on not between about.day and today then
          raise exception 'a notice is served between the day of the entry and today' using errcode = 'check_violation';
        end if;
        if about.negative and new.to_state = 'effective' and (new.from_state <> 'confirmed' or new.effective_from <= coalesce(new.served_on, today)) then
          raise exception 'a bad entry counts after its notice ran out' using errcode = 'check_violation';
        end if;
        insert into credit.standing (event_id, subject_id, territory_path, state, effective_from)
          values (new.event_id, about.subject_id, about.territory_path, new.to_state, new.effective_from)
          on conflict (event_id) do update set state = excluded.state,
            effective_from = coalesce(excluded.effective_from, credit.standing.effective_from);
        return new;
      end $$;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
