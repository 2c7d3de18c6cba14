/** `gep credit points|goods|order|order-act|orders|own`: what points are there, and the goods they buy. */
import { randomUUID } from 'node:crypto';
import { Argument, type Command } from 'commander';
import { orderActs, type OrderAct } from '@gep/credit';
import { byPerson } from '../fund/person.command';
import type { DeedOptions } from '../machine/person-deed.service';
import { today } from '../machine/today.service';
import { renderGoods, renderOrders, renderPoints } from '../rendering/credit/render-points';
import { calendarDay, wholeNumber, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { creditDeed, tellCredit } from './credit-services.service';

const someone = '5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11';
const article = '7d1a4c36-2f0e-4a8e-8f5b-3b6a0c9d1e22';
const digest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const by = (login: string): string => `--as ${login} --password-stdin < password-file`;
const most = 100;

export function addPointsCommands(credit: Command, open: () => Terminal): void {
  const points = byPerson(
    credit
      .command('points [subject]')
      .description(
        'points of a subject and where they came from; your own without one · 主体的积分及其来源；不写主体为本人的',
      ),
  ).action(async (subject: string | undefined, options: DeedOptions) => {
    const terminal = open();
    const found = await creditDeed(
      options,
      subject === undefined ? 'credit.own' : 'credit.read',
      async (services, { actor }) =>
        subject === undefined ? services.points.readOwn(actor) : [await services.points.read(actor, subject)],
    );
    terminal.result(found, () => renderPoints(found, terminal.options.language));
  });
  withExamples(points, `gep credit points ${someone} ${by('credit-officer')}`, `gep credit points ${by('zhang-san')}`);
  const goods = credit
    .command('goods')
    .description('the published list of goods: publish, bring, list · 可兑换商品：公布、入库、查看');
  addPublish(goods, open);
  addStock(goods, open);
  addOrders(credit, open);
  addOwnOrders(credit, open);
}

interface PublishOptions extends DeedOptions {
  readonly zh: string;
  readonly en: string;
  readonly price: number;
  readonly from?: string;
  readonly digest: string;
}

function addPublish(goods: Command, open: () => Terminal): void {
  const publish = byPerson(
    goods
      .command('publish <territory> <code>')
      .description(
        'publish goods with their price in points, or another price from a day on · 公布商品及积分价格，或自某日起改价',
      )
      .requiredOption('--zh <name>', 'name in Chinese · 中文名称')
      .requiredOption('--en <name>', 'name in English · 英文名称')
      .requiredOption('--price <points>', 'points for one · 每件积分', wholeNumber(1))
      .requiredOption('--digest <sha256>', 'of the list as it was put up · 公布的清单的摘要')
      .option('--from <day>', 'first day of the price; else today · 价格自此日；未给出时为今天', calendarDay),
  ).action(async (territory: string, code: string, options: PublishOptions) => {
    const { zh: nameZh, en: nameEn, price, digest: documentDigest, from = today() } = options;
    await tellCredit(open(), options, 'credit.manage', async (services, { actor, pathOf }) => {
      const wish = { territoryPath: await pathOf(territory), code, nameZh, nameEn, price, from, documentDigest };
      return services.points.publish(actor, wish, randomUUID());
    });
  });
  withExamples(
    publish,
    `gep credit goods publish 331125 soap --zh '香皂' --en Soap --price 4 --digest ${digest} ${by('credit-officer')}`,
  );
}

function addStock(goods: Command, open: () => Terminal): void {
  const stock = byPerson(
    goods
      .command('stock <goods> <quantity>')
      .description('bring goods, or with a number below zero count some short · 入库；负数为盘亏')
      .option('--reason <text>', 'why; needed when counted short · 理由，盘亏必填'),
  ).action(async (id: string, quantity: string, { reason, ...options }: DeedOptions & { readonly reason?: string }) => {
    await tellCredit(open(), options, 'credit.manage', (services, { actor }) =>
      services.points.restock(
        actor,
        { id, quantity: /^-?\d{1,7}$/.test(quantity) ? Number(quantity) : 0, reason },
        randomUUID(),
      ),
    );
  });
  withExamples(stock, `gep credit goods stock ${article} 20 ${by('credit-officer')}`);
  const list = byPerson(
    goods
      .command('list [territory]')
      .description('goods with price and stock · 商品、价格与库存')
      .option('--day <day>', 'price of this day; else today · 此日的价格；未给出时为今天', calendarDay),
  ).action(async (territory: string | undefined, { day, ...options }: DeedOptions & { readonly day?: string }) => {
    const terminal = open();
    const found = await creditDeed(options, 'credit.read', async (services, { actor, pathOf }) =>
      services.points.listGoods(actor, { within: territory === undefined ? undefined : await pathOf(territory), day }),
    );
    terminal.result(found, () => renderGoods(found, terminal.options.language));
  });
  withExamples(list, `gep credit goods list 331125 ${by('credit-officer')}`);
}

function addOrders(credit: Command, open: () => Terminal): void {
  const order = byPerson(
    credit
      .command('order <subject> <goods>')
      .description('reserve goods for points of a subject · 以主体的积分预留商品')
      .option('--quantity <count>', 'how many; else one · 件数；未给出时为一', wholeNumber(1)),
  ).action(
    async (
      subject: string,
      goods: string,
      { quantity = 1, ...options }: DeedOptions & { readonly quantity?: number },
    ) => {
      await tellCredit(
        open(),
        options,
        'credit.manage',
        ({ orders }, { actor }) => orders.order(actor, { subject, goods, quantity }, randomUUID()),
        'order',
      );
    },
  );
  withExamples(order, `gep credit order ${someone} ${article} --quantity 2 ${by('credit-officer')}`);
  const act = byPerson(
    credit
      .command('order-act <order>')
      .addArgument(new Argument('<act>', 'what is done · 办理').choices(orderActs))
      .description('hand goods over, by another person; or void an order · 由另一人发放商品，或取消')
      .option('--reason <text>', 'why; needed to void · 理由，取消必填'),
  ).action(async (id: string, what: OrderAct, { reason, ...options }: DeedOptions & { readonly reason?: string }) => {
    await tellCredit(
      open(),
      options,
      what === 'void' ? 'credit.manage' : 'credit.check',
      ({ orders }, { actor }) => orders.act(actor, { id, act: what, reason }, randomUUID()),
      'order',
    );
  });
  withExamples(act, `gep credit order-act ${someone} hand-over ${by('credit-checker')}`);
  const list = byPerson(
    credit.command('orders [subject]').description('orders of goods for points · 积分兑换单'),
  ).action(async (subjectId: string | undefined, options: DeedOptions) => {
    const terminal = open();
    const found = await creditDeed(options, 'credit.read', ({ orders }, { actor }) =>
      orders.list(actor, { subjectId, page: { limit: most } }),
    );
    terminal.result(found, () => renderOrders(found, terminal.options.language));
  });
  withExamples(list, `gep credit orders ${by('credit-officer')}`);
}

interface OwnOrderOptions extends DeedOptions {
  readonly quantity?: number;
  readonly subject?: string;
}

function addOwnOrders(credit: Command, open: () => Terminal): void {
  const own = credit
    .command('own')
    .description('goods for your own points: look, order, void · 以本人积分兑换：查看、预留、取消');
  const goods = byPerson(
    own.command('goods').description('goods of your place, with prices of today · 本地可兑换商品与今天的价格'),
  ).action(async (options: DeedOptions) => {
    const terminal = open();
    const found = await creditDeed(options, 'credit.own', ({ orders }, { actor }) => orders.listOwnGoods(actor));
    terminal.result(found, () => renderGoods(found, terminal.options.language));
  });
  withExamples(goods, `gep credit own goods ${by('zhang-san')}`);
  const order = byPerson(
    own
      .command('order <goods>')
      .description('reserve goods for your own points; another person hands them over · 以本人积分预留商品，由他人发放')
      .option('--quantity <count>', 'how many; else one · 件数；未给出时为一', wholeNumber(1))
      .option('--subject <id>', 'whose points, when you are linked to several subjects · 关联多个主体时写明'),
  ).action(async (id: string, { quantity = 1, subject, ...options }: OwnOrderOptions) => {
    await tellCredit(
      open(),
      options,
      'credit.own',
      ({ orders }, { actor }) => orders.orderOwn(actor, { goods: id, quantity, subject }, randomUUID()),
      'order',
    );
  });
  withExamples(order, `gep credit own order ${article} ${by('zhang-san')}`);
  const list = byPerson(own.command('orders').description('your own orders · 本人的兑换单')).action(
    async (options: DeedOptions) => {
      const terminal = open();
      const found = await creditDeed(options, 'credit.own', ({ orders }, { actor }) => orders.listOwn(actor, most));
      terminal.result(found, () => renderOrders(found, terminal.options.language));
    },
  );
  withExamples(list, `gep credit own orders ${by('zhang-san')}`);
  const give = byPerson(
    own
      .command('void <order>')
      .description('void your own order while it is reserved; the points come back · 取消本人的预留，积分退回')
      .requiredOption('--reason <text>', 'why · 理由'),
  ).action(async (id: string, { reason, ...options }: DeedOptions & { readonly reason: string }) => {
    await tellCredit(open(), options, 'credit.own', ({ orders }, { actor }) =>
      orders.act(actor, { id, act: 'void', reason }, randomUUID()),
    );
  });
  withExamples(give, `gep credit own void ${someone} --reason 'not needed' ${by('zhang-san')}`);
}
