/** `gep change`: what the change of GEP between two periods comes from, of files with a norm, or of recorded accounts. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { operator } from '@gep/access';
import {
  changeEffects,
  ChangeService,
  changeOfTerritories,
  comparableTerritories,
  computeAccount,
  pairByCode,
  payableIncrement,
  type ChangeDecomposition,
  type ChangeEffect,
  type ChangeRow,
  type ComparableAccount,
  type LevelAttributes,
  type ObservedPeriod,
  type PriceIndex,
} from '@gep/accounting';
import { Fraction, parsePeriod, parseTerritoryCode } from '@gep/kernel';
import { RulebookService, type NormEdition } from '@gep/rulebook';
import { parentOfCode } from '@gep/territory';
import { readSource } from './compute.command';
import { SeveralPeriods } from './errors';
import { withDatabase } from './machine/opened-database.service';
import { renderChange } from './rendering/change/render-change';
import { renderComparable } from './rendering/change/render-comparable';
import { namesOf } from './rendering/render-account';
import { chosenFrom, listOf, moment, withExamples } from './terminal/arguments.command';
import { exitCodes } from './terminal/failure';
import type { Terminal } from './terminal/terminal.service';

interface ChangeOptions {
  readonly norm: string;
  readonly normAfter?: string;
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  readonly beforeInNewBoundary?: readonly string[];
  readonly afterInOldBoundary?: readonly string[];
  readonly territory?: string;
  readonly from?: string;
  readonly to?: string;
  readonly condition?: readonly string[];
  readonly weather?: readonly string[];
  readonly effects?: readonly ChangeEffect[];
  readonly asOf?: Date;
  readonly published?: true;
  readonly comparable?: true;
  readonly index?: readonly PriceIndex[];
  readonly indexSource?: string;
}

export function addChangeCommand(program: Command, open: () => Terminal): void {
  const command = withEffects(withSides(program.command('change')))
    .description('effects that a change of GEP comes from, to the fen · 分解两期之间的变化')
    .action(async (options: ChangeOptions, self: Command) => {
      checkUsage(options, self);
      const terminal = open();
      const shown = options.before
        ? await changeOfFiles(terminal, options, options.before)
        : await changeOfRecords(options);
      show(terminal, shown, options.effects);
    });
  withExamples(
    command,
    'gep change --norm jinsha-mine-2026 --before rulebook/cases/jinsha-mine/observations.json --from 2021 --to 2024',
    'gep change --before 2020.xlsx --after 2024.xlsx --weather precipitation --effects area,condition,supply --json',
    'gep change --territory 520523 --from 2020 --to 2024      # recorded · 已记录的账户',
  );
}

/** Options that name the two sides. */
function withSides(command: Command): Command {
  const collect = (file: string, earlier: readonly string[] = []): readonly string[] => [...earlier, file];
  return command
    .option('--norm <id-or-folder>', 'norm, or a folder with one · 规范，或规范所在的目录', 'cn-terrestrial')
    .option(
      '--norm-after <id-or-folder>',
      'norm of the later side of files, when it is another one · 后期文件所依据的规范，与前期不同时给出',
    )
    .option(
      '--before <file>',
      'observations before; repeat it for further tables · 前期观测文件；可重复给出多张表',
      collect,
    )
    .option(
      '--after <file>',
      'observations after; those of --before when left out · 后期观测文件；未给出时取 --before 的文件',
      collect,
    )
    .option('--territory <code>', 'only this territory · 只取该地域')
    .option('--from <period>', 'period before · 前期')
    .option('--to <period>', 'period after · 后期')
    .option(
      '--before-in-new-boundary <file>',
      'what was observed before, within the boundary of after · 按后期边界的前期观测文件',
      collect,
    )
    .option(
      '--after-in-old-boundary <file>',
      'what was observed after, within the boundary of before · 按前期边界的后期观测文件',
      collect,
    );
}

/** Options that say what is told apart, and what is shown beside it. */
function withEffects(command: Command): Command {
  return command
    .option(
      '--condition <attributes>',
      'attributes that tell the state of the ecosystem, comma-separated · 反映生态系统状况的属性，逗号分隔',
      listOf,
    )
    .option(
      '--weather <attributes>',
      'attributes that tell the weather, comma-separated · 反映气象的属性，逗号分隔',
      listOf,
    )
    .addOption(
      new Option(
        '--effects <effects>',
        `effects that count for a payment: ${changeEffects.join(', ')} · 计入付费的效应：${changeEffects.join('、')}`,
      ).argParser(chosenFrom(changeEffects)),
    )
    .option('--as-of <moment>', 'recorded accounts as known at this moment · 该时刻所知的已记录账户', moment)
    .option('--published', 'only what was published (by then) · 只看（其时）已发布的账户')
    .option('--comparable', 'also at the prices of the period before · 另按前期价格（可比价）计算')
    .option(
      '--index <code=factor>',
      'moves a price into the base period: of a product, service or price year · 把价格换算到基期的指数：产品、服务或价格年份',
      addIndex,
    )
    .option('--index-source <text>', 'where the indices are from · 指数的出处');
}

