/** SQL of funds, their sources, and what was granted of them. */
import { type Fen, isUuid, type Period } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import { LedgerMissing } from '../errors';
import type { FundRole } from './fund-accounts';
import type { GrantedClaim, ShortfallPolicy } from './share-shortfall';
import type { SourceMoney } from './source-order';

export interface FundDraft {
  /** ltree text. */
  readonly territoryPath: string;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly shortfallPolicy: ShortfallPolicy;
}

export interface Fund extends FundDraft {
  readonly id: string;
}

export interface SourceDraft {
  readonly code: string;
  readonly department: string;
  readonly purposes: readonly string[];
  readonly budgetYear: number;
}

/** A source with its money: available = received - reserved - paid. */
export interface FundSource extends SourceDraft, SourceMoney {
  readonly id: string;
  /** Account of the book that holds its money. */
  readonly accountId: string;
  readonly receivedFen: Fen;
  readonly reservedFen: Fen;
  readonly paidFen: Fen;
}

/** Undefined when there is one of this code in the territory. */
export async function insertFund(tx: EntityManager, draft: FundDraft): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }[]>(
    `insert into ledger.fund (territory_path, code, name_zh, name_en, shortfall_policy) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning id`,
    [draft.territoryPath, draft.code, draft.nameZh, draft.nameEn, draft.shortfallPolicy],
  );
  return row?.id;
}

/** Undefined when the fund has one of this code. */
export async function insertSource(
  tx: EntityManager,
  fund: Fund,
  draft: SourceDraft & { readonly accountId: string },
): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }[]>(
    `insert into ledger.fund_source (fund_id, territory_path, code, department, purposes, budget_year, account_id)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning id`,
    [...[fund.id, fund.territoryPath, draft.code, draft.department, draft.purposes, draft.budgetYear], draft.accountId],
  );
  return row?.id;
}

export interface FundFilter {
  readonly id?: string;
  /** Territory and code: `990101/eco`. */
  readonly name?: string;
  /** ltree text: funds of this territory and below it. */
  readonly within?: string;
  /** Territory path and code of the last one of the page before. */
  readonly after?: readonly [string, string];
  readonly limit?: number;
}

/** Funds that the actor may see, by territory and code. */
export async function listFunds(tx: EntityManager, filter: FundFilter = {}): Promise<Fund[]> {
  return tx.query<Fund[]>(
    `select id, territory_path::text as "territoryPath", code, name_zh as "nameZh", name_en as "nameEn",
       shortfall_policy as "shortfallPolicy"
     from ledger.fund where ($1::uuid is null or id = $1) and ($2::public.ltree is null or territory_path <@ $2)
       and ($3::public.ltree is null or (territory_path, code) > ($3, $4::text))
       and ($6::text is null or replace(public.ltree2text(public.subpath(territory_path, -1)), '_', '-') || '/' || code = $6)
     order by territory_path, code limit $5`,
    [
      ...[filter.id ?? null, filter.within ?? null, filter.after?.[0] ?? null, filter.after?.[1] ?? null],
      ...[filter.limit ?? null, filter.name ?? null],
    ],
  );
}

/** Money that a year has left in a source of a fund. */
export interface CarriedOver {
  readonly fundId: string;
  readonly fund: string;
  readonly territoryPath: string;
  readonly source: string;
  readonly department: string;
  readonly budgetYear: number;
  readonly reservedFen: Fen;
  readonly availableFen: Fen;
}

/** Sources of years before this one that still hold money, the oldest first. */
export async function listCarriedOver(
  tx: EntityManager,
  year: number,
  { within, fundId }: { readonly within?: string; readonly fundId?: string } = {},
): Promise<CarriedOver[]> {
  const rows = await tx.query<(Omit<CarriedOver, 'reservedFen' | 'availableFen'> & { held: string; posted: string })[]>(
    `select f.id as "fundId", f.code as fund, f.territory_path::text as "territoryPath", s.code as source, s.department,
       s.budget_year as "budgetYear", b.reserved_fen as held, b.posted_fen as posted
     from ledger.fund_source s join ledger.fund f on f.id = s.fund_id join ledger.balance b on b.account_id = s.account_id
     where s.budget_year < $1 and b.posted_fen > 0 and ($2::public.ltree is null or f.territory_path <@ $2)
       and ($3::uuid is null or f.id = $3)
     order by s.budget_year, f.territory_path, f.code, s.code`,
    [year, within ?? null, fundId ?? null],
  );
  return rows.map(({ held, posted, ...row }) => ({
    ...row,
    reservedFen: BigInt(held),
    availableFen: BigInt(posted) - BigInt(held),
  }));
}

