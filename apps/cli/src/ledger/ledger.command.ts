/** `gep ledger check|show|journal|open|post|reverse|close`: the book of double entries from a terminal. */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { type Bilingual, formatYuan } from '@gep/kernel';
import {
  availableFen,
  balancesAt,
  findBookHead,
  LedgerMissing,
  LedgerService,
  listAccounts,
  readBookFacts,
  reportInvariants,
  verifyBook,
  type InvariantResult,
} from '@gep/ledger';
import type { EntityManager } from 'typeorm';
import { byPerson, sayMade } from '../fund/person.command';
import { reading } from '../machine/opened-database.service';
import { type DeedOptions, deedAs } from '../machine/person-deed.service';
import { partThousands } from '../rendering/figures';
import { type Head, renderList } from '../rendering/listed';
import { calendarDay, moment, withExamples, wholeNumber } from '../terminal/arguments.command';
import { exitCodes } from '../terminal/failure';
import type { Terminal } from '../terminal/terminal.service';
import { addClosings } from './closings.command';
import { addJournal } from './journal.command';

export function addLedgerCommands(program: Command, open: () => Terminal): void {
  const ledger = program
    .command('ledger')
    .description(
      'the book of double entries: balances, vouchers, invariants, closing · 复式账簿：余额、凭证、不变式、结账',
    );
  addCheck(ledger, open);
  addShow(ledger, open);
  addJournal(ledger, open);
  addReverse(ledger, open);
  addVoid(ledger, open);
  addClose(ledger, open);
  addClosings(ledger, open);
}

function addCheck(ledger: Command, open: () => Terminal): void {
  const check = ledger
    .command('check')
    .description(
      'judge every invariant of the book anew from its rows; exit code 1 when one is broken · 由账簿各行重新核对全部不变式',
    )
    .option('--seals <n>', 'seals of a head noted earlier · 此前记下的链头的封存数', wholeNumber(0))
    .option('--hash <hash>', 'hash of that head · 该链头的哈希值')
    .action(async (options: { seals?: number; hash?: string }, command: Command) => {
      const { seals, hash } = options;
      if ((seals === undefined) !== (hash === undefined))
        command.error('error: give --seals and --hash together · --seals 与 --hash 须同时给出', {
          exitCode: exitCodes.usage,
        });
      const noted = seals === undefined || hash === undefined ? undefined : { seals, hash };
      const { results, head } = await reading(async (tx) => {
        const chain = await verifyBook(tx, { noted });
        return { results: reportInvariants({ ...(await readBookFacts(tx)), chain }), head: await findBookHead(tx) };
      });
      const terminal = open();
      if (results.some(({ holds }) => holds === false)) process.exitCode = exitCodes.refused;
      terminal.result({ invariants: results, head }, () =>
        [
          ...results.map((result) => line(terminal, result)),
          terminal.say({ zh: `链头：${head.seals} ${head.hash}`, en: `head: ${head.seals} ${head.hash}` }),
        ].join('\n'),
      );
    });
  withExamples(
    check,
    'gep ledger check',
    'gep ledger check --seals 1200 --hash 5f2c…   # the head noted last month · 上月记下的链头',
  );
}

function line(terminal: Terminal, { says, holds, found }: InvariantResult): string {
  return `${holds ? '✓' : '✗'} ${terminal.say(says)}${found.length > 0 ? `: ${found.join(', ')}` : ''}`;
}

interface ShowOptions {
  readonly on?: string;
  readonly known?: Date;
}

const accountHeads: readonly Head[] = [
  { zh: '地域', en: 'Territory' },
  { zh: '科目', en: 'Account', most: 40 },
  { zh: '名称', en: 'Name', most: 44 },
  { zh: '余额（借方为正）', en: 'Posted (debits above zero)', numeric: 'point' },
  { zh: '预留', en: 'Reserved', numeric: 'point' },
  { zh: '可用', en: 'Available', numeric: 'point' },
  { zh: '单位', en: 'Unit' },
];
const accountUnits = {
  yuan: { zh: '元', en: 'yuan' },
  points: { zh: '积分', en: 'points' },
} satisfies Readonly<Record<string, Bilingual>>;

function addShow(ledger: Command, open: () => Terminal): void {
  const show = ledger
    .command('show [code]')
    .description('accounts whose code begins so, with their balances · 代码以此开头的科目及其余额')
    .option('--on <day>', 'as of this day · 截至此日', calendarDay)
    .option('--known <moment>', 'as it was known then · 按当时所知', moment)
    .action(async (code: string | undefined, options: ShowOptions) => {
      const terminal = open();
      const rows = await reading((tx) => accountRows(tx, code, options));
      terminal.result(rows, () =>
        renderList(
          terminal.options.language,
          accountHeads,
          rows.map((row) => [
            ...[row.territory, row.code, terminal.say({ zh: row.nameZh, en: row.nameEn })],
            ...[row.posted, row.reserved ?? '', row.available ?? ''].map(partThousands),
            terminal.say(accountUnits[row.unit]),
          ]),
          {
            zh: '没有这样的科目（gep fund open 设立资金及其科目）',
            en: 'there is no such account (gep fund open opens a fund with its accounts)',
          },
        ),
      );
    });
  withExamples(show, 'gep ledger show', 'gep ledger show eco. --on 2025-12-31 --known 2026-01-31');
}

