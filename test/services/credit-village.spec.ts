/** Notices that were served before, a village's month, points that buy goods, and everybody scored anew: on the real book. */
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { CreditEditions, PointsOrderService, PointsService, VillageSheetService } from '@gep/credit';
import { listAccounts, postVoucher, readBookFacts, reportInvariants } from '@gep/ledger';
import { testActor } from '../fixtures/test-database';
import {
  approver,
  checker,
  CreditTest,
  elsewhere,
  listOf,
  manager,
  paper,
  reporter,
  village,
  villager,
} from './credit-setup';
import { officer } from './procedure-setup';

let place: CreditTest;
let superuser: Client;
let points: PointsService;
let orders: PointsOrderService;
let sheets: VillageSheetService;
const key = (): string => randomUUID();

beforeAll(async () => {
  place = await CreditTest.start();
  await place.adopt(`${listOf(2)}  points: { months: 24, source: A }\n`, '2026-01-01');
  superuser = new Client({ connectionString: place.test.superuserUrl });
  await superuser.connect();
  const { db } = place.test;
  points = new PointsService(db);
  orders = new PointsOrderService(db);
  sheets = new VillageSheetService(db, new CreditEditions(), place.events);
});
afterAll(async () => {
  await superuser.end();
  await place.close();
});

const rowOf = (subject: string, more: object = {}) => ({
  ...{ subject, behaviour: 'sorting', day: '2026-03-05', evidence: '巡查照片', evidenceDigest: paper, ...more },
});
const balance = async (subject: string): Promise<bigint[]> => {
  const { held, owed, ordered, spent, expired } = await points.read(checker, subject);
  return [held, owed, ordered, spent, expired];
};
async function soap(price: number, stock: number): Promise<string> {
  const wish = { territoryPath: village, code: `soap-${key().slice(0, 8)}`, nameZh: '香皂', nameEn: 'Soap', price };
  const { result } = await points.publish(manager, { ...wish, from: await today(), documentDigest: paper }, key());
  await points.restock(manager, { id: result.id, quantity: stock }, key());
  return result.id;
}
async function today(): Promise<string> {
  const { rows } = await superuser.query(`select (now() at time zone 'Asia/Shanghai')::date::text as day`);
  return rows[0].day;
}

it('counts a bad entry from the day on which its notice was served, which an earlier day has to prove', async () => {
  const subject = await place.person(8);
  const { id } = await place.report(subject, 'frontage');
  await place.act(checker, id, 'confirm');
  const serve = (on: string, more: object = { documentDigest: paper }) =>
    place.act(manager, id, 'notify', { on, ...more });
  for (const refused of [serve('2026-01-04'), serve('2099-01-05'), serve('2026-01-08', {})])
    await expect(refused).rejects.toThrow('proof of service');
  await expect(place.act(manager, id, 'notify', { reason: 'x'.repeat(9), on: 'no day' })).rejects.toThrow();
  // Five working days after 8 January 2026, a Thursday.
  expect(await serve('2026-01-08')).toEqual({ id, state: 'effective', effectiveFrom: '2026-01-16' });
  const scores = ['2026-01-15', '2026-01-16'].map(
    async (day) => (await place.scores.explain(manager, subject, day)).score,
  );
  expect(await Promise.all(scores)).toEqual(['100', '98']);
  const { rows } = await superuser.query(
    `select served_on::text, at::date > served_on as later from credit.event_step where event_id = $1 and act = 'notify'`,
    [id],
  );
  expect(rows).toEqual([{ served_on: '2026-01-08', later: true }]);
});

