/** `gep restatement`: what was published, what was corrected since, and each document as it was published. */
import type { Command } from 'commander';
import { DisclosureMissing, findDisclosureById, listDisclosures, renderDisclosure } from '@gep/accounting';
import { getTerritory } from '@gep/territory';
import { reading } from './machine/opened-database.service';
import { renderDisclosures } from './rendering/restatement/render-disclosures';
import { withExamples } from './terminal/arguments.command';
import type { Terminal } from './terminal/terminal.service';
import { today } from './machine/today.service';

interface ListOptions {
  readonly period?: string;
  readonly all?: true;
}

const mostListed = 200;

export function addRestatementCommands(program: Command, open: () => Terminal): void {
  const restatement = program
    .command('restatement')
    .description('published accounts and their corrections · 已发布的账户及其重述');
  const list = restatement
    .command('list [territory]')
    .description('corrections of published accounts, the latest first · 重述记录，新的在前')
    .option('--period <period>', 'only this period · 仅此核算期')
    .option('--all', 'first publications as well · 也列出首次发布')
    .action(async (territory: string | undefined, { period, all }: ListOptions) => {
      const terminal = open();
      const disclosures = await reading(async (tx) => {
        const within = territory && (await getTerritory(tx, territory, today())).path;
        return listDisclosures(tx, { within, period, corrections: !all }, { limit: mostListed });
      });
      terminal.result(disclosures, () => renderDisclosures(disclosures, terminal.options.language));
    });
  withExamples(list, 'gep restatement list', 'gep restatement list 520500 --period 2024 --all --json');
  const document = restatement
    .command('document <disclosure>')
    .description('the document byte for byte as it was published · 披露文本，与发布时逐字节相同')
    .action(async (id: string) => {
      const text = await reading(async (tx) => {
        const found = /^[0-9a-f-]{36}$/.test(id) ? await findDisclosureById(tx, id) : undefined;
        if (!found) throw new DisclosureMissing(id);
        return renderDisclosure(tx, found);
      });
      open();
      process.stdout.write(text);
    });
  withExamples(document, 'gep restatement document 5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11 > gep-2024.json');
}
