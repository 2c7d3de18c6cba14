/** `gep ledger journal`: the vouchers of the book. */
import type { Command } from 'commander';
import { listVouchers, type VoucherRecord } from '@gep/ledger';
import { reading } from '../machine/opened-database.service';
import { renderTable } from '../rendering/text-table';
import { calendarDay, withExamples, wholeNumber } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';

export function addJournal(ledger: Command, open: () => Terminal): void {
  const journal = ledger
    .command('journal')
    .description('vouchers, the latest day first · 凭证，日期新的在前')
    .option('--from <day>', 'from this day · 自此日', calendarDay)
    .option('--until <day>', 'until before this day · 至此日之前', calendarDay)
    .option('--key <key>', 'of this business key · 此业务键的')
    .option('--limit <n>', 'at most so many · 至多', wholeNumber(1), 50)
    .action(async ({ key: businessKey, ...filter }: { from?: string; until?: string; key?: string; limit: number }) => {
      const terminal = open();
      const vouchers = await reading((tx) => listVouchers(tx, { ...filter, businessKey }));
      terminal.result(vouchers, () => journalTable(vouchers, terminal));
    });
  withExamples(journal, 'gep ledger journal --from 2025-01-01');
}

function journalTable(vouchers: readonly VoucherRecord[], terminal: Terminal): string {
  const headings = [
    ...[
      { zh: '编号', en: 'Id' },
      { zh: '日期', en: 'Day' },
      { zh: '种类', en: 'Kind' },
      { zh: '业务键', en: 'Key' },
      { zh: '所关', en: 'About' },
    ],
    ...[
      { zh: '冲销于', en: 'Reversed by' },
      { zh: '分录', en: 'Postings' },
      { zh: '摘要', en: 'Memo' },
    ],
  ];
  return renderTable(
    headings.map((heading) => ({ heading: terminal.say(heading) })),
    vouchers.map((voucher) => [
      ...[voucher.id, voucher.effectiveDate, voucher.kind, voucher.businessKey],
      voucher.aboutDate ?? voucher.reverses ?? voucher.aboutVoucher ?? '',
      ...[voucher.reversedBy ?? '', String(voucher.postingCount), voucher.memo],
    ]),
  );
}