describe('the sheet of a village', () => {
  it('is taken whole or not at all, with every fault, once, and is checked by another person', async () => {
    const [one, two] = [await place.person(1), await place.person(2)];
    const wish = { territoryPath: village, month: '2026-03' };
    const wrong = [
      rowOf(one, { times: 0 }),
      rowOf(two, { day: '2026-04-01', behaviour: 'singing' }),
      rowOf(randomUUID(), { evidenceDigest: 'x' }),
      rowOf(one),
    ];
    const refused = await sheets.hand(reporter, { ...wish, rows: wrong }, key()).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'credit.sheet-refused' });
    const { faults } = (refused as { facts: { faults: { row: number; en: string }[] } }).facts;
    expect(faults.map(({ row }) => row)).toEqual([1, 2, 2, 3, 3, 4]);
    const rows = [rowOf(one, { times: 3 }), rowOf(two), rowOf(two, { behaviour: 'frontage', day: '2026-03-06' })];
    const [first, again] = [
      await sheets.hand(reporter, { ...wish, rows }, key()),
      await sheets.hand(reporter, { ...wish, rows }, key()),
    ];
    expect([first.replayed, again.replayed, again.result]).toEqual([false, true, first.result]);
    await expect(sheets.hand(reporter, { ...wish, rows: rows.slice(1) }, key())).rejects.toThrow(
      'reported for this month',
    );
    const self = await sheets.check(officer('reporter', village, 'credit.check', 'credit.read'), first.result.id);
    expect(self.refused.map(({ code }) => code)).toEqual(Array(3).fill('procedure.same-person'));
    expect(await sheets.check(checker, first.result.id)).toMatchObject({ accepted: 2, confirmed: 1, refused: [] });
    expect(await sheets.check(checker, first.result.id)).toMatchObject({ accepted: 0, confirmed: 0 });
    const [listed] = await sheets.list(checker, { month: '2026-03', page: { limit: 9 } });
    expect(listed).toMatchObject({ entries: 3, unchecked: 0 });
    expect(await balance(one)).toEqual([6n, 0n, 0n, 0n, 0n]);
    expect(await sheets.list(officer('abroad', elsewhere, 'credit.read'), { page: { limit: 9 } })).toEqual([]);
  });
});

