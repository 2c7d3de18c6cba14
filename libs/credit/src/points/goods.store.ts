/** SQL of goods: the published list with its prices, what is in stock, and orders. */
import type { EntityManager } from 'typeorm';
import { CreditMissing } from '../errors';
import type { OrderState } from './order-steps';

export interface Goods {
  readonly id: string;
  readonly territoryPath: string;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** In points, on the day asked for; null while none is in force. */
  readonly price: number | null;
  /** First day of the price. */
  readonly since: string | null;
  readonly stock: number;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Goods that the actor may see, by place and code, with the price of a day.
 * @param filter.serving paths of holders: goods of their places and of those above alone
 */
export async function listGoods(
  tx: EntityManager,
  {
    day,
    id,
    within,
    serving,
  }: { readonly day: string; readonly id?: string; readonly within?: string; readonly serving?: readonly string[] },
): Promise<Goods[]> {
  return tx.query(
    `select g.id, g.territory_path::text as "territoryPath", g.code, g.name_zh as "nameZh", g.name_en as "nameEn", p.points as price,
       p.from_day as since, coalesce((select sum(quantity) from credit.stock_move m where m.goods_id = g.id), 0)::int as stock
     from credit.goods g left join lateral (
       select points, from_day from credit.goods_price where goods_id = g.id and from_day <= $1 order by from_day desc limit 1) p on true
     where ($2::uuid is null or g.id = $2) and ($3::ltree is null or g.territory_path <@ $3::ltree) and ($4::ltree[] is null or g.territory_path @> any ($4))
     order by g.territory_path, g.code`,
    [day, id ?? null, within ?? null, serving ?? null],
  );
}

/** @throws CreditMissing */
export async function getGoods(tx: EntityManager, id: string, day: string): Promise<Goods> {
  const [found] = uuid.test(id) ? await listGoods(tx, { day, id }) : [];
  if (!found) throw new CreditMissing({ zh: '商品', en: 'article' }, id);
  return found;
}

/** @returns the id; that of the article which is there when one of this code and place was listed before */
export async function insertGoods(
  tx: EntityManager,
  { territoryPath, code, nameZh, nameEn }: Pick<Goods, 'territoryPath' | 'code' | 'nameZh' | 'nameEn'>,
): Promise<string> {
  const [made] = await tx.query<{ id: string }[]>(
    `insert into credit.goods (territory_path, code, name_zh, name_en) values ($1::ltree, $2, $3, $4)
     on conflict (territory_path, code) do nothing returning id`,
    [territoryPath, code, nameZh, nameEn],
  );
  if (made) return made.id;
  const [{ id }] = await tx.query<[{ id: string }]>(
    'select id from credit.goods where territory_path = $1::ltree and code = $2',
    [territoryPath, code],
  );
  return id;
}

/** @returns false when it has a price from that day already */
export async function insertPrice(
  tx: EntityManager,
  price: {
    readonly goodsId: string;
    readonly territoryPath: string;
    readonly from: string;
    readonly points: number;
    readonly documentDigest: string;
  },
): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `insert into credit.goods_price (goods_id, from_day, territory_path, points, document_digest) values ($1, $2, $3::ltree, $4, $5)
     on conflict do nothing returning goods_id`,
    [price.goodsId, price.from, price.territoryPath, price.points, price.documentDigest],
  );
  return rows.length > 0;
}

/** Holds all moves of the stock of an article back until the transaction ends. */
export async function lockStock(tx: EntityManager, goodsId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1::uuid::text, 149))', [goodsId]);
}

export async function insertStockMove(
  tx: EntityManager,
  move: {
    readonly goodsId: string;
    readonly territoryPath: string;
    readonly quantity: number;
    readonly cause: 'delivery' | 'count' | 'order' | 'void';
    readonly orderId?: string;
    readonly reason?: string;
  },
): Promise<void> {
  await tx.query(
    `insert into credit.stock_move (goods_id, territory_path, quantity, cause, order_id, reason) values ($1, $2::ltree, $3, $4, $5, $6)`,
    [move.goodsId, move.territoryPath, move.quantity, move.cause, move.orderId ?? null, move.reason ?? null],
  );
}

export interface OrderRow {
  readonly id: string;
  readonly subjectId: string;
  readonly territoryPath: string;
  readonly goodsId: string;
  readonly goods: string;
  readonly quantity: number;
  /** Points for one, on the day of the order. */
  readonly price: number;
  readonly orderedBy: string;
  readonly orderedAt: Date;
  readonly state: OrderState;
}

/** Orders that the actor may see, the latest first. */
export async function listOrders(
  tx: EntityManager,
  filter: {
    readonly id?: string;
    readonly subjectId?: string;
    readonly subjectIds?: readonly string[];
    readonly state?: OrderState;
    readonly page: { readonly limit: number; readonly after?: readonly [string, string] };
  },
): Promise<OrderRow[]> {
  return tx.query(
    `select * from (
       select o.id, o.subject_id as "subjectId", o.territory_path::text as "territoryPath", o.goods_id as "goodsId", g.code as goods,
         o.quantity, o.price, o.ordered_by as "orderedBy", o.ordered_at as "orderedAt", coalesce(e.outcome, 'reserved') as state
       from credit.points_order o join credit.goods g on g.id = o.goods_id
         left join credit.points_order_end e on e.order_id = o.id
       where ($1::uuid is null or o.id = $1) and ($2::uuid is null or o.subject_id = $2)
         and ($7::uuid[] is null or o.subject_id = any ($7))) as orders
     where ($3::text is null or state = $3) and ($4::timestamptz is null or ("orderedAt", id) < ($4, $5::uuid))
     order by "orderedAt" desc, id desc limit $6`,
    [
      ...[filter.id ?? null, filter.subjectId ?? null, filter.state ?? null],
      ...[filter.page.after?.[0] ?? null, filter.page.after?.[1] ?? null, filter.page.limit],
      filter.subjectIds ?? null,
    ],
  );
}

/** @throws CreditMissing */
export async function getOrder(tx: EntityManager, id: string): Promise<OrderRow> {
  const [found] = uuid.test(id) ? await listOrders(tx, { id, page: { limit: 1 } }) : [];
  if (!found) throw new CreditMissing({ zh: '兑换单', en: 'order' }, id);
  return found;
}

export async function insertOrder(
  tx: EntityManager,
  order: Pick<OrderRow, 'id' | 'subjectId' | 'territoryPath' | 'goodsId' | 'quantity' | 'price'> & {
    readonly voucherId: string;
  },
): Promise<void> {
  await tx.query(
    `insert into credit.points_order (id, subject_id, territory_path, goods_id, quantity, price, voucher_id)
     values ($1, $2, $3::ltree, $4, $5, $6, $7)`,
    [...[order.id, order.subjectId, order.territoryPath, order.goodsId, order.quantity, order.price, order.voucherId]],
  );
}

export async function insertOrderEnd(
  tx: EntityManager,
  { id, territoryPath }: OrderRow,
  outcome: Exclude<OrderState, 'reserved'>,
): Promise<void> {
  await tx.query('insert into credit.points_order_end (order_id, territory_path, outcome) values ($1, $2::ltree, $3)', [
    ...[id, territoryPath, outcome],
  ]);
}
