/** Use cases of orders: points and stock are reserved together, spent when another person hands the goods over, or given back. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Actor, answerOnce, appendAudit, Database } from '@gep/platform';
import { type Officer, openSubject, takeStep, todayOf } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { CreditRefused, PointsShort } from '../errors';
import type { CreditDone } from '../event/event.service';
import { getSubjectRow } from '../subject/subject.store';
import {
  getGoods,
  getOrder,
  insertOrder,
  insertOrderEnd,
  insertStockMove,
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
    return this.once(actor, 'credit.order', wish, key, (tx) => this.orderOnce(tx, actor, wish));
  }

  /** @throws CreditMissing, StepRefused */
  act(actor: Officer, wish: OrderActWish, key: string): Promise<CreditDone<OrderDone>> {
    return this.once(actor, `credit.order.${wish.act}`, wish, key, (tx) => this.actOnce(tx, actor, wish));
  }

  list(actor: Actor, filter: Parameters<typeof listOrders>[1]): Promise<OrderRow[]> {
    return this.database.snapshot(actor, (tx) => listOrders(tx, filter));
  }

  private async orderOnce(tx: EntityManager, actor: Officer, { subject, goods, quantity }: OrderWish) {
    const holder = await getSubjectRow(tx, subject);
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
