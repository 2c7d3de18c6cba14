/** SQL of what owners hold on a day or through a period, added up by the database and handed over by the ten thousand. */
import type { EntityManager } from 'typeorm';

/** What dividends are counted by. */
export type WeightKind = 'base-gep' | 'shares';

/**
 * Rows of owners in the order of their codes, each `code⇥numerator⇥denominator⇥path`; an owner whose holdings have several
 * denominators has several rows, one after the other.
 */
export type WeightBlock = string;

const rowsOfBlock = 10_000;

/** Each day counts that lies in both; a record date is a period of one day. */
export interface HeldThrough {
  readonly companyId: string;
  readonly from: string;
  readonly to: string;
}

/** @param weighed name of the rows: owner, weight, whole */
const blocksOf = (weighed: string): string => `select string_agg(line, E'\\n' order by owner, whole) as block from (
    select w.owner, w.whole, w.owner || E'\\t' || w.weight || E'\\t' || w.whole || E'\\t' || o.territory_path::text as line,
      row_number() over (order by w.owner, w.whole) as place
    from ${weighed} w join procurement.owner o on o.company_id = $1 and o.code = w.owner where w.weight > 0) as lines
  group by (place - 1) / ${rowsOfBlock} order by (place - 1) / ${rowsOfBlock}`;

/** Base-year GEP in fen times days, of the parcels that are there, by the shares of their holders. */
const byParcels = `with standing as (
    select parcel, effective_from, whole, owners, parts, lead(effective_from) over (partition by parcel order by no) as until
    from procurement.holding where company_id = $1 and effective_from <= $3::date
  ), ended as (
    select predecessor as parcel, min(effective_on) as on from procurement.parcel_succession where company_id = $1 group by predecessor
  ), held as (
    select p.base_gep_fen, s.whole, s.owners, s.parts,
      least($3::date, coalesce(s.until - 1, $3::date), coalesce(e.on - 1, $3::date)) - greatest($2::date, s.effective_from) + 1 as days
    from standing s join procurement.parcel p on p.company_id = $1 and p.code = s.parcel left join ended e on e.parcel = s.parcel
  ), weighed as (
    select h.owner, held.whole, sum(held.base_gep_fen::numeric * h.part * held.days) as weight
    from held, unnest(held.owners, held.parts) as h (owner, part) where held.days > 0 group by h.owner, held.whole
  ) ${blocksOf('weighed')}`;

/** Registered shares times days. */
const byShares = `with moved as (
    select taker as owner, effective_on, shares from procurement.share_movement where company_id = $1 and taker is not null
    union all select giver, effective_on, -shares from procurement.share_movement where company_id = $1 and giver is not null
  ), weighed as (
    select owner, 1 as whole, sum(shares::numeric * greatest(0, $3::date - greatest($2::date, effective_on) + 1)) as weight
    from moved group by owner
  ) ${blocksOf('weighed')}`;

export async function readWeights(
  tx: EntityManager,
  kind: WeightKind,
  { companyId, from, to }: HeldThrough,
): Promise<WeightBlock[]> {
  const rows = await tx.query<{ block: string }[]>(kind === 'base-gep' ? byParcels : byShares, [companyId, from, to]);
  return rows.map(({ block }) => block);
}
