/** `gep account show|compare`: recorded accounts, the current ones or as they were known at a moment. */
import type { Command } from 'commander';
import { operator } from '@gep/access';
import {
  AccountMissing,
  compareAccounts,
  findAccount,
  listLines,
  listVintages,
  type Account,
  type AccountRecord,
} from '@gep/accounting';
import { parsePeriod, parseTerritoryCode } from '@gep/kernel';
import { openLocalDatabase, readConfig } from '@gep/platform';
import { RulebookService } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { namesOf, renderAccount } from './render-account';
import { renderComparison } from './render-comparison';
import type { Terminal } from './terminal.service';
import { MomentInvalid } from './errors';

/** Which recorded account: `--as-of` is a moment such as 2026-03-01T00:00:00Z. */
export interface AccountChoice {
  readonly norm: string;
  readonly asOf?: string;
}

export function withAccountChoice(command: Command): Command {
  return command
    .option('--norm <id>', 'norm of the account', 'cn-terrestrial')
    .option('--as-of <moment>', 'as known at this moment; now when absent');
}

export function addAccountCommands(program: Command, open: () => Terminal): void {
  const account = program.command('account').description('recorded accounts · 账户');
  withAccountChoice(account.command('show <territory> <period>'))
    .description('one account with its vintages · 显示账户')
    .action(async (territory: string, period: string, choice: AccountChoice) =>
      showAccount(open(), territory, period, choice),
    );
  withAccountChoice(account.command('compare <territory> <before> <after>'))
    .description('two periods of a territory line by line · 比较两个核算期')
    .action(async (territory: string, before: string, after: string, choice: AccountChoice) =>
      compare(open(), territory, [before, after], choice),
    );
}

async function showAccount(
  terminal: Terminal,
  territory: string,
  period: string,
  choice: AccountChoice,
): Promise<void> {
  const { account, norm, vintages } = await reading(async (tx, rulebook) => {
    const found = await readAccount(tx, territory, period, choice);
    const edition = await rulebook.getNorm(tx, found.norm.id, found.norm.edition);
    const all = await listVintages(tx, { territory, period, normId: choice.norm });
    return { account: found, norm: edition, vintages: all };
  });
  const { language } = terminal.options;
  terminal.result({ account, vintages: vintages.map(vintageLine) }, () =>
    [
      renderAccount(account, namesOf(norm, language), language),
      ...vintages.map(
        (one) => `v${one.vintage}  ${one.recordedAt.toISOString()}  ${one.digest.slice(0, 12)}  ${one.id}`,
      ),
    ].join('\n'),
  );
}

const vintageLine = ({ id, vintage, recordedAt, digest }: AccountRecord) => ({ id, vintage, recordedAt, digest });

async function compare(
  terminal: Terminal,
  territory: string,
  [before, after]: readonly [string, string],
  choice: AccountChoice,
): Promise<void> {
  const { comparison, norm } = await reading(async (tx, rulebook) => {
    const left = await readAccount(tx, territory, before, choice);
    const right = await readAccount(tx, territory, after, choice);
    const edition = await rulebook.getNorm(tx, right.norm.id, right.norm.edition);
    return { comparison: compareAccounts(left, right), norm: edition };
  });
  const { language } = terminal.options;
  terminal.result(comparison, () => renderComparison(comparison, namesOf(norm, language), language));
}

/** Reads from the database as the operator, on one unchanging view of it. */
export async function reading<T>(work: (tx: EntityManager, rulebook: RulebookService) => Promise<T>): Promise<T> {
  const local = await openLocalDatabase(readConfig(process.env));
  try {
    return await local.database.snapshot(operator, (tx) => work(tx, new RulebookService(local.database)));
  } finally {
    await local.close();
  }
}

/** @throws AccountMissing */
export async function readAccount(
  tx: EntityManager,
  territory: string,
  period: string,
  { norm, asOf }: AccountChoice,
): Promise<Account & AccountRecord> {
  const moment = asOf === undefined ? undefined : new Date(asOf);
  if (moment && Number.isNaN(moment.getTime())) throw new MomentInvalid(asOf!);
  const query = {
    territory: parseTerritoryCode(territory),
    period: parsePeriod(period),
    norm: { id: norm },
    asOf: moment,
  };
  const record = await findAccount(tx, query);
  if (!record) throw new AccountMissing({ territory, period, norm, asOf });
  const lines = (await listLines(tx, [record.id])).get(record.id)!;
  return { ...record, lines, children: [], baseSums: null };
}
