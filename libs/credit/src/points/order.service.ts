/** Use cases of orders: points and stock are reserved together, spent when another person hands the goods over, or given back. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Actor, answerOnce, appendAudit, Database } from '@gep/platform';
import { holdsAt, type Officer, openSubject, takeStep, todayOf } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { CreditMissing, CreditRefused, PointsShort } from '../errors';
import type { CreditDone } from '../event/event.service';
import { getSubjectRow, listOwnSubjects, type SubjectRow } from '../subject/subject.store';
import {
  getGoods,
  type Goods,
  getOrder,
  insertOrder,
  insertOrderEnd,
  insertStockMove,
  listGoods,
  listOrders,
  lockStock,
  type OrderRow,
} from './goods.store';
import { type OrderAct, orderSteps, type OrderState } from './order-steps';
import { expireDue, readBalance, releasePoints, reservePoints, spendPoints } from './points-book.service';

export interface OrderWish {
  readonly subject: string;
  /** Id of the article. */
  readonly goods: string;
  readonly quantity: number;
}

/** By the subject itself. */
export interface OwnOrderWish extends Omit<OrderWish, 'subject'> {
  /** Which of the own subjects; needed when the login is linked to more than one. */
  readonly subject?: string;
}

export interface OrderActWish {
  readonly id: string;
  readonly act: OrderAct;
  readonly reason?: string;
  readonly documentDigest?: string;
}

interface OrderDone {
  readonly id: string;
  readonly state: OrderState;
  readonly points: string;
}

@Injectable()
export class PointsOrderService {
  constructor(private readonly database: Database) {}

  /** @throws CreditMissing, CreditRefused, PointsShort */
  order(actor: Officer, wish: OrderWish, key: string): Promise<CreditDone<OrderDone>> {
    return this.once(actor, 'credit.order', wish, key, async (tx) =>
      this.orderOnce(tx, actor, await getSubjectRow(tx, wish.subject), wish),
    );
  }

  /**
   * For points of a subject that the person is linked to, of the goods of its place and those above.
   * @throws CreditMissing for anything else, as if it were not there; CreditRefused, PointsShort
   */
  orderOwn(actor: Officer, wish: OwnOrderWish, key: string): Promise<CreditDone<OrderDone>> {
    return this.once(actor, 'credit.order', wish, key, async (tx) => {
      const own = await listOwnSubjects(tx, actor.id);
      const holder =
        wish.subject === undefined && own.length === 1 ? own[0] : own.find(({ id }) => id === wish.subject);
      if (!holder) throw wish.subject === undefined ? whichOf(own) : notOwn(wish.subject);
      const goods = await listGoods(tx, { day: await todayOf(tx), serving: [holder.territoryPath] });
      if (!goods.some(({ id }) => id === wish.goods))
        throw new CreditMissing({ zh: '商品', en: 'article' }, wish.goods);
      return this.orderOnce(tx, actor, holder, wish);
    });
  }

  /** Goods that the subjects a person is linked to may order, with the prices of today. */
  listOwnGoods(actor: Actor): Promise<Goods[]> {
    return this.database.snapshot(actor, async (tx) => {
      const serving = (await listOwnSubjects(tx, actor.id)).map(({ territoryPath }) => territoryPath);
      return listGoods(tx, { day: await todayOf(tx), serving });
    });
  }

  /** Orders of the subjects that a person is linked to. */
  listOwn(actor: Actor, limit: number): Promise<OrderRow[]> {
    return this.database.snapshot(actor, async (tx) => {
      const subjectIds = (await listOwnSubjects(tx, actor.id)).map(({ id }) => id);
      return listOrders(tx, { subjectIds, page: { limit } });
    });
  }

  /** @throws CreditMissing, StepRefused */
  act(actor: Officer, wish: OrderActWish, key: string): Promise<CreditDone<OrderDone>> {
    return this.once(actor, `credit.order.${wish.act}`, wish, key, (tx) => this.actOnce(tx, actor, wish));
  }

  list(actor: Actor, filter: Parameters<typeof listOrders>[1]): Promise<OrderRow[]> {
    return this.database.snapshot(actor, (tx) => listOrders(tx, filter));
  }

