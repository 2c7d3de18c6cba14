/** `gep ledger funds|closings`: what special funds hold, and through which day the book is closed. */
import type { Command } from 'commander';
import { formatYuan } from '@gep/kernel';
import {
  ageOf,
  listClosings,
  listFunds,
  listGrants,
  listSources,
  type CarryOverAge,
  type FundGrant,
} from '@gep/ledger';
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
  addFunds(ledger, open);
  addClosings(ledger, open);
}

function addFunds(ledger: Command, open: () => Terminal): void {
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
          ...[
            { zh: '资金', en: 'Fund' },
            { zh: '来源', en: 'Source' },
            { zh: '部门', en: 'Department' },
            { zh: '年度', en: 'Year' },
            { zh: '结转', en: 'Age' },
          ].map((heading) => ({ heading: terminal.say(heading) })),
          ...[
            { zh: '已收', en: 'Received' },
            { zh: '预留', en: 'Reserved' },
            { zh: '已付', en: 'Paid' },
            { zh: '可用', en: 'Available' },
          ].map((heading) => ({
            heading: terminal.say(heading),
            numeric: true,
          })),
        ];
        const rows = found.flatMap(({ code, sources }) =>
          sources.map((source) => [
            ...[code, source.code, source.department, String(source.budgetYear), terminal.say(ages[source.age])],
            ...[source.receivedFen, source.reservedFen, source.paidFen, source.availableFen].map(formatYuan),
          ]),
        );
        const shortfalls = found.flatMap(({ code, short }) => short.map((grant) => shortfall(terminal, code, grant)));
        return [renderTable(columns, rows), ...shortfalls].join('\n');
      });
    });
  withExamples(funds, 'gep ledger funds --year 2025');
}

function addClosings(ledger: Command, open: () => Terminal): void {
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
            { zh: '时间', en: 'At' },
          ].map((heading) => ({ heading: terminal.say(heading) })),
          rows.map(({ within, period, closedThrough, closedBy, closedAt }) => [
            ...[within.split('.').at(-1)!, period, closedThrough, closedBy, closedAt.toISOString()],
          ]),
        ),
      );
    });
  withExamples(closings, 'gep ledger closings');
}

function shortfall(
  terminal: Terminal,
  fund: string,
  { code, period, claimedFen, shortfallFen, queued }: FundGrant,
): string {
  const [claimed, missing] = [formatYuan(claimedFen), formatYuan(shortfallFen)];
  return terminal.say({
    zh: `${fund} ${period} ${code}：申请 ${claimed} 元，缺 ${missing} 元${queued ? '，排队中' : ''}`,
    en: `${fund} ${period} ${code}: claimed ${claimed} yuan, ${missing} short${queued ? ', waiting' : ''}`,
  });
}
