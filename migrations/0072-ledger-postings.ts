// Postings are taken into the book whole or not at all: what they must keep to is proved once for all postings of a voucher.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LedgerPostings1790000072000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function ledger.take_postings(wanted_run bigint, wanted uuid) returns void
        language plpgsql security definer set search_path = pg_catalog, public as $$
      declare
        v ledger.voucher;
        moved record;
        stands record;
        postings bigint := 0;
        last int := 0;
        taken boolean := false;
        fault text;
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
          select p.account_id, a.sign_rule, a.id is not null as known, count(*) as postings, max(p.posting_no) as last,
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
          group by p.account_id, a.id, a.sign_rule order by p.account_id
        loop
          fault := case
            when not moved.known then 'an account is not there'
            when moved.bases <> moved.postings then 'a basis is not there'
            when not moved.dated then 'a posting bears another time than its voucher'
            when not moved.within then 'a territory lies outside of the account, the voucher or the basis'
            when not moved.parties then 'a party is missing'
          end;
          if fault is not null then
            raise exception 'voucher %: %', wanted, fault using errcode = 'check_violation';
          end if;
          postings := postings + moved.postings;
          last := greatest(last, moved.last);
          taken := taken or moved.taken;
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
        if taken and exists (
          select from ledger.posting p join ledger.book_account a on a.id = p.account_id
          where (p.account_id, p.party) in (
            select n.account_id, n.party from ledger.posting n join ledger.book_account m on m.id = n.account_id
            where n.run_no = wanted_run and n.voucher_id = wanted and m.by_party
              and case m.sign_rule when 'debit' then n.amount_fen < 0 when 'credit' then n.amount_fen > 0 end)
          group by p.account_id, p.party, a.sign_rule
          having not ledger.keeps_sign(a.sign_rule, sum(p.amount_fen)::bigint, 0))
        then
          raise exception 'voucher %: a party would stand on the wrong side', wanted using errcode = 'check_violation';
        end if;
      end $$;

      create function ledger.keep_closed() returns trigger language plpgsql set search_path = pg_catalog, public as $$
      begin
        -- Waits for every voucher that is being posted; those that come after see the closed day.
        perform pg_advisory_xact_lock(7140271);
        return new;
      end $$;
      create trigger keep_closed before insert on ledger.closing for each row execute function ledger.keep_closed();

      create function ledger.take_statement() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
      declare
        one record;
      begin
        perform pg_advisory_xact_lock_shared(7140271);
        perform 1 from ledger.balance where account_id in (select account_id from added) order by account_id for no key update;
        for one in select distinct run_no, voucher_id from added order by voucher_id loop
          perform ledger.take_postings(one.run_no, one.voucher_id);
        end loop;
        return null;
      end $$;
      create trigger take after insert on ledger.posting referencing new table as added
        for each statement execute function ledger.take_statement();

      revoke execute on function ledger.take_postings(bigint, uuid), ledger.take_statement(), ledger.keep_closed() from public;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