/** Yuan, or whole points; a debit is positive. What is reserved and available is told of now only. */
async function accountRows(tx: EntityManager, code: string | undefined, { on, known }: ShowOptions) {
  const accounts = await listAccounts(tx, { code });
  const past = on !== undefined || known !== undefined;
  const ids = accounts.map(({ account }) => account.id);
  const then = past ? await balancesAt(tx, ids, { effectiveThrough: on, knownAt: known?.toISOString() }) : undefined;
  return accounts.map(({ account, balance }) => {
    const available = availableFen(account.signRule, balance);
    const { id, code: name, nameZh, nameEn, signRule, territoryPath, unit } = account;
    const show = unit === 'points' ? String : formatYuan;
    return {
      ...{ id, code: name, nameZh, nameEn, signRule, territory: territoryPath.split('.').at(-1)! },
      unit: unit === 'points' ? ('points' as const) : ('yuan' as const),
      posted: show(then ? (then.get(id) ?? 0n) : balance.postedFen),
      ...(past
        ? { reserved: null, available: null }
        : {
            reserved: show(balance.reservedFen),
            available: available === undefined ? null : show(available),
          }),
    };
  });
}

const asPerson = '--as fund-administrator --password-stdin < password-file';

interface ReverseOptions extends DeedOptions {
  readonly memo: string;
  readonly on?: string;
}

function addReverse(ledger: Command, open: () => Terminal): void {
  const reverse = byPerson(
    ledger
      .command('reverse <voucher>')
      .description('post the opposite of a voucher, once, by another person · 冲销凭证，只限一次，由他人办理')
      .requiredOption('--memo <text>', 'why · 理由')
      .option('--on <day>', 'on this day; else that of the voucher · 记于此日；未给出时同原凭证', calendarDay),
  ).action(async (voucherId: string, options: ReverseOptions) => {
    if (!isUuid(voucherId)) throw new LedgerMissing({ zh: '凭证', en: 'voucher' }, voucherId);
    const terminal = open();
    const { memo, on: effectiveDate } = options;
    const answer = await deedAs(options, 'fund.manage', ({ database, actor }) =>
      new LedgerService(database).reverse(actor, { voucherId, memo, effectiveDate }, randomUUID()),
    );
    sayMade(terminal, answer, {
      ...{ what: { zh: '凭证', en: 'voucher' }, code: '', next: [] },
      done: { zh: `冲销 ${voucherId}`, en: `reverses ${voucherId}` },
    });
  });
  withExamples(
    reverse,
    `gep ledger reverse 5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11 --memo "bank returned it" ${asPerson}`,
  );
}

function addVoid(ledger: Command, open: () => Terminal): void {
  const release = byPerson(
    ledger
      .command('void <reservation>')
      .description('void a reservation; what of it was not paid is free again · 作废预留，未付的部分释放')
      .requiredOption('--reason <text>', 'why · 理由'),
  ).action(async (reservationId: string, options: DeedOptions & { readonly reason: string }) => {
    if (!isUuid(reservationId)) throw new LedgerMissing({ zh: '预留', en: 'reservation' }, reservationId);
    const terminal = open();
    const answer = await deedAs(options, 'fund.manage', ({ database, actor }) =>
      new LedgerService(database).decide(actor, { reservationId, act: 'void', reason: options.reason }, randomUUID()),
    );
    sayMade(terminal, answer, {
      ...{ what: { zh: '预留', en: 'reservation' }, code: '', next: [] },
      done: { zh: '已作废；未付的部分释放', en: 'void: what of it was not paid is free again' },
    });
  });
  withExamples(release, `gep ledger void 5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11 --reason "not needed" ${asPerson}`);
}

function addClose(ledger: Command, open: () => Terminal): void {
  const close = byPerson(
    ledger
      .command('close <territory> <period>')
      .description(
        'close all days through the end of a period; corrections go to the open one · 结账；此后的更正记入未结账的时期',
      ),
  ).action(async (territory: string, period: string, options: DeedOptions) => {
    const terminal = open();
    const answer = await deedAs(options, 'fund.manage', async ({ database, actor, pathOf }) =>
      new LedgerService(database).closePeriod(actor, { territoryPath: await pathOf(territory), period }, randomUUID()),
    );
    sayMade(terminal, answer, {
      ...{ what: { zh: '结账', en: 'closing' }, code: `${territory} ${period}`, next: [] },
      done: { zh: `${period} 及以前各日已结账`, en: `all days through ${period} are closed` },
    });
  });
  withExamples(close, `gep ledger close 990100 2025-06 ${asPerson}`);
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
