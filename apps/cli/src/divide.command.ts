/** `gep divide`: an account shared out among parts of its territory, to the fen. */
import { InvalidArgumentError, type Command } from 'commander';
import { divideAccount, type DivisionPart } from '@gep/accounting';
import { Fraction } from '@gep/kernel';
import { withAccountChoice } from './account.command';
import { withExamples } from './terminal/arguments.command';
import { chosenAccounts, type AccountsChoice } from './machine/chosen-accounts.service';
import { showYuan } from './rendering/figures';
import { renderTable } from './rendering/text-table';
import type { Terminal } from './terminal/terminal.service';

interface DivideOptions extends AccountsChoice {
  readonly part: readonly DivisionPart[];
}

export function addDivideCommand(program: Command, open: () => Terminal): void {
  const command = withAccountChoice(program.command('divide <territory> <period>'))
    .description('share an account out among parts of its territory, to the fen · 将账户划分给各部分，分毫不差')
    .requiredOption(
      '--part <code=share>',
      'a part with its exact share; give one for each part, they sum to 1 · 一个部分及其份额，各部分合计为 1',
      collectPart,
    )
    .option('--observations <file...>', 'compute from these files instead of the database · 由文件计算，不用数据库')
    .action(async (territory: string, period: string, options: DivideOptions) =>
      divide(open(), territory, period, options),
    );
  withExamples(command, 'gep divide 520523 2024 --part 520524=1/3 --part 520525=2/3');
}

function collectPart(text: string, before: readonly DivisionPart[] = []): readonly DivisionPart[] {
  const [code, written, ...rest] = text.split('=');
  const share = written === undefined ? undefined : Fraction.parse(written);
  if (code !== '' && share && rest.length === 0) return [...before, { code, share }];
  throw new InvalidArgumentError('give a part as 520524=0.4 or 520524=1/3 · 请按 520524=0.4 或 520524=1/3 的格式给出');
}

async function divide(
  terminal: Terminal,
  territory: string,
  period: string,
  { part, ...choice }: DivideOptions,
): Promise<void> {
  const { accounts } = await chosenAccounts(terminal, territory, [period], choice);
  const divided = divideAccount(accounts[0], part);
  const { language } = terminal.options;
  const [code, share, yuan, whole] = { zh: ['部分', '份额', '元', '合计'], en: ['part', 'share', 'yuan', 'total'] }[
    language
  ];
  terminal.result(divided, () =>
    renderTable(
      [{ heading: code }, { heading: share, numeric: true }, { heading: yuan, numeric: true }],
      [
        ...divided.map((one) => [one.territory, one.share.toExactText(), showYuan(one.totals.totalFen)]),
        [whole, '1', showYuan(accounts[0].totals.totalFen)],
      ],
    ),
  );
}
