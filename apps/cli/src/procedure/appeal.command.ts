/** `gep appeal`: disputing an exact figure, answering, complaining and deciding, each as the person who signs in. */
import { randomUUID } from 'node:crypto';
import { Argument, InvalidArgumentError, type Command } from 'commander';
import { operator, type SignedInActor } from '@gep/access';
import { AppealService, ClockBooks, type Appeal, type AppealAnswer, type AppealWish } from '@gep/procedure';
import type { Actor, Database } from '@gep/platform';
import { RulebookFolder } from '@gep/rulebook';
import { namingOf } from '../deed/naming.service';
import { subjectIdOf } from '../deed/named-subject.service';
import { withDatabase } from '../machine/opened-database.service';
import { readSettings } from '../machine/settings.loader';
import { actingAs, passwordOf, passwordOption, type ActingOptions } from '../machine/signed-in.service';
import { codeOfPath, type Naming } from '../rendering/deed/naming';
import { calendarDay, wholeNumber, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { figuresInDispute } from './figures-in-dispute.service';
import { clocksSaid, pathOf } from './procedure.command';
import { renderAppeals, renderSteps } from './render-procedures';
import { doneAppeal, renderToldAppeal } from './told-appeal.service';
import { today } from '../machine/today.service';

interface Acting extends ActingOptions {
  readonly as: string;
}
interface Filing extends Acting {
  readonly figure: string;
  readonly shownFen?: bigint;
  readonly shownDigest?: string;
  readonly territory: string;
  readonly party?: string;
  readonly knownOn: string;
  readonly grounds: string;
}
type ActOptions = Acting & Omit<AppealWish, 'id' | 'act'>;

const mostListed = 200;
const password = '--password-stdin < password-file';

const appealsOf = (database: Database): AppealService =>
  new AppealService(
    database,
    new ClockBooks(new RulebookFolder(readSettings().rulebookDir)),
    figuresInDispute(database),
  );

function wholeFen(text: string): bigint {
  if (/^-?\d{1,18}$/.test(text)) return BigInt(text);
  throw new InvalidArgumentError('give whole fen · 请给出整数分');
}

export function addAppealCommands(program: Command, open: () => Terminal): void {
  const appeal = program
    .command('appeal')
    .description(
      'objections to exact figures: query, reply, complaint, decision · 对具体数字的异议：质疑、答复、投诉、处理决定',
    );
  addFile(appeal, open);
  addActs(appeal, open);
  addLists(appeal, open);
}

const signed = (command: Command): Command =>
  command
    .requiredOption('--as <login>', 'who acts, with --password-stdin · 办理人，需 --password-stdin')
    .option(...passwordOption);

/** Does a deed as the person who signs in, and tells how the appeal stands then, also of a figure that was paid before. */
async function deed(
  terminal: Terminal,
  options: Acting,
  { act, named }: { readonly act: string; readonly named?: string },
  work: (appeals: AppealService, actor: SignedInActor, database: Database) => Promise<AppealAnswer>,
): Promise<void> {
  const { as: login } = options;
  const said = await passwordOf(options);
  const answer = await withDatabase(({ database }) =>
    actingAs(database, { login, password: said }, (actor) =>
      doneAppeal({ database, actor }, { act, named }, () => work(appealsOf(database), actor, database)),
    ),
  );
  terminal.result(answer, () => renderToldAppeal(answer, terminal.options.language));
}

function addFile(appeal: Command, open: () => Terminal): void {
  const file = signed(
    appeal
      .command('file <kind> <id>')
      .description(
        'query a figure, of a settlement or contract by code or id; it is frozen until the appeal ends · 对一个数字提出质疑（结算、合同可用代码或编号）；至终结前冻结该数字',
      )
      .requiredOption('--territory <code>', 'territory of the party · 当事方所在地域')
      .requiredOption('--known-on <day>', 'day on which the party knew of it · 知道或应知之日', calendarDay)
      .requiredOption('--grounds <text>', 'grounds, and what is asked · 事实与请求')
      .option('--figure <code>', 'code of the figure; the whole when absent · 数字的代码；未给出时为全部', '')
      .option('--shown-fen <fen>', 'amount that was shown, in fen · 所示金额（分）', wholeFen)
      .option('--shown-digest <sha256>', 'SHA-256 of the paper that showed it · 所示文件的 SHA-256')
      .option('--party <party>', 'like company:…; the territory when absent · 如 company:…；未给出时为该地域'),
  ).action(async (kind: string, named: string, options: Filing) => {
    const { figure, shownFen, shownDigest, territory, party = territory, knownOn, grounds } = options;
    await deed(open(), options, { act: 'file' }, async (appeals, actor, database) => {
      const { id, partyPath } = await database.snapshot(actor, async (tx) => ({
        ...{ id: await subjectIdOf(tx, kind, named), partyPath: (await pathOf(tx, territory))! },
      }));
      const draft = { subject: { kind, id }, figure, shownFen, shownDigest, party, partyPath, knownOn, grounds };
      return appeals.file(actor, draft, randomUUID());
    });
  });
  withExamples(
    file,
    `gep appeal file settlement minjiang-2024-result --figure 350100 --shown-fen 1200000 --territory 350100 --known-on 2025-06-03 --grounds '断面监测缺五月' --as fuzhou-party ${password}`,
  );
}

interface Verb {
  readonly usage: string;
  readonly says: string;
  readonly example: string;
  /** Options and arguments of its own. */
  readonly own?: (command: Command) => Command;
  readonly act: (options: ActOptions & { readonly admit?: true }, outcome: string) => AppealWish['act'];
}

const verbs: readonly Verb[] = [
  {
    usage: 'reply <id>',
    says: 'answer a query, within 7 working days · 在七个工作日内答复质疑',
    own: (command) => command.option('--admit', 'the objection is right, and the appeal ends · 承认异议成立，即告终结'),
    act: ({ admit }) => (admit ? 'admit' : 'reply'),
    example: "reply ID --reason '五月数据已补' --as county-administrator",
  },
  {
    usage: 'complain <id>',
    says: 'not content with the reply, or without one: complain to the superior · 对答复不满或逾期未答复，向上级投诉',
    act: () => 'complain',
    example: "complain ID --reason '答复未说明' --as fuzhou-party",
  },
  {
    usage: 'decide <id>',
    says: 'decide a complaint, within 30 working days · 在三十个工作日内对投诉作出处理决定',
    own: (command) =>
      command.addArgument(
        new Argument('<outcome>', 'how it is decided · 处理结果').choices(['uphold', 'uphold-partly', 'reject']),
      ),
    act: (_options, outcome) => outcome as AppealWish['act'],
    example: "decide ID uphold --reason '确有缺测' --as province-checker",
  },
  {
    usage: 'pause <id>',
    says: 'pause the whole procedure while a complaint is handled, 30 days at most · 处理投诉期间暂停整个程序，至多三十日',
    own: (command) => command.option('--until <day>', 'last day of the pause · 暂停的最后一日', calendarDay),
    act: () => 'pause',
    example: "pause ID --until 2025-07-15 --reason '事关全部资金' --as province-checker",
  },
  {
    usage: 'inspect <id>',
    says: 'have it inspected; those days are not counted · 安排检验、鉴定、评审，所需天数不计入期限',
    own: (command) => command.requiredOption('--days <number>', 'how many days · 天数', wholeNumber(1)),
    act: () => 'inspect',
    example: "inspect ID --days 10 --reason '送检水样' --as province-checker",
  },
  {
    usage: 'withdraw <id>',
    says: 'take an appeal back · 撤回异议',
    act: () => 'withdraw',
    example: "withdraw ID --reason '已说明清楚' --as fuzhou-party",
  },
];

function addActs(appeal: Command, open: () => Terminal): void {
  for (const { usage, says, own, act, example } of verbs) {
    const command = signed(
      (own ? own(appeal.command(usage).description(says)) : appeal.command(usage).description(says))
        .requiredOption('--reason <text>', 'why · 理由')
        .option('--document-digest <sha256>', 'SHA-256 of the paper · 文书的 SHA-256'),
    );
    command.action(async (id: string, ...rest: unknown[]) => {
      const options = command.opts<ActOptions & { admit?: true }>();
      const { reason, documentDigest, until, days } = options;
      const wish = { id, act: act(options, String(rest[0])), reason, documentDigest, until, days };
      await deed(open(), options, { act: wish.act, named: id }, (appeals, actor) =>
        appeals.act(actor, wish, randomUUID()),
      );
    });
    withExamples(command, `gep appeal ${example.replace('ID', '5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11')} ${password}`);
  }
}

function addLists(appeal: Command, open: () => Terminal): void {
  const list = appeal
    .command('list')
    .description('appeals, the oldest first · 异议，最早的在前')
    .option('--open', 'only those that have not ended · 只看未终结的')
    .option('--within <territory>', 'of parties at and below this territory · 当事方在此地域及其下级')
    .action(async ({ open: running, within }: { open?: true; within?: string }) => {
      const terminal = open();
      const { rows, naming } = await withDatabase(async ({ database }) => {
        const path = await database.snapshot(operator, (tx) => pathOf(tx, within));
        const filter = { within: path, ...(running && { open: true }), page: { limit: mostListed } };
        const found = await appealsOf(database).list(operator, filter);
        return { rows: found, naming: await namingOfAppeals(database, operator, found) };
      });
      terminal.result(rows, () => renderAppeals(rows, naming, terminal.options.language));
    });
  withExamples(list, 'gep appeal list --open', 'gep appeal list --json');
  const show = appeal
    .command('show <id>')
    .description('one appeal with its steps and clocks · 一项异议及其步骤、期限')
    .action(async (id: string) => {
      const terminal = open();
      const { view, naming } = await withDatabase(async ({ database }) => {
        const found = await appealsOf(database).show(operator, id);
        return { view: found, naming: await namingOfAppeals(database, operator, [found]) };
      });
      const clocks = await clocksSaid(terminal, view.clocks, today(), naming);
      const { language } = terminal.options;
      terminal.result(view, () =>
        [
          renderAppeals([view], naming, language),
          view.grounds,
          renderSteps('appeal', view.steps, language),
          clocks,
        ].join('\n'),
      );
    });
  withExamples(show, 'gep appeal show 5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11');
}

/** Names of what appeals are about, of their parties and of who decides; of the appeals themselves where clocks tell of them. */
export const namingOfAppeals = (database: Database, actor: Actor, appeals: readonly Appeal[]): Promise<Naming> =>
  database.snapshot(actor, (tx) =>
    namingOf(
      tx,
      appeals.flatMap(({ id, subject }) => [subject, { kind: 'appeal', id }]),
      appeals.flatMap(({ figure, party, superiorPath, territoryPath, respondentPath }) => [
        ...[figure, party],
        ...[superiorPath, territoryPath, respondentPath].map(codeOfPath),
      ]),
    ),
  );
