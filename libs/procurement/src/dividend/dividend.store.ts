/** SQL of dividends, their plans, votes and allotments. */
import { type Fen, isUuid } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import type { TreeStretch } from '../sum-tree/line-proof';
import type { Company } from '../company/company';
import { type Allotment, type Dividend, type DividendPlan, readDividendCode, type RecordedVote } from './dividend';
import { DividendMissing } from './errors';

export interface DividendFilter {
  readonly ids?: readonly string[];
  readonly companyId?: string;
  /** Code. */
  readonly company?: string;
  readonly period?: string;
  readonly round?: number;
  /** ltree text. */
  readonly within?: string;
  /** Id after which the list goes on. */
  readonly after?: string;
  readonly limit?: number;
}

/** By id. */
export async function listDividends(tx: EntityManager, filter: DividendFilter): Promise<Dividend[]> {
  const { ids, companyId, company, period, round, within, after, limit } = filter;
  const rows = await tx.query<DividendRow[]>(
    `select d.id, d.company_id as "companyId", c.code as company, d.period, d.round, d.territory_path::text as "territoryPath",
       d.income_fen as "incomeFen", d.cost_fen as "costFen", d.closed_through as "closedThrough", d.opened_at as "openedAt",
       (select json_build_object('no', p.no, 'policy', p.policy, 'ruleEdition', p.rule_edition, 'reserveShare', p.reserve_share,
          'counting', p.counted_by, 'recordDate', p.record_date, 'unclaimedAfter', p.unclaimed_after, 'reserveFen', p.reserve_fen::text,
          'dividendFen', p.dividend_fen::text, 'retainedFen', p.retained_fen::text, 'memo', p.memo)
        from procurement.dividend_plan p where p.dividend_id = d.id order by p.no desc limit 1) as plan,
       (select json_build_object('planNo', v.plan_no, 'heldOn', v.held_on, 'online', v.online, 'members', v.members, 'attended', v.attended,
          'inFavour', v.in_favour, 'against', v.against, 'documentDigest', v.document_digest)
        from procurement.dividend_vote v where v.dividend_id = d.id order by v.plan_no desc limit 1) as vote,
       (select json_build_object('owners', a.owners, 'reserveFen', a.reserve_fen::text, 'dividendFen', a.dividend_fen::text,
          'retainedFen', a.retained_fen::text, 'inputDigest', a.input_digest, 'root', a.root)
        from procurement.dividend_allotment a where a.dividend_id = d.id) as allotment
     from procurement.dividend d join procurement.company c on c.id = d.company_id
     where ($1::uuid[] is null or d.id = any ($1)) and ($2::uuid is null or d.company_id = $2) and ($3::text is null or d.period = $3)
       and ($4::public.ltree is null or d.territory_path <@ $4) and ($5::uuid is null or d.id > $5)
       and ($7::text is null or c.code = $7) and ($8::int is null or d.round = $8)
     order by d.id limit $6`,
    [
      ...[ids ?? null, companyId ?? null, period ?? null, within ?? null, after ?? null, limit ?? null],
      ...[company ?? null, round ?? null],
    ],
  );
  return rows.map(dividendOf);
}

/** @param named id or code @throws DividendMissing */
export async function getDividend(tx: EntityManager, named: string): Promise<Dividend> {
  const filter = isUuid(named) ? { ids: [named] } : readDividendCode(named);
  const [found] = filter ? await listDividends(tx, filter) : [];
  if (!found) throw new DividendMissing(named);
  return found;
}

type Texts<T> = { readonly [K in keyof T]: T[K] extends Fen ? string : T[K] };
type DividendRow = Texts<Omit<Dividend, 'plan' | 'vote' | 'allotment'>> & {
  readonly plan: Texts<DividendPlan> | null;
  readonly vote: (RecordedVote & { readonly planNo: number }) | null;
  readonly allotment: Texts<Allotment> | null;
};

function dividendOf({ plan, vote, allotment, incomeFen, costFen, ...row }: DividendRow): Dividend {
  const parted = (text: Texts<Pick<Allotment, 'reserveFen' | 'dividendFen' | 'retainedFen'>>) => ({
    reserveFen: BigInt(text.reserveFen),
    dividendFen: BigInt(text.dividendFen),
    retainedFen: BigInt(text.retainedFen),
  });
  const { planNo, ...counted } = vote ?? { planNo: 0 };
  return {
    ...row,
    incomeFen: BigInt(incomeFen),
    costFen: BigInt(costFen),
    plan: plan && { ...plan, ...parted(plan) },
    // A plan that was made anew has no vote yet.
    vote: planNo === plan?.no ? (counted as RecordedVote) : null,
    allotment: allotment && { ...allotment, ...parted(allotment) },
  };
}