function checkUsage(options: ChangeOptions, command: Command): void {
  const isWhole = options.before || (options.territory && options.from && options.to);
  if (!isWhole)
    command.error(
      'error: give --before <file>, or --territory, --from and --to · 请用 --before 给出文件，或给出 --territory、--from 和 --to',
      { exitCode: exitCodes.usage },
    );
  if ((options.beforeInNewBoundary === undefined) !== (options.afterInOldBoundary === undefined))
    command.error('error: give both --before-in-new-boundary and --after-in-old-boundary · 两个边界选项须同时给出', {
      exitCode: exitCodes.usage,
    });
  if (options.index && !options.indexSource)
    command.error('error: say where the index is from: --index-source <text> · 请用 --index-source 写明指数的出处', {
      exitCode: exitCodes.usage,
    });
}

interface Shown {
  readonly change: ChangeDecomposition;
  readonly norm: NormEdition;
  readonly rows?: readonly ChangeRow[];
  readonly comparable?: ComparableAccount;
}

function show(
  terminal: Terminal,
  { change, norm, rows = [], comparable }: Shown,
  chosen: readonly ChangeEffect[] | undefined,
): void {
  const { language } = terminal.options;
  const payable = chosen && payableIncrement(change, chosen);
  const names = namesOf(norm, language);
  terminal.result({ ...change, rows, payable, comparable }, () =>
    [
      renderChange(change, payable, rows, names, language),
      ...(comparable ? [renderComparable(comparable, names, language)] : []),
    ].join('\n\n\n'),
  );
}

/** The factor of `maize=0.93`; where it is from is said once for all. */
function addIndex(text: string, earlier: readonly PriceIndex[] = []): readonly PriceIndex[] {
  const [, of, written] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  const factor = written === undefined ? undefined : Fraction.parse(written);
  if (factor && factor.compare(Fraction.zero) > 0) return [...earlier, { of, factor, source: '' }];
  throw new InvalidArgumentError(
    'give an index as maize=0.93 or 2015=1.12 · 请按 maize=0.93 或 2015=1.12 的格式给出指数',
  );
}

const indicesOf = ({ index = [], indexSource = '' }: ChangeOptions): PriceIndex[] =>
  index.map((one) => ({ ...one, source: indexSource }));

const attributesOf = ({ condition = [], weather = [] }: ChangeOptions): LevelAttributes => ({ condition, weather });

async function changeOfRecords(options: ChangeOptions): Promise<Shown> {
  const { norm, asOf, published, condition, weather } = options;
  return withDatabase(({ database }) =>
    new ChangeService(database, new RulebookService(database)).decompose(operator, {
      territory: parseTerritoryCode(options.territory!),
      from: parsePeriod(options.from!),
      to: parsePeriod(options.to!),
      norm,
      asOf,
      published,
      attributes: condition || weather ? attributesOf(options) : undefined,
      indices: options.comparable ? indicesOf(options) : undefined,
    }),
  );
}

async function changeOfFiles(terminal: Terminal, options: ChangeOptions, files: readonly string[]): Promise<Shown> {
  const { norm: id, normAfter = id, after = files, territory } = options;
  const read = (norm: string, observations: readonly string[], period?: string) =>
    readSource(terminal, { norm, observations, territory, period });
  const left = await read(id, files, options.from);
  const right = await read(normAfter, after, options.to);
  const [before, afterwards] = [onePeriod(left.periods, '--from'), onePeriod(right.periods, '--to')];
  const elsewhere =
    options.beforeInNewBoundary && options.afterInOldBoundary
      ? ([
          (await read(id, options.beforeInNewBoundary, before[0].period)).periods[0],
          (await read(normAfter, options.afterInOldBoundary, afterwards[0].period)).periods[0],
        ] as const)
      : undefined;
  const whole = commonTerritory([...before, ...afterwards].map((observed) => observed.territory));
  const change = changeOfTerritories({
    territory: whole,
    norms: [left.norm, right.norm],
    before,
    after: afterwards,
    elsewhere,
    attributes: attributesOf(options),
  });
  const placed = ({ places, ...observed }: ObservedPeriod) => {
    return { places, account: computeAccount(right.norm, { ...observed, places }) };
  };
  const comparable = options.comparable
    ? comparableTerritories(
        right.norm,
        whole,
        pairByCode(before.map(placed), afterwards.map(placed)),
        indicesOf(options),
      )
    : undefined;
  return { change, norm: right.norm, comparable };
}

function onePeriod(observed: readonly ObservedPeriod[], option: '--from' | '--to'): readonly ObservedPeriod[] {
  const periods = [...new Set(observed.map(({ period }) => period))];
  if (periods.length > 1) throw new SeveralPeriods(option, periods);
  return observed;
}

/** The smallest unit above all of them; the nation when there is no other. */
function commonTerritory(codes: readonly string[]): string {
  const lines = codes.map((code) => {
    const line = [code];
    for (let parent = parentOfCode(code); parent; parent = parentOfCode(parent)) line.push(parent);
    return line;
  });
  return lines[0].find((code) => lines.every((line) => line.includes(code))) ?? 'CN';
}
