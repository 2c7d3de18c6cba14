/** `gep interval`: how far an account may lie from its figures, by drawing the parameters that carry a spread. */
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { InvalidArgumentError, type Command } from 'commander';
import { IntervalComputer, type AccountInterval } from '@gep/accounting';
import { DomainError, Fraction, roundToFen, unitValue, type Fen } from '@gep/kernel';
import { readSource, withFiles } from '../compute.command';
import { renderInterval } from '../rendering/interval/render-interval';
import { namesOf } from '../rendering/render-account';
import { wholeNumber, withExamples } from '../terminal/arguments.command';
import { exitCodes } from '../terminal/failure';
import type { Terminal } from '../terminal/terminal.service';

interface IntervalOptions {
  readonly norm: string;
  readonly observations?: readonly string[];
  readonly territory?: string;
  readonly period?: string;
  readonly draws: number;
  readonly seed: number;
  readonly target?: Fen;
}

export function addIntervalCommand(program: Command, open: () => Terminal): void {
  const command = withFiles(program.command('interval'))
    .description('90% intervals of accounts by seeded draws of their parameters · 账户的 90% 区间（按种子抽样参数）')
    .requiredOption(
      '--norm <id-or-folder>',
      'norm of the rulebook, or a folder with one · 规则库中的规范，或规范所在的目录',
    )
    .option('--territory <code>', 'only this territory · 只取该地域')
    .option('--period <period>', 'only this period · 只取该核算期')
    .option(
      '--draws <number>',
      'how many times parameters are drawn, 100 to 100000 · 抽样次数，100 至 100000',
      drawsOf,
      10000,
    )
    .option('--seed <number>', 'the same seed gives the same figures · 种子；种子相同，结果相同', wholeNumber(0), 1)
    .option('--target <yuan>', 'how likely the total reaches it · 总值达到此目标（元）的概率', yuanOf)
    .action(async (options: IntervalOptions, self: Command) => {
      if (!options.observations)
        self.error('error: give --observations <file> · 请用 --observations 给出文件', { exitCode: exitCodes.usage });
      await interval(open(), options);
    });
  withExamples(
    command,
    'gep interval --norm cn-terrestrial --observations libs/observation/samples/workbook.xlsx',
    'gep interval --norm cn-terrestrial --observations county.xlsx --draws 20000 --seed 7 --target 1.2e9 --json',
  );
}

function drawsOf(text: string): number {
  const draws = /^\d+$/.test(text) ? Number(text) : NaN;
  if (draws >= 100 && draws <= 100_000) return draws;
  throw new InvalidArgumentError('give a whole number from 100 to 100000 · 请给出 100 至 100000 的整数');
}

function yuanOf(text: string): Fen {
  const yuan = Fraction.parse(text);
  if (yuan) return roundToFen(1, unitValue(yuan));
  throw new InvalidArgumentError('give an amount in yuan as 1.2e9 · 请给出以元计的金额，如 1.2e9');
}

async function interval(
  terminal: Terminal,
  { norm: id, observations = [], territory, period, draws, seed, target: targetFen }: IntervalOptions,
): Promise<void> {
  const { norm, periods } = await readSource(terminal, { norm: id, observations, territory, period });
  const computer = new IntervalComputer(Math.min(availableParallelism(), 4));
  const results: (AccountInterval & { readonly seconds: number })[] = [];
  const refusals: DomainError[] = [];
  try {
    for (const observed of periods) {
      const start = performance.now();
      try {
        const made = await computer.interval(norm, observed, { draws, seed, targetFen });
        results.push({ ...made, seconds: Math.round(performance.now() - start) / 1000 });
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        refusals.push(error);
      }
    }
  } finally {
    await computer.close();
  }
  const last = results.length === 0 ? refusals.pop() : undefined;
  for (const refusal of refusals) terminal.failed(refusal);
  if (last) throw last;
  const { language } = terminal.options;
  const names = namesOf(norm, language);
  const byCode = new Map(norm.parameters.map(({ code, name }) => [code, name[language]]));
  const parameters = (code: string): string => byCode.get(code) ?? code;
  terminal.result(results, () =>
    results.map((one) => renderInterval(one, { names, parameters }, language)).join('\n\n\n'),
  );
}
