/** `gep benefit evaluate`: what a programme costs its providers, is worth to its beneficiaries, and what should be paid. */
import { type Command, InvalidArgumentError } from 'commander';
import { plain } from '@gep/accounting';
import { evaluateBenefit, type PlainRows, readBenefitTables } from '@gep/compensation';
import { Fraction } from '@gep/kernel';
import { ProblemList, readTables } from '@gep/observation';
import { readObservations } from '../observed-file.loader';
import { renderBenefit } from '../rendering/compensation/render-benefit';
import { listOf, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';

interface EvaluateOptions {
  readonly flows: string;
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
      'flows from suppliers to beneficiaries, costs, benefits, before and after, and a standard, without a database · 由供给到受益的流动、成本、效益、前后对比与补偿标准，无须数据库',
    )
    .requiredOption(
      '--flows <file>',
      'CSV, XLSX or JSON: period, time, group, service, supplier, beneficiary, quantity, unit, price · 流动表',
    )
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
    .action(async (options: EvaluateOptions) => {
      const terminal = open();
      const input = readBenefitTables({
        flows: await tableOf(options.flows),
        costs: options.costs === undefined ? undefined : await tableOf(options.costs),
        payments: options.payments === undefined ? undefined : await tableOf(options.payments),
      });
      const found = evaluateBenefit(input, { split: options.split, perService: options.per });
      terminal.result(plain(found), () => renderBenefit(found, terminal.options.language));
    });
  withExamples(
    evaluate,
    'gep benefit evaluate --flows flows.csv --costs costs.csv',
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
