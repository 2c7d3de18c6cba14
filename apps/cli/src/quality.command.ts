/** `gep quality`: what is wrong or wants a word in an account, in two periods of it, or in the tables of a study. */
import type { Command } from 'commander';
import {
  checkQuality,
  computeAccount,
  stateAccounts,
  stateCase,
  stateReport,
  stateTables,
  type Account,
  type QualityReport,
  type StatedAccount,
} from '@gep/accounting';
import { checkFile, findStatistics, type StatisticRow, vocabularyOf } from '@gep/observation';
import { loadNorm, loadQualityRules, loadStudy, type NormEdition, type QualityRules } from '@gep/rulebook';
import { chosenAccounts } from './machine/chosen-accounts.service';
import { reading } from './machine/opened-database.service';
import { readSource, withFiles } from './compute.command';
import { readReport } from './quality/report-tables.loader';
import { observedPeriods } from './observed-file.loader';
import { readSettings } from './machine/settings.loader';
import { renderQuality } from './rendering/quality/render-quality';
import { listOf, moment, withExamples } from './terminal/arguments.command';
import { exitCodes } from './terminal/failure';
import type { Terminal } from './terminal/terminal.service';

interface QualityOptions {
  readonly case?: string;
  readonly tables?: readonly string[];
  readonly norm: string;
  readonly observations?: readonly string[];
  readonly territory?: string;
  readonly period?: readonly string[];
  readonly people?: readonly string[];
  readonly asOf?: Date;
}

export function addQualityCommand(program: Command, open: () => Terminal): void {
  const collect = (file: string, earlier: readonly string[] = []): readonly string[] => [...earlier, file];
  const command = withFiles(program.command('quality'))
    .description('checks of an account by grades A to D; ends with 1 when something must be mended · 质量检查')
    .option(
      '--case <name-or-folder>',
      'the printed tables of a study: a name of rulebook/cases, or a folder with published.yaml · 研究的刊载表：rulebook/cases 中的名称，或含 published.yaml 的目录',
    )
    .option(
      '--tables <file>',
      'tables of a published report, CSV, XLSX or JSON, with no norm behind them; repeatable (docs/how-to-account-a-paper.md, 7) · 已发布报告的表格，无须规范；可重复给出',
      collect,
    )
    .option('--norm <id-or-folder>', 'norm, or a folder with one · 规范，或规范所在的目录', 'cn-terrestrial')
    .option(
      '--territory <code>',
      'only this territory; without files, the recorded one · 只取该地域；不给文件时取已记录的账户',
    )
    .option(
      '--period <periods>',
      'periods, comma-separated; each is compared with the one before · 核算期，逗号分隔；每期与前一期比较',
      listOf,
    )
    .option('--people <numbers>', 'inhabitants of each period, comma-separated · 各期人口，逗号分隔', listOf)
    .option('--as-of <moment>', 'recorded accounts as known at this moment · 按此时刻已知的已记录账户', moment)
    .action(async (options: QualityOptions, self: Command) => {
      if (!options.case && !options.tables && !options.observations && !(options.territory && options.period))
        self.error(
          'error: give --case, --tables, --observations, or --territory and --period · 请给出 --case、--tables、--observations，或 --territory 与 --period',
          { exitCode: exitCodes.usage },
        );
      await check(open(), options);
    });
  withExamples(
    command,
    'gep quality --case jinsha-mine',
    'gep quality --case ./my-paper',
    'gep quality --tables report.xlsx',
    'gep quality --norm jinsha-mine-2026 --observations rulebook/cases/jinsha-mine/observations.json --json',
    'gep quality --territory 520523-jinsha-mine --period 2021,2024 --norm jinsha-mine-2026      # recorded · 已记录的账户',
  );
}

async function check(terminal: Terminal, options: QualityOptions): Promise<void> {
  const rules = await loadQualityRules(readSettings().rulebookDir);
  const stated = await statedOf(terminal, options, rules);
  const reports = stated.map((one) => checkQuality(one, rules));
  const { language } = terminal.options;
  terminal.result(reports, () => reports.map((report) => renderQuality(report, language)).join('\n\n'));
  if (reports.some(({ counts }: QualityReport) => counts.A > 0)) process.exitCode = exitCodes.refused;
}

async function statedOf(terminal: Terminal, options: QualityOptions, rules: QualityRules): Promise<StatedAccount[]> {
  if (options.case) return statedStudy(options.case, rules);
  if (!options.tables) return statedAccounts(terminal, options, rules);
  return stateReport(await readReport(options.tables), await loadNorm(options.norm, readSettings().rulebookDir));
}

/** The printed figures of a study; a study of tables has one account for each of its territories. */
async function statedStudy(name: string, rules: QualityRules): Promise<StatedAccount[]> {
  const { rulebookDir } = readSettings();
  const study = await loadStudy(name, rulebookDir);
  const norm = await loadNorm(study.form === 'tables' ? study.norm : study.published.norm, rulebookDir);
  const periods = observedPeriods(await checkFile(study.observations, vocabularyOf(norm)));
  if (study.form === 'columns') return [stateCase(study.published, norm, periods, rules)];
  return stateTables(
    norm,
    study.printed,
    periods.map((observed) => computeAccount(norm, observed)),
  );
}

/** One stated account for each territory. */
async function statedAccounts(
  terminal: Terminal,
  options: QualityOptions,
  rules: QualityRules,
): Promise<StatedAccount[]> {
  const { norm, accounts, statistics } = await accountsOf(terminal, options);
  const territories = [...new Set(accounts.map(({ territory }) => territory))];
  return territories.map((territory) => {
    const own = accounts.filter((account) => account.territory === territory);
    const people = (options.people ?? []).flatMap((text, at) => (own[at] ? [[own[at].period, text] as const] : []));
    return stateAccounts(own, norm, rules, {
      people: Object.fromEntries(people),
      statistics: Object.fromEntries(own.map((account) => [account.period, statistics.get(account) ?? []])),
    });
  });
}

async function accountsOf(
  terminal: Terminal,
  { norm: id, observations, territory, period, asOf }: QualityOptions,
): Promise<{ norm: NormEdition; accounts: readonly Account[]; statistics: Reported }> {
  if (!observations) {
    const chosen = await chosenAccounts(terminal, territory!, period!, { norm: id, asOf });
    return { ...chosen, statistics: await reportedTo(chosen.accounts) };
  }
  const { norm, periods } = await readSource(terminal, { norm: id, observations, territory });
  const wanted = periods.filter((observed) => !period || period.includes(observed.period));
  const statistics = new Map(wanted.map((observed) => [computeAccount(norm, observed), observed.statistics]));
  return { norm, accounts: [...statistics.keys()], statistics };
}

/** What was reported to each account; nothing to those that were added up. */
type Reported = ReadonlyMap<Account, readonly StatisticRow[]>;

function reportedTo(accounts: readonly Account[]): Promise<Reported> {
  return reading(async (tx) => {
    const reported = new Map<Account, readonly StatisticRow[]>();
    for (const account of accounts) {
      const { territory, period, norm, observationDigest: digest } = account;
      reported.set(account, await findStatistics(tx, { territory, period, normId: norm.id, digest }));
    }
    return reported;
  });
}
