/** `gep market-purchase`: services of a site sold on the market, in instalments that are matched. */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { listPurchases, MarketPurchaseService, viewPurchase, type MarketDraft } from '@gep/procurement';
import { readJsonFile } from '../dividend/paper.loader';
import { placeNames } from '../deed/naming.service';
import { byPerson, type Made, sayMade } from '../fund/person.command';
import { type DeedOptions, deedAs } from '../machine/person-deed.service';
import { reading } from '../machine/opened-database.service';
import { showYuan } from '../rendering/figures';
import { renderPurchase, renderPurchases } from '../rendering/procurement/render-market';
import { toolsOf } from '../settlement/settlement-tools.service';
import { calendarDay, fenOfYuan, withExamples, wholeNumber } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { readDraft } from './read-draft';
import { today } from '../machine/today.service';

const asClerk = '--as settlement-clerk --password-stdin < password-file';

export function addMarketPurchaseCommands(program: Command, open: () => Terminal): void {
  const market = program
    .command('market-purchase')
    .description('services of a site sold on the market, in instalments · 市场化购买及分期收款');
  const list = market
    .command('list')
    .description('purchases · 购买')
    .action(async () => {
      const terminal = open();
      const { found, places } = await reading(async (tx) => {
        const rows = await listPurchases(tx);
        const codes = rows.map(({ terms }) => terms.territory);
        return { found: rows, places: await placeNames(tx, codes) };
      });
      terminal.result(found, () => renderPurchases(found, places, terminal.options.language));
    });
  withExamples(list, 'gep market-purchase list --json');
  const show = market
    .command('show <code>')
    .description('a purchase with its instalments and receipts · 一笔购买及各期收款')
    .action(async (code: string) => {
      const terminal = open();
      const { view, places } = await reading(async (tx) => {
        const found = await viewPurchase(tx, code, today());
        return { view: found, places: await placeNames(tx, [found.purchase.terms.territory]) };
      });
      terminal.result(view, () => renderPurchase(view, places, terminal.options.language));
    });
  withExamples(show, 'gep market-purchase show dayang');
  addSign(market, open);
  addReceive(market, open);
}

function addSign(market: Command, open: () => Terminal): void {
  const sign = byPerson(
    market
      .command('sign <file>')
      .description(
        'sign by the terms of a JSON file, at the price of the rule in force · 按 JSON 文件签订，价款按启用中的规则',
      ),
  ).action(async (file: string, options: DeedOptions) => {
    const terminal = open();
    const { on, gains, ...draft } = readDraft<MarketDraft>(file, await readJsonFile(file), {
      ...({ code: 'text', company: 'text', territory: 'text', parcel: 'text?', buyer: 'text' } as const),
      ...({ valuation: 'object', secondOpinionAboveFen: 'text?', secondOpinion: 'object?', policy: 'text' } as const),
      ...({ firstDueOn: 'text', monthsBetween: 'number', gains: 'rows?', on: 'text?' } as const),
    });
    const members = {
      valuer: 'text',
      paidBy: 'text',
      gepFen: 'text',
      premiumFen: 'text',
      documentDigest: 'text',
    } as const;
    for (const each of [draft.valuation, draft.secondOpinion]) if (each !== null) readDraft(file, each, members);
    for (const each of gains ?? []) readDraft(file, each, { service: 'text', year: 'text', amountFen: 'text' });
    const whole = { ...draft, gains: gains ?? [], ...(on && { on }) };
    const made = await deedAs(options, 'procurement.manage', ({ database, actor }) =>
      new MarketPurchaseService(database, toolsOf(database)).sign(actor, whole, randomUUID()),
    );
    const { code } = whole;
    sayMade(terminal, made, {
      ...{ what: { zh: '市场化购买', en: 'market purchase' }, code },
      done: {
        zh: `已签订：价款 ${showYuan(BigInt(made.priceFen))} 元，首期 ${whole.firstDueOn}（gep market-purchase show ${code}）`,
        en: `signed: price ${showYuan(BigInt(made.priceFen))} yuan, the first part due on ${whole.firstDueOn} (gep market-purchase show ${code})`,
      },
      next: [receiving(code)],
    });
  });
  withExamples(sign, `gep market-purchase sign purchase.json ${asClerk}`);
}

const receiving = (code: string): Made['next'][number] => ({
  verb: `market-purchase receive ${code} <yuan> --slip <number>`,
  name: { zh: '登记收款', en: 'record what comes in' },
  permission: 'procurement.manage',
});

function addReceive(market: Command, open: () => Terminal): void {
  const receive = byPerson(
    market
      .command('receive <code>')
      .argument('<yuan>', 'amount · 金额', fenOfYuan)
      .description('match money that came in to an instalment · 收款，核对到期次')
      .requiredOption('--slip <number>', 'number of the bank slip · 银行回单号')
      .option('--instalment <n>', 'the oldest open one when absent · 期次；未给出时为最早未收讫的', wholeNumber(1))
      .option('--on <day>', 'day on which it came · 到账日', calendarDay),
  ).action(
    async (
      code: string,
      amountFen: bigint,
      options: DeedOptions & { slip: string; instalment?: number; on?: string },
    ) => {
      const terminal = open();
      const { slip: bankReference, instalment: instalmentNo, on } = options;
      const made = await deedAs(options, 'procurement.manage', ({ database, actor }) =>
        new MarketPurchaseService(database, toolsOf(database)).receive(
          actor,
          { purchase: code, amountFen, bankReference, instalmentNo, on },
          randomUUID(),
        ),
      );
      const { instalmentNo: no, openFen } = made;
      const [yuan, left] = [showYuan(amountFen), showYuan(BigInt(openFen))];
      sayMade(terminal, made, {
        ...{ what: { zh: '收款', en: 'receipt' }, code: `${code} ${bankReference}` },
        done: {
          zh: `${yuan} 元计入第 ${no} 期，${openFen === '0' ? '该期收讫' : `该期尚余 ${left} 元`}`,
          en: `${yuan} yuan go to instalment ${no}, ${openFen === '0' ? 'which is received' : `of which ${left} yuan are open`}`,
        },
        next: [receiving(code)],
      });
    },
  );
  withExamples(receive, `gep market-purchase receive dayang 111712 --slip slip-0001 ${asClerk}`);
}
