// A run that pays or is undone looks at a million parties at once, which took minutes when each was looked up by itself.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LedgerLargeRuns1790000078000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
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

      create or replace function ledger.prove_correction(v ledger.voucher) returns void language plpgsql
        set search_path = pg_catalog, public as $$
      declare
        o ledger.voucher;
      begin
        select * into o from ledger.voucher where id = coalesce(v.reverses, v.about_voucher);
        if v.reverses is not null and (o.kind = 'reversal' or o.posting_count <> v.posting_count or o.posting_count <> (
            select count(*) from ledger.posting p join ledger.posting q on q.run_no = v.run_no and q.voucher_id = v.id
              and q.posting_no = p.posting_no and q.account_id = p.account_id and q.party is not distinct from p.party
              and q.amount_fen = -p.amount_fen and q.territory_path = p.territory_path
            where p.run_no = o.run_no and p.voucher_id = o.id))
        then
          raise exception 'voucher % is not the opposite of %', v.id, o.id using errcode = 'check_violation';
        end if;
        if v.reverses is not null and exists (
          select from ledger.voucher c where c.kind = 'clawback' and c.about_voucher = o.id
            and not exists (select from ledger.voucher undone where undone.reverses = c.id))
        then
          raise exception 'voucher % reverses %, of which some was clawed back', v.id, o.id using errcode = 'check_violation';
        end if;
        if v.kind = 'clawback' and (o.kind <> 'payment' or exists (select from ledger.voucher undone where undone.reverses = o.id) or exists (
          select from (
            select p.party, sum(p.amount_fen) as claimed from ledger.voucher c
              join ledger.posting p on p.run_no = c.run_no and p.voucher_id = c.id
            where c.kind = 'clawback' and c.about_voucher = o.id and p.amount_fen > 0 and p.party is not null
              and not exists (select from ledger.voucher undone where undone.reverses = c.id)
            group by p.party) as claims
          where claimed > coalesce((select sum(paid.amount_fen) from ledger.posting paid
            where paid.run_no = o.run_no and paid.voucher_id = o.id and paid.party = claims.party and paid.amount_fen > 0), 0)))
        then
          raise exception 'voucher % claws back more than % paid', v.id, o.id using errcode = 'check_violation';
        end if;
      end $$;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
