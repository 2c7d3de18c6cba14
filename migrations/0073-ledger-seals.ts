// A voucher is proved whole when its transaction commits, and sealed into one chain, so that no later hand can alter the book unseen.
import { appendOnly, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LedgerSeals1790000073000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- No row security: a seal tells nothing of amounts or places, and whoever notes the last one can prove the book whole.
      create table ledger.voucher_seal (
        seq          bigint primary key,
        voucher_id   uuid not null unique,
        at           text not null,
        content_hash text not null,
        prev_hash    text not null unique,
        hash         text not null unique
      );
      create table ledger.chain_head (
        singleton boolean primary key default true check (singleton),
        seq       bigint not null,
        hash      text not null
      );
      comment on table ledger.chain_head is 'The last seal; only the trigger of ledger.voucher writes it, one transaction at a time';
      insert into ledger.chain_head (seq, hash) values (0, repeat('0', 64));

      create function ledger.seal_field(field text) returns text language sql immutable parallel safe as
        $$ select case when field is null then '-,' else octet_length(convert_to(field, 'UTF8')) || ':' || field || ',' end $$;

      create function ledger.content_of(v ledger.voucher) returns text language plpgsql stable
        set search_path = pg_catalog, public set datestyle = 'ISO, YMD' set work_mem = '256MB' as $$
      declare
        bases text;
        lines text;
      begin
        select string_agg(ledger.seal_field(basis_no::text) || ledger.seal_field(rule_edition) || ledger.seal_field(vintage_id::text)
            || ledger.seal_field(agreement) || ledger.seal_field(period) || ledger.seal_field(territory_path::text), '' order by basis_no)
          into bases from ledger.posting_basis where voucher_id = v.id;
        -- In blocks, so that a run of a million postings never makes one text. No field holds a bar or a line break.
        select string_agg(block, '' order by no) into lines from (
          select (posting_no - 1) / 4096 as no, encode(sha256(convert_to(string_agg(
              posting_no || '|' || account_id || '|' || amount_fen || '|' || coalesce(party, '') || '|' || territory_path::text || '|' || basis_no,
              chr(10) order by posting_no), 'UTF8')), 'hex') as block
          from ledger.posting where run_no = v.run_no and voucher_id = v.id group by 1) as blocks;
        return encode(sha256(convert_to(
          ledger.seal_field(v.id::text) || ledger.seal_field(v.territory_path::text) || ledger.seal_field(v.business_key)
          || ledger.seal_field(v.kind) || ledger.seal_field(v.effective_date::text) || ledger.seal_field(v.about_date::text)
          || ledger.seal_field(v.reverses::text) || ledger.seal_field(v.about_voucher::text) || ledger.seal_field(v.run_no::text)
          || ledger.seal_field(v.posting_count::text) || ledger.seal_field(v.memo) || ledger.seal_field(v.body_digest)
          || ledger.seal_field(v.actor_id) || ledger.seal_field(v.actor_name)
          || ledger.seal_field(to_char(v.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
          || ledger.seal_field(bases) || ledger.seal_field(lines), 'UTF8')), 'hex');
      end $$;

      create function ledger.prove_voucher(v ledger.voucher) returns void language plpgsql
        set search_path = pg_catalog, public as $$
      declare
        whole record;
      begin
        select count(*) as postings, sum(amount_fen) as total into whole
          from ledger.posting where run_no = v.run_no and voucher_id = v.id;
        if whole.postings <> v.posting_count or whole.total <> 0 then
          raise exception 'voucher % is not balanced: % postings of %, sum % fen', v.id, whole.postings, v.posting_count, whole.total
            using errcode = 'check_violation';
        end if;
        if v.kind <> 'reversal' and exists (
          select from (
            select p.account_id, -sum(p.amount_fen) as leaving from ledger.posting p join ledger.book_account a on a.id = p.account_id
            where p.run_no = v.run_no and p.voucher_id = v.id and a.by_reservation group by p.account_id) as moved
          where leaving <> coalesce((
            select sum(s.amount_fen) from ledger.reservation_step s join ledger.reservation r on r.id = s.reservation_id
            where s.voucher_id = v.id and r.account_id = moved.account_id), 0) and leaving > 0)
        then
          raise exception 'voucher %: money leaves an account without a reservation of that amount', v.id using errcode = 'check_violation';
        end if;
        if exists (
          select from ledger.reservation_step s join ledger.reservation r on r.id = s.reservation_id where s.voucher_id = v.id
          group by r.account_id
          having sum(s.amount_fen) <> -coalesce((select sum(p.amount_fen) from ledger.posting p
            where p.run_no = v.run_no and p.voucher_id = v.id and p.account_id = r.account_id), 0))
        then
          raise exception 'voucher %: what it pays is not what it takes from reservations', v.id using errcode = 'check_violation';
        end if;
      end $$;

      create function ledger.prove_correction(v ledger.voucher) returns void language plpgsql
        set search_path = pg_catalog, public as $$
      declare
        o ledger.voucher;
      begin
        select * into o from ledger.voucher where id = coalesce(v.reverses, v.about_voucher);
        if v.reverses is not null and (o.kind = 'reversal' or exists (
            (select posting_no, account_id, party, -amount_fen, territory_path from ledger.posting where run_no = o.run_no and voucher_id = o.id
             except all select posting_no, account_id, party, amount_fen, territory_path from ledger.posting where run_no = v.run_no and voucher_id = v.id)
            union all
            (select posting_no, account_id, party, amount_fen, territory_path from ledger.posting where run_no = v.run_no and voucher_id = v.id
             except all select posting_no, account_id, party, -amount_fen, territory_path from ledger.posting where run_no = o.run_no and voucher_id = o.id)))
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

      create function ledger.seal_voucher() returns trigger language plpgsql
        security definer set search_path = pg_catalog, public as $$
      declare
        head record;
        content text;
        stamp text;
        seal text;
      begin
        content := ledger.content_of(new);
        perform ledger.prove_voucher(new);
        -- One writer at a time until its commit: the chain does not fork, and what is proved below cannot be overtaken.
        select seq, hash into strict head from ledger.chain_head for no key update;
        perform ledger.prove_correction(new);
        stamp := to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
        seal := encode(sha256(convert_to(ledger.seal_field(head.hash) || ledger.seal_field((head.seq + 1)::text)
          || ledger.seal_field(stamp) || ledger.seal_field(new.id::text) || ledger.seal_field(content), 'UTF8')), 'hex');
        insert into ledger.voucher_seal (seq, voucher_id, at, content_hash, prev_hash, hash)
          values (head.seq + 1, new.id, stamp, content, head.hash, seal);
        update ledger.chain_head set seq = head.seq + 1, hash = seal;
        return null;
      end $$;
      create constraint trigger whole after insert on ledger.voucher deferrable initially deferred
        for each row execute function ledger.seal_voucher();

      revoke execute on function ledger.seal_voucher(), ledger.prove_voucher(ledger.voucher), ledger.prove_correction(ledger.voucher), ledger.content_of(ledger.voucher) from public;
    `);
    await runner.query(grantToApp('ledger.voucher_seal', 'select') + appendOnly('ledger.voucher_seal'));
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
