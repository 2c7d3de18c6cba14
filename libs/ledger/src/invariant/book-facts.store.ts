/** Reads of the book what its invariants are judged by: everything is added up anew from the rows. */
import type { EntityManager } from 'typeorm';
import { readCalendar } from '../closing/closing.store';
import { listFunds, listSources } from '../fund/fund.store';
import { listInTransit } from '../fund/in-transit.store';
import type { AccountFacts, BookFacts, ReservationFacts, SourceFacts } from './report-invariants';

/** Run it in a snapshot; it covers what the actor sees. */
export async function readBookFacts(tx: EntityManager): Promise<BookFacts> {
  return {
    accounts: await readAccounts(tx),
    reservations: await readReservations(tx),
    sources: await readSources(tx),
    unbalanced: await idsOf(tx, unbalanced),
    unreserved: await idsOf(tx, unreserved),
    unsettled: await idsOf(tx, unsettled),
    inTransit: await listInTransit(tx),
    today: (await readCalendar(tx, [])).today,
    wrongParties: await idsOf(tx, wrongParties),
    wrongReversals: await idsOf(tx, wrongReversals),
    excessClawbacks: await idsOf(tx, excessClawbacks),
    unsealed: await idsOf(tx, unsealed),
  };
}

const big = <T extends object, K extends keyof T>(row: T, ...keys: K[]): void => {
  for (const key of keys) row[key] = BigInt(row[key] as string) as T[K];
};

async function readAccounts(tx: EntityManager): Promise<AccountFacts[]> {
  const rows = await tx.query<AccountFacts[]>(
    `select a.code, a.sign_rule as "signRule", b.posted_fen as "postedFen", b.reserved_fen as "reservedFen",
       coalesce(p.fen, 0) as "summedFen", coalesce(r.fen, 0) as "heldFen"
     from ledger.book_account a join ledger.balance b on b.account_id = a.id
       left join (select account_id, sum(amount_fen) as fen from ledger.posting group by account_id) p on p.account_id = a.id
       left join (
         select r.account_id, sum(r.amount_fen - coalesce(s.gone, 0)) as fen from ledger.reservation r
           left join (select reservation_id, sum(amount_fen) as gone from ledger.reservation_step where act <> 'approve'
                      group by reservation_id) s on s.reservation_id = r.id
         group by r.account_id) r on r.account_id = a.id
     order by a.territory_path, a.code`,
  );
  for (const row of rows) big(row, 'postedFen', 'reservedFen', 'summedFen', 'heldFen');
  return rows;
}

async function readReservations(tx: EntityManager): Promise<ReservationFacts[]> {
  const rows = await tx.query<ReservationFacts[]>(
    `select r.id, r.amount_fen as "amountFen",
       coalesce(sum(s.amount_fen) filter (where s.act = 'approve'), 0) as "approvedFen",
       coalesce(sum(s.amount_fen) filter (where s.act = 'post'), 0) as "postedFen",
       coalesce(sum(s.amount_fen) filter (where s.act in ('void', 'expire')), 0) as "releasedFen",
       coalesce(bool_or(s.act in ('approve', 'post') and s.actor_id = r.reserved_by), false)
         or coalesce(array_agg(s.actor_id) filter (where s.act = 'approve') && array_agg(s.actor_id) filter (where s.act = 'post'), false)
         as "samePerson"
     from ledger.reservation r left join ledger.reservation_step s on s.reservation_id = r.id group by r.id`,
  );
  for (const row of rows) big(row, 'amountFen', 'approvedFen', 'postedFen', 'releasedFen');
  return rows;
}

async function readSources(tx: EntityManager): Promise<SourceFacts[]> {
  const facts: SourceFacts[] = [];
  for (const fund of await listFunds(tx))
    for (const source of await listSources(tx, fund.id)) facts.push({ ...source, fund: fund.code });
  return facts;
}

async function idsOf(tx: EntityManager, sql: string): Promise<string[]> {
  return (await tx.query<{ id: string }[]>(`${sql} limit 100`)).map(({ id }) => id);
}

const unbalanced = `select v.id from ledger.voucher v
  left join (select run_no, voucher_id, count(*) as n, sum(amount_fen) as fen from ledger.posting group by run_no, voucher_id) p
    on p.run_no = v.run_no and p.voucher_id = v.id
  where (p.fen = 0) is not true or (p.n = v.posting_count) is not true`;

const unreserved = `select v.id from ledger.voucher v
  join (select p.run_no, p.voucher_id, p.account_id, -sum(p.amount_fen) as leaving from ledger.posting p
          join ledger.book_account a on a.id = p.account_id and a.by_reservation group by p.run_no, p.voucher_id, p.account_id) m
    on m.run_no = v.run_no and m.voucher_id = v.id
  left join (select s.voucher_id, r.account_id, sum(s.amount_fen) as drawn from ledger.reservation_step s
               join ledger.reservation r on r.id = s.reservation_id where s.act = 'post' group by s.voucher_id, r.account_id) d
    on d.voucher_id = v.id and d.account_id = m.account_id
  where v.kind <> 'reversal' and greatest(m.leaving, 0) <> coalesce(d.drawn, 0)`;

// What leaves a source pays what a party is owed or advanced; only between a fund's own accounts is it nobody's.
const unsettled = `select v.id from ledger.voucher v
  where v.kind not in ('transfer', 'reversal')
    and exists (select from ledger.reservation_step s where s.voucher_id = v.id)
    and not exists (select from ledger.voucher undone where undone.reverses = v.id)
    and exists (select from ledger.posting p join ledger.book_account a on a.id = p.account_id
      where p.run_no = v.run_no and p.voucher_id = v.id and p.amount_fen > 0 and not a.by_party)`;

const wrongParties = `select a.code || ' / ' || p.party as id from ledger.posting p join ledger.book_account a on a.id = p.account_id
  where a.by_party group by a.id, a.code, p.party, a.sign_rule
  having (a.sign_rule = 'debit' and sum(p.amount_fen) < 0) or (a.sign_rule = 'credit' and sum(p.amount_fen) > 0)`;

const wrongReversals = `select r.id from ledger.voucher r join ledger.voucher o on o.id = r.reverses
  where o.kind = 'reversal' or (o.posting_count = r.posting_count) is not true or exists (
    select from ledger.posting p left join ledger.posting q
      on q.run_no = o.run_no and q.voucher_id = o.id and q.posting_no = p.posting_no
    where p.run_no = r.run_no and p.voucher_id = r.id
      and (p.account_id, p.party, p.territory_path, p.amount_fen)
          is distinct from (q.account_id, q.party, q.territory_path, -q.amount_fen))`;

const excessClawbacks = `select c.about_voucher || ' / ' || p.party as id from ledger.voucher c
  join ledger.posting p on p.run_no = c.run_no and p.voucher_id = c.id and p.amount_fen > 0 and p.party is not null
  join ledger.voucher o on o.id = c.about_voucher
  where c.kind = 'clawback' and not exists (select from ledger.voucher undone where undone.reverses = c.id)
  group by c.about_voucher, o.run_no, p.party
  having sum(p.amount_fen) > coalesce((select sum(q.amount_fen) from ledger.posting q
    where q.run_no = o.run_no and q.voucher_id = c.about_voucher and q.party = p.party and q.amount_fen > 0), 0)`;

const unsealed = `select v.id from ledger.voucher v where not exists (select from ledger.voucher_seal s where s.voucher_id = v.id)`;
