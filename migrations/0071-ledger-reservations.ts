// Money promised must not be promised twice: reservations hold it, and every act on one is a row that stays.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LedgerReservations1790000071000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table ledger.reservation (
        id               uuid primary key default gen_random_uuid(),
        territory_path   public.ltree not null,
        account_id       uuid not null references ledger.book_account (id),
        business_key     text not null check (business_key ~ '^[\\x21-\\x7e]+$' and length(business_key) <= 300),
        body_digest      text not null check (body_digest ~ '^[0-9a-f]{64}$'),
        party            text check (party ~ '^[^[:cntrl:]|]{1,100}$'),
        purpose          text,
        agreement        text,
        period           text,
        memo             text not null check (memo <> ''),
        amount_fen       bigint not null check (amount_fen > 0),
        expires_at       timestamptz not null,
        reserved_by      text not null default platform.actor(),
        reserved_by_name text not null,
        reserved_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        unique (territory_path, business_key)
      );
      create index reservation_account on ledger.reservation (account_id);
      create index reservation_expiry on ledger.reservation (expires_at);

      create table ledger.reservation_step (
        reservation_id uuid not null references ledger.reservation (id),
        step_no        int not null,
        territory_path public.ltree not null,
        act            text not null check (act in ('approve', 'post', 'void', 'expire')),
        amount_fen     bigint not null check (amount_fen > 0),
        voucher_id     uuid references ledger.voucher (id),
        reason         text not null check (reason <> ''),
        actor_id       text not null default platform.actor(),
        actor_name     text not null,
        at             timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (reservation_id, step_no),
        check ((act = 'post') = (voucher_id is not null))
      );
      create index reservation_step_voucher on ledger.reservation_step (voucher_id) where voucher_id is not null;

      create function ledger.keeps_sign(sign_rule text, posted bigint, reserved bigint) returns boolean language sql immutable parallel safe as
        $$ select case sign_rule when 'debit' then posted - reserved >= 0 when 'credit' then posted + reserved <= 0 else true end $$;

      create function ledger.open_balance() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
      begin
        insert into ledger.balance (account_id, territory_path) values (new.id, new.territory_path);
        return null;
      end $$;
      create trigger open_balance after insert on ledger.book_account for each row execute function ledger.open_balance();

      -- Everybody takes the locks of several accounts in the order of their ids. No key is changed, so rows that refer to an
      -- account need not wait.
      create function ledger.lock_accounts(ids uuid[]) returns void language plpgsql security definer set search_path = pg_catalog, public as $$
      begin
        perform 1 from ledger.balance where account_id = any (ids) order by account_id for no key update;
      end $$;
      comment on function ledger.lock_accounts is 'Keeps the balances of these accounts, as far as the actor sees them, until the transaction ends';

      create function ledger.hold_reservation() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
      declare
        held record;
      begin
        update ledger.balance b set reserved_fen = reserved_fen + new.amount_fen
          from ledger.book_account a where a.id = b.account_id and b.account_id = new.account_id
          returning a.sign_rule, b.posted_fen, b.reserved_fen, a.territory_path into held;
        if held is null or held.territory_path <> new.territory_path then
          raise exception 'reservation on an account that is not there' using errcode = 'foreign_key_violation';
        end if;
        if held.sign_rule = 'either' or not ledger.keeps_sign(held.sign_rule, held.posted_fen, held.reserved_fen) then
          raise exception 'reservation of more than account % has', new.account_id using errcode = 'check_violation';
        end if;
        return null;
      end $$;
      create trigger hold after insert on ledger.reservation for each row execute function ledger.hold_reservation();

      create function ledger.take_step() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
      declare
        r ledger.reservation;
        done record;
      begin
        select * into r from ledger.reservation where id = new.reservation_id;
        if r.id is null then raise exception 'no such reservation' using errcode = 'foreign_key_violation'; end if;
        -- All acts on the reservations of one account come one after the other.
        perform 1 from ledger.balance where account_id = r.account_id for no key update;
        select count(*) as steps,
               coalesce(sum(amount_fen) filter (where act = 'approve'), 0) as approved,
               coalesce(sum(amount_fen) filter (where act = 'post'), 0) as posted,
               coalesce(sum(amount_fen) filter (where act in ('void', 'expire')), 0) as released,
               coalesce(bool_or(act = 'approve' and actor_id = new.actor_id), false) as approved_it
          into done from ledger.reservation_step where reservation_id = r.id;
        new.step_no := done.steps + 1;
        new.territory_path := r.territory_path;
        if done.posted + done.released >= r.amount_fen then
          raise exception 'reservation % has ended', r.id using errcode = 'check_violation';
        elsif new.act in ('void', 'expire') and new.amount_fen <> r.amount_fen - done.posted then
          raise exception 'all that is left of reservation % is released at once', r.id using errcode = 'check_violation';
        -- The moment at which the transaction began, by which its caller has judged too.
        elsif (new.act = 'expire') <> (now() >= r.expires_at) and new.act <> 'void' then
          raise exception 'reservation % expires at %', r.id, r.expires_at using errcode = 'check_violation';
        elsif new.act = 'approve' and (done.approved + new.amount_fen > r.amount_fen or new.actor_id = r.reserved_by) then
          raise exception 'approval of reservation % beyond what was reserved, or by whoever reserved it', r.id using errcode = 'check_violation';
        elsif new.act = 'post' and (done.posted + new.amount_fen > done.approved or done.approved_it or new.actor_id = r.reserved_by) then
          raise exception 'payment of reservation % beyond what was approved, or by whoever reserved or approved it', r.id using errcode = 'check_violation';
        end if;
        if new.act <> 'approve' then
          update ledger.balance set reserved_fen = reserved_fen - new.amount_fen where account_id = r.account_id;
        end if;
        return new;
      end $$;
      create trigger take before insert on ledger.reservation_step for each row execute function ledger.take_step();

      revoke execute on function ledger.open_balance(), ledger.hold_reservation(), ledger.take_step(), ledger.lock_accounts(uuid[]) from public;
      grant execute on function ledger.lock_accounts(uuid[]) to gep_app;
    `);
    for (const [table, columns] of [
      [
        'reservation',
        'territory_path, account_id, business_key, body_digest, party, purpose, agreement, period, memo, amount_fen, expires_at, reserved_by_name',
      ],
      ['reservation_step', 'reservation_id, act, amount_fen, voucher_id, reason, actor_name'],
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
