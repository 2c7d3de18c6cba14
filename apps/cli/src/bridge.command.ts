/** `gep bridge`: the same observations under two norms, every difference named by step. */
import type { Command } from 'commander';
import { bridgeNorms, type NormBridge } from '@gep/accounting';
import { eachOrRefused, readSource, withFiles } from './compute.command';
import { NothingSelected } from './errors';
import { renderBridge } from './rendering/bridge/render-bridge';
import { withExamples } from './terminal/arguments.command';
import { exitCodes } from './terminal/failure';
import type { Terminal } from './terminal/terminal.service';

interface BridgeOptions {
  readonly norm: readonly string[];
  readonly observations?: readonly string[];
  readonly territory?: string;
  readonly period?: string;
}

export function addBridgeCommand(program: Command, open: () => Terminal): void {
  const collect = (norm: string, earlier: readonly string[] = []): readonly string[] => [...earlier, norm];
  const command = withFiles(program.command('bridge'))
    .description('the same observations under two norms, step by step · 两套规范之间的差异逐步说明')
    .requiredOption(
      '--norm <id-or-folder>',
      'give it twice: the norm to start from, and the norm to end at · 给出两次：起始规范和目标规范',
      collect,
    )
    .option('--territory <code>', 'only this territory · 只取该地域')
    .option('--period <period>', 'only this period · 只取该核算期')
    .action(async (options: BridgeOptions, self: Command) => {
      const [from, to, ...more] = options.norm;
      if (to === undefined || more.length > 0)
        self.error('error: give --norm twice · 请给出两次 --norm', { exitCode: exitCodes.usage });
      if (!options.observations)
        self.error('error: give --observations <file> · 请用 --observations 给出文件', { exitCode: exitCodes.usage });
      await bridge(open(), [from, to], options);
    });
  withExamples(command, 'gep bridge --norm cn-terrestrial --norm seea-ea --observations county.xlsx');
}

async function bridge(
  terminal: Terminal,
  [from, to]: readonly [string, string],
  { observations = [], territory, period }: BridgeOptions,
): Promise<void> {
  const left = await readSource(terminal, { norm: from, observations, territory, period });
  const right = await readSource(terminal, { norm: to, observations, territory, period });
  const others = new Map(right.periods.map((observed) => [`${observed.territory} ${observed.period}`, observed]));
  const pairs = left.periods.filter((observed) => others.has(`${observed.territory} ${observed.period}`));
  if (pairs.length === 0) throw new NothingSelected([...others.keys()]);
  const bridges = eachOrRefused(terminal, pairs, (observed): NormBridge => {
    const other = others.get(`${observed.territory} ${observed.period}`)!;
    return bridgeNorms([left.norm, right.norm], [observed, other]);
  });
  const { language } = terminal.options;
  terminal.result(bridges, () => bridges.map((one) => renderBridge(one, language)).join('\n\n\n'));
}
