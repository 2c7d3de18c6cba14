// Money moves in a book of double entries that nobody can edit: accounts, vouchers, postings, and what each posting rests on.
import { appendOnly, createSubjectSchema, enableRowSecurity, grantToApp } from '@gep/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LedgerBook1790000070000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${createSubjectSchema('ledger')}

      create table ledger.book_account (
        id             uuid primary key default gen_random_uuid(),
        code           text not null check (code ~ '^[a-z0-9][a-z0-9.-]{0,99}$'),
        name_zh        text not null check (length(name_zh) between 1 and 200),
        name_en        text not null check (length(name_en) between 1 and 200),
        sign_rule      text not null check (sign_rule in ('debit', 'credit', 'either')),
        by_party       boolean not null default false,
        by_reservation boolean not null default false,
        territory_path public.ltree not null,
        opened_by      text not null default platform.actor(),
        opened_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        unique (territory_path, code),
        check (not by_reservation or sign_rule = 'debit')
      );
      comment on column ledger.book_account.sign_rule is 'On which side the balance may stand, what is reserved taken off; either: no bound';
      comment on column ledger.book_account.by_reservation is 'Money leaves it by a posted reservation only, or by the reversal of what came in';

      create table ledger.balance (
        account_id     uuid primary key references ledger.book_account (id),
        territory_path public.ltree not null,
        posted_fen     bigint not null default 0,
        reserved_fen   bigint not null default 0 check (reserved_fen >= 0)
      );
      comment on table ledger.balance is 'Sums of postings and open reservations, kept by triggers alone; the application cannot write it, and the checker adds it up anew';

      create table ledger.voucher (
        id             uuid primary key default gen_random_uuid(),
        territory_path public.ltree not null,
        business_key   text not null check (business_key ~ '^[\\x21-\\x7e]+$' and length(business_key) <= 300),
        kind           text not null check (kind in ('receipt', 'settlement', 'purchase', 'dividend', 'payment', 'adjustment', 'clawback', 'transfer', 'reversal')),
        effective_date date not null,
        about_date     date check (about_date is null or (about_date < effective_date and kind in ('adjustment', 'clawback', 'reversal'))),
        reverses       uuid unique references ledger.voucher (id),
        about_voucher  uuid references ledger.voucher (id),
        run_no         bigint not null default 0 check (run_no >= 0),
        posting_count  int not null check (posting_count >= 2),
        memo           text not null check (memo <> ''),
        body_digest    text not null check (body_digest ~ '^[0-9a-f]{64}$'),
        actor_id       text not null default platform.actor(),
        actor_name     text not null,
        recorded_at    timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        written_in     xid8 not null default pg_current_xact_id(),
        unique (territory_path, business_key),
        unique (id, kind),
        check ((kind = 'reversal') = (reverses is not null)),
        check (kind <> 'clawback' or about_voucher is not null)
      );
      create index voucher_date on ledger.voucher (effective_date, id);
      create index voucher_about on ledger.voucher (about_voucher) where about_voucher is not null;
      comment on column ledger.voucher.about_date is 'A day of a closed period that this correction, posted in an open one, is about';
      comment on column ledger.voucher.run_no is 'Above zero: its postings came as one run and have a partition of their own';
      comment on column ledger.voucher.written_in is 'Postings are added in the transaction of the voucher and in no later one';

      create table ledger.posting_basis (
        voucher_id     uuid not null,
        basis_no       smallint not null check (basis_no > 0),
        kind           text not null,
        rule_edition   text,
        vintage_id     uuid,
        agreement      text,
        period         text,
        territory_path public.ltree not null,
        primary key (voucher_id, basis_no),
        foreign key (voucher_id, kind) references ledger.voucher (id, kind),
        check (period is not null or kind = 'reversal'),
        check (rule_edition is not null or kind not in ('settlement', 'purchase', 'dividend', 'adjustment')),
        check (agreement is not null or kind not in ('settlement', 'purchase')),
        check (vintage_id is not null or kind <> 'purchase')
      );
      create index posting_basis_vintage on ledger.posting_basis (vintage_id) where vintage_id is not null;
      comment on table ledger.posting_basis is 'Rule edition, account vintage, agreement and period of postings; which of them a deed needs is checked by its kind';
      comment on column ledger.posting_basis.territory_path is 'A territory that all postings on this basis lie in';

      create table ledger.posting (
        run_no         bigint not null,
        amount_fen     bigint not null check (amount_fen <> 0),
        recorded_at    timestamptz not null,
        posting_no     int not null check (posting_no > 0),
        effective_date date not null,
        basis_no       smallint not null,
        voucher_id     uuid not null,
        account_id     uuid not null,
        party          text collate "C" check (octet_length(party) between 1 and 400 and strpos(party, '|') = 0 and strpos(party, chr(10)) = 0),
        territory_path public.ltree not null,
        primary key (run_no, voucher_id, posting_no)
      ) partition by list (run_no);
      create index posting_account on ledger.posting (account_id, party);
      comment on table ledger.posting is 'A debit is positive, a credit negative. Keys to vouchers, accounts and bases are proved by trigger, all at once';

      create table ledger.posting_single partition of ledger.posting for values in (0);
      alter table ledger.posting_single enable row level security;
      alter table ledger.posting_single force row level security;
      -- Triggers for rows are those of the whole table; this one is of each part.
      create trigger append_only_part before truncate on ledger.posting_single for each statement execute function platform.refuse_change();

      create table ledger.closing (
        id             uuid primary key default gen_random_uuid(),
        within         public.ltree not null,
        period         text not null check (period ~ '^[0-9]{4}(-Q[1-4]|-[01][0-9])?$'),
        closed_through date not null,
        closed_by      text not null default platform.actor(),
        closed_at      timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
        unique (within, period)
      );
      create index closing_within on ledger.closing using gist (within);
      comment on table ledger.closing is 'Through which day the book is closed for a territory and all below it; which days are closed is no secret';
      alter table ledger.closing enable row level security;
      alter table ledger.closing force row level security;
      create policy everybody_reads on ledger.closing for select using (true);
      create policy closing_scope on ledger.closing for insert with check (within <@ any ((select platform.scope())::public.ltree[]));
    `);
    for (const [table, columns] of [
      ['book_account', 'code, name_zh, name_en, sign_rule, by_party, by_reservation, territory_path'],
      ['balance', ''],
      [
        'voucher',
        'territory_path, business_key, kind, effective_date, about_date, reverses, about_voucher, run_no, posting_count, memo, body_digest, actor_name',
      ],
      ['posting_basis', 'voucher_id, basis_no, kind, rule_edition, vintage_id, agreement, period, territory_path'],
      [
        'posting',
        'run_no, amount_fen, recorded_at, posting_no, effective_date, basis_no, voucher_id, account_id, party, territory_path',
      ],
    ]) {
      await runner.query(grantToApp(`ledger.${table}`, columns ? `select, insert (${columns})` : 'select'));
      await runner.query(enableRowSecurity(`ledger.${table}`));
      if (table !== 'balance') await runner.query(appendOnly(`ledger.${table}`));
    }
    await runner.query(
      grantToApp('ledger.closing', 'select, insert (within, period, closed_through)') + appendOnly('ledger.closing'),
    );
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
