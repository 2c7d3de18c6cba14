/** `gep dividend unclaimed|return|set-aside|claim`: money that did not reach an owner, which stays owed to it for ever. */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { operator } from '@gep/access';
import { getDividend, type LineMoney, LineMoneyService, listLines, standingOf } from '@gep/procurement';
import { byPerson } from '../fund/person.command';
import { withDatabase } from '../machine/opened-database.service';
import { deedAs, type DeedOptions } from '../machine/person-deed.service';
import { nameOfLineState } from '../rendering/dividend/render-dividend';
import { showYuan } from '../rendering/figures';
import { renderTable } from '../rendering/text-table';
import { calendarDay, listOf, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';

const aCode = 'forest.2025';
const asCashier = '--as cashier --password-stdin < password-file';
const mostListed = 1_000;

export function addLineMoney(dividend: Command, open: () => Terminal): void {
  addUnclaimed(dividend, open);
  addReturn(dividend, open);
  addSetAside(dividend, open);
  addClaim(dividend, open);
}

function addUnclaimed(dividend: Command, open: () => Terminal): void {
  const unclaimed = dividend
    .command('unclaimed <dividend>')
    .description('lines held, returned or set aside, and what is left of each · 争议、退回、未领的行及余额')
    .option('--after <code>', 'go on after this owner · 从其后继续')
    .action(async (named: string, { after }: { after?: string }) => {
      const terminal = open();
      const places = ['hold', 'return', 'set-aside'] as const;
      const lines = await withDatabase(({ database }) =>
        database.snapshot(operator, async (tx) => {
          const { id } = await getDividend(tx, named);
          return listLines(tx, id, await standingOf(tx, id), { places, after, limit: mostListed });
        }),
      );
      const rows = lines.filter(({ state }) => state !== 'claimed');
      const headings =
        terminal.options.language === 'zh'
          ? ['权利人', '状态', '起', '金额（元）', '已领（元）']
          : ['Owner', 'State', 'Since', 'Amount (yuan)', 'Claimed (yuan)'];
      terminal.result(rows, () =>
        rows.length === 0
          ? terminal.say({
              zh: after === undefined ? '没有争议、退回或未领的行' : `${after} 之后没有争议、退回或未领的行`,
              en: `no line is held, returned or unclaimed${after === undefined ? '' : ` after ${after}`}`,
            })
          : renderTable(
              headings.map((heading, at) => ({ heading, numeric: at > 2 })),
              rows.map(({ owner, state, since, amountFen, claimedFen }) => [
                ...[
                  owner,
                  nameOfLineState[state][terminal.options.language],
                  since ?? '',
                  showYuan(amountFen),
                  showYuan(claimedFen),
                ],
              ]),
            ),
      );
    });
  withExamples(unclaimed, `gep dividend unclaimed ${aCode}`);
}

function addReturn(dividend: Command, open: () => Terminal): void {
  const back = byPerson(dividend.command('return <dividend>'))
    .description('payments that the bank sent back are owed again · 登记银行退回的付款')
    .requiredOption('--owners <codes>', 'whose · 哪些权利人', listOf)
    .requiredOption('--reason <text>', 'why · 理由')
    .option('--on <day>', 'when; today when left out · 日期', calendarDay)
    .action(async (id: string, options: DeedOptions & { owners: string[]; reason: string; on?: string }) => {
      const { owners, reason, on } = options;
      await act(open(), options, (money, actor) => money.takeBack(actor, { id, owners, reason, on }, randomUUID()));
    });
  withExamples(back, `gep dividend return ${aCode} --owners h-17,h-18 --reason '账户已销' ${asCashier}`);
}

function addSetAside(dividend: Command, open: () => Terminal): void {
  const aside = byPerson(dividend.command('set-aside <dividend>'))
    .description(
      'what came back long ago goes to the named liability, 1,000 lines at a time · 逾期的退回款转入未领分红',
    )
    .option('--on <day>', 'as of this day; today when left out · 以该日计', calendarDay)
    .action(async (id: string, options: DeedOptions & { on?: string }) => {
      await act(open(), options, (money, actor) => money.setAside(actor, { id, on: options.on }, randomUUID()));
    });
  withExamples(aside, `gep dividend set-aside ${aCode} ${asCashier}`);
}

function addClaim(dividend: Command, open: () => Terminal): void {
  const claim = byPerson(dividend.command('claim <dividend>'))
    .description('pay the owner, or a successor its share, what was not received · 本人或继受人领取')
    .requiredOption('--owner <code>', 'owner of the line · 权利人')
    .option('--claimant <code>', 'who claims; the owner when left out · 领取人；未给出时为本人')
    .requiredOption('--reason <text>', 'why · 理由')
    .option('--on <day>', 'when; today when left out · 日期', calendarDay)
    .action(
      async (id: string, options: DeedOptions & { owner: string; claimant?: string; reason: string; on?: string }) => {
        const { owner, claimant = owner, reason, on } = options;
        await act(open(), options, (money, actor) =>
          money.claim(actor, { id, owner, claimant, reason, on }, randomUUID()),
        );
      },
    );
  withExamples(claim, `gep dividend claim ${aCode} --owner h-17 --claimant h-18 --reason '继承人领取' ${asCashier}`);
}

async function act(
  terminal: Terminal,
  options: DeedOptions,
  work: (money: LineMoneyService, actor: Parameters<LineMoneyService['claim']>[0]) => Promise<LineMoney>,
): Promise<void> {
  const done = await deedAs(options, 'settlement.pay', ({ database, actor }) =>
    work(new LineMoneyService(database), actor),
  );
  terminal.result(done, () =>
    terminal.say({
      zh: `${done.lines} 行，共 ${showYuan(BigInt(done.amountFen))} 元${done.voucherId ? `，凭证 ${done.voucherId}` : ''}`,
      en: `${done.lines} lines, ${showYuan(BigInt(done.amountFen))} yuan${done.voucherId ? `, voucher ${done.voucherId}` : ''}`,
    }),
  );
}
