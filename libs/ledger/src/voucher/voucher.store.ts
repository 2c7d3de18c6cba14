/** SQL of vouchers and postings: written once, with the deed, and read back. */
import { canonicalJson } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import type { PostedVoucher } from './correct-voucher';
import type { DeedKind, Posting, PostingBasis } from './voucher';

/** A voucher as it is written; its postings follow in the same transaction. */
export interface VoucherHead {
  readonly businessKey: string;
  readonly kind: DeedKind;
  readonly territoryPath: string;
  readonly effectiveDate: string;
  readonly aboutDate: string | null;
  readonly reverses: string | null;
  readonly aboutVoucher: string | null;
  readonly runNo: string;
  readonly postingCount: number;
  readonly memo: string;
  readonly bodyDigest: string;
}

export interface WrittenVoucher {
  readonly id: string;
  readonly recordedAt: Date;
}

/** Writes the head; two at once with one business key wait for each other. Undefined when there is one of this key. */
export async function insertVoucher(
  tx: EntityManager,
  head: VoucherHead,
  actor: Actor,
): Promise<WrittenVoucher | undefined> {
  const [written] = await tx.query<WrittenVoucher[]>(
    `insert into ledger.voucher (business_key, kind, territory_path, effective_date, about_date, reverses, about_voucher, run_no,
       posting_count, memo, body_digest, actor_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict do nothing returning id, recorded_at as "recordedAt"`,
    [
      ...[head.businessKey, head.kind, head.territoryPath, head.effectiveDate, head.aboutDate, head.reverses],
      ...[head.aboutVoucher, head.runNo, head.postingCount, head.memo, head.bodyDigest, actor.name],
    ],
  );
  return written;
}

/** The voucher that has this business key in this territory. */
export async function findByBusinessKey(
  tx: EntityManager,
  territoryPath: string,
  businessKey: string,
): Promise<{ id: string; bodyDigest: string } | undefined> {
  const [found] = await tx.query<{ id: string; bodyDigest: string }[]>(
    'select id, body_digest as "bodyDigest" from ledger.voucher where territory_path = $1 and business_key = $2',
    [territoryPath, businessKey],
  );
  return found;
}

/** A basis with the territory that its postings are about. */
export interface PlacedBasis extends PostingBasis {
  readonly territoryPath: string;
}

/** Bases are numbered from 1 in this order. */
export async function insertBases(
  tx: EntityManager,
  { id, kind }: { readonly id: string; readonly kind: DeedKind },
  bases: readonly PlacedBasis[],
): Promise<void> {
  await tx.query(
    `insert into ledger.posting_basis (voucher_id, basis_no, kind, rule_edition, vintage_id, agreement, period, territory_path)
     select $1, no, $2, rule, vintage, agreement, period, path
     from unnest($3::text[], $4::uuid[], $5::text[], $6::text[], $7::public.ltree[])
       with ordinality as b (rule, vintage, agreement, period, path, no)`,
    [
      ...[id, kind, bases.map(({ ruleEdition }) => ruleEdition), bases.map(({ vintageId }) => vintageId)],
      ...[bases.map(({ agreement }) => agreement), bases.map(({ period }) => period)],
      bases.map(({ territoryPath }) => territoryPath),
    ],
  );
}

/** Writes all postings of a voucher with one statement, as the book asks, and their bases before them. */
export async function insertPostings(
  tx: EntityManager,
  { id, kind }: { readonly id: string; readonly kind: DeedKind },
  postings: readonly Posting[],
): Promise<void> {
  const keys = postings.map(({ basis, territoryPath }) => canonicalJson([basis, territoryPath]));
  const numbers = new Map([...new Set(keys)].map((key, at) => [key, at + 1]));
  const bases = [...numbers.keys()].map((key) => postings[keys.indexOf(key)]);
  await insertBases(
    tx,
    { id, kind },
    bases.map(({ basis, territoryPath }) => ({ ...basis, territoryPath })),
  );
  await tx.query(
    `insert into ledger.posting (run_no, voucher_id, posting_no, account_id, party, amount_fen, effective_date, recorded_at,
       territory_path, basis_no)
     select 0, v.id, p.no, p.account_id, p.party, p.amount_fen, v.effective_date, v.recorded_at, p.path, p.basis_no
     from ledger.voucher v, unnest($2::uuid[], $3::text[], $4::bigint[], $5::public.ltree[], $6::smallint[])
       with ordinality as p (account_id, party, amount_fen, path, basis_no, no)
     where v.id = $1`,
    [
      ...[id, postings.map(({ accountId }) => accountId), postings.map(({ party }) => party)],
      ...[postings.map(({ amountFen }) => amountFen.toString()), postings.map(({ territoryPath }) => territoryPath)],
      keys.map((key) => numbers.get(key)),
    ],
  );
}

/** A voucher with everything about it. */
export interface VoucherRecord extends PostedVoucher {
  readonly effectiveDate: string;
  readonly aboutDate: string | null;
  readonly reverses: string | null;
  readonly aboutVoucher: string | null;
  readonly runNo: string;
  readonly postingCount: number;
  readonly memo: string;
  readonly actorId: string;
  readonly actorName: string;
  readonly recordedAt: Date;
  readonly bodyDigest: string;
}

