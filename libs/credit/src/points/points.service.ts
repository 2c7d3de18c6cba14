/** Use cases of points: what a subject has and where it came from, goods for which they are exchanged, and points whose time is over. */
import { Injectable } from '@nestjs/common';
import { type Actor, answerOnce, appendAudit, Database } from '@gep/platform';
import { type Officer, todayOf } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { CreditRefused } from '../errors';
import type { CreditDone } from '../event/event.service';
import { getSubjectRow, listOwnSubjects } from '../subject/subject.store';
import { getGoods, type Goods, insertGoods, insertPrice, insertStockMove, listGoods, lockStock } from './goods.store';
import { expireDue, type PointsBalance, readBalance } from './points-book.service';
import { listEnding, listLots, type LotWithReturn } from './points.store';

export interface PointsView extends PointsBalance {
  readonly subject: string;
  readonly lots: readonly LotWithReturn[];
}

export interface GoodsWish {
  readonly territoryPath: string;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** Points for one. */
  readonly price: number;
  /** First day of the price. */
  readonly from: string;
  /** SHA-256 of the list as it was put up. */
  readonly documentDigest: string;
}

export interface StockWish {
  readonly id: string;
  /** Delivered above zero; counted short below zero, which needs a reason. */
  readonly quantity: number;
  readonly reason?: string;
}

const systemActor: Actor = { id: 'system:credit', name: 'credit', scope: ['CN'] };
const subjectsAtOnce = 200;

@Injectable()
export class PointsService {
  constructor(private readonly database: Database) {}

  /** @throws CreditMissing */
  read(actor: Actor, subjectId: string): Promise<PointsView> {
    return this.database.snapshot(actor, async (tx) => viewOf(tx, await getSubjectRow(tx, subjectId)));
  }

  /** Points of the subjects that a person is linked to. */
  readOwn(actor: Actor): Promise<PointsView[]> {
    return this.database.snapshot(actor, async (tx) => {
      const views: PointsView[] = [];
      for (const row of await listOwnSubjects(tx, actor.id)) views.push(await viewOf(tx, row));
      return views;
    });
  }

  listGoods(actor: Actor, filter: { readonly within?: string; readonly day?: string }): Promise<Goods[]> {
    return this.database.snapshot(actor, async (tx) =>
      listGoods(tx, { within: filter.within, day: filter.day ?? (await todayOf(tx)) }),
    );
  }

  /** Lists an article, or gives one that is listed another price from a day on. @throws CreditRefused */
  publish(actor: Officer, wish: GoodsWish, key: string): Promise<CreditDone<{ readonly id: string }>> {
    return this.once(actor, 'credit.goods.publish', wish, key, async (tx) => {
      const { code, from, documentDigest, price: points, territoryPath } = wish;
      const id = await insertGoods(tx, wish);
      if (from < (await todayOf(tx)))
        throw new CreditRefused(
          {
            zh: `“${code}”的价格不能自已过去的 ${from} 起；请写今天或以后`,
            en: `the price of "${code}" cannot begin on ${from}, which is past; write today or later`,
          },
          { code, from },
        );
      if (!(await insertPrice(tx, { goodsId: id, territoryPath, from, points, documentDigest })))
        throw new CreditRefused(
          {
            zh: `“${code}”自 ${from} 起已有价格；另定价格请用另一日`,
            en: `"${code}" has a price from ${from} already; give another price another day`,
          },
          { code, from },
        );
      await appendAudit(tx, {
        ...{ actor, action: 'credit.goods-published', subject: id, territoryPath },
        after: { code, points, from, documentDigest },
      });
      return { id };
    });
  }

  /** @throws CreditMissing, CreditRefused */
  restock(
    actor: Officer,
    wish: StockWish,
    key: string,
  ): Promise<CreditDone<{ readonly id: string; readonly stock: number }>> {
    return this.once(actor, 'credit.goods.restock', wish, key, async (tx) => {
      const { id, quantity, reason } = wish;
      const day = await todayOf(tx);
      await getGoods(tx, id, day);
      await lockStock(tx, id);
      const { code, stock, territoryPath } = await getGoods(tx, id, day);
      const after = stock + quantity;
      if (quantity === 0 || after < 0 || (quantity < 0 && !reason))
        throw new CreditRefused(
          {
            zh: `“${code}”库存 ${stock}：数量不为零，减少须写理由且不超过库存`,
            en: `"${code}" has ${stock} in stock: the number is not zero, and less needs a reason and is no more than is there`,
          },
          { code, stock, quantity },
        );
      const cause = quantity > 0 ? 'delivery' : 'count';
      await insertStockMove(tx, { goodsId: id, territoryPath, quantity, cause, reason });
      await appendAudit(tx, {
        ...{ actor, action: 'credit.goods-restocked', subject: id, territoryPath },
        after: { quantity, stock: after },
      });
      return { id, stock: after };
    });
  }

  /** Lets points go whose time is over; for the schedule. @returns of how many subjects */
  async expireAll(): Promise<number> {
    let count = 0;
    for (let after: string | null = null; ;) {
      const ids: string[] = await this.database.snapshot(systemActor, async (tx) =>
        listEnding(tx, { day: await todayOf(tx), after, limit: subjectsAtOnce }),
      );
      for (const id of ids)
        await this.database.transaction(systemActor, async (tx) => {
          const holder = await getSubjectRow(tx, id);
          const points = await expireDue(tx, systemActor, holder);
          if (points === 0n) return;
          count++;
          const { territoryPath } = holder;
          const trail = { actor: systemActor, action: 'credit.points-expired', subject: id, territoryPath };
          await appendAudit(tx, { ...trail, after: { points } });
        });
      if (ids.length < subjectsAtOnce) return count;
      after = ids.at(-1)!;
    }
  }

  private once<T>(actor: Officer, action: string, body: unknown, key: string, work: (tx: EntityManager) => Promise<T>) {
    return this.database.transaction(actor, async (tx): Promise<CreditDone<T>> => {
      const { response: result, replayed } = await answerOnce(tx, { actor, key, action, body }, () => work(tx));
      return { result, replayed };
    });
  }
}

async function viewOf(tx: EntityManager, row: { readonly id: string; readonly territoryPath: string }) {
  const lots = await listLots(tx, { subjectId: row.id });
  return { subject: row.id, ...(await readBalance(tx, row)), lots };
}
