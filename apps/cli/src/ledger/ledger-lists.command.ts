/** `gep ledger funds|closings`: what special funds hold, and through which day the book is closed. */
import type { Command } from 'commander';
import { formatYuan } from '@gep/kernel';
import { ageOf, listClosings, listFunds, listGrants, listSources, type CarryOverAge } from '@gep/ledger';
import { reading } from '../machine/opened-database.service';
import { renderTable } from '../rendering/text-table';
import { withExamples, wholeNumber } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';

const ages: Readonly<Record<CarryOverAge, { zh: string; en: string }>> = {
  future: { zh: '未到', en: 'future' },
  current: { zh: '当年', en: 'current' },
  carried: { zh: '结转', en: 'carried over' },
  surplus: { zh: '结余，应上缴', en: 'surplus, to be returned' },
};

export function addLedgerLists(ledger: Command, open: () => Terminal): void {
  const thisYear = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
  const funds = ledger
    .command('funds')
    .description(
      'special funds: what each source received, holds and paid, and what claims went short of · 专项资金及其来源、预留、已付与缺口',
    )
    .option('--year <year>', 'carry-over age in this year · 按此年度计结转年龄', wholeNumber(1949), thisYear)
    .action(async ({ year }: { year: number }) => {
      const terminal = open();
      const found = await reading(async (tx) => {
        const list = [];
        for (const fund of await listFunds(tx)) {
          const sources = await listSources(tx, fund.id);
          const short = (await listGrants(tx, fund.id)).filter(({ shortfallFen }) => shortfallFen > 0n);
          list.push({
            ...fund,
            sources: sources.map((source) => ({ ...source, age: ageOf(source.budgetYear, year) })),
            short,
          });
        }
        return list;
      });
      terminal.result(found, () => {
        const columns = [
          ...['fund · 资金', 'source · 来源', 'department · 部门', 'year · 年度', 'age · 结转'].map((heading) => ({
            heading,
          })),
          ...['received · 已收', 'reserved · 预留', 'paid · 已付', 'available · 可用'].map((heading) => ({
            ...{ heading, numeric: true },
          })),
        ];
        const rows = found.flatMap(({ code, sources }) =>
          sources.map((source) => [
            ...[code, source.code, source.department, String(source.budgetYear), terminal.say(ages[source.age])],
            ...[source.receivedFen, source.reservedFen, source.paidFen, source.availableFen].map(formatYuan),
          ]),
        );
        const shortfalls = found.flatMap(({ code, short }) =>
          short.map((grant) => {
            const [claimed, missing] = [formatYuan(grant.claimedFen), formatYuan(grant.shortfallFen)];
            return terminal.say({
              zh: `${code} ${grant.period} ${grant.code}：申请 ${claimed} 元，缺 ${missing} 元${grant.queued ? '，排队中' : ''}`,
              en: `${code} ${grant.period} ${grant.code}: claimed ${claimed} yuan, ${missing} short${grant.queued ? ', waiting' : ''}`,
            });
          }),
        );
        return [renderTable(columns, rows), ...shortfalls].join('\n');
      });
    });
  withExamples(funds, 'gep ledger funds --year 2025');

  const closings = ledger
    .command('closings')
    .description('through which day the book is closed, and where · 账簿在何处已结账至何日')
    .action(async () => {
      const terminal = open();
      const rows = await reading((tx) => listClosings(tx));
      terminal.result(rows, () =>
        renderTable(
          ['territory · 地域', 'period · 时期', 'through · 至', 'by · 办理人', 'at · 时间'].map((heading) => ({
            heading,
          })),
          rows.map(({ within, period, closedThrough, closedBy, closedAt }) => [
            ...[within.split('.').at(-1)!, period, closedThrough, closedBy, closedAt.toISOString()],
          ]),
        ),
      );
    });
  withExamples(closings, 'gep ledger closings');
}
