/** `gep benefit evaluate`: what a programme costs its providers, is worth to its beneficiaries, and what should be paid. */
import { type Command, InvalidArgumentError } from 'commander';
import { plain } from '@gep/accounting';
import { evaluateBenefit, type PlainRows, readBenefitTables, readDeclaredFlows } from '@gep/compensation';
import { Fraction } from '@gep/kernel';
import { ProblemList, readTables } from '@gep/observation';
import { reading } from '../machine/opened-database.service';
import { readObservations } from '../observed-file.loader';
import { renderBenefit } from '../rendering/compensation/render-benefit';
import { listOf, withExamples } from '../terminal/arguments.command';
import { exitCodes } from '../terminal/failure';
import type { Terminal } from '../terminal/terminal.service';

interface EvaluateOptions {
  readonly flows?: string;
  readonly period?: readonly string[];
  readonly before?: readonly string[];
  readonly norm: string;
  readonly costs?: string;
  readonly payments?: string;
  readonly split?: Fraction;
  readonly per?: readonly string[];
}

export function addBenefitCommands(program: Command, open: () => Terminal): void {
  const benefit = program.command('benefit').description('standards and benefits of compensation · 补偿标准与效益');
  const evaluate = benefit
    .command('evaluate')
    .description(
      'flows from suppliers to beneficiaries, costs, benefits, before and after, and a standard; from tables without a database, or from flows declared between published accounts · 由供给到受益的流动、成本、效益、前后对比与补偿标准；给出各表时无须数据库，也可取已发布账户之间已声明的流动',
    )
    .option(
      '--flows <file>',
      'CSV, XLSX or JSON: period, time, group, service, supplier, beneficiary, quantity, unit, price · 流动表',
    )
    .option(
      '--period <periods>',
      'without --flows: what was declared between accounts published for these periods · 不给 --flows 时：这些核算期已发布账户之间已声明的流动',
      listOf,
    )
    .option(
      '--before <periods>',
      'with --period: periods before the programme · 与 --period 合用：项目实施前的核算期',
      listOf,
    )
    .option('--norm <id>', 'with --period: norm of the accounts · 与 --period 合用：账户所依据的规范', 'cn-terrestrial')
    .option('--costs <file>', 'period, provider, kind (opportunity, direct), amount, per, size · 成本表')
    .option('--payments <file>', 'what is paid: period, payer, provider, amount, per, size · 已付补偿表')
    .option(
      '--split <share>',
      'share of the surplus for the providers; 1/2 when absent · 盈余归提供方的份额；默认 1/2',
      share,
    )
    .option(
      '--per <services>',
      'services that are a base of the standard too · 另以这些服务的数量为标准的计量基础',
      listOf,
    )
    .action(async (options: EvaluateOptions, self: Command) => {
      const terminal = open();
      const { flows, period, before = [], norm } = options;
      if ((flows === undefined) === (period === undefined))
        self.error('error: give either --flows or --period · 请给出 --flows 或 --period 之一', {
          exitCode: exitCodes.usage,
        });
      const wish = { normId: norm, after: period ?? [], before };
      const declared = period && (await reading((tx, rulebook) => readDeclaredFlows(tx, rulebook, wish)));
      const tables = {
        flows: flows === undefined ? undefined : await tableOf(flows),
        costs: options.costs === undefined ? undefined : await tableOf(options.costs),
        payments: options.payments === undefined ? undefined : await tableOf(options.payments),
      };
      const input = readBenefitTables(tables, declared);
      const found = evaluateBenefit(input, { split: options.split, perService: options.per });
      terminal.result(plain(found), () => renderBenefit(found, terminal.options.language));
    });
  withExamples(
    evaluate,
    'gep benefit evaluate --flows flows.csv --costs costs.csv',
    'gep benefit evaluate --period 2024 --before 2020 --costs costs.csv',
    'gep benefit evaluate --flows flows.csv --costs costs.csv --payments payments.csv --split 0.6 --per waterSupply --json',
  );
}

function share(text: string): Fraction {
  const number = Fraction.parse(text);
  if (number) return number;
  throw new InvalidArgumentError('give a share as 0.6 or 3/5 · 请写成 0.6 或 3/5');
}

/** @throws ObservationsUnreadable, FileUnreadable, FileTooLarge */
async function tableOf(file: string): Promise<PlainRows> {
  const [table] = await readTables(await readObservations(file), new ProblemList(), undefined, ['rows']);
  return { header: table?.header, rows: table?.rows ?? [] };
}
