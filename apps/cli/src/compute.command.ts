/** `gep compute` and `gep explain --observations`: accounts from a norm and a file, with no database. */
import type { Command } from 'commander';
import {
  computeAccount,
  explainAccount,
  type Account,
  type ExplainSelection,
  type ObservedPeriod,
} from '@gep/accounting';
import { readConfig } from '@gep/platform';
import { loadNorm, type NormEdition } from '@gep/rulebook';
import { exitCodes } from './failure';
import { checkObservationFile, observedPeriods } from './observed-file.loader';
import { namesOf, renderAccount } from './render-account';
import { renderExplanation } from './render-explanation';
import { renderProblems } from './render-problems';
import type { Terminal } from './terminal.service';
import { NothingSelected } from './errors';

/** A norm, a file, and the part of it that is wanted. */
export interface FileSource {
  readonly norm: string;
  readonly observations: string;
  readonly territory?: string;
  readonly period?: string;
}

export function addComputeCommand(program: Command, open: () => Terminal): void {
  program
    .command('compute')
    .requiredOption('--norm <id-or-folder>', 'norm of the rulebook, or a folder with one')
    .requiredOption('--observations <file>', 'JSON, CSV or XLSX')
    .option('--territory <code>', 'only this territory')
    .option('--period <period>', 'only this period')
    .description('compute accounts from a file, without a database · 由文件计算账户')
    .option('--all-or-nothing', 'compute nothing when any row is wrong')
    .action(async (options: FileSource & { allOrNothing?: true }) => compute(open(), options));
}

async function compute(terminal: Terminal, options: FileSource & { allOrNothing?: true }): Promise<void> {
  const { norm, periods } = await readSource(terminal, options, options.allOrNothing ?? false);
  const accounts = periods.map((observed) => computeAccount(norm, observed));
  const names = namesOf(norm, terminal.options.language);
  terminal.result(accounts.map(withoutSums), () =>
    accounts.map((account) => renderAccount(account, names, terminal.options.language)).join('\n\n\n'),
  );
}

/** The kept base sums serve later recomputation; a reader of the account has no use for them. */
const withoutSums = ({ baseSums: _, ...account }: Account): Omit<Account, 'baseSums'> => account;

/** Explains accounts of a file; `explain` without a file asks the database. */
export async function explainFile(terminal: Terminal, options: FileSource & ExplainSelection): Promise<void> {
  const { norm, periods } = await readSource(terminal, options, false);
  const trees = periods.map((observed) => explainAccount(norm, observed, computeAccount(norm, observed), options));
  terminal.result(trees, () => trees.map((tree) => renderExplanation(tree, terminal.options.language)).join('\n\n'));
}

async function readSource(
  terminal: Terminal,
  { norm: id, observations, territory, period }: FileSource,
  allOrNothing: boolean,
): Promise<{ norm: NormEdition; periods: ObservedPeriod[] }> {
  const norm = await loadNorm(id, readConfig(process.env).rulebookDir);
  const outcome = await checkObservationFile(norm, observations);
  const { problems, counts } = outcome;
  if (problems.length > 0) {
    const text = { zh: renderProblems(problems, 'zh'), en: renderProblems(problems, 'en') };
    if (terminal.options.json) process.stderr.write(`${JSON.stringify({ problems, counts })}\n`);
    else terminal.remark(text);
  }
  if (counts.errors > 0) process.exitCode = exitCodes.refused;
  for (const { territory: code, period: when, refusedRows } of outcome.accepted.filter((one) => one.refusedRows > 0))
    terminal.remark({
      zh: `${code} ${when}：有 ${refusedRows} 行被拒绝，其账户不完整`,
      en: `${code} ${when}: ${refusedRows} rows were refused, its account is incomplete`,
    });
  const all = counts.errors > 0 && allOrNothing ? [] : observedPeriods(outcome);
  const periods = all.filter(
    (observed) =>
      (territory === undefined || observed.territory === territory) &&
      (period === undefined || observed.period === period),
  );
  if (periods.length === 0)
    throw new NothingSelected(all.map((observed) => `${observed.territory} ${observed.period}`));
  return { norm, periods };
}
