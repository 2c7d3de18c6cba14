/** `gep ledger journal`: the vouchers of the book. */
import type { Command } from 'commander';
import { listVouchers } from '@gep/ledger';
import { reading } from '../machine/opened-database.service';
import { renderJournal } from '../rendering/ledger/render-journal';
import { calendarDay, withExamples, wholeNumber } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';

export function addJournal(ledger: Command, open: () => Terminal): void {
  const journal = ledger
    .command('journal')
    .description(
      'vouchers, the latest day first, of a day the last one recorded · 凭证，日期新的在前，同日以后记的在前',
    )
    .option('--from <day>', 'from this day · 自此日', calendarDay)
    .option('--until <day>', 'until before this day · 至此日之前', calendarDay)
    .option('--key <key>', 'of this business key · 此业务键的')
    .option('--limit <n>', 'at most so many · 至多', wholeNumber(1), 50)
    .action(async ({ key: businessKey, ...filter }: { from?: string; until?: string; key?: string; limit: number }) => {
      const terminal = open();
      const vouchers = await reading((tx) => listVouchers(tx, { ...filter, businessKey }));
      terminal.result(vouchers, () => renderJournal(vouchers, terminal.options.language));
    });
  withExamples(journal, 'gep ledger journal --from 2025-01-01');
}
