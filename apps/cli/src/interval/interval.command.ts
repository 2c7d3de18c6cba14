/** `gep interval`: how far an account may lie from its figures, by drawing the parameters that carry a spread. */
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { InvalidArgumentError, type Command } from 'commander';
import { operator } from '@gep/access';
import { IntervalComputer, IntervalService, type AccountInterval } from '@gep/accounting';
import { DomainError, Fraction, parsePeriod, parseTerritoryCode, roundToFen, unitValue, type Fen } from '@gep/kernel';
import { RulebookService, type NormEdition } from '@gep/rulebook';
import { withAccountChoice, type AccountChoice } from '../account.command';
import { readSource, withFiles } from '../compute.command';
import { withDatabase } from '../machine/opened-database.service';
import { renderInterval } from '../rendering/interval/render-interval';
import { namesOf } from '../rendering/render-account';
import { wholeNumber, withExamples } from '../terminal/arguments.command';
import { exitCodes } from '../terminal/failure';
import type { Terminal } from '../terminal/terminal.service';

interface IntervalOptions extends AccountChoice {
  readonly observations?: readonly string[];
  readonly territory?: string;
  readonly period?: string;
  readonly draws: number;
  readonly seed: number;
  readonly target?: Fen;
}

export function addIntervalCommand(program: Command, open: () => Terminal): void {
  const command = withFiles(withAccountChoice(program.command('interval')))
    .description(
      '90% intervals by seeded draws of parameters and reported figures · 账户的 90% 区间（按种子抽样参数和上报数）',
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
      const { territory, period, observations } = options;
      if (!observations && !(territory && period))
        self.error(
          'error: give --observations <file>, or --territory and --period · 请用 --observations 给出文件，或给出 --territory 和 --period',
          { exitCode: exitCodes.usage },
        );
      const terminal = open();
      const { norm, results } = observations
        ? await intervalsOfFiles(terminal, options, observations)
        : await intervalOfRecord(options, parseTerritoryCode(territory!), parsePeriod(period!));
      show(terminal, norm, results);
    });
  withExamples(
    command,
    'gep interval --norm cn-terrestrial --observations libs/observation/samples/workbook.xlsx',
    'gep interval --norm cn-terrestrial --observations county.xlsx --draws 20000 --seed 7 --target 1.2e9 --json',
    'gep interval --territory 520523 --period 2024 --norm cn-terrestrial      # recorded · 已记录的账户',
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

interface Drawn {
  readonly norm: NormEdition;
  readonly results: readonly TimedInterval[];
}

type TimedInterval = AccountInterval & { readonly seconds: number };

async function timed<T extends AccountInterval>(work: () => Promise<T>): Promise<T & { readonly seconds: number }> {
  const start = performance.now();
  const made = await work();
  return { ...made, seconds: Math.round(performance.now() - start) / 1000 };
}

const threads = (): number => Math.min(availableParallelism(), 4);

async function intervalsOfFiles(
  terminal: Terminal,
  { norm: id, territory, period, draws, seed, target: targetFen }: IntervalOptions,
  observations: readonly string[],
): Promise<Drawn> {
  const { norm, periods } = await readSource(terminal, { norm: id, observations, territory, period });
  const computer = new IntervalComputer(threads());
  const results: TimedInterval[] = [];
  const refusals: DomainError[] = [];
  try {
    for (const observed of periods) {
      try {
        results.push(await timed(() => computer.interval(norm, observed, { draws, seed, targetFen })));
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
  return { norm, results };
}

async function intervalOfRecord(
  { norm: id, asOf, published, draws, seed, target: targetFen }: IntervalOptions,
  territory: string,
  period: string,
): Promise<Drawn> {
  const computer = new IntervalComputer(threads());
  try {
    return await withDatabase(async ({ database }) => {
      const rulebook = new RulebookService(database);
      const intervals = new IntervalService(database, rulebook, computer);
      const account = { territory, period, norm: { id }, asOf, published };
      const made = await timed(() => intervals.interval(operator, account, { draws, seed, targetFen }));
      const norm = await database.snapshot(operator, (tx) => rulebook.getNorm(tx, id, made.norm.edition));
      return { norm, results: [made] };
    });
  } finally {
    await computer.close();
  }
}

function show(terminal: Terminal, norm: NormEdition, results: readonly TimedInterval[]): void {
  const { language } = terminal.options;
  const names = namesOf(norm, language);
  const byCode = new Map(norm.parameters.map(({ code, name }) => [code, name[language]]));
  const parameters = (code: string): string => byCode.get(code) ?? code;
  // Programs get what the seed decides and nothing else, so that two runs give the same bytes.
  const reproducible = results.map(({ seconds: _, ...interval }) => interval);
  terminal.result(reproducible, () =>
    results.map((one) => renderInterval(one, { names, parameters }, language)).join('\n\n\n'),
  );
}
