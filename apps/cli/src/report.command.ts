/** `gep report`: the report tables T1 to T14 of an account, as JSON, CSV or a workbook. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Option, type Command } from 'commander';
import { operator } from '@gep/access';
import {
  buildReport,
  computeAccount,
  reportCsv,
  reportOfFiles,
  ReportService,
  reportWorkbook,
  type AccountReport,
  type ReportLanguage,
} from '@gep/accounting';
import { RulebookService } from '@gep/rulebook';
import { readAccount } from './account.command';
import { readSource, withFiles } from './compute.command';
import { NothingSelected, ReportTableUnknown } from './errors';
import { withDatabase } from './machine/opened-database.service';
import { renderReport } from './rendering/report/render-report';
import { moment, withExamples } from './terminal/arguments.command';
import { exitCodes } from './terminal/failure';
import type { Terminal } from './terminal/terminal.service';

const formats = ['json', 'csv', 'xlsx'] as const;

interface ReportOptions {
  readonly norm: string;
  readonly observations?: readonly string[];
  readonly territory?: string;
  readonly period?: string;
  readonly base?: string;
  readonly people?: string;
  readonly gdp?: string;
  readonly format?: (typeof formats)[number];
  readonly words: ReportLanguage;
  readonly table?: string;
  readonly out?: string;
  readonly asOf?: Date;
  readonly published?: true;
}

export function addReportCommand(program: Command, open: () => Terminal): void {
  const command = withFiles(program.command('report'))
    .description('report tables T1 to T14 of an account · 报表 T1 至 T14')
    .option('--norm <id-or-folder>', 'norm, or a folder with one · 规范，或规范所在的目录', 'cn-terrestrial')
    .option('--territory <code>', 'territory; without files, the recorded one · 地域；不给文件时取已记录的账户')
    .option('--period <period>', 'period; the last one of the files when left out · 核算期；省略时取文件中的最后一期')
    .option(
      '--base <period>',
      'period whose prices make values comparable; the one before when left out · 可比价所用的价格期；省略时取上一期',
    )
    .option('--people <number>', 'inhabitants · 人口')
    .option('--gdp <yuan>', 'gross domestic product in yuan · 地区生产总值（元）')
    .addOption(new Option('--format <format>', 'form of the file · 文件格式').choices([...formats]))
    .addOption(
      new Option('--words <language>', 'language of the file · 文件的语言')
        .choices(['zh', 'en', 'both'])
        .default('both'),
    )
    .option('--table <id>', 'only this table, for example T6 · 只要这张表，例如 T6')
    .option('--out <file>', 'file to write · 写入的文件')
    .option('--as-of <moment>', 'recorded account as known at this moment · 按此时刻已知的已记录账户', moment)
    .option('--published', 'only what was published (by then) · 只看（其时）已发布的账户')
    .action(async (options: ReportOptions, self: Command) => {
      if (!options.observations && !(options.territory && options.period))
        self.error(
          'error: give --observations, or --territory and --period · 请给出 --observations，或 --territory 与 --period',
          { exitCode: exitCodes.usage },
        );
      if (options.format && options.format !== 'json' && !options.out)
        self.error('error: give --out <file> for a CSV or a workbook · CSV 或工作簿请用 --out 给出文件', {
          exitCode: exitCodes.usage,
        });
      await report(open(), options);
    });
  withExamples(
    command,
    'gep report --norm jinsha-mine-2026 --observations rulebook/cases/jinsha-mine/observations.json --table T6',
    'gep report --norm jinsha-mine-2026 --observations rulebook/cases/jinsha-mine/observations.json --format xlsx --out report.xlsx',
    'gep report --territory 520523 --period 2024 --format csv --table T6 --out values.csv      # recorded · 已记录的账户',
  );
}

async function report(terminal: Terminal, options: ReportOptions): Promise<void> {
  const whole = options.observations ? await fromFiles(terminal, options) : await fromRecords(options);
  const tables = whole.tables.filter(({ id }) => options.table === undefined || id === options.table);
  if (tables.length === 0)
    throw new ReportTableUnknown(
      options.table!,
      whole.tables.map(({ id }) => id),
    );
  const made = { ...whole, tables };
  if (options.out === undefined) return terminal.result(made, () => renderReport(made, terminal.options.language));
  const format = options.format ?? formatOf(options.out);
  const content = written(made, format, options.words);
  await writeFile(options.out, content);
  const bytes = Buffer.byteLength(content);
  terminal.result({ file: options.out, format, bytes }, `${path.basename(options.out)}  ${format}  ${bytes} B`);
}

/** The form that the name of a file asks for; JSON when it asks for none. */
const formatOf = (file: string) => formats.find((format) => file.toLowerCase().endsWith(`.${format}`)) ?? 'json';

function written(made: AccountReport, format: (typeof formats)[number], words: ReportLanguage): string | Uint8Array {
  if (format === 'xlsx') return reportWorkbook(made, words);
  return format === 'csv' ? reportCsv(made, words) : `${JSON.stringify(made, null, 2)}\n`;
}

async function fromFiles(terminal: Terminal, options: ReportOptions): Promise<AccountReport> {
  const { norm: id, observations, territory, period, base, people, gdp } = options;
  const { norm, periods } = await readSource(terminal, { norm: id, observations: observations!, territory });
  const wanted =
    period ??
    periods
      .map((observed) => observed.period)
      .sort()
      .at(-1)!;
  const found = periods.find((observed) => observed.period === wanted);
  if (!found) throw new NothingSelected(periods.map((observed) => `${observed.territory} ${observed.period}`));
  const own = periods.filter((observed) => observed.territory === found.territory);
  const basis = base === undefined ? undefined : own.find((observed) => observed.period === base);
  if (base !== undefined && !basis) throw new NothingSelected(own.map((observed) => observed.period));
  return buildReport({
    ...reportOfFiles(norm, found, own),
    ...(basis ? { base: computeAccount(norm, basis) } : {}),
    people,
    gdpYuan: gdp,
  });
}

async function fromRecords({
  territory,
  period,
  norm,
  asOf,
  published,
  base,
  people,
  gdp,
}: ReportOptions): Promise<AccountReport> {
  return withDatabase(async ({ database }) => {
    const { id } = await database.snapshot(operator, (tx) =>
      readAccount(tx, territory!, period!, { norm, asOf, published }),
    );
    const reports = new ReportService(database, new RulebookService(database));
    return reports.report(operator, { accountId: id, base, people, gdpYuan: gdp });
  });
}
