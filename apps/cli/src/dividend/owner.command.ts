/** `gep owner`: owners of the land that a company looks after, what becomes of them, and who reads for them. */
import { randomUUID } from 'node:crypto';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { getHolder, operator } from '@gep/access';
import {
  type BaseFrom,
  getCompany,
  HoldingService,
  listOwners,
  RegisterService,
  successionKinds,
  type SuccessionKind,
} from '@gep/procurement';
import { byPerson } from '../fund/person.command';
import { withDatabase } from '../machine/opened-database.service';
import { deedAs, type DeedOptions } from '../machine/person-deed.service';
import { renderTable } from '../rendering/text-table';
import { calendarDay, listOf, withExamples, wholeNumber } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { digestOfPaper } from './paper.loader';
import {
  asClerk,
  byPaper,
  deedOf,
  mostListed,
  pairs,
  type PaperOptions,
  sayChanged,
  share,
} from './register-options.command';

export function addOwnerCommands(program: Command, open: () => Terminal): void {
  const owner = program
    .command('owner')
    .description('owners of the land that a company looks after, and of the company · 公司所管地块及公司的权利人');
  addImport(owner, open);
  addOwnerList(owner, open);
  addSucceed(owner, open);
  addShares(owner, open);
  addLink(owner, open);
}

function addImport(owner: Command, open: () => Terminal): void {
  const command = byPerson(owner.command('import <company>'))
    .description(
      'take in owners (code,name,kind,territory[,shares]) and parcels (code,territory,base_year,owner[,share] with base_gep, or with type,area_hectare; a row for each holder) from CSV, all or nothing · 由 CSV 导入权利人与地块（每持有人一行），有误则全不导入',
    )
    .option('--owners <file>', 'CSV of owners · 权利人')
    .option('--parcels <file>', 'CSV of parcels and their holders · 地块及持有人')
    .option(
      '--base-account <territory:year:norm>',
      'published account whose value of each type is shared among parcels by area · 按面积分摊的基准年核算',
      baseAccount,
    )
    .option('--base-services <codes>', 'services of it that count · 计入的服务', listOf)
    .option('--base-categories <codes>', 'categories of it that count · 计入的类别', listOf)
    .requiredOption('--since <day>', 'since when all of it holds · 自何日起', calendarDay)
    .option('--document <file>', 'paper that states it; the files themselves when left out · 依据文件')
    .action(
      async (
        company: string,
        options: DeedOptions & BaseOptions & { owners?: string; parcels?: string; since: string; document?: string },
      ) => {
        const terminal = open();
        const { owners, parcels, since, document } = options;
        const documentDigest = document === undefined ? undefined : await digestOfPaper(document);
        const answer = await deedAs(options, 'owner.manage', ({ database, actor }) =>
          new RegisterService(database).import(
            actor,
            { company, files: { owners, parcels }, since, documentDigest, baseFrom: baseOf(options) },
            randomUUID(),
          ),
        );
        terminal.result(answer, () =>
          terminal.say({
            zh: `已登记 ${answer.owners} 位权利人、${answer.parcels} 个地块`,
            en: `${answer.owners} owners and ${answer.parcels} parcels are registered`,
          }),
        );
      },
    );
  withExamples(
    command,
    `gep owner import forest --owners owners.csv --parcels parcels.csv --since 2020-12-31 ${asClerk}`,
    `gep owner import forest --owners owners.csv --parcels areas.csv --base-account 350722:2020:gbt-2024 --base-categories regulating --since 2020-12-31 ${asClerk}`,
  );
}

interface BaseOptions {
  readonly baseAccount?: BaseFrom;
  readonly baseServices?: string[];
  readonly baseCategories?: string[];
}

const baseOf = ({ baseAccount: account, baseServices, baseCategories }: BaseOptions): BaseFrom | undefined =>
  account && { ...account, services: baseServices, categories: baseCategories };

function baseAccount(text: string): BaseFrom {
  const [, territory, period, norm] = /^(\d+):(\d{4}):([a-z0-9-]+)$/.exec(text) ?? [];
  if (norm) return { territory, period, norm };
  throw new InvalidArgumentError('give territory:year:norm · 请按 地域:年份:规范 的形式给出');
}

