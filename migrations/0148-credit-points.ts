// Points of good entries buy goods: how they came, went and ended stands in rows beside the book, which holds the balances.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const done = (deed: string): string => `
  ${deed}_by text not null default platform.actor(),
  ${deed}_at timestamptz not null default date_trunc('milliseconds', clock_timestamp())`;

export class CreditPoints1790000148000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table credit.points_lot (
        event_id       uuid primary key references credit.event (id),
        subject_id     uuid not null references credit.subject (id),
        territory_path public.ltree not null,
        behaviour      text not null check (behaviour <> ''),
        year           int not null,
        points         bigint not null check (points > 0),
        earned_on      date not null,
        expires_on     date check (expires_on > earned_on),
        voucher_id     uuid not null
      );
      create index points_lot_subject on credit.points_lot (subject_id);
      create index points_lot_end on credit.points_lot (expires_on) where expires_on is not null;
      comment on column credit.points_lot.year is 'Calendar year of the entry, in which its item has a cap';
      comment on column credit.points_lot.expires_on is 'First day on which it can no longer be spent';

      create table credit.points_return (
        event_id       uuid primary key references credit.points_lot (event_id),
        subject_id     uuid not null,
        territory_path public.ltree not null,
        held           bigint not null check (held >= 0),
        owed           bigint not null check (owed >= 0),
        expired        bigint not null check (expired >= 0),
        voucher_id     uuid not null,
        ${done('returned')}
      );
      comment on column credit.points_return.owed is 'What was spent already, and later points pay';
      comment on column credit.points_return.expired is 'What had expired unspent, and is as if it had never been';

      create table credit.points_expiry (
        subject_id     uuid not null references credit.subject (id),
        expired_on     date not null,
        territory_path public.ltree not null,
        points         bigint not null check (points > 0),
        voucher_id     uuid primary key
      );
      create index points_expiry_subject on credit.points_expiry (subject_id);

      create table credit.goods (
        id             uuid primary key default gen_random_uuid(),
        territory_path public.ltree not null,
        code           text not null check (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
        name_zh        text not null check (length(name_zh) between 1 and 100),
        name_en        text not null check (length(name_en) between 1 and 100),
        ${done('listed')},
        unique (territory_path, code)
      );

      create table credit.goods_price (
        goods_id        uuid not null references credit.goods (id),
        from_day        date not null,
        territory_path  public.ltree not null,
        points          int not null check (points between 1 and 1000000),
        document_digest text not null check (document_digest ~ '^[0-9a-f]{64}$'),
        ${done('published')},
        primary key (goods_id, from_day)
      );
      comment on column credit.goods_price.document_digest is 'Of the list as it was put up';

      create table credit.points_order (
        id             uuid primary key,
        subject_id     uuid not null references credit.subject (id),
        territory_path public.ltree not null,
        goods_id       uuid not null references credit.goods (id),
        quantity       int not null check (quantity between 1 and 10000),
        price          int not null check (price > 0),
        voucher_id     uuid not null,
        ${done('ordered')}
      );
      create index points_order_subject on credit.points_order (subject_id);
      create index points_order_path on credit.points_order using gist (territory_path);

      create table credit.points_order_end (
        order_id       uuid primary key references credit.points_order (id),
        territory_path public.ltree not null,
        outcome        text not null check (outcome in ('handed-over', 'void')),
        ${done('ended')}
      );

      create table credit.stock_move (
        no             bigint generated always as identity primary key,
        goods_id       uuid not null references credit.goods (id),
        territory_path public.ltree not null,
        quantity       int not null check (quantity <> 0),
        cause          text not null check (cause in ('delivery', 'count', 'order', 'void')),
        order_id       uuid references credit.points_order (id),
        reason         text check (reason <> ''),
        ${done('moved')},
        unique (order_id, cause),
        check ((order_id is not null) = (cause in ('order', 'void'))),
        check (case cause when 'order' then quantity < 0 when 'count' then reason is not null else quantity > 0 end)
      );
      create index stock_move_goods on credit.stock_move (goods_id);

      create function credit.keep_stock() returns trigger language plpgsql set search_path = pg_catalog, public as $$
      begin
        perform pg_advisory_xact_lock(hashtextextended(new.goods_id::text, 149));
        if new.quantity + coalesce((select sum(quantity) from credit.stock_move where goods_id = new.goods_id), 0) < 0 then
          raise exception 'there is not so much in stock' using errcode = 'check_violation';
        end if;
        return new;
      end $$;
      create trigger keep before insert on credit.stock_move for each row execute function credit.keep_stock();
    `);
    for (const [table, columns] of [
      [
        'points_lot',
        'event_id, subject_id, territory_path, behaviour, year, points, earned_on, expires_on, voucher_id',
      ],
      ['points_return', 'event_id, subject_id, territory_path, held, owed, expired, voucher_id'],
      ['points_expiry', 'subject_id, expired_on, territory_path, points, voucher_id'],
      ['goods', 'territory_path, code, name_zh, name_en'],
      ['goods_price', 'goods_id, from_day, territory_path, points, document_digest'],
      ['points_order', 'id, subject_id, territory_path, goods_id, quantity, price, voucher_id'],
      ['points_order_end', 'order_id, territory_path, outcome'],
      ['stock_move', 'goods_id, territory_path, quantity, cause, order_id, reason'],
    ]) {
      await runner.query(grantToApp(`credit.${table}`, `select, insert (${columns})`));
      await runner.query(enableRowSecurity(`credit.${table}`));
      await runner.query(appendOnly(`credit.${table}`));
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
