// Dividends follow who holds which parcel, so the register keeps every holder of every day in exact shares that sum to one.
import { appendOnly, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Plans are made while tables are empty and kept: rows are looked up by their keys, however many there come to be. */
const lookedUp = 'set enable_seqscan = off';

export class OwnerRegisters1790000100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table procurement.owner (
        company_id     uuid not null,
        code           text collate "C" not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$'),
        kind           text not null check (kind in ('household', 'collective', 'state', 'company')),
        name           text not null check (length(name) between 1 and 200),
        territory_path public.ltree not null,
        since          date not null,
        registered_by  text not null default platform.actor(),
        registered_at  timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (company_id, code)
      );
      comment on table procurement.owner is 'Owners of the land that a company looks after, and of the company; names are personal and never leave the register';

      create table procurement.owner_succession (
        company_id      uuid not null,
        predecessor     text collate "C" not null,
        successor       text collate "C" not null check (successor <> predecessor),
        kind            text not null check (kind in ('merge', 'split', 'succession', 'inheritance')),
        part            bigint not null check (part > 0),
        whole           bigint not null check (part <= whole),
        effective_on    date not null,
        reason          text not null check (reason <> ''),
        document_digest text not null check (document_digest ~ '^[0-9a-f]{64}$'),
        territory_path  public.ltree not null,
        recorded_by     text not null default platform.actor(),
        recorded_at     timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (company_id, predecessor, successor)
      );
      comment on table procurement.owner_succession is 'An owner ends on the day, once, and its successors take shares of all it held and is owed; they sum to one';

      create table procurement.parcel (
        company_id      uuid not null,
        code            text collate "C" not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$'),
        territory_path  public.ltree not null,
        base_year       int not null check (base_year between 1949 and 2199),
        base_gep_fen    bigint not null check (base_gep_fen >= 0),
        account_id      uuid,
        ecosystem_type  text,
        area_hectare    numeric check (area_hectare > 0),
        document_digest text check (document_digest ~ '^[0-9a-f]{64}$'),
        since           date not null,
        registered_by   text not null default platform.actor(),
        registered_at   timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (company_id, code),
        check (account_id is not null or document_digest is not null),
        check (num_nulls(account_id, ecosystem_type, area_hectare) in (0, 3))
      );
      comment on column procurement.parcel.base_gep_fen is 'GEP of the base year; it never changes, and on a split or merge it goes to the successors to the fen';
      comment on column procurement.parcel.account_id is 'The vintage of an account whose value of the type was shared by area; else a document states the base GEP';

      create table procurement.parcel_succession (
        company_id      uuid not null,
        predecessor     text collate "C" not null,
        successor       text collate "C" not null,
        effective_on    date not null,
        reason          text not null check (reason <> ''),
        document_digest text not null check (document_digest ~ '^[0-9a-f]{64}$'),
        territory_path  public.ltree not null,
        recorded_by     text not null default platform.actor(),
        recorded_at     timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (company_id, predecessor, successor)
      );

      create function procurement.sum_of(parts bigint[]) returns numeric language sql immutable
        set search_path = pg_catalog as $$ select sum(part) from unnest(parts) as part $$;

      create table procurement.holding (
        company_id      uuid not null,
        parcel          text collate "C" not null,
        no              int not null check (no > 0),
        effective_from  date not null,
        whole           bigint not null check (whole > 0),
        owners          text[] collate "C" not null,
        parts           bigint[] not null,
        reason          text not null check (reason <> ''),
        document_digest text check (document_digest ~ '^[0-9a-f]{64}$'),
        territory_path  public.ltree not null,
        recorded_by     text not null default platform.actor(),
        recorded_at     timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        primary key (company_id, parcel, no),
        constraint shares_sum_to_one check (cardinality(owners) = cardinality(parts) and array_position(parts, null) is null
          and 0 < all (parts) and case when cardinality(parts) = 1 then parts[1] = whole else procurement.sum_of(parts) = whole end)
      );
      create index holding_owner on procurement.holding using gin (owners) with (fastupdate = off);
      comment on table procurement.holding is 'All holders of a parcel from a day until its next row: owners[i] holds parts[i] of whole';

      create table procurement.share_movement (
        id              uuid primary key default gen_random_uuid(),
        no              bigint generated always as identity,
        company_id      uuid not null,
        effective_on    date not null,
        giver           text collate "C",
        taker           text collate "C",
        shares          bigint not null check (shares > 0),
        reason          text not null check (reason <> ''),
        document_digest text not null check (document_digest ~ '^[0-9a-f]{64}$'),
        territory_path  public.ltree not null,
        recorded_by     text not null default platform.actor(),
        recorded_at     timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        check (giver is distinct from taker)
      );
      create index share_movement_company on procurement.share_movement (company_id, effective_on);
      create index share_movement_giver on procurement.share_movement (company_id, giver);
      create index share_movement_taker on procurement.share_movement (company_id, taker);
      comment on table procurement.share_movement is 'Registered shares of a company: issued (no giver), transferred, redeemed (no taker); a share is one of all that stand on a day';

      create table procurement.owner_link (
        id             uuid primary key default gen_random_uuid(),
        company_id     uuid not null,
        owner          text collate "C" not null,
        held_by        text not null check (held_by <> ''),
        territory_path public.ltree not null,
        linked_by      text not null default platform.actor(),
        linked_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        ended_by       text,
        ended_at       timestamptz,
        check ((ended_by is null) = (ended_at is null))
      );
      create unique index owner_link_open on procurement.owner_link (company_id, owner, held_by) where ended_at is null;
      create index owner_link_person on procurement.owner_link (held_by) where ended_at is null;
      comment on table procurement.owner_link is 'Which person at a login reads the lines of which owner; a person sees the own links, whatever their territory';
    `);
    await runner.query(this.guards);
    for (const [table, columns] of [
      ['owner', 'company_id, code, kind, name, territory_path, since'],
      [
        'owner_succession',
        'company_id, predecessor, successor, kind, part, whole, effective_on, reason, document_digest, territory_path',
      ],
      [
        'parcel',
        'company_id, code, territory_path, base_year, base_gep_fen, account_id, ecosystem_type, area_hectare, document_digest, since',
      ],
      [
        'parcel_succession',
        'company_id, predecessor, successor, effective_on, reason, document_digest, territory_path',
      ],
      [
        'holding',
        'company_id, parcel, no, effective_from, whole, owners, parts, reason, document_digest, territory_path',
      ],
      ['share_movement', 'company_id, effective_on, giver, taker, shares, reason, document_digest, territory_path'],
    ]) {
      await runner.query(grantToApp(`procurement.${table}`, `select, insert (${columns})`));
      await runner.query(enableRowSecurity(`procurement.${table}`));
      await runner.query(appendOnly(`procurement.${table}`));
    }
    await runner.query(
      grantToApp(
        'procurement.owner_link',
        'select, insert (company_id, owner, held_by, territory_path), update (ended_by, ended_at)',
      ),
    );
    await runner.query(enableRowSecurity('procurement.owner_link'));
    await runner.query(
      `create policy own_links on procurement.owner_link for select using (held_by = (select platform.actor()))`,
    );
  }

  /** What no row can tell alone: who is named is there, days go forward, and what is passed on is all that there was. */
  private readonly guards = `
      create function procurement.check_holdings() returns trigger language plpgsql set search_path = pg_catalog, public
        ${lookedUp} as $$
      begin
        if exists (select from added a where (select p.code from procurement.parcel p where p.company_id = a.company_id and p.code = a.parcel) is null) then
          raise exception 'a holding names a parcel that is not there' using errcode = 'foreign_key_violation';
        end if;
        if exists (select from added a, unnest(a.owners) as held (owner)
            where (select o.code from procurement.owner o where o.company_id = a.company_id and o.code = held.owner) is null) then
          raise exception 'a holding names an owner that is not there' using errcode = 'foreign_key_violation';
        end if;
        if exists (select from added a where cardinality(a.owners) > 1 and cardinality(a.owners) <> (select count(distinct held) from unnest(a.owners) as held)) then
          raise exception 'an owner stands twice among the holders of a parcel' using errcode = 'check_violation';
        end if;
        if exists (select from added a where a.no > 1 and not exists (select from procurement.holding h
            where (h.company_id, h.parcel, h.no) = (a.company_id, a.parcel, a.no - 1) and h.effective_from <= a.effective_from)) then
          raise exception 'holders follow each other in the order of their days' using errcode = 'check_violation';
        end if;
        return null;
      end $$;
      create trigger check_holdings after insert on procurement.holding referencing new table as added
        for each statement execute function procurement.check_holdings();

      create function procurement.check_owner_successions() returns trigger language plpgsql set search_path = pg_catalog, public
        ${lookedUp} as $$
      begin
        if exists (select from procurement.owner_succession s join (select distinct company_id, predecessor from added) a using (company_id, predecessor)
            group by company_id, predecessor
            having sum(part) <> max(whole) or max(whole) <> min(whole) or min(effective_on) <> max(effective_on)) then
          raise exception 'the shares of the successors of an owner sum to one, on one day' using errcode = 'check_violation';
        end if;
        if exists (select from added a where not exists (select from procurement.owner o where (o.company_id, o.code) = (a.company_id, a.predecessor))
            or not exists (select from procurement.owner o where (o.company_id, o.code) = (a.company_id, a.successor))) then
          raise exception 'a succession names an owner that is not there' using errcode = 'foreign_key_violation';
        end if;
        return null;
      end $$;
      create trigger check_owner_successions after insert on procurement.owner_succession referencing new table as added
        for each statement execute function procurement.check_owner_successions();

      -- One statement is one deed.
      create function procurement.check_parcel_successions() returns trigger language plpgsql set search_path = pg_catalog, public
        ${lookedUp} as $$
      declare
        before numeric;
        after numeric;
      begin
        select sum(p.base_gep_fen) into before from procurement.parcel p
          where (p.company_id, p.code) in (select company_id, predecessor from added);
        select sum(p.base_gep_fen) into after from procurement.parcel p
          where (p.company_id, p.code) in (select company_id, successor from added);
        if before is distinct from after then
          raise exception 'the successors of parcels have the base GEP of their predecessors, % and not %', before, after using errcode = 'check_violation';
        end if;
        if exists (select from procurement.parcel_succession s join added a using (company_id, predecessor) where s.effective_on <> a.effective_on)
            or exists (select from procurement.parcel p join added a on (p.company_id, p.code) = (a.company_id, a.successor) where p.base_year <>
              (select q.base_year from procurement.parcel q where (q.company_id, q.code) = (a.company_id, a.predecessor))) then
          raise exception 'a parcel ends once, and its successors have its base year' using errcode = 'check_violation';
        end if;
        return null;
      end $$;
      create trigger check_parcel_successions after insert on procurement.parcel_succession referencing new table as added
        for each statement execute function procurement.check_parcel_successions();

      create function procurement.check_share_movements() returns trigger language plpgsql set search_path = pg_catalog, public
        ${lookedUp} as $$
      begin
        perform pg_advisory_xact_lock(7140280, hashtext(company_id::text)) from (select distinct company_id from added) as companies;
        if exists (select from added a, unnest(array[a.giver, a.taker]) as named (owner)
            where owner is not null and not exists (select from procurement.owner o where (o.company_id, o.code) = (a.company_id, named.owner))) then
          raise exception 'a movement of shares names an owner that is not there' using errcode = 'foreign_key_violation';
        end if;
        if exists (
            select from (select distinct company_id, giver from added where giver is not null) g,
              lateral (select sum(case when m.taker = g.giver then m.shares else -m.shares end)
                  over (order by m.effective_on, (m.giver is not distinct from g.giver), m.no) as held
                from procurement.share_movement m where m.company_id = g.company_id and (m.giver = g.giver or m.taker = g.giver)) as running
            where held < 0) then
          raise exception 'more shares are given than are held' using errcode = 'check_violation';
        end if;
        return null;
      end $$;
      create trigger check_share_movements after insert on procurement.share_movement referencing new table as added
        for each statement execute function procurement.check_share_movements();
    `;

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
