/** SQL of the lines of a dividend, a million of them by blocks, and of what happens to a line alone. */
import type { Fen } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { type Dividend, type DividendLine, type LineAct, stateOfLine } from './dividend';
import type { LineBlock } from './line-block';

export async function insertLines(tx: EntityManager, { id, companyId }: Dividend, block: LineBlock): Promise<void> {
  await tx.query(
    `insert into procurement.dividend_line (dividend_id, company_id, owner, amount_fen, weight, territory_path)
     select $1::uuid, $2::uuid, owner, amount::bigint, weight, path::public.ltree
     from unnest(string_to_array($3, E'\\n'), string_to_array($4, E'\\n'), string_to_array($5, E'\\n'), string_to_array($6, E'\\n'))
       as given (owner, amount, weight, path)`,
    [id, companyId, block.owners, block.amountsFen, block.weights, block.paths],
  );
}

const rowsOfBlock = 20_000;

/** Lines above zero whose money is to move, each `owner⇥fen⇥path`, by blocks in the order of owners. @param leaveOut owners */
export async function readPayableLines(
  tx: EntityManager,
  id: string,
  leaveOut: readonly string[] = [],
): Promise<string[]> {
  const rows = await tx.query<{ block: string }[]>(
    `select string_agg(line, E'\\n' order by place) as block from (
       select owner || E'\\t' || amount_fen || E'\\t' || territory_path::text as line, row_number() over (order by owner) as place
       from procurement.dividend_line where dividend_id = $1 and amount_fen > 0 and owner <> all ($2::text[])) as lines
     group by (place - 1) / ${rowsOfBlock} order by (place - 1) / ${rowsOfBlock}`,
    [id, leaveOut],
  );
  return rows.map(({ block }) => block);
}

export interface LineFilter {
  readonly owners?: readonly string[];
  /** Last act on the line alone, claims apart. */
  readonly places?: readonly Exclude<LineAct, 'claim'>[];
  /** That act was on this day or before. */
  readonly until?: string;
  /** Owner after which the list goes on. */
  readonly after?: string;
  readonly limit?: number;
}

/** Lines that the actor may see, with where their money is; by owner. @param standing of the dividend */
export async function listLines(
  tx: EntityManager,
  id: string,
  standing: 'allotted' | 'declared' | 'paid',
  { owners, places, until, after, limit }: LineFilter = {},
): Promise<(DividendLine & { readonly territoryPath: string; readonly acts: number })[]> {
  const rows = await tx.query<LineRow[]>(
    `select l.owner, l.amount_fen as "amountFen", l.weight, l.territory_path::text as "territoryPath",
       p.act as place, p.acted_on as since, coalesce(a.acts, 0)::int as acts, coalesce(a.claimed, 0) as "claimedFen"
     from procurement.dividend_line l
       left join lateral (select act, acted_on from procurement.dividend_payment x
         where x.dividend_id = l.dividend_id and x.owner = l.owner and x.act <> 'claim' order by x.no desc limit 1) as p on true
       left join lateral (select max(no) as acts, sum(amount_fen) filter (where act = 'claim') as claimed from procurement.dividend_payment x
         where x.dividend_id = l.dividend_id and x.owner = l.owner) as a on true
     where l.dividend_id = $1 and ($2::text[] is null or l.owner = any ($2)) and ($5::text is null or l.owner > $5)
       and ($3::text[] is null or (p.act = any ($3) and l.owner in (select owner from procurement.dividend_payment where dividend_id = $1)))
       and ($4::date is null or p.acted_on <= $4)
     order by l.owner limit $6`,
    [id, owners ?? null, places ?? null, until ?? null, after ?? null, limit ?? null],
  );
  return rows.map(({ place, amountFen, claimedFen, ...row }) => {
    const [amount, claimed] = [BigInt(amountFen), BigInt(claimedFen)];
    return {
      ...row,
      amountFen: amount,
      claimedFen: claimed,
      state: stateOfLine(standing, place, amount - claimed),
    };
  });
}

type LineRow = Omit<DividendLine, 'amountFen' | 'claimedFen' | 'state'> & {
  readonly territoryPath: string;
  readonly acts: number;
  readonly place: Exclude<LineAct, 'claim'> | null;
  readonly amountFen: string;
  readonly claimedFen: string;
};

/** How many lines stand apart from the others, and for how much, by their last act. */
export interface LineCount {
  readonly state: 'held' | 'returned' | 'set-aside';
  readonly lines: number;
  readonly leftFen: Fen;
}

export async function countLinesApart(tx: EntityManager, id: string): Promise<LineCount[]> {
  const rows = await tx.query<{ state: LineCount['state']; lines: string; left: string }[]>(
    `select case place when 'hold' then 'held' when 'return' then 'returned' else place end as state, count(*) as lines, sum(amount - claimed) as left
     from (select l.amount_fen as amount, coalesce(sum(p.amount_fen) filter (where p.act = 'claim'), 0) as claimed,
         (array_agg(p.act order by p.no desc) filter (where p.act <> 'claim'))[1] as place
       from procurement.dividend_payment p join procurement.dividend_line l using (dividend_id, owner)
       where p.dividend_id = $1 group by p.owner, l.amount_fen) as lines
     where place in ('hold', 'return', 'set-aside') and amount > claimed group by place order by place`,
    [id],
  );
  return rows.map(({ state, lines, left }) => ({ state, lines: Number(lines), leftFen: BigInt(left) }));
}

/** What happens to a line alone. */
export interface LineDeed {
  readonly owner: string;
  readonly no: number;
  readonly territoryPath: string;
  readonly act: LineAct;
  readonly claimant: string | null;
  readonly amountFen: Fen;
}

export async function insertLineDeeds(
  tx: EntityManager,
  actor: Actor,
  id: string,
  deeds: readonly LineDeed[],
  { voucherId, reason, on }: { readonly voucherId: string | null; readonly reason: string; readonly on: string },
): Promise<void> {
  await tx.query(
    `insert into procurement.dividend_payment (dividend_id, owner, no, territory_path, act, claimant, amount_fen, voucher_id, reason, acted_on, acted_by_name)
     select $1::uuid, owner, no, path, act, claimant, amount, $2::uuid, $3, $4::date, $5
     from unnest($6::text[], $7::int[], $8::public.ltree[], $9::text[], $10::text[], $11::bigint[]) as given (owner, no, path, act, claimant, amount)`,
    [
      ...[id, voucherId, reason, on, actor.name, deeds.map(({ owner }) => owner), deeds.map(({ no }) => no)],
      ...[deeds.map(({ territoryPath }) => territoryPath), deeds.map(({ act }) => act)],
      ...[deeds.map(({ claimant }) => claimant), deeds.map(({ amountFen }) => amountFen.toString())],
    ],
  );
}

/** A line of an owner to whom the person who asks is linked. */
export interface OwnLine {
  readonly dividendId: string;
  readonly owner: string;
}

/** Row security gives a person the own lines and no others. */
export function listOwnLines(tx: EntityManager, actor: Actor): Promise<OwnLine[]> {
  return tx.query<OwnLine[]>(
    `select l.dividend_id as "dividendId", l.owner from procurement.dividend_line l
       join procurement.owner_link k on (k.company_id, k.owner) = (l.company_id, l.owner)
     where k.held_by = $1 and k.ended_at is null order by l.dividend_id, l.owner`,
    [actor.id],
  );
}
