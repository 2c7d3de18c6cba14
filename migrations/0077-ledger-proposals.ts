// What no mechanism does is done in the book by three persons: one proposes, one approves, one posts.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LedgerProposals1790000077000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table ledger.proposal (
        id               uuid primary key default gen_random_uuid(),
        fund_id          uuid not null references ledger.fund (id),
        territory_path   public.ltree not null,
        kind             text not null check (kind in ('transfer', 'return', 'write-off', 'adjustment')),
        reason           text not null check (length(reason) between 1 and 2000),
        about_voucher    uuid references ledger.voucher (id),
        postings         jsonb not null,
        proposed_by      text not null default platform.actor(),
        proposed_by_name text not null,
        proposed_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp())
      );
      create index proposal_fund on ledger.proposal (fund_id);
      create index proposal_time on ledger.proposal (proposed_at, id);
      comment on column ledger.proposal.postings is 'As they will be posted, word by word: what was approved is what is posted';

      create table ledger.proposal_step (
        proposal_id    uuid not null references ledger.proposal (id),
        step_no        int not null,
        territory_path public.ltree not null,
        act            text not null check (act in ('approve', 'post', 'refuse', 'withdraw')),
        voucher_id     uuid references ledger.voucher (id),
        reason         text not null check (reason <> ''),
        actor_id       text not null default platform.actor(),
        actor_name     text not null,
        at             timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (proposal_id, step_no),
        check ((act = 'post') = (voucher_id is not null))
      );

      -- Of two at once the primary key lets one through.
      create function ledger.take_proposal_step() returns trigger language plpgsql set search_path = pg_catalog, public as $$
      declare
        p ledger.proposal;
        done record;
      begin
        select * into p from ledger.proposal where id = new.proposal_id;
        if p.id is null then raise exception 'no such proposal' using errcode = 'foreign_key_violation'; end if;
        select count(*) as steps, coalesce(bool_or(act <> 'approve'), false) as ended, count(*) filter (where act = 'approve') as approvals,
               coalesce(bool_or(actor_id = new.actor_id), false) as approved_it
          into done from ledger.proposal_step where proposal_id = p.id;
        new.step_no := done.steps + 1;
        new.territory_path := p.territory_path;
        if done.ended or (new.act = 'approve' and done.approvals > 0) or (new.act = 'post' and done.approvals = 0)
          or (new.act in ('approve', 'post', 'refuse') and new.actor_id = p.proposed_by)
          or (new.act = 'withdraw' and new.actor_id <> p.proposed_by)
          or (new.act = 'post' and done.approved_it)
        then
          raise exception 'proposal %: % is not the next step of this person', p.id, new.act using errcode = 'check_violation';
        end if;
        return new;
      end $$;
      create trigger take_proposal_step before insert on ledger.proposal_step for each row execute function ledger.take_proposal_step();
      revoke execute on function ledger.take_proposal_step() from public;
    `);
    for (const [table, columns] of [
      ['proposal', 'fund_id, territory_path, kind, reason, about_voucher, postings, proposed_by_name'],
      ['proposal_step', 'proposal_id, act, voucher_id, reason, actor_name'],
    ]) {
      await runner.query(grantToApp(`ledger.${table}`, `select, insert (${columns})`));
      await runner.query(enableRowSecurity(`ledger.${table}`));
      await runner.query(appendOnly(`ledger.${table}`));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
