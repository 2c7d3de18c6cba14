/** `gep disclosure`: what the public is told of a year; drafted, approved, published, read and downloaded. */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { Permission } from '@gep/access';
import {
  DisclosableFigures,
  type DisclosureAct,
  type DisclosureDocument,
  DisclosureKey,
  type DisclosureReceipt,
  findPublishedDisclosure,
  getYearlyDisclosure,
  listYearlyDisclosures,
  packageCsv,
  packageText,
  YearlyDisclosureMissing,
  YearlyDisclosureService,
} from '@gep/evaluation';
import type { Database } from '@gep/platform';
import { RulebookService } from '@gep/rulebook';
import { tellDeed } from '../deed/told-deed.service';
import { byPerson } from '../fund/person.command';
import { reading } from '../machine/opened-database.service';
import { type DeedOptions, deedAs } from '../machine/person-deed.service';
import { readSettings } from '../machine/settings.loader';
import { renderDisclosure, renderDisclosures } from '../rendering/evaluation/render-disclosure';
import { wholeNumber, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { signingSecret } from './signing-secret.loader';

const asPerson = '--password-stdin < password-file';

export function addDisclosureCommands(program: Command, open: () => Terminal): void {
  const disclosure = program
    .command('disclosure')
    .description('what the public is told of a year · 年度披露：向公众公布一年的数据');
  addReads(disclosure, open);
  addDraft(disclosure, open);
  const acts = [
    ['approve', 'evaluation.approve', 'approve a draft · 批准草稿', 'evaluation-approver'],
    ['publish', 'publication.publish', 'publish what was approved · 公布已批准的披露', 'evaluation-officer'],
    ['withdraw', 'evaluation.prepare', 'take a draft back · 撤回草稿', 'evaluation-officer'],
  ] as const;
  for (const [act, permission, description, role] of acts) {
    const command = byPerson(disclosure.command(`${act} <id>`).description(description))
      .option('--reason <text>', 'why; needed to withdraw · 理由；撤回时必填')
      .action((id: string, options: DeedOptions & { readonly reason?: string }) =>
        takeAct(open(), options, permission, { id, act, reason: options.reason }),
      );
    const reason = act === 'withdraw' ? " --reason '账户已重述'" : '';
    withExamples(
      command,
      `gep disclosure ${act} 5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11${reason} --as ${role} ${asPerson}`,
    );
  }
}

function addReads(disclosure: Command, open: () => Terminal): void {
  const list = disclosure
    .command('list')
    .description('disclosures, the newest first, drafts included · 各年披露，含草稿')
    .option('--territory <code>', 'of this territory · 此地域')
    .option('--year <year>', 'of this year · 此年', wholeNumber(1990))
    .option('--corrections', 'the log of corrections · 更正日志')
    .action(async (options: { territory?: string; year?: number; corrections?: boolean }) => {
      const terminal = open();
      const rows = await reading((tx) => listYearlyDisclosures(tx, options, { limit: 1000 }));
      terminal.result(rows, () => renderDisclosures(rows, terminal.options.language));
    });
  withExamples(list, 'gep disclosure list --territory 990001', 'gep disclosure list --corrections --json');
  const show = disclosure
    .command('show <id>')
    .description('every figure of a disclosure, published or not · 一份披露的全部数据')
    .action(async (id: string) => {
      const terminal = open();
      const { document } = await reading((tx) => getYearlyDisclosure(tx, id));
      const shown = JSON.parse(document) as DisclosureDocument;
      terminal.result(shown, () => renderDisclosure(shown, terminal.options.language));
    });
  withExamples(show, 'gep disclosure show 5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11');
  const download = disclosure
    .command('download <territory> <year>')
    .description('the published file of a year, for gep verify · 下载已公布的文件，供 gep verify 核验')
    .option('--edition <n>', 'the latest when left out · 版次，默认最新', wholeNumber(1))
    .option('--csv', 'as CSV · CSV 格式')
    .action(async (territory: string, year: string, options: { edition?: number; csv?: boolean }) => {
      const found = await reading((tx) => findPublishedDisclosure(tx, territory, Number(year), options.edition));
      if (!found) throw new YearlyDisclosureMissing(`${territory} ${year}`);
      const document = JSON.parse(found.document) as DisclosureDocument;
      const whole = { document, receipt: JSON.parse(found.receipt) as DisclosureReceipt };
      process.stdout.write(options.csv ? packageCsv(whole) : packageText(whole));
    });
  withExamples(download, 'gep disclosure download 990001 2024 > 990001-2024.json && gep verify 990001-2024.json');
}

function addDraft(disclosure: Command, open: () => Terminal): void {
  const draft = byPerson(
    disclosure
      .command('draft <territory> <year>')
      .description('freeze what is published and final of the year · 按已公布且有效的数据起草'),
  )
    .option('--reason <text>', 'why an earlier edition is corrected · 更正先前版次的理由')
    .action(async (territory: string, year: string, options: DeedOptions & { readonly reason?: string }) => {
      const { reason } = options;
      await deedAs(options, 'evaluation.prepare', async (deed) => {
        const service = await disclosuresOf(deed.database);
        await tellDeed(open(), deed, { kind: 'yearly-disclosure', act: 'draft' }, () =>
          service.draft(deed.actor, { territory, year: Number(year), ...(reason && { reason }) }, randomUUID()),
        );
      });
    });
  withExamples(draft, `gep disclosure draft 990001 2024 --as evaluation-officer ${asPerson}`);
}

async function takeAct(
  terminal: Terminal,
  options: DeedOptions,
  permission: Permission,
  wish: { readonly id: string; readonly act: DisclosureAct; readonly reason?: string },
): Promise<void> {
  await deedAs(options, permission, async (deed) => {
    const service = await disclosuresOf(deed.database);
    await tellDeed(terminal, deed, { kind: 'yearly-disclosure', act: wish.act, named: wish.id }, () =>
      service.act(deed.actor, wish, randomUUID()),
    );
  });
}

async function disclosuresOf(database: Database): Promise<YearlyDisclosureService> {
  const key = new DisclosureKey(await signingSecret(readSettings()));
  return new YearlyDisclosureService(database, new DisclosableFigures(new RulebookService(database)), key);
}
