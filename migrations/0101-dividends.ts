// A dividend goes from closed accounts to a paid line of every owner, and each line is written once, however many there are.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Dividends1790000101000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table procurement.dividend (
        id             uuid primary key default gen_random_uuid(),
        company_id     uuid not null references procurement.company (id),
        period         text not null check (period ~ '^[0-9]{4}(-Q[1-4]|-[01][0-9])?$'),
        round          int not null check (round > 0),
        territory_path public.ltree not null,
        income_fen     bigint not null check (income_fen >= 0),
        cost_fen       bigint not null check (cost_fen >= 0),
        closed_through date not null,
        opened_by      text not null default platform.actor(),
        opened_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        unique (company_id, period, round)
      );
      comment on table procurement.dividend is 'Income and cost of the period as the closed book had them; a new round only when the one before was withdrawn';

      create table procurement.dividend_plan (
        dividend_id     uuid not null references procurement.dividend (id),
        no              int not null check (no > 0),
        territory_path  public.ltree not null,
        policy          text not null,
        rule_edition    text not null check (rule_edition ~ '^[0-9a-f]{64}$'),
        reserve_share   text not null,
        counted_by      text not null check (counted_by in ('record-date', 'days-held')),
        record_date     date not null,
        unclaimed_after int not null check (unclaimed_after between 1 and 3660),
        reserve_fen     bigint not null check (reserve_fen >= 0),
        dividend_fen    bigint not null check (dividend_fen > 0),
        retained_fen    bigint not null check (retained_fen >= 0),
        memo            text not null default '',
        planned_by      text not null default platform.actor(),
        planned_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (dividend_id, no)
      );
      comment on column procurement.dividend_plan.unclaimed_after is 'Days after which a returned payment goes to the named liability of unclaimed money';

      create table procurement.dividend_vote (
        dividend_id     uuid not null,
        plan_no         int not null,
        territory_path  public.ltree not null,
        held_on         date not null,
        online          boolean not null,
        members         int not null check (members > 0),
        attended        int not null check (attended between 0 and members),
        in_favour       int not null check (in_favour >= 0),
        against         int not null check (against >= 0 and in_favour + against <= attended),
        document_digest text not null check (document_digest ~ '^[0-9a-f]{64}$'),
        recorded_by     text not null default platform.actor(),
        recorded_at     timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (dividend_id, plan_no),
        foreign key (dividend_id, plan_no) references procurement.dividend_plan (dividend_id, no)
      );

      create table procurement.dividend_allotment (
        dividend_id    uuid primary key references procurement.dividend (id),
        plan_no        int not null,
        territory_path public.ltree not null,
        owners         int not null check (owners > 0),
        reserve_fen    bigint not null check (reserve_fen >= 0),
        dividend_fen   bigint not null check (dividend_fen >= 0),
        retained_fen   bigint not null check (retained_fen >= 0),
        input_digest   text not null check (input_digest ~ '^[0-9a-f]{64}$'),
        root           text not null check (root ~ '^[0-9a-f]{64}$'),
        seed           bytea not null check (octet_length(seed) = 32),
        tops           bytea not null,
        allotted_by    text not null default platform.actor(),
        allotted_at    timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        foreign key (dividend_id, plan_no) references procurement.dividend_plan (dividend_id, no)
      );
      comment on column procurement.dividend_allotment.seed is 'Secret: with it, whoever knows an owner code finds the leaves of that owner';

      create table procurement.dividend_line (
        dividend_id    uuid not null,
        company_id     uuid not null,
        owner          text collate "C" not null,
        amount_fen     bigint not null check (amount_fen >= 0),
        weight         text not null,
        territory_path public.ltree not null,
        primary key (dividend_id, owner)
      );
      create index dividend_line_owner on procurement.dividend_line (company_id, owner);
      comment on table procurement.dividend_line is 'What each owner gets; an owner reads the own lines and no others';

      create table procurement.dividend_stretch (
        dividend_id    uuid not null references procurement.dividend (id),
        no             int not null check (no >= 0),
        territory_path public.ltree not null,
        first_hash     bytea not null,
        leaves         bytea not null,
        primary key (dividend_id, no)
      );
      alter table procurement.dividend_stretch alter column leaves set storage external;
      create index dividend_stretch_hash on procurement.dividend_stretch (dividend_id, first_hash);
      comment on table procurement.dividend_stretch is 'Leaves of the sum tree, in the order of their hashes; nothing in them tells whose they are';

      create table procurement.dividend_payment (
        dividend_id    uuid not null references procurement.dividend (id),
        owner          text collate "C" not null,
        no             int not null check (no > 0),
        territory_path public.ltree not null,
        act            text not null check (act in ('hold', 'pay', 'return', 'set-aside', 'claim')),
        claimant       text collate "C",
        amount_fen     bigint not null check (amount_fen > 0),
        voucher_id     uuid,
        reason         text not null check (reason <> ''),
        acted_on       date not null,
        acted_by       text not null default platform.actor(),
        acted_by_name  text not null,
        acted_at       timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (dividend_id, owner, no),
        check ((act = 'claim') = (claimant is not null)),
        check ((act = 'hold') = (voucher_id is null))
      );
      create unique index dividend_payment_claim on procurement.dividend_payment (dividend_id, owner, claimant) where act = 'claim';
      comment on table procurement.dividend_payment is 'What happened to a line besides being paid in the run of all: held, paid alone, returned, set aside as unclaimed, claimed';

      create table procurement.dividend_task (
        id             uuid primary key default gen_random_uuid(),
        dividend_id    uuid not null references procurement.dividend (id),
        territory_path public.ltree not null,
        act            text not null check (act in ('allot', 'approve', 'pay')),
        asker          jsonb not null,
        reason         text,
        asked_by       text not null default platform.actor(),
        asked_at       timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        begun          int not null default 0,
        stage          text not null default 'waiting',
        done_rows      bigint not null default 0,
        moved_at       timestamptz not null default clock_timestamp(),
        done_at        timestamptz,
        failure        jsonb
      );
      create unique index dividend_task_open on procurement.dividend_task (dividend_id) where done_at is null;
      comment on column procurement.dividend_task.asker is 'The person for whom the worker acts, with the permissions of the moment of asking';
    `);
    for (const [table, columns] of [
      ['dividend', 'company_id, period, round, territory_path, income_fen, cost_fen, closed_through'],
      [
        'dividend_plan',
        'dividend_id, no, territory_path, policy, rule_edition, reserve_share, counted_by, record_date, unclaimed_after, reserve_fen, dividend_fen, retained_fen, memo',
      ],
      [
        'dividend_vote',
        'dividend_id, plan_no, territory_path, held_on, online, members, attended, in_favour, against, document_digest',
      ],
      [
        'dividend_allotment',
        'dividend_id, plan_no, territory_path, owners, reserve_fen, dividend_fen, retained_fen, input_digest, root, seed, tops',
      ],
      ['dividend_line', 'dividend_id, company_id, owner, amount_fen, weight, territory_path'],
      ['dividend_stretch', 'dividend_id, no, territory_path, first_hash, leaves'],
      [
        'dividend_payment',
        'dividend_id, owner, no, territory_path, act, claimant, amount_fen, voucher_id, reason, acted_on, acted_by_name',
      ],
    ]) {
      await runner.query(grantToApp(`procurement.${table}`, `select, insert (${columns})`));
      await runner.query(enableRowSecurity(`procurement.${table}`));
      await runner.query(appendOnly(`procurement.${table}`));
    }
    await runner.query(
      grantToApp(
        'procurement.dividend_task',
        'select, insert (dividend_id, territory_path, act, asker, reason), update (begun, stage, done_rows, moved_at, done_at, failure)',
      ),
    );
    await runner.query(enableRowSecurity('procurement.dividend_task'));
    await runner.query(`
      create policy own_lines on procurement.dividend_line for select using (exists (
        select from procurement.owner_link l where (l.company_id, l.owner) = (dividend_line.company_id, dividend_line.owner)
          and l.held_by = (select platform.actor()) and l.ended_at is null));
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
