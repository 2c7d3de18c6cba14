/** `gep market-purchase`: services of a site sold on the market, in instalments that are matched. */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { listPurchases, MarketPurchaseService, viewPurchase, type MarketDraft } from '@gep/procurement';
import { formatYuan } from '@gep/kernel';
import { readJsonFile } from '../dividend/paper.loader';
import { byPerson } from '../fund/person.command';
import { type DeedOptions, deedAs } from '../machine/person-deed.service';
import { reading } from '../machine/opened-database.service';
import { renderRows } from '../rendering/procurement/render-procurement';
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
      const found = await reading((tx) => listPurchases(tx));
      terminal.result(found, () =>
        renderRows(
          found.map(({ code, companyCode, priceFen, signedOn, terms }) => ({
            ...{ code, company: companyCode, buyer: terms.buyer, price: formatYuan(priceFen), signedOn },
          })),
        ),
      );
    });
  withExamples(list, 'gep market-purchase list --json');
  const show = market
    .command('show <code>')
    .description('a purchase with its instalments and receipts · 一笔购买及各期收款')
    .action(async (code: string) => {
      const terminal = open();
      const view = await reading((tx) => viewPurchase(tx, code, today()));
      terminal.result(view, () => renderRows(view.instalments));
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
    terminal.result(made, () => `${made.id} ${formatYuan(BigInt(made.priceFen))}`);
  });
  withExamples(sign, `gep market-purchase sign purchase.json ${asClerk}`);
}

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
      terminal.result(made, () => renderRows([made]));
    },
  );
  withExamples(receive, `gep market-purchase receive dayang 111712 --slip slip-0001 ${asClerk}`);
}