/** @param named its id, or its territory and code: `990101/eco`. @throws LedgerMissing */
export async function getFund(tx: EntityManager, named: string): Promise<Fund> {
  const [fund] = await listFunds(tx, isUuid(named) ? { id: named } : { name: named });
  if (!fund) throw new LedgerMissing({ zh: '资金', en: 'fund' }, named);
  return fund;
}

/** The account of a fund that plays this role. @throws LedgerMissing */
export async function getFundAccount(
  tx: EntityManager,
  { territoryPath, code }: Pick<Fund, 'territoryPath' | 'code'>,
  role: FundRole,
): Promise<string> {
  const [account] = await tx.query<{ id: string }[]>(
    'select id from ledger.book_account where territory_path = $1 and code = $2',
    [territoryPath, `${code}.${role}`],
  );
  if (!account) throw new LedgerMissing({ zh: '科目', en: 'account' }, `${code}.${role}`);
  return account.id;
}

/** Sources of a fund with their money, by code. A payment that was reversed counts as not made. */
export async function listSources(tx: EntityManager, fundId: string): Promise<FundSource[]> {
  const rows = await tx.query<SourceRow[]>(
    `select s.id, s.code, s.department, s.purposes, s.budget_year as "budgetYear", s.account_id as "accountId",
       b.posted_fen as posted, b.reserved_fen as reserved,
       (select coalesce(sum(t.amount_fen), 0) from ledger.reservation r
          join ledger.reservation_step t on t.reservation_id = r.id and t.act = 'post'
        where r.account_id = s.account_id
          and not exists (select from ledger.voucher undone where undone.reverses = t.voucher_id)) as paid
     from ledger.fund_source s join ledger.balance b on b.account_id = s.account_id
     where s.fund_id = $1 order by s.code`,
    [fundId],
  );
  return rows.map(({ posted, reserved, paid, ...source }) => ({
    ...source,
    receivedFen: BigInt(posted) + BigInt(paid),
    reservedFen: BigInt(reserved),
    paidFen: BigInt(paid),
    availableFen: BigInt(posted) - BigInt(reserved),
  }));
}

type SourceRow = SourceDraft & { id: string; accountId: string; posted: string; reserved: string; paid: string };

/** What a decision is about, beside what each claim got. */
export interface GrantHead {
  readonly decisionKey: string;
  readonly purpose: string;
  readonly period: Period;
  readonly policy: ShortfallPolicy;
}

/** @param since the period in which each claim was first made, by its code */
export async function insertGrants(
  tx: EntityManager,
  fund: Fund,
  head: GrantHead,
  granted: readonly GrantedClaim[],
  since: ReadonlyMap<string, Period>,
): Promise<void> {
  await tx.query(
    `insert into ledger.fund_grant (fund_id, territory_path, decision_key, purpose, period, policy, claim, since, claimed_fen,
       granted_fen, queued)
     select $1, $2, $3, $4, $5, $6, claim, since, claimed, granted, queued
     from unnest($7::text[], $8::text[], $9::bigint[], $10::bigint[], $11::boolean[]) as g (claim, since, claimed, granted, queued)`,
    [
      ...[fund.id, fund.territoryPath, head.decisionKey, head.purpose, head.period, head.policy],
      granted.map(({ code }) => code),
      granted.map(({ code }) => since.get(code) ?? head.period),
      granted.map(({ claimedFen }) => claimedFen.toString()),
      granted.map(({ grantedFen }) => grantedFen.toString()),
      granted.map(({ queued }) => queued),
    ],
  );
}

/** What a claim got in the last decision about it. */
export interface FundGrant extends GrantedClaim, GrantHead {
  readonly since: Period;
}

/** The last decision about each claim on a fund; only those that wait, or only those of one decision, where that is asked. */
export async function listGrants(
  tx: EntityManager,
  fundId: string,
  filter: { readonly queued?: true; readonly decisionKey?: string } = {},
): Promise<FundGrant[]> {
  const rows = await tx.query<GrantRow[]>(
    `select * from (
       select distinct on (claim) claim as code, decision_key as "decisionKey", purpose, period, since, policy,
         claimed_fen as claimed, granted_fen as granted, queued
       from ledger.fund_grant where fund_id = $1 and ($3::text is null or decision_key = $3)
       order by claim, granted_at desc, decision_key desc) as last
     where not $2::boolean or queued order by code`,
    [fundId, filter.queued ?? false, filter.decisionKey ?? null],
  );
  return rows.map(({ claimed, granted, ...grant }) => ({
    ...grant,
    claimedFen: BigInt(claimed),
    grantedFen: BigInt(granted),
    shortfallFen: BigInt(claimed) - BigInt(granted),
  }));
}

type GrantRow = GrantHead & { code: string; since: Period; claimed: string; granted: string; queued: boolean };
