/** SQL of gains that were sold elsewhere. */
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import type { SoldGain } from './sold-gain';

/** Undefined when the credit is retired for the service and year, or the row was taken back already. */
export async function insertSoldGain(
  tx: EntityManager,
  actor: Actor,
  gain: Omit<SoldGain, 'id'>,
): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }[]>(
    `insert into procurement.sold_gain (territory_path, territory, parcel, service, year, amount_fen, sold_to, credit, cancels, reason,
       document_digest, recorded_by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing returning id`,
    [
      ...[
        gain.territoryPath,
        gain.territory,
        gain.parcel,
        gain.service,
        gain.year,
        gain.amountFen.toString(),
        gain.soldTo,
      ],
      ...[gain.credit, gain.cancels, gain.reason, gain.documentDigest, actor.name],
    ],
  );
  return row?.id;
}

export interface SoldGainFilter {
  readonly ids?: readonly string[];
  /** ltree text: at and below it. */
  readonly within?: string;
  readonly years?: readonly string[];
  /** Id after which the list goes on. */
  readonly after?: string;
  readonly limit?: number;
}

/** By id. */
export async function listSoldGains(tx: EntityManager, filter: SoldGainFilter): Promise<SoldGain[]> {
  const rows = await tx.query<(Omit<SoldGain, 'amountFen'> & { amountFen: string })[]>(
    `select id, territory_path::text as "territoryPath", territory, parcel, service, year, amount_fen as "amountFen",
       sold_to as "soldTo", credit, cancels, reason, document_digest as "documentDigest"
     from procurement.sold_gain
     where ($1::uuid[] is null or id = any ($1)) and ($2::ltree is null or territory_path <@ $2::ltree)
       and ($3::text[] is null or year = any ($3)) and ($4::uuid is null or id > $4)
     order by id limit $5`,
    [filter.ids ?? null, filter.within ?? null, filter.years ?? null, filter.after ?? null, filter.limit ?? null],
  );
  return rows.map(({ amountFen, ...gain }) => ({ ...gain, amountFen: BigInt(amountFen) }));
}

/** Rows that stand of a service and year at, below and above a place, and whether a market purchase sold them. */
export async function listStandingGains(
  tx: EntityManager,
  { path, service, year }: { readonly path: string; readonly service: string; readonly year: string },
): Promise<(Pick<SoldGain, 'territory' | 'parcel' | 'amountFen' | 'credit'> & { readonly isPurchase: boolean })[]> {
  const rows = await tx.query<
    { territory: string; parcel: string | null; amountFen: string; credit: string; isPurchase: boolean }[]
  >(
    `select g.territory, g.parcel, g.amount_fen as "amountFen", g.credit,
       exists (select 1 from procurement.market_purchase p where p.code = g.credit) as "isPurchase"
     from procurement.sold_gain g
     where g.service = $2 and g.year = $3 and (g.territory_path <@ $1::ltree or g.territory_path @> $1::ltree)
       and g.cancels is null and not exists (select 1 from procurement.sold_gain c where c.cancels = g.id)
     order by g.id`,
    [path, service, year],
  );
  return rows.map(({ amountFen, ...gain }) => ({ ...gain, amountFen: BigInt(amountFen) }));
}
