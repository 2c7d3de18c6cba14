/** `gep dividend`: from the closed book over plan, notice and vote to paid lines. */
import { randomUUID } from 'node:crypto';
import { Option, type Command } from 'commander';
import { operator, type Permission } from '@gep/access';
import {
  codeOfDividend,
  countings,
  type Counting,
  DividendRuns,
  DividendService,
  listDividends,
  type TaskAct,
} from '@gep/procurement';
import { ClockBooks, statesOf } from '@gep/procedure';
import type { Database } from '@gep/platform';
import { RulebookFolder } from '@gep/rulebook';
import { byPerson } from '../fund/person.command';
import { reading, withDatabase } from '../machine/opened-database.service';
import { deedAs, type DeedOptions } from '../machine/person-deed.service';
import { readSettings } from '../machine/settings.loader';
import { renderDividend, renderDividends } from '../rendering/dividend/render-dividend';
import { calendarDay, withExamples, wholeNumber } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { addCompanyBook } from './company-book.command';
import { addLineMoney } from './line-money.command';
import { addOwnDividends } from './own-dividend.command';
import { digestOfPaper } from './paper.loader';
import { addProofs } from './proof.command';
import { asClerk } from './register-options.command';

const aCode = 'forest.2025';
const clocks = (): ClockBooks => new ClockBooks(new RulebookFolder(readSettings().rulebookDir));
const serviceOf = (database: Database): DividendService => new DividendService(database, clocks());

export function addDividendCommands(program: Command, open: () => Terminal): void {
  const dividend = program
    .command('dividend')
    .description('dividends of Two-Mountains companies, to the fen and to every household · 两山公司分红，到户到分');
  addCompanyBook(dividend, open);
  addShow(dividend, open);
  addPlan(dividend, open);
  addNotice(dividend, open);
  addVote(dividend, open);
  addEnds(dividend, open);
  addRuns(dividend, open);
  addLineMoney(dividend, open);
  addProofs(dividend, open);
  addOwnDividends(dividend, open);
}

function addShow(dividend: Command, open: () => Terminal): void {
  const list = dividend
    .command('list')
    .description('dividends and what each comes to · 历次分红')
    .action(async () => {
      const terminal = open();
      const rows = await reading(async (tx) => {
        const found = await listDividends(tx, {});
        const ids = found.map(({ id }) => id);
        const states = await statesOf(tx, 'dividend', ids);
        return found.map((one) => ({ code: codeOfDividend(one), ...one, state: states.get(one.id) ?? '' }));
      });
      terminal.result(rows, () => renderDividends(rows, terminal.options.language));
    });
  withExamples(list, 'gep dividend list', 'gep dividend list --json');
  const show = dividend
    .command('show <dividend>')
    .description('state, plan, vote, sums and steps · 状态、方案、表决、金额与步骤')
    .action((id: string) => sayState(open(), id));
  withExamples(show, `gep dividend show ${aCode}`);
}

async function sayState(terminal: Terminal, id: string): Promise<void> {
  const view = await withDatabase(({ database }) => serviceOf(database).show(operator, id));
  terminal.result(view, () => renderDividend(view, terminal.options.language));
}

/** Does a deed of the clerk and shows how the dividend stands then. */
async function asDeed(
  terminal: Terminal,
  options: DeedOptions,
  work: (service: DividendService, actor: Parameters<DividendService['plan']>[0]) => Promise<{ readonly id: string }>,
): Promise<void> {
  const view = await deedAs(options, 'owner.manage', async ({ database, actor }) => {
    const service = serviceOf(database);
    const { id } = await work(service, actor);
    return service.show(actor, id);
  });
  terminal.result(view, () => renderDividend(view, terminal.options.language));
}

interface PlanOptions extends DeedOptions {
  readonly policy: string;
  readonly reserve: string;
  readonly counting: Counting;
  readonly recordDate: string;
  readonly unclaimedAfter: number;
  readonly memo: string;
}

function addPlan(dividend: Command, open: () => Terminal): void {
  const command = byPerson(dividend.command('plan <company> <period>'))
    .description(
      'take income and cost from the closed book, and fix how they are shared; anew after a rejection · 由已结账的账簿拟定方案；未获通过可重拟',
    )
    .option('--policy <id>', 'rule in force · 启用中的规则', 'two-mountains-dividend')
    .requiredOption('--reserve <share>', 'share of the reserve, such as 0.1 · 提取公积公益金的比例')
    .addOption(
      new Option('--counting <way>', 'by the record date or by days held · 按登记日或按持有天数')
        .choices([...countings])
        .default('record-date'),
    )
    .requiredOption('--record-date <day>', 'who holds on this day is paid · 登记日', calendarDay)
    .option(
      '--unclaimed-after <days>',
      'days after which money that came back is set aside · 退回款转为未领的天数',
      wholeNumber(1),
      90,
    )
    .option('--memo <text>', 'remarks · 说明', '')
    .action(async (company: string, period: string, options: PlanOptions) => {
      const { policy, reserve: reserveShare, counting, recordDate, unclaimedAfter, memo } = options;
      const wish = { company, period, policy, reserveShare, counting, recordDate, unclaimedAfter, memo };
      await asDeed(open(), options, (service, actor) => service.plan(actor, wish, randomUUID()));
    });
  withExamples(command, `gep dividend plan forest 2025 --reserve 0.1 --record-date 2026-05-31 ${asClerk}`);
}

