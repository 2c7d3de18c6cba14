// A run pays a million households in seconds only when its postings fill a table of their own, which joins the book when it is proved.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LedgerRuns1790000074000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create sequence ledger.run_number;

      -- Both run as the owner, because the application makes no tables. The table is nobody's but this transaction's until it
      -- has joined the book, and then the application may no longer write it.
      create function ledger.open_run() returns bigint language plpgsql
        security definer set search_path = pg_catalog, public as $$
      declare
        no bigint := nextval('ledger.run_number');
      begin
        execute format(
          'create table ledger.posting_run_%1$s (like ledger.posting including defaults including constraints, check (run_no = %1$s));
           grant insert on ledger.posting_run_%1$s to gep_app', no);
        return no;
      end $$;

      create function ledger.close_run(no bigint, voucher uuid) returns void language plpgsql
        security definer set search_path = pg_catalog, public set maintenance_work_mem = '256MB' set work_mem = '256MB' as $$
      begin
        perform pg_advisory_xact_lock_shared(7140271);
        execute format(
          'revoke all on ledger.posting_run_%1$s from gep_app;
           alter table ledger.posting_run_%1$s add primary key (run_no, voucher_id, posting_no);
           create index on ledger.posting_run_%1$s (account_id, party);
           alter table ledger.posting_run_%1$s enable row level security, force row level security;
           create trigger append_only_part before truncate on ledger.posting_run_%1$s for each statement execute function platform.refuse_change();
           alter table ledger.posting attach partition ledger.posting_run_%1$s for values in (%1$s);
           analyze ledger.posting_run_%1$s (run_no, voucher_id, account_id, party)', no);
        if exists (select from ledger.posting where run_no = no and voucher_id <> voucher) then
          raise exception 'a run has one voucher' using errcode = 'check_violation';
        end if;
        perform ledger.take_postings(no, voucher);
      end $$;
      comment on function ledger.open_run is 'Makes the table of a new run and gives its number; the caller fills it by COPY FREEZE in the same transaction';
      comment on function ledger.close_run is 'Proves the postings of a run, counts them in, and lets their table join the book';

      revoke execute on function ledger.open_run(), ledger.close_run(bigint, uuid) from public;
      grant execute on function ledger.open_run(), ledger.close_run(bigint, uuid) to gep_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
