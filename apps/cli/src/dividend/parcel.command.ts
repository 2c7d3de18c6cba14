/** `gep parcel`: parcels with their base-year GEP and their holders, and how they change hands, split and merge. */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { operator } from '@gep/access';
import { Fraction } from '@gep/kernel';
import { getCompany, HoldingService, listParcels } from '@gep/procurement';
import { withDatabase } from '../machine/opened-database.service';
import { deedAs } from '../machine/person-deed.service';
import { showYuan } from '../rendering/figures';
import { renderTable } from '../rendering/text-table';
import { calendarDay, listOf, withExamples, wholeNumber } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import {
  asClerk,
  byPaper,
  deedOf,
  mostListed,
  pairs,
  type PaperOptions,
  sayChanged,
  share,
  yuanToFen,
} from './register-options.command';
import { today } from '../machine/today.service';

export function addParcelCommands(program: Command, open: () => Terminal): void {
  const parcel = program
    .command('parcel')
    .description('parcels with their base-year GEP and their holders on any day · 地块、基准年 GEP 与各日的持有人');
  addParcelList(parcel, open);
  addTransfer(parcel, open);
  addChange(parcel, open);
}

function addParcelList(parcel: Command, open: () => Terminal): void {
  const list = parcel
    .command('list <company>')
    .description('parcels with their holders on a day · 地块及某日的持有人')
    .option('--owner <code>', 'of this owner only · 只看此权利人')
    .option('--on <day>', 'holders of this day; today when left out · 以该日计', calendarDay)
    .option('--after <code>', 'go on after this one · 从其后继续')
    .action(async (company: string, { owner, after, on }: { owner?: string; after?: string; on?: string }) => {
      const terminal = open();
      const found = await withDatabase(({ database }) =>
        database.snapshot(operator, async (tx) =>
          listParcels(tx, {
            ...{ companyId: (await getCompany(tx, company)).id, owner, after, limit: mostListed },
            on: on ?? today(),
          }),
        ),
      );
      const rows = found.map(({ code, baseYear, baseGepFen, since, endedOn, owners, parts, whole }) => ({
        ...{ code, baseYear, baseGepFen, since, endedOn },
        holders: owners.map((each, at) => ({ owner: each, share: Fraction.of(parts[at], whole).toString() })),
      }));
      const headings =
        terminal.options.language === 'zh'
          ? ['地块', '基准年', '基准年 GEP（元）', '止', '持有人']
          : ['Parcel', 'Base year', 'Base GEP (yuan)', 'Ended', 'Holders'];
      terminal.result(rows, () =>
        renderTable(
          headings.map((heading) => ({ heading })),
          rows.map(({ code, baseYear, baseGepFen, endedOn, holders }) => [
            ...[code, String(baseYear), showYuan(baseGepFen), endedOn ?? ''],
            holders.map((each) => `${each.owner} ${each.share}`).join(', '),
          ]),
        ),
      );
    });
  withExamples(list, 'gep parcel list forest --owner h-17', 'gep parcel list forest --on 2025-06-30 --json');
}

function addTransfer(parcel: Command, open: () => Terminal): void {
  const command = byPaper(parcel.command('transfer <company> <parcel>'))
    .description('a share of a parcel changes hands · 地块份额转让')
    .requiredOption('--from <code>', 'who gives · 转出人')
    .requiredOption('--to <code>', 'who takes · 受让人')
    .option('--share <share>', 'share of the parcel; all of it when left out · 份额；未给出时为全部', share)
    .action(
      async (company: string, code: string, options: PaperOptions & { from: string; to: string; share?: Fraction }) => {
        const { from: giver, to: taker, share: part = Fraction.one } = options;
        const wish = { ...(await deedOf(company, options)), parcel: code, giver, taker, share: part };
        const answer = await deedAs(options, 'owner.manage', ({ database, actor }) =>
          new HoldingService(database).transfer(actor, wish, randomUUID()),
        );
        sayChanged(open(), answer);
      },
    );
  withExamples(
    command,
    `gep parcel transfer forest p-1 --from h-17 --to h-18 --share 1/2 --on 2026-03-01 --reason '转让' --document deed.pdf ${asClerk}`,
  );
}

function addChange(parcel: Command, open: () => Terminal): void {
  const command = byPaper(parcel.command('change <company>'))
    .description(
      'split or merge parcels: base GEP goes to the new ones by the parcel account of the base year · 地块分割、合并：基准年 GEP 按基准年地块核算分',
    )
    .requiredOption('--from <codes>', 'parcels that end · 原地块', listOf)
    .requiredOption(
      '--to <code:yuan,…>',
      'new parcels, and what the base-year account gives for them · 新地块及其基准年核算值',
      pairs,
    )
    .requiredOption('--account-year <year>', 'year of that account · 核算年', wholeNumber(1949))
    .action(
      async (
        company: string,
        options: PaperOptions & { from: string[]; to: [string, string][]; accountYear: number },
      ) => {
        const { from, to, accountYear } = options;
        const successors = to.map(([code, text]) => ({ code, accountFen: yuanToFen(text).numerator }));
        const wish = { ...(await deedOf(company, options)), predecessors: from, successors, accountYear };
        const answer = await deedAs(options, 'owner.manage', ({ database, actor }) =>
          new HoldingService(database).changeParcels(actor, wish, randomUUID()),
        );
        sayChanged(open(), answer);
      },
    );
  withExamples(
    command,
    `gep parcel change forest --from p-1 --to p-1a:300,p-1b:100 --account-year 2020 --on 2026-03-01 --reason '分户' --document deed.pdf ${asClerk}`,
  );
}
