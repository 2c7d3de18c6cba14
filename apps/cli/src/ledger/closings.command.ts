/** `gep ledger closings`: through which day the book is closed, and where. */
import type { Command } from 'commander';
import { listClosings } from '@gep/ledger';
import { placeNames } from '../deed/naming.service';
import { reading } from '../machine/opened-database.service';
import { codeOfPath, placeSaid } from '../rendering/deed/naming';
import { type Head, renderList } from '../rendering/listed';
import { withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { beijingMoment } from '../terminal/beijing-time';

const heads: readonly Head[] = [
  { zh: '地域', en: 'Territory', most: 30 },
  { zh: '时期', en: 'Period' },
  { zh: '至', en: 'Through' },
  { zh: '办理人', en: 'By', most: 40 },
  { zh: '时间（北京）', en: 'At (Beijing time)' },
];

export function addClosings(ledger: Command, open: () => Terminal): void {
  const closings = ledger
    .command('closings')
    .description('through which day the book is closed, and where · 账簿在何处已结账至何日')
    .action(async () => {
      const terminal = open();
      const { rows, places } = await reading(async (tx) => {
        const found = await listClosings(tx);
        const codes = found.map(({ within }) => codeOfPath(within));
        return { rows: found, places: await placeNames(tx, codes) };
      });
      const { language } = terminal.options;
      terminal.result(rows, () =>
        renderList(
          language,
          heads,
          rows.map(({ within, period, closedThrough, closedBy, closedAt }) => [
            ...[placeSaid(codeOfPath(within), places, language), period, closedThrough, closedBy],
            beijingMoment(closedAt),
          ]),
          { zh: '没有结过账（gep ledger close）', en: 'no period has been closed (gep ledger close)' },
        ),
      );
    });
  withExamples(closings, 'gep ledger closings');
}
