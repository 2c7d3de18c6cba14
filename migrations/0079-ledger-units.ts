// Points of credit are kept in the book as money is, and never meet it: an account counts in one unit, and a voucher too.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LedgerUnits1790000079000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table ledger.book_account add column unit text not null default 'fen' check (unit in ('fen', 'points'));
      comment on column ledger.book_account.unit is 'What its amounts count; columns named fen hold whole numbers of it';
      grant insert (unit) on ledger.book_account to gep_app;

      create or replace function ledger.take_postings(wanted_run bigint, wanted uuid) returns void
        language plpgsql security definer set search_path = pg_catalog, public as $$
      declare
        v ledger.voucher;
        moved record;
        stands record;
        postings bigint := 0;
        last int := 0;
        fault text;
        guarded uuid[] := '{}';
        wrong boolean;
        counted text;
      begin
        select * into v from ledger.voucher where id = wanted;
        if v.id is null or v.written_in <> pg_current_xact_id() or v.run_no <> wanted_run then
          raise exception 'postings come with their voucher, in one transaction' using errcode = 'restrict_violation';
        end if;
        if exists (
          select from ledger.closing c where c.closed_through >= v.effective_date
            and (c.within @> v.territory_path or exists (
              select from ledger.posting p where p.run_no = wanted_run and p.voucher_id = wanted and p.territory_path <@ c.within)))
        then
          raise exception 'voucher %: its day % is closed', wanted, v.effective_date using errcode = 'check_violation';
        end if;

        -- One pass over the postings; balances are moved in the order of the accounts, which is that of all locks.
        for moved in
          select p.account_id, a.sign_rule, a.unit, a.id is not null as known, count(*) as postings, max(p.posting_no) as last,
                 sum(p.amount_fen)::bigint as fen, count(b.voucher_id) as bases,
                 bool_and(p.effective_date = v.effective_date and p.recorded_at = v.recorded_at) as dated,
                 bool_and(p.territory_path <@ a.territory_path and p.territory_path <@ v.territory_path
                          and p.territory_path <@ b.territory_path) as within,
                 bool_and(p.party is not null or not a.by_party) as parties,
                 coalesce(bool_or(a.by_party and case a.sign_rule when 'debit' then p.amount_fen < 0 when 'credit' then p.amount_fen > 0 end), false) as taken
          from ledger.posting p
            left join ledger.book_account a on a.id = p.account_id
            left join ledger.posting_basis b on b.voucher_id = wanted and b.basis_no = p.basis_no
          where p.run_no = wanted_run and p.voucher_id = wanted
          group by p.account_id, a.id, a.sign_rule, a.unit order by p.account_id
        loop
          fault := case
            when not moved.known then 'an account is not there'
            when moved.bases <> moved.postings then 'a basis is not there'
            when not moved.dated then 'a posting bears another time than its voucher'
            when not moved.within then 'a territory lies outside of the account, the voucher or the basis'
            when not moved.parties then 'a party is missing'
            when moved.unit <> counted then 'points and money do not meet in one voucher'
          end;
          if fault is not null then
            raise exception 'voucher %: %', wanted, fault using errcode = 'check_violation';
          end if;
          counted := moved.unit;
          postings := postings + moved.postings;
          last := greatest(last, moved.last);
          if moved.taken then guarded := guarded || moved.account_id; end if;
          update ledger.balance set posted_fen = posted_fen + moved.fen where account_id = moved.account_id
            returning posted_fen, reserved_fen into stands;
          if not ledger.keeps_sign(moved.sign_rule, stands.posted_fen, stands.reserved_fen) then
            raise exception 'voucher %: account % would stand on the wrong side', wanted, moved.account_id using errcode = 'check_violation';
          end if;
        end loop;
        if postings <> v.posting_count or last <> postings then
          raise exception 'voucher %: postings are missing, or there are too many', wanted using errcode = 'check_violation';
        end if;

        -- Only what moves against the side of an account can take more from a party than it has.
        if cardinality(guarded) > 0 then
          -- A few parties are looked up one by one; of a run, all parties of the accounts are added up in one pass. Planned
          -- anew each time, for what suits one of them makes the other wait for minutes.
          execute case when v.posting_count > 20000 then $run$
            select exists (
              select from ledger.posting p join ledger.book_account a on a.id = p.account_id
              where p.account_id = any ($3) group by p.account_id, p.party, a.sign_rule
              having not ledger.keeps_sign(a.sign_rule, sum(p.amount_fen)::bigint, 0)) $run$
          else $few$
            select exists (
              select from ledger.posting p join ledger.book_account a on a.id = p.account_id
              where (p.account_id, p.party) in (
                select n.account_id, n.party from ledger.posting n join ledger.book_account m on m.id = n.account_id
                where n.run_no = $1 and n.voucher_id = $2 and n.account_id = any ($3)
                  and case m.sign_rule when 'debit' then n.amount_fen < 0 when 'credit' then n.amount_fen > 0 end)
              group by p.account_id, p.party, a.sign_rule
              having not ledger.keeps_sign(a.sign_rule, sum(p.amount_fen)::bigint, 0)) $few$
          end into wrong using wanted_run, wanted, guarded;
          if wrong then
            raise exception 'voucher %: a party would stand on the wrong side', wanted using errcode = 'check_violation';
          end if;
        end if;
      end $$;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
