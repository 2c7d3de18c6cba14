/** `gep account tree`: the accounts of the nodes of a parallel tree, divided from the recorded ones. */
import type { Command } from 'commander';
import { operator } from '@gep/access';
import { TreeAccountsService, type TreeAnswer } from '@gep/accounting';
import { parsePeriod } from '@gep/kernel';
import { RulebookService, type NormEdition } from '@gep/rulebook';
import { withAccountChoice, type AccountChoice } from '../account.command';
import { withDatabase } from '../machine/opened-database.service';
import { namesOf } from '../rendering/render-account';
import { renderTree } from '../rendering/tree/render-tree';
import { withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';

interface TreeAccountOptions extends AccountChoice {
  readonly tree: string;
  readonly period: string;
  readonly node?: string;
  readonly edition?: string;
}

export function addTreeAccountCommand(account: Command, open: () => Terminal): void {
  const command = withAccountChoice(account.command('tree'))
    .description(
      'accounts of a watershed, reserve or project unit; the root is the administrative total · 流域、保护地、项目单元的账户；根与行政合计分毫不差',
    )
    .requiredOption('--tree <code>', 'the parallel tree · 平行树')
    .requiredOption('--period <period>', 'accounting period · 核算期')
    .option('--node <code>', 'the node whose lines and parts are shown; else the root · 显示此节点的明细，未给出时为根')
    .option('--edition <edition>', 'edition of the norm; any when absent · 规范版本，未给出时不限')
    .action(async (options: TreeAccountOptions) => showAccounts(open(), options));
  withExamples(
    command,
    'gep account tree --tree demonstration-basins --period 2024',
    'gep account tree --tree demonstration-vep --period 2024 --node bingling --json',
  );
}

async function showAccounts(terminal: Terminal, { period, ...choice }: TreeAccountOptions): Promise<void> {
  const { answer, norm } = await withDatabase(
    async ({ database }): Promise<{ answer: TreeAnswer; norm: NormEdition }> => {
      const rulebook = new RulebookService(database);
      const told = await new TreeAccountsService(database, rulebook).accounts(operator, {
        ...choice,
        period: parsePeriod(period),
      });
      const edition = await database.snapshot(operator, (tx) => rulebook.getNorm(tx, told.norm.id, told.norm.edition));
      return { answer: told, norm: edition };
    },
  );
  const { language } = terminal.options;
  terminal.result(answer, () => renderTree(answer, namesOf(norm, language), language, choice.node !== undefined));
}
