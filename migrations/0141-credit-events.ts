// What somebody did is reported once and never rewritten: what is found about it later stands in steps behind it.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const states = `('reported', 'returned', 'confirmed', 'effective', 'repaired', 'voided')`;

export class CreditEvents1790000141000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table credit.event (
        id              uuid primary key default gen_random_uuid(),
        subject_id      uuid not null references credit.subject (id),
        territory_path  public.ltree not null,
        behaviour       text not null check (length(behaviour) between 1 and 64),
        edition         text not null check (edition ~ '^[0-9a-f]{64}$'),
        day             date not null,
        times           int not null check (times between 1 and 10000),
        negative        boolean not null,
        severity        text not null check (severity in ('minor', 'ordinary', 'severe')),
        evidence        text not null check (length(evidence) between 1 and 500),
        evidence_digest text not null check (evidence_digest ~ '^[0-9a-f]{64}$'),
        reference       text not null check (length(reference) <= 100),
        replaces        uuid unique references credit.event (id),
        reported_by     text not null default platform.actor(),
        reported_name   text not null check (reported_name <> ''),
        reported_at     timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        unique (subject_id, behaviour, day, reference)
      );
      create index event_path on credit.event using gist (territory_path);
      comment on column credit.event.edition is 'Rule in force on the day of the event: its points, cap, decay and expiry';
      comment on column credit.event.day is 'Day of the behaviour, or on which bad behaviour was found or ended: from it five years run';
      comment on column credit.event.reference is 'Number of the paper or sheet, so that one thing is not reported twice';

      create table credit.event_step (
        event_id        uuid not null references credit.event (id),
        no              int not null,
        territory_path  public.ltree not null,
        act             text not null check (act <> ''),
        from_state      text check (from_state in ${states}),
        to_state        text not null check (to_state in ${states}),
        effective_from  date,
        reason          text check (reason <> ''),
        document_digest text check (document_digest ~ '^[0-9a-f]{64}$'),
        actor_id        text not null default platform.actor(),
        actor_name      text not null check (actor_name <> ''),
        at              timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (event_id, no),
        check ((to_state = 'effective') = (effective_from is not null))
      );

      create table credit.standing (
        event_id       uuid primary key references credit.event (id),
        subject_id     uuid not null,
        territory_path public.ltree not null,
        state          text not null check (state in ${states}),
        effective_from date,
        objections     int not null default 0 check (objections >= 0)
      );
      create index standing_subject on credit.standing (subject_id);
      create index standing_path on credit.standing using gist (territory_path);
      comment on table credit.standing is 'Where each entry stands after its last step, for counting a million of them; made by the steps, never by hand';

      create function credit.follow_event() returns trigger language plpgsql set search_path = pg_catalog, public as $$
      declare
        about record;
        last record;
      begin
        select subject_id, territory_path, reported_by, negative into about from credit.event where id = new.event_id;
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
        if about.negative and new.to_state = 'effective' and (new.from_state <> 'confirmed' or new.effective_from <= (now() at time zone 'Asia/Shanghai')::date) then
          raise exception 'a bad entry counts after its notice ran out' using errcode = 'check_violation';
        end if;
        insert into credit.standing (event_id, subject_id, territory_path, state, effective_from)
          values (new.event_id, about.subject_id, about.territory_path, new.to_state, new.effective_from)
          on conflict (event_id) do update set state = excluded.state,
            effective_from = coalesce(excluded.effective_from, credit.standing.effective_from);
        return new;
      end $$;
      create trigger follow before insert on credit.event_step for each row execute function credit.follow_event();

      create table credit.objection (
        id              uuid primary key default gen_random_uuid(),
        subject_id      uuid not null references credit.subject (id),
        territory_path  public.ltree not null,
        event_id        uuid references credit.event (id),
        measure_id      uuid,
        grounds         text not null check (length(grounds) between 4 and 2000),
        document_digest text check (document_digest ~ '^[0-9a-f]{64}$'),
        filed_by        text not null default platform.actor(),
        filed_name      text not null check (filed_name <> ''),
        filed_at        timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        check (num_nonnulls(event_id, measure_id) = 1)
      );
      create index objection_subject on credit.objection (subject_id);
      create index objection_event on credit.objection (event_id);
      create index objection_measure on credit.objection (measure_id) where measure_id is not null;

      create table credit.objection_end (
        objection_id   uuid primary key references credit.objection (id),
        territory_path public.ltree not null,
        outcome        text not null check (outcome in ('upheld', 'rejected', 'withdrawn')),
        ended_at       timestamptz not null default date_trunc('milliseconds', clock_timestamp())
      );

      create function credit.mark_objection() returns trigger language plpgsql set search_path = pg_catalog, public as $$
      begin
        if tg_table_name = 'objection' then
          update credit.standing set objections = objections + 1 where event_id = new.event_id;
        else
          update credit.standing set objections = objections - 1
            where event_id = (select event_id from credit.objection where id = new.objection_id);
        end if;
        return null;
      end $$;
      create trigger mark after insert on credit.objection for each row execute function credit.mark_objection();
      create trigger mark after insert on credit.objection_end for each row execute function credit.mark_objection();
    `);
    for (const [table, columns] of [
      [
        'event',
        `id, subject_id, territory_path, behaviour, edition, day, times, negative, severity, evidence, evidence_digest, reference,
        replaces, reported_name`,
      ],
      ['event_step', 'event_id, act, from_state, to_state, effective_from, reason, document_digest, actor_name'],
      ['objection', 'id, subject_id, territory_path, event_id, measure_id, grounds, document_digest, filed_name'],
      ['objection_end', 'objection_id, territory_path, outcome'],
    ]) {
      await runner.query(grantToApp(`credit.${table}`, `select, insert (${columns})`));
      await runner.query(enableRowSecurity(`credit.${table}`));
      await runner.query(appendOnly(`credit.${table}`));
    }
    await runner.query(
      grantToApp(
        'credit.standing',
        `select, insert (event_id, subject_id, territory_path, state, effective_from), update (state, effective_from, objections)`,
      ),
    );
    await runner.query(enableRowSecurity('credit.standing'));
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
