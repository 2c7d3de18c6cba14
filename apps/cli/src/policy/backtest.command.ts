/** `gep policy backtest`: a new rule on all past periods beside the current one, from a table or from published accounts. */
import { InvalidArgumentError, type Command } from 'commander';
import { backtestCredit } from '@gep/credit';
import { backtest, backtestKind, loadPolicy, totalsOf, type PolicyRule } from '@gep/rulebook';
import type { ColumnBinding, InputTable } from '@gep/settlement';
import { readSettings } from '../machine/settings.loader';
import { renderBacktest } from '../rendering/policy/render-backtest';
import { wholeNumber, withExamples } from '../terminal/arguments.command';
import { exitCodes } from '../terminal/failure';
import type { Terminal } from '../terminal/terminal.service';
import { readAccountTable } from './account-table.service';
import { readColumnBinding } from './column-binding';
import { readPlainTable, readPolicyInput } from './policy-input.loader';
import { setting } from './setting';

interface BacktestOptions {
  readonly rule: string;
  readonly beside: string;
  readonly input?: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly accounts?: true;
  readonly territory?: string;
  readonly from?: number;
  readonly to?: number;
  readonly norm: string;
  readonly column?: readonly Pick<ColumnBinding, 'column' | 'figure'>[];
  readonly prices?: string;
}

export function addBacktest(policy: Command, open: () => Terminal): void {
  const command = policy
    .command('backtest')
    .description('a new rule on all past periods beside the current one: who gains, who loses · 新旧规则逐期对比回测')
    .requiredOption('--rule <id-or-file>', 'the new rule · 新规则')
    .requiredOption('--beside <id-or-file>', 'the rule in force · 现行规则')
    .option(
      '--input <file>',
      'rows of all past periods, with the columns of both; with --accounts, what accounts do not have · 历年各单位的行；与 --accounts 同用时为账户没有的列',
    )
    .option('--set <column=value>', 'a value of the whole; repeatable · 整体的值；可重复给出', setting)
    .option('--accounts', 'take columns from published accounts in the database · 由数据库中已公布的账户取数')
    .option('--territory <code>', 'what lies directly in it, or itself · 其直接下级，或其本身')
    .option('--from <year>', 'first year · 首年', wholeNumber(1949))
    .option('--to <year>', 'last year; else the first · 末年；未给出时为首年', wholeNumber(1949))
    .option('--norm <id>', 'norm of the accounts · 账户所依据的规范', 'cn-terrestrial')
    .option(
      '--column <column=figure>',
      'total, categories, services:a+b or increment:area+condition; repeatable · total、类别、services:a+b 或 increment:area+condition；可重复给出',
      bound,
    )
    .option('--prices <year>', 'prices of this year; else of the first · 按此年价格；未给出时按首年')
    .action(async (options: BacktestOptions) => run(open(), options, command));
  withExamples(
    command,
    'gep policy backtest --rule ./new.yaml --beside fujian-2024 --input scores-2019-2024.csv',
    'gep policy backtest --rule ./new.yaml --beside gep-share --accounts --territory 520500 --from 2020 --to 2024 --column gep=total --set pool=100000000',
  );
}

function bound(text: string, earlier: readonly Pick<ColumnBinding, 'column' | 'figure'>[] = []) {
  const read = readColumnBinding(text);
  if (read) return [...earlier, read];
  throw new InvalidArgumentError('write gep=total, gep=regulating or gep=services:a+b · 请写成 gep=total 等形式');
}

async function run(terminal: Terminal, options: BacktestOptions, command: Command): Promise<void> {
  const input = await inputOf(terminal, options, command);
  const { rulebookDir } = readSettings();
  const [rule, beside] = await Promise.all([options.rule, options.beside].map((id) => loadPolicy(id, rulebookDir)));
  const isCredit = backtestKind(rule, beside) === 'credit';
  const side = async (own: PolicyRule, other: PolicyRule) => {
    const { book } = await readPolicyInput(own, input, { totals: totalsOf(own, other, options.set) });
    return { rule: own, book };
  };
  const [adopted, current] = await Promise.all([side(rule, beside), side(beside, rule)]);
  const result = (isCredit ? backtestCredit : backtest)(adopted, current);
  terminal.result(result, () => renderBacktest(result, terminal.options.language));
}

/** A file, or the table that the accounts give. */
async function inputOf(terminal: Terminal, options: BacktestOptions, command: Command): Promise<string | InputTable> {
  const { accounts, input, territory, from, to = from, norm, column = [], prices } = options;
  const misuse = (text: string): never => command.error(text, { exitCode: exitCodes.usage });
  if (!accounts) return input ?? misuse('error: give --input or --accounts · 请给出 --input 或 --accounts');
  if (territory === undefined || from === undefined || to === undefined || to < from || column.length === 0)
    return misuse(
      'error: --accounts needs --territory, --from (and --to) and --column · --accounts 须同时给出 --territory、--from（及 --to）与 --column',
    );
  const years = Array.from({ length: to - from + 1 }, (_, at) => String(from + at));
  const base = prices ?? years[0];
  const columns = column.map((one) => ({ ...one, norm, prices: { constant: base } }));
  const beside = input === undefined ? undefined : await readPlainTable(input);
  const { table, leftOut } = await readAccountTable({ territory, years, norm, columns, beside });
  for (const { unit, why } of leftOut)
    terminal.remark({ zh: `${unit} 未计入：${why.zh}`, en: `${unit} is left out: ${why.en}` }, { leftOut: unit, why });
  return table;
}
