/** `gep territory merge|split|rename|history`: which places followed which, recorded in the dated tree. */
import { readFile } from 'node:fs/promises';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { parse } from 'yaml';
import { operator } from '@gep/access';
import { AccountSuccessionService, type LeftAccount } from '@gep/accounting';
import { formatYuan, Fraction, type Bilingual } from '@gep/kernel';
import {
  listSuccessions,
  sharesAsGiven,
  sharesByArea,
  sharesByMap,
  SuccessionSharesUnfit,
  type PatchMembership,
  type Succession,
  type SuccessionChange,
} from '@gep/territory';
import { calendarDay, withExamples } from './terminal/arguments.command';
import { reading, withDatabase } from './machine/opened-database.service';
import { renderTable } from './rendering/text-table';
import type { Terminal } from './terminal/terminal.service';

interface DatedOptions {
  readonly on: string;
  readonly source: string;
  readonly leaveAccounts?: boolean;
}
interface OneOptions extends DatedOptions {
  readonly into: string;
  readonly name?: string;
  readonly nameEn?: string;
}
interface SplitOptions extends DatedOptions {
  readonly into: ReadonlyMap<string, string>;
  readonly share?: ReadonlyMap<string, string>;
  readonly area?: ReadonlyMap<string, string>;
  readonly map?: string;
  readonly child?: ReadonlyMap<string, string>;
}

export function addSuccessionCommands(territory: Command, open: () => Terminal): void {
  const merge = dated(territory.command('merge <code...>'))
    .description('territories become one; what lay below them lies below it · 合并：所辖地域一并归入')
    .requiredOption('--into <code>', 'the successor, new or one of them · 后继，可新设，也可为其中之一')
    .option('--name <name>', 'Chinese name of the successor; needed when it is new · 后继的中文名称，新设时必填')
    .option('--name-en <name>', 'English name · 英文名称')
    .action(async (predecessors: string[], options: OneOptions) =>
      record(open(), { ...oneOf(options), kind: 'merge', predecessors }, options),
    );
  withExamples(
    merge,
    'gep territory merge 990101 990102 --into 990103 --name NAME --on 2025-01-01 --source "order 12"',
  );

  const split = dated(territory.command('split <code>'))
    .description('a territory becomes several, with the exact share of each · 拆分：写明各后继的份额')
    .requiredOption(
      '--into <code=name>',
      'a successor; one for each, without a name for one that goes on · 一个后继；沿用原名的不写名称',
      collect,
    )
    .addOption(
      new Option('--share <code=share>', 'shares as given · 直接给出的份额')
        .argParser(collect)
        .conflicts(['area', 'map']),
    )
    .addOption(
      new Option('--area <code=area>', 'areas in one unit, for the shares · 以同一单位的面积计份额')
        .argParser(collect)
        .conflicts(['share', 'map']),
    )
    .addOption(
      new Option('--map <file>', 'YAML or JSON: patches: [{patch, type, area, successor}] · 图斑归属文件').conflicts([
        'share',
        'area',
      ]),
    )
    .option('--child <code=successor>', 'where a territory directly below goes · 直属下级归入哪个后继', collect)
    .action(async (code: string, options: SplitOptions) => record(open(), await splitOf(code, options), options));
  withExamples(
    split,
    'gep territory split 990103 --into 990103 --into 990104=NAME --area 990103=60 --area 990104=40 --on 2026-01-01 --source "order 3"',
  );

  const rename = dated(territory.command('rename <code>'))
    .description('another name, or another code · 更名或换代码')
    .requiredOption('--name <name>', 'Chinese name from then on · 此后的中文名称')
    .option('--name-en <name>', 'English name · 英文名称')
    .option('--into <code>', 'the code from then on, when it changes · 此后的代码（有变化时）')
    .action(async (code: string, options: OneOptions) =>
      record(
        open(),
        { ...oneOf({ ...options, into: options.into ?? code }), kind: 'rename', predecessors: [code] },
        options,
      ),
    );
  withExamples(rename, 'gep territory rename 990103 --name NAME --on 2025-07-01 --source "order 4"');
  addHistoryCommand(territory, open);
}

function addHistoryCommand(territory: Command, open: () => Terminal): void {
  const history = territory
    .command('history [code...]')
    .description('recorded merges, splits and changes of name · 已登记的沿革')
    .action(async (codes: string[]) => {
      const terminal = open();
      const found = await reading(async (tx) => listSuccessions(tx, codes.length > 0 ? codes : undefined));
      terminal.result(found, () => table(found, terminal));
    });
  withExamples(history, 'gep territory history 990103');
}

const dated = (command: Command): Command =>
  command
    .requiredOption('--on <day>', 'first day on which it holds · 生效日', calendarDay)
    .requiredOption('--source <text>', 'where this was read · 依据')
    .option(
      '--leave-accounts',
      'recorded accounts of periods from that day on are left behind; without it they pass to the successors with the next recompute · 放弃该日及以后期间已有的账户；省略则随下次核算转给后继',
    );

function collect(text: string, before: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const [code, value = '', ...rest] = text.split('=');
  if (code !== '' && rest.length === 0 && !before.has(code)) return new Map(before).set(code, value);
  throw new InvalidArgumentError('give each code once, as code=value · 请按“代码=值”的格式给出，每个代码一次');
}

type OneSuccessor = Pick<SuccessionChange, 'effective' | 'successors' | 'basis' | 'source'>;

