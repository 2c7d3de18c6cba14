/** `gep compute`, and what `gep explain` gives for files: accounts from a norm and files, with no database. */
import type { Command } from 'commander';
import {
  computeAccount,
  crossTables,
  explainAccount,
  type Account,
  type ExplainNode,
  type ExplainSelection,
  type ObservedPeriod,
} from '@gep/accounting';
import { DomainError, parsePeriod, parseTerritoryCode } from '@gep/kernel';
import type { CheckOutcome } from '@gep/observation';
import { loadNorm, type NormEdition } from '@gep/rulebook';
import { withExamples } from './terminal/arguments.command';
import { NothingSelected, NothingUsable } from './errors';
import { exitCodes } from './terminal/failure';
import { checkObservationFiles, observedPeriods } from './observed-file.loader';
import { namesOf, renderAccount } from './rendering/render-account';
import { renderCrossTables } from './rendering/render-cross-tables';
import { renderExplanation } from './rendering/render-explanation';
import { renderProblems } from './rendering/render-problems';
import { readSettings } from './machine/settings.loader';
import type { Terminal } from './terminal/terminal.service';

/** A norm, the files of one import, and the part of them that is wanted. */
export interface FileSource {
  readonly norm: string;
  readonly observations: readonly string[];
  readonly territory?: string;
  readonly period?: string;
  /** Nothing is computed when any row is wrong. */
  readonly allOrNothing?: true;
}

/** Adds the options that name files; given several times, the files are one import. */
export function withFiles(command: Command): Command {
  const collect = (file: string, earlier: readonly string[] = []): readonly string[] => [...earlier, file];
  return command.option(
    '--observations <file>',
    'JSON, CSV or XLSX; repeat it for further tables · JSON、CSV 或 XLSX 文件；可重复给出多张表',
    collect,
  );
}

interface ComputeOptions extends FileSource {
  readonly tables?: true;
}

export function addComputeCommand(program: Command, open: () => Terminal): void {
  const command = withFiles(program.command('compute'))
    .requiredOption(
      '--norm <id-or-folder>',
      'norm of the rulebook, or a folder with one · 规则库中的规范，或规范所在的目录',
    )
    .option('--territory <code>', 'only this territory · 只取该地域')
    .option('--period <period>', 'only this period · 只取该核算期')
    .option('--all-or-nothing', 'compute nothing when any row is wrong · 任何一行有错时不计算')
    .option(
      '--tables',
      'cross tables of all territories and periods: service × type, × territory, × period · 各地域、各核算期的交叉表',
    )
    .description('compute accounts from files, without a database · 由文件计算账户')
    .action(async (options: ComputeOptions, self: Command) => {
      if (!options.observations)
        self.error('error: give --observations <file> · 请用 --observations 给出文件', { exitCode: exitCodes.usage });
      await compute(open(), options);
    });
  withExamples(
    command,
    'gep compute --norm jinsha-mine-2026 --observations rulebook/cases/jinsha-mine/observations.json',
    'gep compute --norm ./my-norm --observations extent.csv --observations statistics.csv --json',
    'gep compute --norm ./my-norm --observations farms.json --tables',
  );
}

async function compute(terminal: Terminal, options: ComputeOptions): Promise<void> {
  const { norm, periods } = await readSource(terminal, options);
  const { language } = terminal.options;
  const accounts = eachOrRefused(terminal, periods, (observed) => computeAccount(norm, observed));
  const names = namesOf(norm, language);
  const shown = accounts.map(withoutSums);
  if (options.tables) {
    const tables = crossTables(accounts);
    terminal.result({ accounts: shown, tables }, () => renderCrossTables(tables, norm, language));
    return;
  }
  terminal.result(shown, () => accounts.map((account) => renderAccount(account, names, language)).join('\n\n\n'));
}

/** The kept base sums serve later recomputation; a reader of the account has no use for them. */
const withoutSums = ({ baseSums: _, ...account }: Account): Omit<Account, 'baseSums'> => account;

/** Explains accounts of files; `explain` without files asks the database. */
export async function explainFiles(terminal: Terminal, options: FileSource & ExplainSelection): Promise<void> {
  const { norm, periods } = await readSource(terminal, options);
  const explain = (observed: ObservedPeriod): ExplainNode =>
    explainAccount(norm, observed, computeAccount(norm, observed), options);
  const trees = eachOrRefused(terminal, periods, explain);
  terminal.result(trees, () =>
    trees.map((tree) => renderExplanation(tree, norm, terminal.options.language)).join('\n\n'),
  );
}

/** What cannot be computed does not keep back the rest; it is told beside the result. Throws when nothing can be. */
export function eachOrRefused<T>(
  terminal: Terminal,
  periods: readonly ObservedPeriod[],
  compute: (observed: ObservedPeriod) => T,
): T[] {
  const refusals: DomainError[] = [];
  const results = periods.flatMap((observed) => {
    try {
      return [compute(observed)];
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      refusals.push(error);
      return [];
    }
  });
  const told = results.length === 0 ? refusals.slice(0, -1) : refusals;
  for (const refusal of told) terminal.failed(refusal);
  if (results.length === 0) throw refusals.at(-1)!;
  return results;
}

/** What is good in the files and wanted; what is wrong is told beside the result. @throws NothingUsable, NothingSelected */
export async function readSource(
  terminal: Terminal,
  { norm: id, observations, allOrNothing, ...wanted }: FileSource,
): Promise<{ norm: NormEdition; periods: ObservedPeriod[] }> {
  const territory = wanted.territory && parseTerritoryCode(wanted.territory);
  const period = wanted.period && parsePeriod(wanted.period);
  const norm = await loadNorm(id, readSettings().rulebookDir);
  const outcome = await checkObservationFiles(norm, observations);
  tellProblems(terminal, outcome);
  const { errors } = outcome.counts;
  const all = errors > 0 && allOrNothing ? [] : observedPeriods(outcome);
  if (all.length === 0) throw new NothingUsable(errors);
  const periods = all.filter(
    (observed) => (!territory || observed.territory === territory) && (!period || observed.period === period),
  );
  if (periods.length === 0) throw new NothingSelected(all.map((each) => `${each.territory} ${each.period}`));
  return { norm, periods };
}

/** What is wrong with the files; the command ends with 1 where a row was refused. */
export function tellProblems(terminal: Terminal, { problems, counts, accepted }: CheckOutcome): void {
  if (counts.errors > 0) process.exitCode = exitCodes.refused;
  if (problems.length > 0) {
    const text = { zh: renderProblems(problems, 'zh'), en: renderProblems(problems, 'en') };
    terminal.remark(text, { problems, counts });
  }
  for (const { territory, period, refusedRows } of accepted.filter((one) => one.refusedRows > 0)) {
    const text = {
      zh: `${territory} ${period}：有 ${refusedRows} 行被拒绝，其账户不完整`,
      en: `${territory} ${period}: ${refusedRows} ${refusedRows === 1 ? 'row was' : 'rows were'} refused, its account is incomplete`,
    };
    terminal.remark(text, { incomplete: { territory, period, refusedRows } });
  }
}
