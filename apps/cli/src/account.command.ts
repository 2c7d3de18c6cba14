/** `gep account show|compare`: recorded accounts, the current ones or as they were known at a moment. */
import type { Command } from 'commander';
import {
  compareAccounts,
  findBoundaryBreak,
  getAccount,
  listChildren,
  listLines,
  listRefusedParts,
  listVintages,
  refusalOf,
  textOfDivided,
  type Account,
  type AccountRecord,
  type RefusedPart,
} from '@gep/accounting';
import { parsePeriod, parseTerritoryCode, type Bilingual } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import { moment, withExamples } from './terminal/arguments.command';
import { addSeriesCommand } from './series/series.command';
import { reading } from './machine/opened-database.service';
import { namesOf, renderAccount } from './rendering/render-account';
import { renderComparison } from './rendering/render-comparison';
import type { Terminal } from './terminal/terminal.service';
import { beijingMoment } from './terminal/beijing-time';

/** Which recorded account. */
export interface AccountChoice {
  readonly norm: string;
  readonly asOf?: Date;
  readonly published?: true;
}

export function withAccountChoice(command: Command): Command {
  return command
    .option('--norm <id>', 'norm of the account · 账户所依据的规范', 'cn-terrestrial')
    .option(
      '--as-of <moment>',
      'as known at this moment, for example 2026-03-01T00:00:00Z; now when absent · 该时刻所知的账户，如 2026-03-01T00:00:00Z；未给出时为现在',
      moment,
    )
    .option('--published', 'only what was published (by then) · 只看（其时）已发布的账户');
}

/** @returns the command that other verbs of accounts are added to */
export function addAccountCommands(program: Command, open: () => Terminal): Command {
  const account = program.command('account').description('recorded accounts · 账户');
  const show = withAccountChoice(account.command('show <territory> <period>'))
    .description('one account with its vintages · 显示账户')
    .action(async (territory: string, period: string, choice: AccountChoice) =>
      showAccount(open(), territory, period, choice),
    );
  withExamples(
    show,
    'gep account show 520523-jinsha-mine 2024 --norm jinsha-mine-2026',
    'gep account show 520523 2024 --as-of 2026-03-01T00:00:00Z --json',
  );
  const compare = withAccountChoice(account.command('compare <territory> <before> <after>'))
    .description('two periods of a territory, service by service · 比较两个核算期')
    .action(async (territory: string, before: string, after: string, choice: AccountChoice) =>
      compareTwo(open(), territory, [before, after], choice),
    );
  withExamples(compare, 'gep account compare 520523-jinsha-mine 2021 2024 --norm jinsha-mine-2026');
  addSeriesCommand(account, open);
  return account;
}

async function showAccount(
  terminal: Terminal,
  territory: string,
  period: string,
  choice: AccountChoice,
): Promise<void> {
  const { account, norm, vintages, refused } = await reading(async (tx, rulebook) => {
    const found = await readAccount(tx, territory, period, choice);
    const edition = await rulebook.getNorm(tx, found.norm.id, found.norm.edition);
    const children = await listChildren(tx, found.id);
    const all = await listVintages(tx, { territory, period: parsePeriod(period), normId: choice.norm });
    const account = { ...found, children };
    return { account, norm: edition, vintages: all, refused: await listRefusedParts(tx, found) };
  });
  const { language } = terminal.options;
  const line = (one: AccountRecord) => ({ ...vintageLine(one), shown: one.id === account.id });
  terminal.result({ account, refused, vintages: vintages.map(line) }, () =>
    [
      renderAccount(account, namesOf(norm, language), language),
      ...(account.origin === 'divided' ? [textOfDivided(account)[language]] : []),
      ...refused.map((part) => refusedLine(part)[language]),
      ...vintages.map((one) =>
        [
          ...[`v${one.vintage}`, beijingMoment(one.recordedAt), one.digest.slice(0, 12), one.id],
          ...(one.id === account.id ? [terminal.say(shownMark)] : []),
        ].join('  '),
      ),
    ].join('\n'),
  );
}

/** At the vintage that holds by the choice made: now, at a moment, or among what was published. */
const shownMark: Bilingual = { zh: '← 所示账户', en: '← the account shown' };

const refusedLine = ({ territory, rows, batch }: RefusedPart): Bilingual => ({
  zh: `  ${territory}：${rows} 行${batch === null ? '' : `（批次 ${batch}）`}`,
  en: `  ${territory}: ${rows} rows${batch === null ? '' : ` (batch ${batch})`}`,
});

const vintageLine = ({ id, vintage, recordedAt, digest }: AccountRecord) => ({ id, vintage, recordedAt, digest });

async function compareTwo(
  terminal: Terminal,
  territory: string,
  [before, after]: readonly [string, string],
  choice: AccountChoice,
): Promise<void> {
  const { comparison, norm, broken } = await reading(async (tx, rulebook) => {
    const left = await readAccount(tx, territory, before, choice);
    const right = await readAccount(tx, territory, after, choice);
    const edition = await rulebook.getNorm(tx, right.norm.id, right.norm.edition);
    const broken = await findBoundaryBreak(tx, left.territory, [left.period, right.period]);
    return { comparison: compareAccounts(left, right), norm: edition, broken };
  });
  const { language } = terminal.options;
  if (broken) terminal.remark(broken.text, broken.facts);
  terminal.result({ ...comparison, ...(broken && { refusal: refusalOf(broken) }) }, () =>
    renderComparison(comparison, namesOf(norm, language), language),
  );
}

/** @throws AccountMissing, InvalidTerritoryCode, InvalidPeriod */
export async function readAccount(
  tx: EntityManager,
  territory: string,
  period: string,
  { norm, asOf, published }: AccountChoice,
): Promise<Account & AccountRecord> {
  const query = {
    territory: parseTerritoryCode(territory),
    period: parsePeriod(period),
    norm: { id: norm },
    asOf,
    published,
  };
  const record = await getAccount(tx, query);
  const lines = (await listLines(tx, [record.id])).get(record.id)!;
  return { ...record, lines, children: [], baseSums: null };
}