/** What the journal is limited to; every part may be left out. */
export interface JournalFilter {
  readonly ids?: readonly string[];
  readonly kind?: DeedKind;
  readonly businessKey?: string;
  /** ltree text: vouchers of this territory and below it. */
  readonly within?: string;
  readonly from?: string;
  readonly until?: string;
  /** With a posting on this account. */
  readonly accountId?: string;
  /** Day and id of the last one of the page before. */
  readonly before?: readonly [string, string];
  readonly limit?: number;
}

/** Longest voucher that is read out with its postings; a run is asked for by its parties. */
const mostPostingsShown = 1000;

/** Vouchers that the actor may see, the latest day first and of a day the one recorded last, each with its postings unless it has more than a thousand. */
export async function listVouchers(tx: EntityManager, filter: JournalFilter): Promise<VoucherRecord[]> {
  const heads = await tx.query<Omit<VoucherRecord, 'postings'>[]>(
    `select v.id, v.business_key as "businessKey", v.kind, v.territory_path::text as "territoryPath",
       v.effective_date as "effectiveDate", v.about_date as "aboutDate", v.reverses, v.about_voucher as "aboutVoucher",
       r.id as "reversedBy", v.run_no as "runNo", v.posting_count as "postingCount", v.memo, v.actor_id as "actorId",
       v.actor_name as "actorName", v.recorded_at as "recordedAt", v.body_digest as "bodyDigest"
     from ledger.voucher v left join ledger.voucher r on r.reverses = v.id
       left join ledger.voucher_seal s on s.voucher_id = v.id
     where ($1::uuid[] is null or v.id = any ($1)) and ($2::text is null or v.kind = $2)
       and ($3::text is null or v.business_key = $3) and ($4::public.ltree is null or v.territory_path <@ $4)
       and ($5::date is null or v.effective_date >= $5) and ($6::date is null or v.effective_date < $6)
       and ($7::uuid is null or exists (select from ledger.posting p
             where p.run_no = v.run_no and p.voucher_id = v.id and p.account_id = $7))
       and ($8::date is null
         or (v.effective_date, s.seq) < ($8, (select l.seq from ledger.voucher_seal l where l.voucher_id = $9::uuid)))
     order by v.effective_date desc, s.seq desc limit $10`,
    [
      ...[filter.ids ?? null, filter.kind ?? null, filter.businessKey ?? null, filter.within ?? null],
      ...[filter.from ?? null, filter.until ?? null, filter.accountId ?? null],
      ...[filter.before?.[0] ?? null, filter.before?.[1] ?? null, filter.limit ?? null],
    ],
  );
  const short = heads.filter(({ postingCount }) => postingCount <= mostPostingsShown);
  const postings = await listPostings(
    tx,
    short.map(({ id, runNo }) => ({ id, runNo })),
  );
  return heads.map((head) => ({ ...head, postings: postings.get(head.id) ?? [] }));
}

async function listPostings(
  tx: EntityManager,
  vouchers: readonly { readonly id: string; readonly runNo: string }[],
): Promise<Map<string, Posting[]>> {
  if (vouchers.length === 0) return new Map();
  const rows = await tx.query<
    (Omit<Posting, 'amountFen' | 'basis'> & PostingBasis & { voucher: string; fen: string })[]
  >(
    `select p.voucher_id as voucher, p.account_id as "accountId", p.party, p.amount_fen as fen,
       p.territory_path::text as "territoryPath", b.rule_edition as "ruleEdition", b.vintage_id as "vintageId", b.agreement, b.period
     from unnest($1::uuid[], $2::bigint[]) as w (id, run_no)
       join ledger.posting p on p.run_no = w.run_no and p.voucher_id = w.id
       join ledger.posting_basis b on b.voucher_id = p.voucher_id and b.basis_no = p.basis_no
     order by p.voucher_id, p.posting_no`,
    [vouchers.map(({ id }) => id), vouchers.map(({ runNo }) => runNo)],
  );
  const found = new Map<string, Posting[]>();
  for (const { voucher, fen, ruleEdition, vintageId, agreement, period, ...rest } of rows) {
    const list = found.get(voucher) ?? [];
    list.push({ ...rest, amountFen: BigInt(fen), basis: { ruleEdition, vintageId, agreement, period } });
    found.set(voucher, list);
  }
  return found;
}

/** Debits of clawbacks about a voucher that have not been reversed, by party. */
export async function clawedBack(tx: EntityManager, voucherId: string): Promise<Map<string, bigint>> {
  const rows = await tx.query<{ party: string; fen: string }[]>(
    `select p.party, sum(p.amount_fen) as fen from ledger.voucher c
       join ledger.posting p on p.run_no = c.run_no and p.voucher_id = c.id
     where c.kind = 'clawback' and c.about_voucher = $1 and p.amount_fen > 0 and p.party is not null
       and not exists (select from ledger.voucher undone where undone.reverses = c.id)
     group by p.party`,
    [voucherId],
  );
  return new Map(rows.map(({ party, fen }) => [party, BigInt(fen)]));
}
