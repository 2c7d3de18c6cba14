/** `gep indicator`: an account beside GDP, people and area; the two products are compared and never added. */
import { InvalidArgumentError, type Command } from 'commander';
import {
  computeAccount,
  findBoundaryBreak,
  indicatorReport,
  type Account,
  type IndicatorDefinition,
  type IndicatorFact,
  type IndicatorReport,
} from '@gep/accounting';
import type { DomainError } from '@gep/kernel';
import type { NormEdition } from '@gep/rulebook';
import { readAccount, withAccountChoice, type AccountChoice } from './account.command';
import { eachOrRefused, readSource, withFiles } from './compute.command';
import { reading } from './machine/opened-database.service';
import { renderIndicators } from './rendering/indicator/render-indicators';
import { namesOf } from './rendering/render-account';
import { withExamples } from './terminal/arguments.command';
import { exitCodes } from './terminal/failure';
import type { Terminal } from './terminal/terminal.service';

interface IndicatorOptions extends AccountChoice {
  readonly observations?: readonly string[];
  readonly territory?: string;
  readonly period?: string;
  readonly since?: string;
  readonly fact?: readonly Omit<IndicatorFact, 'source'>[];
  readonly source?: readonly { readonly name: string; readonly text: string }[];
  readonly define?: readonly IndicatorDefinition[];
}

export function addIndicatorCommand(program: Command, open: () => Terminal): void {
  const command = withFiles(withAccountChoice(program.command('indicator')))
    .description('GEP per hm² and head, beside GDP, and how areas change · 与 GDP 并列的各项指标')
    .option('--territory <code>', 'only this territory · 只取该地域')
    .option('--period <period>', 'only this period · 只取该核算期')
    .option('--since <period>', 'earlier period that areas are compared with · 面积变化的起始核算期')
    .option(
      '--fact <name=value unit>',
      'GDP, population, area, realised or possible · GDP、人口（population）、面积（area）、已实现（realised）或可实现（possible）价值',
      addFact,
    )
    .option('--source <name=text>', 'where that figure is from · 该数的出处', addSource)
    .option('--define <code=expression>', 'an indicator of your own · 自定指标', addDefinition)
    .action(async (options: IndicatorOptions, self: Command) => {
      if (!options.observations && !(options.territory && options.period))
        self.error(
          'error: give --observations <file>, or --territory and --period · 请用 --observations 给出文件，或给出 --territory 和 --period',
          { exitCode: exitCodes.usage },
        );
      const terminal = open();
      const { norm, accounts, broken } = options.observations
        ? await accountsOfFiles(terminal, options, options.observations)
        : await accountsOfRecords(options);
      const reports = reportsOf(norm, accounts, options, broken);
      const { language } = terminal.options;
      terminal.result(reports, () =>
        reports.map((report) => renderIndicators(report, namesOf(norm, language), language)).join('\n\n\n'),
      );
    });
  withExamples(
    command,
    'gep indicator --norm jinsha-mine-2026 --observations rulebook/cases/jinsha-mine/observations.json --since 2021 \\',
    '  --fact "GDP=52000000 yuan" --source "GDP=yearbook 2025, table 2-1" --define "twice=2 * GEP / GDP"',
    'gep indicator --territory 520523 --period 2024 --fact "population=56 person" --source "population=census"',
  );
}

const addFact = (text: string, earlier: readonly Omit<IndicatorFact, 'source'>[] = []) => {
  const [, name, value, unit] = /^\s*([^=\s]+)\s*=\s*([-+\d.,/eE]+)\s*(\S.*?)\s*$/.exec(text) ?? [];
  if (name !== undefined) return [...earlier, { name, value: value.replaceAll(',', ''), unit }];
  throw new InvalidArgumentError('give a figure as "GDP=52000000 yuan" · 请按 "GDP=52000000 元" 的格式给出');
};

const addSource = (text: string, earlier: NonNullable<IndicatorOptions['source']> = []) => {
  const { code: name, rest } = parted(text);
  return [...earlier, { name, text: rest }];
};

const addDefinition = (text: string, earlier: readonly IndicatorDefinition[] = []) => {
  const { code, rest: expression } = parted(text);
  return [...earlier, { code, name: { zh: code, en: code }, expression }];
};

function parted(text: string): { code: string; rest: string } {
  const [, code, rest] = /^\s*([^=\s]+)\s*=\s*(\S.*)$/.exec(text) ?? [];
  if (code !== undefined) return { code, rest };
  throw new InvalidArgumentError('give it as name=text · 请按 名称=内容 的格式给出');
}

interface ReadAccounts {
  readonly norm: NormEdition;
  readonly accounts: readonly Account[];
  readonly broken?: DomainError;
}

async function accountsOfFiles(
  terminal: Terminal,
  { norm: id, territory }: IndicatorOptions,
  observations: readonly string[],
): Promise<ReadAccounts> {
  const { norm, periods } = await readSource(terminal, { norm: id, observations, territory });
  return { norm, accounts: eachOrRefused(terminal, periods, (observed) => computeAccount(norm, observed)) };
}

async function accountsOfRecords(options: IndicatorOptions): Promise<ReadAccounts> {
  const { territory, period, since } = options;
  return reading(async (tx, rulebook) => {
    const account = await readAccount(tx, territory!, period!, options);
    const earlier = since === undefined ? [] : [await readAccount(tx, territory!, since, options)];
    const norm = await rulebook.getNorm(tx, account.norm.id, account.norm.edition);
    const broken =
      since === undefined ? undefined : await findBoundaryBreak(tx, account.territory, [since, account.period]);
    return { norm, accounts: [...earlier, account], broken };
  });
}

function reportsOf(
  norm: NormEdition,
  accounts: readonly Account[],
  options: IndicatorOptions,
  broken: DomainError | undefined,
): IndicatorReport[] {
  const { fact = [], source = [], define: definitions = [], period, since } = options;
  const sources = new Map(source.map(({ name, text }) => [name, text]));
  const facts = fact.map((one): IndicatorFact => ({ ...one, source: sources.get(one.name) ?? '' }));
  const wanted = accounts.filter((account) => account.period !== since && (!period || account.period === period));
  return wanted.map((account) => {
    const earlier = accounts.find((other) => other.territory === account.territory && other.period === since);
    return indicatorReport(account, earlier, { facts, definitions, broken }, norm.units);
  });
}