function oneOf({ on, source, into, name, nameEn }: OneOptions): OneSuccessor {
  return { effective: on, source, basis: 'whole', successors: [{ code: into, nameZh: name, nameEn }] };
}

async function splitOf(
  code: string,
  { on, source, into, share, area, map, child }: SplitOptions,
): Promise<SuccessionChange> {
  const shares = map
    ? sharesByMap(await loadPatches(map))
    : area
      ? sharesByArea(fractionsOf(area))
      : sharesAsGiven(fractionsOf(share ?? new Map()));
  return {
    kind: 'split',
    effective: on,
    source,
    predecessors: [code],
    successors: [...into].map(([successor, name]) => ({ code: successor, ...(name && { nameZh: name }) })),
    shares,
    basis: map ? 'map' : area ? 'area' : 'given',
    ...(child && { children: child }),
  };
}

/** @throws SuccessionSharesUnfit when one is no number */
function fractionsOf(texts: ReadonlyMap<string, string>): Map<string, Fraction> {
  return new Map(
    [...texts].map(([code, text]) => {
      const value = Fraction.parse(text);
      if (value) return [code, value];
      throw new SuccessionSharesUnfit({ zh: `${code} 的“${text}”不是数`, en: `"${text}" of ${code} is no number` });
    }),
  );
}

/** @throws SuccessionSharesUnfit when the file is not a list of patches */
async function loadPatches(file: string): Promise<PatchMembership[]> {
  const refused = (reason: string): SuccessionSharesUnfit =>
    new SuccessionSharesUnfit({
      zh: `图斑文件 ${file} 应为 patches: [{patch, type, area, successor}]（${reason}）`,
      en: `the file of patches ${file} must be patches: [{patch, type, area, successor}] (${reason})`,
    });
  let content: { patches?: unknown } | null;
  try {
    content = parse(await readFile(file, 'utf8'), { schema: 'core' }) as typeof content;
  } catch (error) {
    throw refused((error as Error).message.split('\n')[0]);
  }
  if (!Array.isArray(content?.patches) || content.patches.length === 0) throw refused('patches');
  return content.patches.map((row: Partial<Record<string, unknown>> | null, at) => {
    const { patch, type, area, successor } = row ?? {};
    if ([patch, type, area, successor].some((value) => value === undefined || value === null))
      throw refused(`${at + 1}`);
    return { patch: String(patch), type: String(type), area: String(area), successor: String(successor) };
  });
}

async function record(
  terminal: Terminal,
  change: SuccessionChange,
  { leaveAccounts }: Pick<DatedOptions, 'leaveAccounts'>,
): Promise<void> {
  const { decided: leftAccounts = [], ...result } = await withDatabase(async ({ database }) =>
    new AccountSuccessionService(database).recordSuccession(operator, { change, leaveAccounts }),
  );
  const { changed, closed, added, succession } = result;
  terminal.result({ ...result, leftAccounts }, () =>
    [
      terminal.say(
        changed
          ? { zh: `已登记：终止 ${closed} 行，新增 ${added} 行`, en: `recorded: ${closed} rows closed, ${added} added` }
          : { zh: '此前已登记，未变', en: 'recorded before; nothing changed' },
      ),
      table(succession, terminal),
      ...(leftAccounts.length > 0 ? [terminal.say(leftWords), tableOfLeft(leftAccounts, terminal)] : []),
    ].join('\n'),
  );
}

const leftWords = {
  zh: '留下的账户：请以后继的代码补报这些期间的观测并重新核算',
  en: 'accounts left behind: observe these periods under the codes of the successors, and recompute',
};

const columnsOfLeft: readonly Bilingual[] = [
  { zh: '地域', en: 'Territory' },
  { zh: '期间', en: 'Period' },
  { zh: '规范', en: 'Norm' },
  { zh: '总值（元）', en: 'Total (yuan)' },
  { zh: '代码沿用', en: 'Code goes on' },
];

function tableOfLeft(left: readonly LeftAccount[], terminal: Terminal): string {
  return renderTable(
    columnsOfLeft.map((heading) => ({ heading: terminal.say(heading) })),
    left.map(({ territory, period, norm, totalFen, goesOn }) => [
      ...[territory, period, norm, formatYuan(BigInt(totalFen))],
      terminal.say(goesOn ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }),
    ]),
  );
}

const columns: readonly Bilingual[] = [
  { zh: '生效', en: 'Effective' },
  { zh: '类别', en: 'Kind' },
  { zh: '前身', en: 'From' },
  { zh: '后继', en: 'To' },
  { zh: '份额', en: 'Share' },
  { zh: '依据', en: 'Basis' },
];
const kinds: Readonly<Record<Succession['kind'], Bilingual>> = {
  merge: { zh: '合并', en: 'merge' },
  split: { zh: '拆分', en: 'split' },
  rename: { zh: '更名', en: 'rename' },
};
const bases: Readonly<Record<Succession['basis'], Bilingual>> = {
  whole: { zh: '全部', en: 'whole' },
  area: { zh: '面积', en: 'area' },
  map: { zh: '图斑归属', en: 'map' },
  given: { zh: '直接给出', en: 'given' },
};

function table(successions: readonly Succession[], terminal: Terminal): string {
  return renderTable(
    columns.map((heading) => ({ heading: terminal.say(heading) })),
    successions.map(({ effective, kind, predecessor, successor, share, basis }) => [
      ...[
        effective,
        terminal.say(kinds[kind]),
        predecessor,
        successor,
        share.toExactText(),
        terminal.say(bases[basis]),
      ],
    ]),
  );
}
