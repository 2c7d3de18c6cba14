/** `gep condition`: indicators and indices of ecosystem condition, of a document, or of what is recorded of patches. */
import type { Command } from 'commander';
import { operator } from '@gep/access';
import { computeCondition, ConditionService, plain, readCondition } from '@gep/accounting';
import { parsePeriod, parseTerritoryCode } from '@gep/kernel';
import { RulebookService } from '@gep/rulebook';
import { withAccountChoice, type AccountChoice } from '../account.command';
import { readDocument } from '../machine/input-document.loader';
import { withDatabase } from '../machine/opened-database.service';
import { renderCondition } from '../rendering/condition/render-condition';
import { withExamples } from '../terminal/arguments.command';
import { exitCodes } from '../terminal/failure';
import type { Terminal } from '../terminal/terminal.service';

interface ConditionOptions extends AccountChoice {
  readonly territory?: string;
  readonly period?: string;
  readonly since?: string;
}

export function addConditionCommand(program: Command, open: () => Terminal): void {
  const command = withAccountChoice(program.command('condition <document>'))
    .description('condition account: variables, indicators, indices · 生态系统状况账户')
    .option(
      '--territory <code>',
      'of this territory, whose patches give the values of the variables · 该地域，变量的值取自其图斑',
    )
    .option('--period <period>', 'in this period · 该核算期')
    .option('--since <period>', 'and in this earlier one · 以及这个更早的核算期')
    .action(async (file: string, options: ConditionOptions, self: Command) => {
      const { territory, period } = options;
      if ((territory === undefined) !== (period === undefined))
        self.error('error: give --territory and --period together · 请同时给出 --territory 和 --period', {
          exitCode: exitCodes.usage,
        });
      if (territory !== undefined && period !== undefined)
        return showRecorded(open(), file, options, territory, period);
      const terminal = open();
      const input = readCondition(await readDocument(file));
      const account = computeCondition(input);
      terminal.result(plain(account), () => renderCondition(account, input, terminal.options.language));
    });
  withExamples(
    command,
    'gep condition libs/accounting/samples/condition.yaml',
    'gep condition my-condition.json --json',
    'gep condition libs/accounting/samples/condition-variables.yaml --territory 991103 --period 2024 --since 2021      # demonstration · 演示',
  );
}

async function showRecorded(
  terminal: Terminal,
  file: string,
  { norm, asOf, published, since }: ConditionOptions,
  territory: string,
  period: string,
): Promise<void> {
  const definition = await readDocument(file);
  const { condition, input, accounts } = await withDatabase(({ database }) =>
    new ConditionService(database, new RulebookService(database)).condition(operator, {
      ...{ territory: parseTerritoryCode(territory), norm: { id: norm }, asOf, published, definition },
      periods: [...(since === undefined ? [] : [parsePeriod(since)]), parsePeriod(period)],
    }),
  );
  const { language } = terminal.options;
  terminal.result({ ...plain(condition), accounts }, () => renderCondition(condition, input, language));
}