function addNotice(dividend: Command, open: () => Terminal): void {
  const command = byPerson(dividend.command('notice <dividend>'))
    .description('members are told of plan and report, ten days before they vote · 会前十日告知全体成员')
    .requiredOption('--document <file>', 'what they were sent · 告知文件')
    .option('--on <day>', 'day of the notice; today when left out · 告知日', calendarDay)
    .action(async (id: string, options: DeedOptions & { document: string; on?: string }) => {
      const documentDigest = await digestOfPaper(options.document);
      const wish = { id, on: options.on, documentDigest };
      await asDeed(open(), options, (service, actor) => service.notice(actor, wish, randomUUID()));
    });
  withExamples(command, `gep dividend notice ${aCode} --document plan.pdf --on 2026-04-01 ${asClerk}`);
}

interface VoteOptions extends DeedOptions {
  readonly heldOn: string;
  readonly members: number;
  readonly attended: number;
  readonly inFavour: number;
  readonly against: number;
  readonly online?: true;
  readonly document: string;
}

function addVote(dividend: Command, open: () => Terminal): void {
  const command = byPerson(dividend.command('vote <dividend>'))
    .description(
      'record the meeting: two thirds of all members attend, and two thirds of all agree · 记录成员大会：参加、同意均须全体三分之二以上',
    )
    .requiredOption('--held-on <day>', 'day of the meeting · 会议日', calendarDay)
    .requiredOption('--members <n>', 'all members · 全体成员', wholeNumber(1))
    .requiredOption('--attended <n>', 'on the spot, online or by proxy · 参加（含在线、委托）', wholeNumber(0))
    .requiredOption('--in-favour <n>', 'in favour · 赞成', wholeNumber(0))
    .requiredOption('--against <n>', 'against · 反对', wholeNumber(0))
    .option('--online', 'members took part online as well · 有在线参加')
    .requiredOption('--document <file>', 'minutes · 会议记录')
    .action(async (id: string, options: VoteOptions) => {
      const { heldOn, members, attended, inFavour, against, online = false, document } = options;
      const documentDigest = await digestOfPaper(document);
      const vote = { id, heldOn, members, attended, inFavour, against, online, documentDigest };
      await asDeed(open(), options, (service, actor) => service.vote(actor, vote, randomUUID()));
    });
  withExamples(
    command,
    `gep dividend vote ${aCode} --held-on 2026-04-15 --members 90 --attended 70 --in-favour 66 --against 4 --online --document minutes.pdf ${asClerk}`,
  );
}

function addEnds(dividend: Command, open: () => Terminal): void {
  const withdraw = byPerson(dividend.command('withdraw <dividend>'))
    .description('withdraw it before it is declared · 批准前撤回')
    .requiredOption('--reason <text>', 'why · 理由')
    .action(async (id: string, options: DeedOptions & { reason: string }) => {
      const { reason } = options;
      await asDeed(open(), options, (service, actor) => service.withdraw(actor, { id, reason }, randomUUID()));
    });
  withExamples(withdraw, `gep dividend withdraw ${aCode} --reason '账目有误' ${asClerk}`);
  const close = byPerson(dividend.command('close <dividend>'))
    .description('close it; what is unclaimed stays owed · 办结；未领的仍为应付')
    .action(async (id: string, options: DeedOptions) => {
      await asDeed(open(), options, (service, actor) => service.close(actor, id, randomUUID()));
    });
  withExamples(close, `gep dividend close ${aCode} ${asClerk}`);
}

const runs: readonly (readonly [TaskAct, Permission, string, string])[] = [
  ['allot', 'owner.manage', 'allot to all owners by the register of the record date · 按登记日的登记分到各户', asClerk],
  [
    ...(['approve', 'settlement.approve'] as const),
    'declare it in the book, by another than who planned · 批准入账（非编制人）',
    '--as fund-approver --password-stdin < password-file',
  ],
  [
    ...(['pay', 'settlement.pay'] as const),
    'pay all but disputed lines, by a third person; again when disputes ended · 支付，争议的除外（第三人）；争议了结后再付',
    '--as cashier --password-stdin < password-file',
  ],
];

function addRuns(dividend: Command, open: () => Terminal): void {
  for (const [act, permission, description, as] of runs) {
    const command = byPerson(dividend.command(`${act} <dividend>`))
      .description(description)
      .option('--reason <text>', 'remarks · 说明')
      .action(async (id: string, options: DeedOptions & { reason?: string }) => {
        const terminal = open();
        const view = await deedAs(options, permission, async ({ database, actor }) => {
          const work = new DividendRuns(database, clocks());
          const { taskId } = await work.request(actor, { id, act, reason: options.reason }, randomUUID());
          // Done here and now; a worker that takes it up as well finds it done.
          await work.run(taskId);
          return serviceOf(database).show(operator, id);
        });
        if (view.task?.failure) process.exitCode = 1;
        terminal.result(view, () => renderDividend(view, terminal.options.language));
      });
    withExamples(command, `gep dividend ${act} ${aCode} ${as}`);
  }
}
