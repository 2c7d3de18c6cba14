/** The book of a company: its accounts, what it took in and spent, and what of it a period earned. */
import { daysOfPeriod, type Fen, periodEnd, type Period } from '@gep/kernel';
import {
  type AccountDraft,
  balancesAt,
  insertAccount,
  listAccounts,
  listClosings,
  listVouchers,
  noBasis,
  type PostingBasis,
  postVoucher,
} from '@gep/ledger';
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import type { Company } from '../company/company';
import { bookAccounts, type BookRole, type CompanyBook } from './company-book';
import { DividendRefused } from '../dividend/errors';

/** Opens the accounts; those that are there already stay. */
export async function openBook(tx: EntityManager, { code, territoryPath }: Company): Promise<CompanyBook> {
  const book: Partial<Record<BookRole, string>> = {};
  for (const [role, [zh, en, signRule, byParty]] of Object.entries(bookAccounts)) {
    const draft: AccountDraft = {
      ...{ code: `company.${code}.${role}`, nameZh: `公司 ${code} ${zh}`, nameEn: `company ${code}: ${en}` },
      ...{ signRule, byParty, byReservation: false, territoryPath },
    };
    book[role as BookRole] = await insertAccount(tx, draft);
  }
  return book as CompanyBook;
}

/** What a company took in or spent. */
export interface CompanyEntryDraft {
  readonly kind: 'income' | 'cost';
  readonly amountFen: Fen;
  /** `YYYY-MM-DD`. */
  readonly on: string;
  readonly period: Period;
  /** Code of the agreement, contract or settlement that it was paid by. */
  readonly agreement: string | null;
  /** Id of the settlement, where it was paid by one. */
  readonly settlementId: string | null;
  readonly memo: string;
  /** SHA-256 of the evidence. */
  readonly documentDigest: string;
}

/** @throws what `postVoucher` throws: a cost that the cash does not cover, a closed period */
export async function bookEntry(
  tx: EntityManager,
  actor: Actor,
  company: Company,
  draft: CompanyEntryDraft,
  businessKey: string,
): Promise<{ readonly id: string; readonly voucherId: string }> {
  const book = await openBook(tx, company);
  const { kind, amountFen, on, period, agreement, settlementId, memo, documentDigest } = draft;
  const basis: PostingBasis = { ...noBasis, period, agreement };
  const [debit, credit] = kind === 'income' ? [book.cash, book.income] : [book.cost, book.cash];
  const { territoryPath } = company;
  const postings = [
    { accountId: debit, party: null, amountFen, territoryPath, basis },
    { accountId: credit, party: null, amountFen: -amountFen, territoryPath, basis },
  ];
  const deed = kind === 'income' ? 'receipt' : 'payment';
  const voucher = { businessKey, kind: deed, effectiveDate: on, territoryPath, memo, postings } as const;
  const { id: voucherId } = await postVoucher(tx, actor, voucher);
  const [{ id }] = await tx.query<[{ id: string }]>(
    `insert into procurement.company_entry (company_id, territory_path, kind, amount_fen, booked_on, period, agreement, upstream_kind,
       upstream_id, voucher_id, memo, document_digest)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id`,
    [
      ...[company.id, territoryPath, kind, amountFen.toString(), on, period, agreement],
      ...[settlementId === null ? null : 'settlement', settlementId, voucherId, memo, documentDigest],
    ],
  );
  return { id, voucherId };
}

/** Income that names the settlement which paid it. */
export interface NamedIncome {
  readonly settlementId: string;
  readonly amountFen: Fen;
  readonly period: string;
}

/** By settlement; those that were reversed are left out. */
export async function listNamedIncomes(
  tx: EntityManager,
  companyId: string,
  { settlementId, from, to }: { readonly settlementId?: string; readonly from?: string; readonly to?: string } = {},
): Promise<NamedIncome[]> {
  const rows = await tx.query<{ voucherId: string; settlementId: string; fen: string; period: string }[]>(
    `select voucher_id as "voucherId", upstream_id as "settlementId", amount_fen as fen, period
     from procurement.company_entry
     where company_id = $1 and kind = 'income' and upstream_kind = 'settlement' and ($2::text is null or upstream_id = $2)
       and ($3::date is null or booked_on >= $3) and ($4::date is null or booked_on <= $4)
     order by upstream_id, booked_at, voucher_id`,
    [companyId, settlementId ?? null, from ?? null, to ?? null],
  );
  const vouchers = await listVouchers(tx, { ids: rows.map(({ voucherId }) => voucherId) });
  const standing = new Set(vouchers.filter(({ reversedBy }) => reversedBy === null).map(({ id }) => id));
  return rows
    .filter(({ voucherId }) => standing.has(voucherId))
    .map(({ voucherId: _, fen, ...income }) => ({ ...income, amountFen: BigInt(fen) }));
}

/** What a closed period brought in and cost: movements of the two accounts on its days. */
export interface ClosedPeriod {
  readonly incomeFen: Fen;
  readonly costFen: Fen;
  readonly closedThrough: string;
}

/** @throws DividendRefused while the book is open for the period */
export async function readClosedPeriod(tx: EntityManager, company: Company, period: Period): Promise<ClosedPeriod> {
  const [first] = daysOfPeriod(period);
  const last = periodEnd(period);
  const within = `${company.territoryPath}.`;
  const closing = (await listClosings(tx)).find((each) => within.startsWith(`${each.within}.`));
  if (!closing || closing.closedThrough < last)
    throw new DividendRefused(`${company.code} ${period}`, {
      zh: `账簿尚未结账至 ${last}；请先结账（gep ledger close，或 POST /api/v1/ledger/closings）`,
      en: `the book is not closed through ${last}; close it first (gep ledger close, or POST /api/v1/ledger/closings)`,
    });
  const book = await openBook(tx, company);
  const at = (day: string) => balancesAt(tx, [book.income, book.cost], { effectiveThrough: day });
  const [before, after] = [await at(dayBefore(first)), await at(last)];
  const moved = (id: string): Fen => (after.get(id) ?? 0n) - (before.get(id) ?? 0n);
  const [incomeFen, costFen] = [-moved(book.income), moved(book.cost)];
  if (incomeFen < 0n || costFen < 0n)
    throw new DividendRefused(`${company.code} ${period}`, {
      zh: '当期收入或成本为负（冲销多于发生）；请核对账簿（gep ledger journal）',
      en: 'income or cost of the period is below zero, because more was reversed than booked; check the book (gep ledger journal)',
    });
  return { incomeFen, costFen, closedThrough: closing.closedThrough };
}

const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

/** What stands on the accounts of a company now; a debit is positive. */
export async function readBook(tx: EntityManager, { code, territoryPath }: Company): Promise<Map<BookRole, Fen>> {
  const found = await listAccounts(tx, { code: `company.${code}.`, within: territoryPath });
  return new Map(found.map(({ account, balance }) => [account.code.split('.').at(-1) as BookRole, balance.postedFen]));
}
