/** `gep supply-use`: who supplies each service of an account and who uses it, in quantities and in money. */
import type { Command } from 'commander';
import { plain, readTrade, tabulateSupplyUse } from '@gep/accounting';
import { withAccountChoice } from '../account.command';
import { chosenAccounts, type AccountsChoice } from '../machine/chosen-accounts.service';
import { withFiles } from '../compute.command';
import { readDocument } from '../machine/input-document.loader';
import { namesOf } from '../rendering/render-account';
import { renderSupplyUse } from '../rendering/supply-use/render-supply-use';
import { withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';

interface SupplyUseOptions extends AccountsChoice {
  readonly trade?: string;
}

export function addSupplyUseCommand(program: Command, open: () => Terminal): void {
  const command = withFiles(withAccountChoice(program.command('supply-use <territory> <period>')))
    .description('supply-and-use tables, physical and monetary · 供给使用表')
    .option('--trade <document>', 'imports and exports of services · 服务的输入与输出')
    .action(async (territory: string, period: string, { trade, ...choice }: SupplyUseOptions) => {
      const terminal = open();
      const flows = trade === undefined ? [] : readTrade(await readDocument(trade));
      const { norm, accounts } = await chosenAccounts(terminal, territory, [period], choice);
      const tables = tabulateSupplyUse(accounts[0], norm.services, flows);
      const { language } = terminal.options;
      terminal.result(plain(tables), () => renderSupplyUse(tables, namesOf(norm, language), language));
    });
  withExamples(
    command,
    'gep supply-use 520523-jinsha-mine 2024 --norm jinsha-mine-2026 \\',
    '  --observations rulebook/cases/jinsha-mine/observations.json',
    'gep supply-use 520523-jinsha-mine 2024 --norm jinsha-mine-2026 --json   # recorded · 已记录的账户',
  );
}
