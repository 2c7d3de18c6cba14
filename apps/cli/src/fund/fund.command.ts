/** `gep fund`: special funds, from the first day of one to the surplus that goes back to the treasury. */
import { randomUUID } from 'node:crypto';
import { Option, type Command } from 'commander';
import {
  ageOf,
  type Fund,
  FundService,
  getFund,
  listCarriedOver,
  listFunds,
  listGrants,
  listInTransit,
  listSources,
  shortfallPolicies,
  type ShortfallPolicy,
} from '@gep/ledger';
import { getTerritory } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { type DeedOptions, deedAs } from '../machine/person-deed.service';
import { reading } from '../machine/opened-database.service';
import { renderCarriedOver, renderFund, renderInTransit } from '../rendering/fund/render-fund';
import { showYuan } from '../rendering/figures';
import { calendarDay, fenOfYuan, listOf, withExamples, wholeNumber } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { fundOf } from './chosen-fund.service';
import { byPerson, sayMade } from './person.command';
import { addProposalCommands } from './proposal.command';
import { today } from '../machine/today.service';

const asPerson = '--password-stdin < password-file';

export function addFundCommands(program: Command, open: () => Terminal): void {
  const fund = program
    .command('fund')
    .description(
      'special funds: sources, receipts, surplus, and what is done by hand · 专项资金：来源、到账、结余与手工事项',
    );
  addList(fund, open);
  addShow(fund, open);
  addSurplus(fund, open);
  addTransit(fund, open);
  addOpen(fund, open);
  addSource(fund, open);
  addReceive(fund, open);
  addProposalCommands(fund, open);
}

const thisYear = (): number => Number(today().slice(0, 4));

async function detailOf(tx: EntityManager, fund: Fund, year: number) {
  const sources = await listSources(tx, fund.id);
  const short = (await listGrants(tx, fund.id)).filter(({ shortfallFen }) => shortfallFen > 0n);
  return { ...fund, sources: sources.map((source) => ({ ...source, age: ageOf(source.budgetYear, year) })), short };
}

function addList(fund: Command, open: () => Terminal): void {
  const list = fund
    .command('list [territory]')
    .description(
      'special funds: by budget year and source what was received, is held and was paid, until when it is to be used, and what claims went short of · 专项资金：按预算年度和来源列出已收、预留、已付、使用期限，以及缺口',
    )
    .option(
      '--year <year>',
      'standing in this year: of the year, carried over, or surplus · 按此年度判断本年、结转或结余',
      wholeNumber(1949),
      thisYear(),
    )
    .action(async (territory: string | undefined, { year }: { year: number }) => {
      const terminal = open();
      const found = await reading(async (tx) => {
        const within = territory && (await getTerritory(tx, territory, today())).path;
        const details = [];
        for (const one of await listFunds(tx, { within })) details.push(await detailOf(tx, one, year));
        return details;
      });
      terminal.result(found, () => renderFund(found, year, terminal.options.language));
    });
  withExamples(list, 'gep fund list', 'gep fund list 990100 --year 2025');
}

function addShow(fund: Command, open: () => Terminal): void {
  const show = fund
    .command('show <fund>')
    .description('one fund, by territory and code · 一项资金，以“地域/代码”指明')
    .option(
      '--year <year>',
      'standing in this year: of the year, carried over, or surplus · 按此年度判断本年、结转或结余',
      wholeNumber(1949),
      thisYear(),
    )
    .action(async (name: string, { year }: { year: number }) => {
      const terminal = open();
      const found = await reading(async (tx) => detailOf(tx, await getFund(tx, name), year));
      terminal.result(found, () => renderFund([found], year, terminal.options.language));
    });
  withExamples(show, 'gep fund show 990101/eco');
}

function addSurplus(fund: Command, open: () => Terminal): void {
  const surplus = fund
    .command('surplus')
    .description(
      'money of earlier years: when it becomes surplus, and what has to go back (Budget Law art. 42) · 以往年度的资金：何时成为结余，应上缴多少（预算法第四十二条）',
    )
    .option('--year <year>', 'as of this year · 按此年度', wholeNumber(1949), thisYear())
    .action(async ({ year }: { year: number }) => {
      const terminal = open();
      const rows = await reading((tx) => listCarriedOver(tx, year));
      const aged = rows.map((row) => ({
        ...row,
        ...{ age: ageOf(row.budgetYear, year), surplusFrom: `${row.budgetYear + 2}-01-01` },
      }));
      terminal.result(aged, () => renderCarriedOver(aged, terminal.options.language));
    });
  withExamples(surplus, 'gep fund surplus', 'gep fund surplus --year 2027 --json');
}

function addTransit(fund: Command, open: () => Terminal): void {
  const transit = fund
    .command('transit')
    .description('money that was paid to a fund and not received there · 已付给下级资金而对方尚未登记到账的款项')
    .action(async () => {
      const terminal = open();
      const rows = await reading((tx) => listInTransit(tx));
      terminal.result(rows, () => renderInTransit(rows, terminal.options.language));
    });
  withExamples(transit, 'gep fund transit', 'gep fund transit --json');
}

interface OpenOptions extends DeedOptions {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly shortfall: ShortfallPolicy;
}

