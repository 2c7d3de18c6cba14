/** `gep explain`: the whole tree behind a figure, of a file with a norm, or of a recorded account. */
import type { Command } from 'commander';
import { operator } from '@gep/access';
import { AccountingService, type ExplainSelection } from '@gep/accounting';
import { openLocalDatabase, readConfig } from '@gep/platform';
import { RulebookService } from '@gep/rulebook';
import { readAccount, withAccountChoice, type AccountChoice } from './account.command';
import { explainFile, type FileSource } from './compute.command';
import { renderExplanation } from './render-explanation';
import type { Terminal } from './terminal.service';

interface ExplainOptions extends AccountChoice, Omit<FileSource, 'norm' | 'observations'>, ExplainSelection {
  readonly observations?: string;
}

const wholeNumber = (text: string): number => Number.parseInt(text, 10);

export function addExplainCommand(program: Command, open: () => Terminal): void {
  withAccountChoice(program.command('explain [territory] [period]'))
    .description('formula, parameters and inputs behind every figure · 解释数字的来源')
    .option('--observations <file>', 'explain what this file gives under --norm, without a database')
    .option('--service <code>', 'only this service')
    .option('--type <code>', 'only this ecosystem type')
    .option('--item <code>', 'only this product')
    .option('--patch <name>', 'only this patch: its name, or sheet:row')
    .option('--offset <n>', 'first patch shown, from 0', wholeNumber)
    .option('--limit <n>', 'most patches shown of each line', wholeNumber)
    .action(async (territory: string | undefined, period: string | undefined, options: ExplainOptions) => {
      const { observations } = options;
      if (observations) return explainFile(open(), { ...options, observations, territory, period });
      if (territory && period) return explainRecorded(open(), territory, period, options);
      return program.error('error: give a territory and a period, or --observations <file>', { exitCode: 2 });
    });
}

async function explainRecorded(
  terminal: Terminal,
  territory: string,
  period: string,
  { service, type, item, patch, offset, limit, ...choice }: ExplainOptions,
): Promise<void> {
  const local = await openLocalDatabase(readConfig(process.env), { applicationName: 'gep-cli' });
  try {
    const { id } = await local.database.snapshot(operator, (tx) => readAccount(tx, territory, period, choice));
    const accounting = new AccountingService(local.database, new RulebookService(local.database));
    const selection = { service, type, item, patch, offset, limit };
    const tree = await accounting.explain(operator, { accountId: id, ...selection });
    terminal.result(tree, () => renderExplanation(tree, terminal.options.language));
  } finally {
    await local.close();
  }
}