describe('points', () => {
  it('are earned once, within the cap, and buy goods that another person hands over; the score stays', async () => {
    const subject = await place.person(3);
    await place.entry(subject, 'sorting', { day: '2026-02-01', times: 5 });
    await place.entry(subject, 'sorting', { day: '2026-02-02', times: 5 });
    expect(await balance(subject)).toEqual([12n, 0n, 0n, 0n, 0n]);
    const { score } = await place.scores.explain(checker, subject);
    const goods = await soap(4, 2);
    const wish = { subject, goods, quantity: 2 };
    await expect(orders.order(manager, { ...wish, quantity: 3 }, key())).rejects.toThrow('2 in stock');
    const { result: order } = await orders.order(manager, wish, key());
    expect(await balance(subject)).toEqual([4n, 0n, 8n, 0n, 0n]);
    await expect(orders.order(manager, { ...wish, quantity: 1 }, key())).rejects.toThrow('0 in stock');
    await points.restock(manager, { id: goods, quantity: 9 }, key());
    await expect(orders.order(manager, wish, key())).rejects.toMatchObject({ code: 'credit.points-short' });
    const act = { id: order.id, act: 'hand-over' } as const;
    await expect(orders.act(officer('manager', village, 'credit.check'), act, key())).rejects.toMatchObject({
      code: 'procedure.same-person',
    });
    expect((await orders.act(checker, act, key())).result).toEqual({ id: order.id, state: 'handed-over', points: '8' });
    const { result: other } = await orders.order(manager, { ...wish, quantity: 1 }, key());
    await orders.act(manager, { id: other.id, act: 'void', reason: 'not wanted' }, key());
    expect(await balance(subject)).toEqual([4n, 0n, 0n, 8n, 0n]);
    expect((await points.listGoods(checker, {})).find(({ id }) => id === goods)?.stock).toBe(9);
    expect((await place.scores.explain(checker, subject)).score).toBe(score);
  });

  it("buy goods that a subject orders itself, of its own place, with its own points and nobody else's", async () => {
    const [mine, other] = [await place.person(6), await place.person(7)];
    for (const subject of [mine, other]) await place.entry(subject, 'project', { day: '2026-02-01' });
    const goods = await soap(4, 2);
    const own = (more: object = {}) => orders.orderOwn(villager, { goods, quantity: 1, ...more }, key());
    await expect(own()).rejects.toThrow('linked to no subject');
    await place.subjects.link(manager, { subject: mine, userId: villager.id, linked: true }, key());
    await expect(own({ subject: other })).rejects.toMatchObject({ code: 'credit.missing' });
    const far = { territoryPath: 'CN.990000.990100.990102.v9', code: 'far', nameZh: '远', nameEn: 'Far', price: 1 };
    const abroad = officer('abroad', elsewhere, 'credit.manage');
    const { result: away } = await points.publish(
      abroad,
      { ...far, from: await today(), documentDigest: paper },
      key(),
    );
    await expect(own({ goods: away.id })).rejects.toMatchObject({ code: 'credit.missing' });
    expect((await orders.listOwnGoods(villager)).map(({ id }) => id)).toContain(goods);
    const { result: order } = await own();
    await expect(own()).rejects.toMatchObject({ code: 'credit.points-short' });
    const stranger = officer('stranger', village, 'credit.own');
    const voided = { id: order.id, act: 'void', reason: 'not wanted' } as const;
    await expect(orders.act(stranger, voided, key())).rejects.toMatchObject({ code: 'credit.missing' });
    await orders.act(villager, voided, key());
    expect(await balance(mine)).toEqual([6n, 0n, 0n, 0n, 0n]);
    expect((await orders.listOwn(villager, 9)).map(({ id, state }) => [id, state])).toEqual([[order.id, 'void']]);
    expect([await orders.listOwn(stranger, 9), await balance(other)]).toEqual([[], [6n, 0n, 0n, 0n, 0n]]);
  });

  it('that were spent and fall with a correction are owed, and later points pay them first', async () => {
    const subject = await place.person(4);
    const first = await place.entry(subject, 'project', { day: '2026-02-01' });
    const goods = await soap(4, 9);
    const { result: order } = await orders.order(manager, { subject, goods, quantity: 1 }, key());
    await orders.act(checker, { id: order.id, act: 'hand-over' }, key());
    await place.act(approver, first, 'void', { reason: 'somebody else' });
    expect(await balance(subject)).toEqual([0n, 4n, 0n, 4n, 0n]);
    await place.entry(subject, 'sorting', { day: '2026-02-03' });
    expect(await balance(subject)).toEqual([0n, 2n, 0n, 4n, 0n]);
    await place.entry(subject, 'project', { day: '2026-02-04' });
    expect(await balance(subject)).toEqual([4n, 0n, 0n, 4n, 0n]);
  });

  it('expire by the rule, the oldest spent first; a correction of what expired asks for nothing', async () => {
    const subject = await place.person(5);
    const first = await place.entry(subject, 'project', { day: '2026-02-01' });
    await place.entry(subject, 'sorting', { day: '2026-02-02' });
    const { lots } = await points.read(checker, subject);
    expect(
      lots.map(({ earnedOn, expiresOn }) => Number(expiresOn!.slice(0, 4)) - Number(earnedOn.slice(0, 4))),
    ).toEqual([2, 2]);
    const goods = await soap(4, 9);
    await orders.order(manager, { subject, goods, quantity: 1 }, key());
    await superuser.query(
      `alter table credit.points_lot disable trigger user; update credit.points_lot set earned_on = '2020-01-01', expires_on = '2022-01-01' where event_id = '${first}'; alter table credit.points_lot enable trigger user`,
    );
    expect(await points.expireAll()).toBe(1);
    expect(await points.expireAll()).toBe(0);
    expect(await balance(subject)).toEqual([2n, 0n, 4n, 0n, 2n]);
    await place.act(approver, first, 'void', { reason: 'somebody else' });
    // Four of the six were ordered on: two that are held go back, two are owed; what expired is asked of nobody.
    expect(await balance(subject)).toEqual([0n, 2n, 4n, 0n, 0n]);
  });

  it('never meet money in a voucher, and the book holds', async () => {
    const { db } = place.test;
    const actor = testActor(['CN'], 'cashier');
    await expect(
      db.transaction(actor, async (tx) => {
        const [held] = (await listAccounts(tx, { code: 'points.issued' })).map(({ account }) => account);
        const [{ id }] = await tx.query(
          `insert into ledger.book_account (code, name_zh, name_en, sign_rule, territory_path) values ('cash', '现金', 'cash', 'either', $1::ltree) returning id`,
          [village],
        );
        const basis = { ruleEdition: null, vintageId: null, agreement: null, period: '2026-01' };
        const posting = { party: null, territoryPath: village, basis };
        const postings = [
          { ...posting, accountId: held.id, amountFen: 5n },
          { ...posting, accountId: id as string, amountFen: -5n },
        ];
        await postVoucher(tx, actor, {
          ...{
            businessKey: 'mixed',
            kind: 'transfer',
            effectiveDate: await today(),
            territoryPath: village,
            memo: 'x',
            postings,
          },
        });
      }),
    ).rejects.toThrow('points and money do not meet');
    const facts = await db.snapshot(actor, (tx) => readBookFacts(tx));
    expect(reportInvariants(facts).filter(({ holds }) => holds === false)).toEqual([]);
  });
});
