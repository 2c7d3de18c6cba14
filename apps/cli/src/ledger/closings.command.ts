/** `gep ledger closings`: through which day the book is closed, and where. */
import type { Command } from 'commander';
import { listClosings } from '@gep/ledger';
import { reading } from '../machine/opened-database.service';
import { renderTable } from '../rendering/text-table';
import { withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { beijingMoment } from '../terminal/beijing-time';

export function addClosings(ledger: Command, open: () => Terminal): void {
  const closings = ledger
    .command('closings')
    .description('through which day the book is closed, and where · 账簿在何处已结账至何日')
    .action(async () => {
      const terminal = open();
      const rows = await reading((tx) => listClosings(tx));
      terminal.result(rows, () =>
        renderTable(
          [
            { zh: '地域', en: 'Territory' },
            { zh: '时期', en: 'Period' },
            { zh: '至', en: 'Through' },
            { zh: '办理人', en: 'By' },
            { zh: '时间（北京）', en: 'At (Beijing time)' },
          ].map((heading) => ({ heading: terminal.say(heading) })),
          rows.map(({ within, period, closedThrough, closedBy, closedAt }) => [
            ...[within.split('.').at(-1)!, period, closedThrough, closedBy, beijingMoment(closedAt)],
          ]),
        ),
      );
    });
  withExamples(closings, 'gep ledger closings');
}
