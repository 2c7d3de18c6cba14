/** `gep bridge`: the same observations under two norms, every difference named by step. */
import type { Command } from 'commander';
import { operator } from '@gep/access';
import { bridgeNorms, BridgeService, NormBridger, type NormBridge } from '@gep/accounting';
import { parsePeriod, parseTerritoryCode } from '@gep/kernel';
import { loadNorm, RulebookService } from '@gep/rulebook';
import { eachOrRefused, readSource, withFiles } from './compute.command';
import { NothingSelected } from './errors';
import { withDatabase } from './machine/opened-database.service';
import { readSettings } from './machine/settings.loader';
import { renderBridge } from './rendering/bridge/render-bridge';
import { moment, withExamples } from './terminal/arguments.command';
import { exitCodes } from './terminal/failure';
import type { Terminal } from './terminal/terminal.service';

interface BridgeOptions {
  readonly norm: readonly string[];
  readonly observations?: readonly string[];
  readonly territory?: string;
  readonly period?: string;
  readonly asOf?: Date;
  readonly published?: true;
}

export function addBridgeCommand(program: Command, open: () => Terminal): void {
  const collect = (norm: string, earlier: readonly string[] = []): readonly string[] => [...earlier, norm];
  const command = withFiles(program.command('bridge'))
    .description('the same observations under two norms, step by step · 两套规范之间的差异逐步说明')
    .requiredOption(
      '--norm <id-or-folder>',
      'give it twice: the norm to start from, and the norm to end at; id@edition for recorded accounts, or a folder that was published · 给出两次：起始规范和目标规范；已记录的账户可写 规范@版本，或已发布的文件夹',
      collect,
    )
    .option('--territory <code>', 'only this territory · 只取该地域')
    .option('--period <period>', 'only this period · 只取该核算期')
    .option('--as-of <moment>', 'recorded accounts as known at this moment · 该时刻所知的已记录账户', moment)
    .option('--published', 'only what was published (by then) · 只看（其时）已发布的账户')
    .action(async (options: BridgeOptions, self: Command) => {
      const [from, to, ...more] = options.norm;
      if (to === undefined || more.length > 0)
        self.error('error: give --norm twice · 请给出两次 --norm', { exitCode: exitCodes.usage });
      const { observations, territory, period } = options;
      if (!observations && !(territory && period))
        self.error(
          'error: give --observations <file>, or --territory and --period · 请用 --observations 给出文件，或给出 --territory 和 --period',
          { exitCode: exitCodes.usage },
        );
      const terminal = open();
      const { language } = terminal.options;
      const bridges = observations
        ? await bridgesOfFiles(terminal, [from, to], options)
        : [await bridgeOfRecord([from, to], options, parseTerritoryCode(territory!), parsePeriod(period!))];
      terminal.result(bridges, () => bridges.map((one) => renderBridge(one, language)).join('\n\n\n'));
    });
  withExamples(
    command,
    'gep bridge --norm cn-terrestrial --norm seea-ea --observations county.xlsx',
    'gep bridge --norm cn-terrestrial --norm seea-ea --territory 520523 --period 2024      # recorded · 已记录的账户',
  );
}

/** Over the observation of the recorded account, under published norms; `id@edition` names an edition. */
async function bridgeOfRecord(
  [from, to]: readonly [string, string],
  { asOf, published }: BridgeOptions,
  territory: string,
  period: string,
): Promise<NormBridge> {
  const bridger = new NormBridger();
  try {
    return await withDatabase(async ({ database }) =>
      new BridgeService(database, new RulebookService(database), bridger).bridge(operator, {
        ...{ territory, period, asOf, published },
        ...{ norm: await publishedNorm(from), to: await publishedNorm(to) },
      }),
    );
  } finally {
    await bridger.onModuleDestroy();
  }
}

/** `id`, `id@edition`, or a folder: that is the edition with its content, under the id that it was published by. */
async function publishedNorm(text: string): Promise<{ id: string; edition?: string }> {
  if (/[/\\]|^\.+$/.test(text)) {
    const { id, edition } = await loadNorm(text, readSettings().rulebookDir);
    return { id, edition };
  }
  const [id, edition] = text.split('@');
  return { id, edition };
}

async function bridgesOfFiles(
  terminal: Terminal,
  [from, to]: readonly [string, string],
  { observations = [], territory, period }: BridgeOptions,
): Promise<NormBridge[]> {
  const left = await readSource(terminal, { norm: from, observations, territory, period });
  const right = await readSource(terminal, { norm: to, observations, territory, period });
  const others = new Map(right.periods.map((observed) => [`${observed.territory} ${observed.period}`, observed]));
  const pairs = left.periods.filter((observed) => others.has(`${observed.territory} ${observed.period}`));
  if (pairs.length === 0) throw new NothingSelected([...others.keys()]);
  return eachOrRefused(terminal, pairs, (observed): NormBridge => {
    const other = others.get(`${observed.territory} ${observed.period}`)!;
    return bridgeNorms([left.norm, right.norm], [observed, other]);
  });
}
