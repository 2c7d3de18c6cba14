/** `gep ledger check|show|journal|open|post|reverse|close`: the book of double entries from a terminal. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import { operator } from '@gep/access';
import { formatYuan } from '@gep/kernel';
import {
  availableFen,
  balancesAt,
  findBookHead,
  LedgerMissing,
  LedgerService,
  listAccounts,
  readBookFacts,
  reportInvariants,
  signRules,
  verifyBook,
  type InvariantResult,
  type LedgerAnswer,
  type SignRule,
  type VoucherDraft,
} from '@gep/ledger';
import type { Database } from '@gep/platform';
import { getTerritory } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { ObservationsUnreadable } from '../errors';
import { reading, withDatabase } from '../machine/opened-database.service';
import { renderTable } from '../rendering/text-table';
import { calendarDay, moment, withExamples, wholeNumber } from '../terminal/arguments.command';
import { exitCodes, fileFailure } from '../terminal/failure';
import type { Terminal } from '../terminal/terminal.service';
import { addLedgerLists } from './ledger-lists.command';
import { addJournal } from './journal.command';
import { isUuid, parseVoucherFile, type VoucherFile } from './voucher-file';

export function addLedgerCommands(program: Command, open: () => Terminal): void {
  const ledger = program
    .command('ledger')
    .description('the book of double entries: accounts, vouchers, reservations · 复式账簿：科目、凭证、预留');
  addCheck(ledger, open);
  addShow(ledger, open);
  addJournal(ledger, open);
  addOpen(ledger, open);
  addPost(ledger, open);
  addReverse(ledger, open);
  addClose(ledger, open);
  addLedgerLists(ledger, open);
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
        const chain = await verifyBook(tx, noted);
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
        renderTable(
          [
            ...[
              { zh: '地域', en: 'Territory' },
              { zh: '科目', en: 'Account' },
              { zh: '名称', en: 'Name' },
            ].map((heading) => ({ heading: terminal.say(heading) })),
            ...[
              { zh: '余额', en: 'Posted' },
              { zh: '预留', en: 'Reserved' },
              { zh: '可用', en: 'Available' },
            ].map((heading) => ({ heading: terminal.say(heading), numeric: true })),
          ],
          rows.map((row) => [
            row.territory,
            row.code,
            terminal.say({ zh: row.nameZh, en: row.nameEn }),
            row.posted,
            row.reserved ?? '',
            row.available ?? '',
          ]),
        ),
      );
    });
  withExamples(show, 'gep ledger show', 'gep ledger show eco. --on 2025-12-31 --known 2026-01-31');
}

/** Yuan; a debit is positive. What is reserved and available is told of now only. */
async function accountRows(tx: EntityManager, code: string | undefined, { on, known }: ShowOptions) {
  const accounts = await listAccounts(tx, { code });
  const past = on !== undefined || known !== undefined;
  const ids = accounts.map(({ account }) => account.id);
  const then = past ? await balancesAt(tx, ids, { effectiveThrough: on, knownAt: known?.toISOString() }) : undefined;
  return accounts.map(({ account, balance }) => {
    const available = availableFen(account.signRule, balance);
    const { id, code: name, nameZh, nameEn, signRule, territoryPath } = account;
    return {
      ...{ id, code: name, nameZh, nameEn, signRule, territory: territoryPath.split('.').at(-1)! },
      posted: formatYuan(then ? (then.get(id) ?? 0n) : balance.postedFen),
      ...(past
        ? { reserved: null, available: null }
        : {
            reserved: formatYuan(balance.reservedFen),
            available: available === undefined ? null : formatYuan(available),
          }),
    };
  });
}

interface OpenOptions {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly side: SignRule;
  readonly byParty?: true;
  readonly byReservation?: true;
}

function addOpen(ledger: Command, open: () => Terminal): void {
  const account = ledger
    .command('open <territory> <code>')
    .description('open an account · 开立科目')
    .requiredOption('--name-zh <text>', 'name in Chinese · 中文名称')
    .requiredOption('--name-en <text>', 'name in English · 英文名称')
    .addOption(
      new Option('--side <side>', 'on which side its balance may stand · 余额可在哪一方')
        .choices([...signRules])
        .default('either'),
    )
    .option('--by-party', 'every posting names a party · 分录须写明对方')
    .option('--by-reservation', 'money leaves it by reservation only · 只能凭预留支出')
    .action(async (territory: string, code: string, options: OpenOptions) => {
      await act(open(), async (service, pathOf) =>
        service.openAccount(
          operator,
          {
            ...{ code, nameZh: options.nameZh, nameEn: options.nameEn, signRule: options.side },
            ...{ byParty: options.byParty ?? false, byReservation: options.byReservation ?? false },
            territoryPath: await pathOf(territory),
          },
          randomUUID(),
        ),
      );
    });
  withExamples(account, 'gep ledger open 990101 county.cash --name-zh cash --name-en cash --side debit');
}