function addOwnerList(owner: Command, open: () => Terminal): void {
  const list = owner
    .command('list <company>')
    .description('owners by code · 权利人，按代码')
    .option('--after <code>', 'go on after this one · 从其后继续')
    .action(async (company: string, { after }: { after?: string }) => {
      const terminal = open();
      const rows = await withDatabase(({ database }) =>
        database.snapshot(operator, async (tx) =>
          listOwners(tx, { companyId: (await getCompany(tx, company)).id, after, limit: mostListed }),
        ),
      );
      const headings =
        terminal.options.language === 'zh'
          ? ['代码', '类型', '名称', '起', '止']
          : ['Code', 'Kind', 'Name', 'Since', 'Ended'];
      terminal.result(rows, () =>
        renderTable(
          headings.map((heading) => ({ heading })),
          rows.map(({ code, kind, name, since, endedOn }) => [code, kind, name, since, endedOn ?? '']),
        ),
      );
    });
  withExamples(list, 'gep owner list forest', 'gep owner list forest --after h-000200 --json');
}

function addSucceed(owner: Command, open: () => Terminal): void {
  const command = byPaper(owner.command('succeed <company>'))
    .description(
      'owners end, and successors take shares of what they hold and are owed · 权利人合并、分立、继承：继受其份额与未领分红',
    )
    .requiredOption('--from <codes>', 'owners that end · 终止的权利人', listOf)
    .requiredOption('--to <code:share,…>', 'successors, whose shares sum to 1 · 继受人及份额', pairs)
    .addOption(new Option('--kind <kind>', 'which · 类型').choices([...successionKinds]).makeOptionMandatory())
    .action(
      async (
        company: string,
        options: PaperOptions & { from: string[]; to: [string, string][]; kind: SuccessionKind },
      ) => {
        const { from, to, kind } = options;
        const successors = to.map(([code, part]) => ({ owner: code, share: share(part) }));
        const wish = { ...(await deedOf(company, options)), kind, predecessors: from, successors };
        const answer = await deedAs(options, 'owner.manage', ({ database, actor }) =>
          new HoldingService(database).succeed(actor, wish, randomUUID()),
        );
        sayChanged(open(), answer);
      },
    );
  withExamples(
    command,
    `gep owner succeed forest --from h-17 --to h-18:1/2,h-19:1/2 --kind inheritance --on 2026-03-01 --reason '继承' --document deed.pdf ${asClerk}`,
  );
}

function addShares(owner: Command, open: () => Terminal): void {
  const command = byPaper(owner.command('shares <company>'))
    .description('issue, transfer or redeem registered shares · 登记股份的发行、转让、回购')
    .option('--from <code>', 'who gives; nobody when issued · 转出人；发行时不填')
    .option('--to <code>', 'who takes; nobody when redeemed · 受让人；回购时不填')
    .requiredOption('--shares <n>', 'how many · 股数', wholeNumber(1))
    .action(async (company: string, options: PaperOptions & { from?: string; to?: string; shares: number }) => {
      const { from: giver = null, to: taker = null, shares } = options;
      const wish = { ...(await deedOf(company, options)), movements: [{ giver, taker, shares: BigInt(shares) }] };
      const answer = await deedAs(options, 'owner.manage', ({ database, actor }) =>
        new HoldingService(database).moveShares(actor, wish, randomUUID()),
      );
      sayChanged(open(), answer);
    });
  withExamples(
    command,
    `gep owner shares forest --from h-17 --to h-18 --shares 100 --on 2026-03-01 --reason '转让' --document deed.pdf ${asClerk}`,
  );
}

function addLink(owner: Command, open: () => Terminal): void {
  const command = byPerson(owner.command('link <company> <owner> <login>'))
    .description('let a person with the role owner read the lines of an owner · 由该登录者查看此权利人的分红')
    .option('--end', 'no longer · 解除')
    .action(async (company: string, code: string, login: string, options: DeedOptions & { end?: true }) => {
      const terminal = open();
      const answer = await deedAs(options, 'owner.manage', async ({ database, actor }) => {
        const userId = await database.snapshot(actor, (tx) => getHolder(tx, login, 'owner'));
        const wish = { company, owner: code, userId, linked: options.end !== true };
        return new RegisterService(database).link(actor, wish, randomUUID());
      });
      terminal.result(answer, () =>
        terminal.say(
          answer.linked
            ? { zh: `${login} 现可查看 ${code} 的分红`, en: `${login} reads the lines of ${code} now` }
            : { zh: `${login} 不再查看 ${code} 的分红`, en: `${login} reads the lines of ${code} no longer` },
        ),
      );
    });
  withExamples(command, `gep owner link forest h-17 zhang-household ${asClerk}`);
}
