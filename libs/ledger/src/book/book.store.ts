/** SQL of accounts and what stands on them. */
import type { Fen } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import type { AccountState } from '../voucher/check-voucher';
import type { Posting } from '../voucher/voucher';
import type { AccountBalance, AccountDraft, BookAccount } from './book-account';

/** Locks the day on which the book is closed: call it before anything is locked that a voucher touches. */
export async function enterBook(tx: EntityManager): Promise<void> {
  await tx.query('select pg_advisory_xact_lock_shared(7140271)');
}

/** @returns the id; that of the account which is there when one of this code and territory was opened before */
export async function insertAccount(tx: EntityManager, draft: AccountDraft): Promise<string> {
  const { code, nameZh, nameEn, signRule, byParty, byReservation, territoryPath, unit = 'fen' } = draft;
  const [opened] = await tx.query<{ id: string }[]>(
    `insert into ledger.book_account (code, name_zh, name_en, sign_rule, by_party, by_reservation, territory_path, unit)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (territory_path, code) do nothing returning id`,
    [code, nameZh, nameEn, signRule, byParty, byReservation, territoryPath, unit],
  );
  if (opened) return opened.id;
  const [found] = await tx.query<{ id: string }[]>(
    'select id from ledger.book_account where territory_path = $1 and code = $2',
    [territoryPath, code],
  );
  return found.id;
}

/** An account with its balance as of now. */
export interface AccountWithBalance {
  readonly account: BookAccount;
  readonly balance: AccountBalance;
}

export interface AccountFilter {
  readonly ids?: readonly string[];
  /** Beginning of the code. */
  readonly code?: string;
  /** ltree text: accounts of this territory and below it. */
  readonly within?: string;
  /** `territoryPath code` of the last one of the page before. */
  readonly after?: readonly [string, string];
  readonly limit?: number;
}

/** Accounts that the actor may see, by territory and code. */
export async function listAccounts(tx: EntityManager, filter: AccountFilter = {}): Promise<AccountWithBalance[]> {
  const rows = await tx.query<AccountRow[]>(
    `select a.id, a.code, a.name_zh as "nameZh", a.name_en as "nameEn", a.sign_rule as "signRule", a.by_party as "byParty",
       a.by_reservation as "byReservation", a.territory_path::text as "territoryPath", a.unit,
       b.posted_fen as "postedFen", b.reserved_fen as "reservedFen"
     from ledger.book_account a join ledger.balance b on b.account_id = a.id
     where ($1::uuid[] is null or a.id = any ($1)) and ($2::text is null or starts_with(a.code, $2))
       and ($3::public.ltree is null or a.territory_path <@ $3)
       and ($4::public.ltree is null or (a.territory_path, a.code) > ($4, $5::text))
     order by a.territory_path, a.code limit $6`,
    [
      filter.ids ?? null,
      filter.code ?? null,
      filter.within ?? null,
      filter.after?.[0] ?? null,
      filter.after?.[1] ?? null,
      filter.limit ?? null,
    ],
  );
  return rows.map(({ postedFen, reservedFen, ...account }) => ({
    account,
    balance: { postedFen: BigInt(postedFen), reservedFen: BigInt(reservedFen) },
  }));
}

type AccountRow = BookAccount & { postedFen: string; reservedFen: string };

/** Keeps the balances of these accounts until the transaction ends, in the order that everybody keeps to. */
export async function lockAccounts(tx: EntityManager, ids: readonly string[]): Promise<void> {
  await tx.query('select ledger.lock_accounts($1::uuid[])', [[...new Set(ids)]]);
}

/** Accounts with all that the postings have to be checked against. Lock them first. */
export async function readStates(tx: EntityManager, postings: readonly Posting[]): Promise<Map<string, AccountState>> {
  const found = await listAccounts(tx, { ids: [...new Set(postings.map(({ accountId }) => accountId))] });
  const kept = new Set(found.filter(({ account }) => account.byParty).map(({ account }) => account.id));
  const pairs = postings.filter(({ accountId, party }) => party !== null && kept.has(accountId));
  const parties = await partyBalances(tx, pairs);
  return new Map(
    found.map((state) => [state.account.id, { ...state, parties: parties.get(state.account.id) ?? new Map() }]),
  );
}

async function partyBalances(
  tx: EntityManager,
  pairs: readonly Pick<Posting, 'accountId' | 'party'>[],
): Promise<Map<string, Map<string, Fen>>> {
  const found = new Map<string, Map<string, Fen>>();
  if (pairs.length === 0) return found;
  const rows = await tx.query<{ account: string; party: string; posted: string }[]>(
    `select p.account_id as account, p.party, sum(p.amount_fen) as posted from ledger.posting p
       join (select distinct * from unnest($1::uuid[], $2::text[]) as w (account_id, party)) wanted using (account_id, party)
     group by p.account_id, p.party`,
    [pairs.map(({ accountId }) => accountId), pairs.map(({ party }) => party)],
  );
  for (const { account, party, posted } of rows) {
    const of = found.get(account) ?? new Map<string, Fen>();
    found.set(account, of.set(party, BigInt(posted)));
  }
  return found;
}

/** At which point in the two times a balance is asked for. */
export interface BalanceMoment {
  /** Deeds that took effect up to this day, inclusive; all when absent. */
  readonly effectiveThrough?: string;
  /** As it was known at this moment (ISO 8601); as known now when absent. */
  readonly knownAt?: string;
}

/** Sum of postings of each account at a moment; accounts without a posting are left out. */
export async function balancesAt(
  tx: EntityManager,
  accountIds: readonly string[],
  { effectiveThrough, knownAt }: BalanceMoment,
): Promise<Map<string, Fen>> {
  const rows = await tx.query<{ id: string; posted: string }[]>(
    `select account_id as id, sum(amount_fen) as posted from ledger.posting
     where account_id = any ($1) and ($2::date is null or effective_date <= $2)
       and ($3::timestamptz is null or recorded_at <= $3) group by account_id`,
    [accountIds, effectiveThrough ?? null, knownAt ?? null],
  );
  return new Map(rows.map(({ id, posted }) => [id, BigInt(posted)]));
}
