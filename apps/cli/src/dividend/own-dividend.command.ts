/** `gep dividend own`: what a household at its own login sees of its lines, and what it does about one that it thinks wrong. */
import { randomUUID } from 'node:crypto';
import { type Command, InvalidArgumentError } from 'commander';
import { operator } from '@gep/access';
import type { Actor, Database } from '@gep/platform';
import { type AppealAnswer, AppealService, ClockBooks } from '@gep/procedure';
import { codeOfDividend, OwnAppeals, OwnDividends } from '@gep/procurement';
import { RulebookFolder } from '@gep/rulebook';
import { byPerson } from '../fund/person.command';
import { deedAs, type DeedOptions } from '../machine/person-deed.service';
import { readSettings } from '../machine/settings.loader';
import { today } from '../machine/today.service';
import { figuresInDispute } from '../procedure/figures-in-dispute.service';
import { namingOfAppeals } from '../procedure/appeal.command';
import { clocksSaid } from '../procedure/procedure.command';
import { renderAppeals, renderSteps } from '../procedure/render-procedures';
import { doneAppeal, renderToldAppeal } from '../procedure/told-appeal.service';
import { nameOfLineState } from '../rendering/dividend/render-dividend';
import { showYuan } from '../rendering/figures';
import { renderTable } from '../rendering/text-table';
import { calendarDay, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';

const aCode = 'forest.2025';
const anAppeal = '5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11';
const asHousehold = '--as zhang-household --password-stdin < password-file';

function ownAppeals(database: Database): OwnAppeals {
  const clocks = new ClockBooks(new RulebookFolder(readSettings().rulebookDir));
  return new OwnAppeals(database, new AppealService(database, clocks, figuresInDispute(database)));
}

const fen = (text: string): bigint => {
  if (/^[1-9]\d{0,17}$/.test(text)) return BigInt(text);
  throw new InvalidArgumentError('give whole fen · 请给出整数分');
};

const noLine = {
  zh: '没有本户的分红；若应有，请公司把您的登录账号与权利人关联（gep owner link）',
  en: 'there is no line of yours; if there should be one, ask the company to link your login to the owner (gep owner link)',
};

export function addOwnDividends(dividend: Command, open: () => Terminal): void {
  const own = dividend
    .command('own')
    .description(
      'a household: its own lines, their proofs, and objections to them · 农户：本户的各行、其证明，及对其提出异议',
    );
  addOwnList(own, open);
  addOwnProof(own, open);
  addObject(own, open);
  addActs(own, open);
  addObjections(own, open);
}

function addOwnList(own: Command, open: () => Terminal): void {
  const list = byPerson(own.command('list'))
    .description('your own lines of all dividends · 本户历次分红')
    .action(async (options: DeedOptions) => {
      const terminal = open();
      const found = await deedAs(options, 'dividend.own', ({ database, actor }) =>
        new OwnDividends(database).list(actor),
      );
      const headings =
        terminal.options.language === 'zh'
          ? ['代码', '公司', '期间', '权利人', '状态', '金额（元）', '已领（元）', '分红编号']
          : ['Code', 'Company', 'Period', 'Owner', 'State', 'Amount (yuan)', 'Claimed (yuan)', 'Id of the dividend'];
      terminal.result(found, () =>
        found.length === 0
          ? terminal.say(noLine)
          : renderTable(
              headings.map((heading, at) => ({ heading, numeric: at === 5 || at === 6 })),
              found.map(({ dividend, line }) => [
                ...[
                  codeOfDividend(dividend),
                  dividend.company,
                  dividend.period,
                  line.owner,
                  nameOfLineState[line.state][terminal.options.language],
                ],
                ...[showYuan(line.amountFen), showYuan(line.claimedFen), dividend.id],
              ]),
            ),
      );
    });
  withExamples(list, `gep dividend own list ${asHousehold}`);
}

function addOwnProof(own: Command, open: () => Terminal): void {
  const proof = byPerson(own.command('proof <dividend>'))
    .description(
      'the proof of your own line, for dividend verify-proof; with several lines, name the owner · 本户一行的证明，供 dividend verify-proof 核验；有几行的须写明权利人',
    )
    .option('--owner <code>', 'which owner, where you have several · 有几位权利人时，是哪一位')
    .action(async (id: string, options: DeedOptions & { owner?: string }) => {
      const { owner } = options;
      const terminal = open();
      const found = await deedAs(options, 'dividend.own', ({ database, actor }) =>
        new OwnDividends(database).proveOne(actor, id, owner),
      );
      terminal.result(found, () => JSON.stringify(found, null, 2));
    });
  withExamples(proof, `gep dividend own proof ${aCode} ${asHousehold} > proof.json`);
}

interface ObjectOptions extends DeedOptions {
  readonly grounds: string;
  readonly owner?: string;
  readonly shownFen?: bigint;
  readonly knownOn?: string;
}

function addObject(own: Command, open: () => Terminal): void {
  const object = byPerson(own.command('object <dividend>'))
    .description(
      'object to your own line, which is not paid until the objection has ended; within 7 working days of knowing · 对本户的一行提出质疑，知道之日起七个工作日内；终结前该行暂不支付',
    )
    .requiredOption('--grounds <text>', 'grounds, and what is asked · 事实与请求')
    .option('--owner <code>', 'which owner, where you have several · 有几位权利人时，是哪一位')
    .option('--shown-fen <fen>', 'amount that you were shown, in fen · 您看到的金额（分）', fen)
    .option('--known-on <day>', 'when you knew; today when left out · 知道之日；未给出时为今天', calendarDay)
    .action(async (id: string, options: ObjectOptions) => {
      const { grounds, owner, shownFen, knownOn } = options;
      await deed(open(), options, { act: 'file' }, (appeals, actor) =>
        appeals.file(actor, { id, grounds, owner, shownFen, knownOn }, randomUUID()),
      );
    });
  withExamples(object, `gep dividend own object ${aCode} --grounds '户内份额有误' ${asHousehold}`);
}

const acts = [
  [
    'complain',
    'not content with the reply, or without one: complain to the superior · 对答复不满或逾期未答复，向上级投诉',
  ],
  ['withdraw', 'take the objection back · 撤回异议'],
] as const;

function addActs(own: Command, open: () => Terminal): void {
  for (const [act, says] of acts) {
    const command = byPerson(own.command(`${act} <dividend> <objection>`))
      .description(says)
      .requiredOption('--reason <text>', 'why · 理由')
      .action(async (id: string, appeal: string, options: DeedOptions & { reason: string }) => {
        const { reason } = options;
        await deed(open(), options, { act, named: appeal }, (appeals, actor) =>
          appeals.act(actor, { id, appeal, act, reason }, randomUUID()),
        );
      });
    withExamples(command, `gep dividend own ${act} ${aCode} ${anAppeal} --reason '答复未说明' ${asHousehold}`);
  }
}

async function deed(
  terminal: Terminal,
  options: DeedOptions,
  on: { readonly act: string; readonly named?: string },
  work: (appeals: OwnAppeals, actor: Actor) => Promise<AppealAnswer>,
): Promise<void> {
  const answer = await deedAs(options, 'dividend.own', ({ database, actor }) =>
    // Row security hides the steps from the household itself; what is told is of its own objection alone.
    doneAppeal({ database, actor: operator }, on, () => work(ownAppeals(database), actor)),
  );
  terminal.result(answer, () => renderToldAppeal(answer, terminal.options.language));
}

function addObjections(own: Command, open: () => Terminal): void {
  const shown = byPerson(own.command('objections <dividend>'))
    .description('objections to your own lines, with steps and clocks · 对本户各行的异议及其步骤、期限')
    .action(async (id: string, options: DeedOptions) => {
      const terminal = open();
      const { found, naming } = await deedAs(options, 'dividend.own', async ({ database, actor }) => {
        const views = await ownAppeals(database).list(actor, id);
        return { found: views, naming: await namingOfAppeals(database, actor, views) };
      });
      const { language } = terminal.options;
      const lines: string[] = [];
      for (const view of found)
        lines.push(
          renderAppeals([view], naming, language),
          view.grounds,
          renderSteps('appeal', view.steps, language),
          await clocksSaid(terminal, view.clocks, today(), naming),
        );
      if (found.length === 0) lines.push(terminal.say({ zh: '没有异议', en: 'there are no objections' }));
      terminal.result(found, () => lines.join('\n'));
    });
  withExamples(shown, `gep dividend own objections ${aCode} ${asHousehold}`);
}
