/** `gep asset-value`: present value of ecosystem assets and its change, of a document or of accounts. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  assetAssumptions,
  assetInputOf,
  changeDirections,
  computeAssetAccount,
  discountTimings,
  plain,
  readAssetValue,
  type AssetInput,
  type ChangeDirection,
  type DiscountTiming,
} from '@gep/accounting';
import { Fraction } from '@gep/kernel';
import { withAccountChoice } from '../account.command';
import { chosenAccounts, type AccountsChoice } from '../machine/chosen-accounts.service';
import { withFiles } from '../compute.command';
import { readDocument } from '../machine/input-document.loader';
import { renderAssetValue } from '../rendering/asset-value/render-asset-value';
import { wholeNumber, withExamples } from '../terminal/arguments.command';
import { exitCodes } from '../terminal/failure';
import type { Terminal } from '../terminal/terminal.service';

type Directions<T> = ReadonlyMap<string, T>;

interface AssetOptions extends AccountsChoice {
  readonly rate?: Fraction;
  readonly timing: DiscountTiming;
  readonly horizon: number;
  readonly condition?: Directions<ChangeDirection>;
  readonly demand?: Directions<'up' | 'down'>;
}

export function addAssetValueCommand(program: Command, open: () => Terminal): void {
  const command = withFiles(withAccountChoice(program.command('asset-value <document-or-territory> [before] [after]')))
    .description('net present value and monetary asset account · 生态系统资产价值账户')
    .option(
      '--rate <rate>',
      'real discount rate a year of accounts, such as 0.02 · 两个账户时的实际年折现率，如 0.02',
      readRate,
    )
    .addOption(
      new Option('--timing <timing>', 'when in its year a flow counts · 流量计入一年中的哪个时点')
        .choices(discountTimings)
        .default('end'),
    )
    .option('--horizon <years>', 'years that are valued · 估价的年数', wholeNumber(1), 100)
    .option(
      '--condition <type=direction>',
      'how a type went: up, down or unchanged; repeat it · 某类型的变化方向：up、down 或 unchanged；可重复给出',
      direction(changeDirections),
    )
    .option(
      '--demand <service=direction>',
      'how demand went: up or down; repeat it · 需求的变化方向：up 或 down；可重复给出',
      direction(['up', 'down']),
    )
    .action(async (subject: string, before: string | undefined, after: string | undefined, options, self: Command) => {
      const chosen = options as AssetOptions;
      if (before === undefined) return show(open(), readAssetValue(await readDocument(subject)));
      if (chosen.rate === undefined || chosen.horizon > longestHorizon)
        return self.error(
          `error: give --rate, and a horizon of at most ${longestHorizon} years · 请给出 --rate，年限不超过 ${longestHorizon}`,
          { exitCode: exitCodes.usage },
        );
      return showAccounts(open(), subject, after === undefined ? [before] : [before, after], chosen, chosen.rate);
    });
  withExamples(
    command,
    'gep asset-value libs/accounting/samples/asset-value.yaml',
    'gep asset-value 520523-jinsha-mine 2021 2024 --norm jinsha-mine-2026 --rate 0.02 --horizon 50 \\',
    '  --observations rulebook/cases/jinsha-mine/observations.json',
  );
}

/** The same as documents may ask for. */
const longestHorizon = 300;

function readRate(text: string): Fraction {
  const rate = Fraction.parse(text);
  if (rate && rate.compare(Fraction.of(-1n)) > 0 && rate.compare(Fraction.one) < 0) return rate;
  throw new InvalidArgumentError('give a rate as 0.02 · 请按 0.02 的格式给出折现率');
}

const direction =
  <T extends string>(known: readonly T[]) =>
  (text: string, earlier: Directions<T> = new Map()): Directions<T> => {
    const [code, way] = text.split('=');
    const found = known.find((one) => one === way);
    if (code && found) return new Map([...earlier, [code, found]]);
    throw new InvalidArgumentError(`give it as code=${known.join('|')} · 请按 代码=${known.join('|')} 的格式给出`);
  };

async function showAccounts(
  terminal: Terminal,
  territory: string,
  periods: readonly string[],
  { timing, horizon, condition = new Map(), demand = new Map(), ...choice }: AssetOptions,
  rate: Fraction,
): Promise<void> {
  const { norm, accounts } = await chosenAccounts(terminal, territory, periods, choice);
  const how = assetAssumptions({ rate, timing, horizon, condition, demand }, norm);
  const input = assetInputOf(accounts[0], accounts[1], how);
  show(terminal, input);
}

function show(terminal: Terminal, input: AssetInput): void {
  const account = computeAssetAccount(input);
  terminal.result(plain(account), () => renderAssetValue(account, input, terminal.options.language));
}