export async function insertDividend(
  tx: EntityManager,
  { id: companyId, territoryPath }: Company,
  draft: Pick<Dividend, 'period' | 'round' | 'incomeFen' | 'costFen' | 'closedThrough'>,
): Promise<string> {
  const [{ id }] = await tx.query<[{ id: string }]>(
    `insert into procurement.dividend (company_id, period, round, territory_path, income_fen, cost_fen, closed_through)
     values ($1, $2, $3, $4, $5, $6, $7) returning id`,
    [
      ...[companyId, draft.period, draft.round, territoryPath, draft.incomeFen.toString(), draft.costFen.toString()],
      draft.closedThrough,
    ],
  );
  return id;
}

export async function insertPlan(
  tx: EntityManager,
  { id, territoryPath }: Dividend,
  plan: DividendPlan,
): Promise<void> {
  await tx.query(
    `insert into procurement.dividend_plan (dividend_id, no, territory_path, policy, rule_edition, reserve_share, counted_by, record_date,
       unclaimed_after, reserve_fen, dividend_fen, retained_fen, memo)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ...[id, plan.no, territoryPath, plan.policy, plan.ruleEdition, plan.reserveShare, plan.counting, plan.recordDate],
      ...[plan.unclaimedAfter, plan.reserveFen.toString(), plan.dividendFen.toString(), plan.retainedFen.toString()],
      plan.memo,
    ],
  );
}

export async function insertVote(
  tx: EntityManager,
  { id, territoryPath, plan }: Dividend,
  vote: RecordedVote,
): Promise<void> {
  await tx.query(
    `insert into procurement.dividend_vote (dividend_id, plan_no, territory_path, held_on, online, members, attended, in_favour, against,
       document_digest) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[id, plan!.no, territoryPath, vote.heldOn, vote.online, vote.members, vote.attended, vote.inFavour],
      ...[vote.against, vote.documentDigest],
    ],
  );
}

/** What only the maker of proofs reads. */
export interface TreeSecret {
  readonly seed: Buffer;
  readonly tops: Buffer;
}

export async function insertAllotment(
  tx: EntityManager,
  { id, territoryPath, plan }: Dividend,
  allotment: Allotment,
  { seed, tops }: TreeSecret,
): Promise<void> {
  await tx.query(
    `insert into procurement.dividend_allotment (dividend_id, plan_no, territory_path, owners, reserve_fen, dividend_fen, retained_fen,
       input_digest, root, seed, tops) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[id, plan!.no, territoryPath, allotment.owners, allotment.reserveFen.toString()],
      ...[allotment.dividendFen.toString(), allotment.retainedFen.toString(), allotment.inputDigest, allotment.root],
      ...[seed, tops],
    ],
  );
}

export async function readTreeSecret(tx: EntityManager, id: string): Promise<TreeSecret | undefined> {
  const [row] = await tx.query<TreeSecret[]>(
    'select seed, tops from procurement.dividend_allotment where dividend_id = $1',
    [id],
  );
  return row;
}

const stretchesAtOnce = 50;

export async function insertStretches(
  tx: EntityManager,
  { id, territoryPath }: Dividend,
  stretches: readonly Uint8Array[],
): Promise<void> {
  for (let at = 0; at < stretches.length; at += stretchesAtOnce) {
    const some = stretches.slice(at, at + stretchesAtOnce).map((bytes) => Buffer.from(bytes));
    await tx.query(
      `insert into procurement.dividend_stretch (dividend_id, no, territory_path, first_hash, leaves)
       select $1::uuid, no, $2::public.ltree, first_hash, leaves from unnest($3::int[], $4::bytea[], $5::bytea[]) as given (no, first_hash, leaves)`,
      [id, territoryPath, some.map((_, no) => at + no), some.map((bytes) => bytes.subarray(0, 32)), some],
    );
  }
}

/** The stretch in which a leaf of this hash stands, if any. */
export async function stretchOf(tx: EntityManager, id: string, hash: Buffer): Promise<TreeStretch> {
  const rows = await tx.query<TreeStretch[]>(
    `select no, leaves from procurement.dividend_stretch where dividend_id = $1 and (no = 0 or first_hash <= $2) order by no desc limit 1`,
    [id, hash],
  );
  return rows[0];
}