function addOpen(fund: Command, open: () => Terminal): void {
  const add = byPerson(
    fund
      .command('open <territory> <code>')
      .description('open a fund with its accounts · 设立资金及其科目')
      .requiredOption('--name-zh <text>', 'name in Chinese · 中文名称')
      .requiredOption('--name-en <text>', 'name in English · 英文名称')
      .addOption(
        new Option('--shortfall <policy>', 'what is done when it is short · 资金不足时的办法')
          .choices([...shortfallPolicies])
          .default('pro-rata'),
      ),
  ).action(async (territory: string, code: string, options: OpenOptions) => {
    const terminal = open();
    const { nameZh, nameEn, shortfall: shortfallPolicy } = options;
    const answer = await deedAs(options, 'fund.manage', async ({ database, actor, pathOf }) => {
      const draft = { code, nameZh, nameEn, shortfallPolicy, territoryPath: await pathOf(territory) };
      return new FundService(database).openFund(actor, draft, randomUUID());
    });
    sayMade(terminal, answer, {
      ...{ what: { zh: '资金', en: 'fund' }, code: `${territory}/${code}` },
      done: { zh: `已设立：${nameZh}`, en: `opened: ${nameEn}` },
      next: [
        {
          ...{ verb: `fund source ${territory}/${code} <code>`, name: { zh: '增加来源', en: 'add a source' } },
          permission: 'fund.manage',
        },
      ],
    });
  });
  withExamples(
    add,
    `gep fund open 990101 eco --name-zh '生态补偿资金' --name-en 'eco-compensation fund' --as fund-administrator ${asPerson}`,
  );
}

interface SourceOptions extends DeedOptions {
  readonly department: string;
  readonly year: number;
  readonly purposes?: readonly string[];
}

function addSource(fund: Command, open: () => Terminal): void {
  const add = byPerson(
    fund
      .command('source <fund> <code>')
      .description('add a source with its department, year and purposes · 增加来源：部门、年度、用途')
      .requiredOption('--department <text>', 'department · 部门')
      .requiredOption('--year <year>', 'budget year · 预算年度', wholeNumber(1949))
      .option('--purposes <list>', 'what it is bound to; anything when absent · 限定用途；未给出时不限', listOf),
  ).action(async (name: string, code: string, options: SourceOptions) => {
    const terminal = open();
    const { department, year: budgetYear, purposes = [] } = options;
    const answer = await deedAs(options, 'fund.manage', async (deed) => {
      const { id: fundId } = await fundOf(deed, name);
      const draft = { fundId, code, department, budgetYear, purposes };
      return new FundService(deed.database).addSource(deed.actor, draft, randomUUID());
    });
    const bound = purposes.join(', ');
    sayMade(terminal, answer, {
      ...{ what: { zh: '来源', en: 'source' }, code: `${name} ${code}` },
      done: {
        zh: `已增加：${department} ${budgetYear} 年度，用途 ${bound || '不限'}`,
        en: `added: ${department}, budget year ${budgetYear}, bound to ${bound || 'anything'}`,
      },
      next: [
        {
          ...{ verb: `fund receive ${name} ${code} <yuan>`, name: { zh: '登记到账', en: 'record what comes in' } },
          permission: 'fund.manage',
        },
      ],
    });
  });
  withExamples(
    add,
    `gep fund source 990101/eco province-2025 --department '财政厅' --year 2025 --purposes water --as fund-administrator ${asPerson}`,
  );
}

interface ReceiveOptions extends DeedOptions {
  readonly on: string;
  readonly key: string;
  readonly memo: string;
  readonly agreement?: string;
}

function addReceive(fund: Command, open: () => Terminal): void {
  const receive = byPerson(
    fund
      .command('receive <fund> <source>')
      .argument('<yuan>', 'amount · 金额', fenOfYuan)
      .description('money comes in; the same slip again changes nothing · 资金到账；同一回单重复登记不再改变')
      .requiredOption('--on <day>', 'day on which it came · 到账日', calendarDay)
      .requiredOption(
        '--key <key>',
        'number of the bank slip, or another name that is its own · 回单号或其他唯一的名称',
      )
      .requiredOption('--memo <text>', 'what it is · 摘要')
      .option('--agreement <code>', 'settlement or agreement that paid it · 付来此款的结算或协议'),
  ).action(async (name: string, source: string, amountFen: bigint, options: ReceiveOptions) => {
    const terminal = open();
    const { on: effectiveDate, key: businessKey, memo, agreement } = options;
    const answer = await deedAs(options, 'fund.manage', async (deed) => {
      const { id: fundId } = await fundOf(deed, name);
      const receipt = { fundId, source, amountFen, effectiveDate, businessKey, memo, agreement };
      return new FundService(deed.database).receive(deed.actor, receipt, randomUUID());
    });
    const yuan = showYuan(amountFen);
    sayMade(terminal, answer, {
      ...{ what: { zh: '到账凭证', en: 'voucher of the receipt' }, code: businessKey },
      done: {
        zh: `${name} ${source} ${effectiveDate} 到账 ${yuan} 元`,
        en: `${yuan} yuan came into ${name} ${source} on ${effectiveDate}`,
      },
      next: [],
    });
  });
  withExamples(
    receive,
    `gep fund receive 990101/eco province-2025 1200.50 --on 2025-03-01 --key slip-17 --memo "first part" --as fund-administrator ${asPerson}`,
  );
}