function addPost(ledger: Command, open: () => Terminal): void {
  const post = ledger
    .command('post <file>')
    .description(
      'post the voucher of a JSON file; the same file again changes nothing · 过账 JSON 文件中的凭证；重复过账不再改变',
    )
    .action(async (file: string) => {
      const text = await readFile(file, 'utf8').catch((error: unknown) => {
        throw new ObservationsUnreadable(file, fileFailure(error));
      });
      const voucher = parseVoucherFile(file, text);
      await act(open(), async (service, pathOf, database) =>
        service.post(operator, await draftOf(database, voucher, pathOf), randomUUID()),
      );
    });
  withExamples(post, 'gep ledger post voucher.json');
}

function addReverse(ledger: Command, open: () => Terminal): void {
  const reverse = ledger
    .command('reverse <voucher>')
    .description('post the opposite of a voucher, once · 冲销凭证，只限一次')
    .requiredOption('--memo <text>', 'why · 理由')
    .option('--on <day>', 'on this day; else that of the voucher · 记于此日；未给出时同原凭证', calendarDay)
    .action(async (voucherId: string, { memo, on: effectiveDate }: { memo: string; on?: string }) => {
      if (!isUuid(voucherId)) throw new LedgerMissing({ zh: '凭证', en: 'voucher' }, voucherId);
      await act(open(), (service) => service.reverse(operator, { voucherId, memo, effectiveDate }, randomUUID()));
    });
  withExamples(reverse, 'gep ledger reverse 5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11 --memo "bank returned it"');
}

function addClose(ledger: Command, open: () => Terminal): void {
  const close = ledger
    .command('close <territory> <period>')
    .description(
      'close all days through the end of a period; corrections go to the open one · 结账；此后的更正记入未结账的时期',
    )
    .action(async (territory: string, period: string) => {
      await act(open(), async (service, pathOf) =>
        service.closePeriod(operator, { territoryPath: await pathOf(territory), period }, randomUUID()),
      );
    });
  withExamples(close, 'gep ledger close 990100 2025-06');
}

type PathOf = (territory: string) => Promise<string>;

async function act(
  terminal: Terminal,
  deed: (service: LedgerService, pathOf: PathOf, database: Database) => Promise<LedgerAnswer>,
): Promise<void> {
  const answer = await withDatabase(({ database }) => {
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const pathOf: PathOf = async (territory) =>
      (await database.snapshot(operator, (tx) => getTerritory(tx, territory, today))).path;
    return deed(new LedgerService(database), pathOf, database);
  });
  terminal.result(answer, () =>
    terminal.say(
      answer.replayed
        ? { zh: `${answer.id}（此前已经办理，未作改变）`, en: `${answer.id} (done before; nothing was changed)` }
        : { zh: answer.id, en: answer.id },
    ),
  );
}

/** @throws LedgerMissing when an account is in neither the territory of its posting nor any above it */
async function draftOf(database: Database, file: VoucherFile, pathOf: PathOf): Promise<VoucherDraft> {
  const { territory, about, postings, ...head } = file;
  const territoryPath = await pathOf(territory);
  const accounts = await database.snapshot(operator, (tx) => listAccounts(tx));
  const placed = await Promise.all(
    postings.map(async ({ account: code, party, amountFen, territory: own, vintage, ...basis }) => {
      const path = own === null ? territoryPath : await pathOf(own);
      const fitting = accounts
        .filter(({ account }) => account.code === code && `${path}.`.startsWith(`${account.territoryPath}.`))
        .sort((a, b) => b.account.territoryPath.length - a.account.territoryPath.length);
      if (fitting.length === 0) throw new LedgerMissing({ zh: '科目', en: 'account' }, code);
      const accountId = fitting[0].account.id;
      return { accountId, party, amountFen, territoryPath: path, basis: { ...basis, vintageId: vintage } };
    }),
  );
  return { ...head, territoryPath, aboutVoucher: about, postings: placed };
}