  private async orderOnce(
    tx: EntityManager,
    actor: Officer,
    holder: SubjectRow,
    { goods, quantity }: Pick<OrderWish, 'goods' | 'quantity'>,
  ) {
    const day = await todayOf(tx);
    await getGoods(tx, goods, day);
    await expireDue(tx, actor, holder);
    await lockStock(tx, goods);
    const { code, price, stock, territoryPath: shop } = await getGoods(tx, goods, day);
    if (price === null || stock < quantity)
      throw new CreditRefused(
        {
          zh: `“${code}”${price === null ? `在 ${day} 没有公布的价格` : `库存只有 ${stock}`}；请先公布价格（gep credit goods publish）或入库（gep credit goods stock）`,
          en: `"${code}" ${price === null ? `has no published price on ${day}` : `has ${stock} in stock`}; publish a price (gep credit goods publish) or bring more (gep credit goods stock)`,
        },
        { code, price, stock, quantity },
      );
    const points = BigInt(price) * BigInt(quantity);
    const { held } = await readBalance(tx, holder);
    if (held < points) throw new PointsShort(points, held);
    const id = randomUUID();
    const { territoryPath } = holder;
    const voucherId = await reservePoints(tx, actor, holder, { orderId: id, points });
    await insertOrder(tx, { id, subjectId: holder.id, territoryPath, goodsId: goods, quantity, price, voucherId });
    await insertStockMove(tx, {
      goodsId: goods,
      territoryPath: shop,
      quantity: -quantity,
      cause: 'order',
      orderId: id,
    });
    await openSubject(tx, actor, orderSteps, { id, territoryPath });
    await appendAudit(tx, {
      ...{ actor, action: 'credit.order.reserved', subject: id, territoryPath },
      after: { subject: holder.id, goods: code, quantity, points },
    });
    return { id, state: 'reserved' as const, points: points.toString() };
  }

  private async actOnce(tx: EntityManager, actor: Officer, { id, act, reason, documentDigest }: OrderActWish) {
    const order = await getOrder(tx, id);
    if (act === 'void') await requireHolder(tx, actor, order);
    await takeStep(tx, actor, orderSteps, { id, act, reason, documentDigest });
    const { goodsId, price, quantity, territoryPath } = order;
    const points = BigInt(price) * BigInt(quantity);
    const holder = { id: order.subjectId, territoryPath };
    const state = act === 'void' ? 'void' : 'handed-over';
    if (act === 'void') {
      await releasePoints(tx, actor, holder, { orderId: id, points });
      const { territoryPath: shop } = await getGoods(tx, goodsId, await todayOf(tx));
      await insertStockMove(tx, { goodsId, territoryPath: shop, quantity, cause: 'void', orderId: id });
    } else await spendPoints(tx, actor, holder, { orderId: id, points });
    await insertOrderEnd(tx, order, state);
    await appendAudit(tx, {
      ...{ actor, action: `credit.order.${act}`, subject: id, territoryPath },
      after: { state, points },
    });
    return { id, state, points: points.toString() } as const;
  }

  private once<T>(actor: Officer, action: string, body: unknown, key: string, work: (tx: EntityManager) => Promise<T>) {
    return this.database.transaction(actor, async (tx): Promise<CreditDone<T>> => {
      const { response: result, replayed } = await answerOnce(tx, { actor, key, action, body }, () => work(tx));
      return { result, replayed };
    });
  }
}

/** The officer voids any order, a subject its own. @throws CreditMissing as if it were not there */
async function requireHolder(tx: EntityManager, actor: Officer, order: OrderRow): Promise<void> {
  if (holdsAt(actor, 'credit.manage', order.territoryPath)) return;
  const own = await listOwnSubjects(tx, actor.id);
  if (!own.some(({ id }) => id === order.subjectId)) throw new CreditMissing({ zh: '兑换单', en: 'order' }, order.id);
}

const notOwn = (subject: string): CreditMissing =>
  new CreditMissing({ zh: '本人的主体', en: 'subject of your own' }, subject);

const whichOf = (own: readonly SubjectRow[]): CreditRefused => {
  const ids = own.map(({ id }) => id);
  return new CreditRefused(
    ids.length === 0
      ? {
          zh: '您的登录没有关联主体，没有积分可用；请信用管理员关联（gep credit link，或 POST /api/v1/credit/subjects/{id}/links）',
          en: 'your login is linked to no subject, so it has no points; have the credit officer link it (gep credit link, or POST /api/v1/credit/subjects/{id}/links)',
        }
      : {
          zh: `您的登录关联多个主体，请写明用谁的积分（subject）：${ids.join('、')}`,
          en: `your login is linked to several subjects; say whose points to use (subject): ${ids.join(', ')}`,
        },
    { own: ids },
  );
};
