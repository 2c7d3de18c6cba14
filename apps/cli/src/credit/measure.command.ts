/** `gep credit measure|measure-act|measures`: what may follow a record, from the published list alone. */
import { randomUUID } from 'node:crypto';
import { Argument, type Command } from 'commander';
import type { Permission } from '@gep/access';
import { measureActs, type MeasureAct } from '@gep/credit';
import { byPerson } from '../fund/person.command';
import type { DeedOptions } from '../machine/person-deed.service';
import { renderMeasures } from '../rendering/credit/render-credit';
import { calendarDay, listOf, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { creditDeed, itemNamesOf, tellCredit } from './credit-services.service';

const someone = '5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11';
const by = (login: string): string => `--as ${login} --password-stdin < password-file`;

interface ProposeOptions extends DeedOptions {
  readonly causes?: readonly string[];
  readonly reason: string;
  readonly until?: string;
  readonly share?: string;
}

export function addMeasureCommands(credit: Command, open: () => Terminal): void {
  const propose = byPerson(
    credit
      .command('measure <subject> <item>')
      .description('propose a published measure, with the entries it rests on · 拟采取已公布的措施，写明所依据的记录')
      .requiredOption('--reason <text>', 'why · 理由')
      .option('--causes <ids>', 'entries, parted by commas · 记录编号，以逗号分隔', listOf)
      .option('--until <day>', 'last day; a punishment needs one · 终止日，惩戒必填', calendarDay)
      .option('--share <part>', 'the part that a cut takes away, such as 0.5 · 扣减的比例，如 0.5'),
  ).action(async (subject: string, item: string, options: ProposeOptions) => {
    const { causes = [], reason, until: untilDay, share } = options;
    await tellCredit(
      open(),
      options,
      'credit.manage',
      ({ measures }, { actor }) =>
        measures.propose(actor, { subject, item, causes, reason, untilDay, share }, randomUUID()),
      'measure',
    );
  });
  withExamples(propose, `gep credit measure ${someone} goods --reason "yearly points" ${by('credit-officer')}`);
  const act = byPerson(
    credit
      .command('measure-act <measure>')
      .addArgument(new Argument('<act>', 'what is done · 办理').choices(measureActs))
      .description('tell, hear, decide, put in force, lift or end a measure · 告知、听取申辩、决定、实施、解除或终止')
      .option('--reason <text>', 'why · 理由')
      .option('--digest <sha256>', 'of the paper · 材料的摘要'),
  ).action(
    async (
      id: string,
      what: MeasureAct,
      options: DeedOptions & { readonly reason?: string; readonly digest?: string },
    ) => {
      const { reason, digest: documentDigest } = options;
      await tellCredit(
        open(),
        options,
        permissionOf[what],
        ({ measures }, { actor }) => measures.act(actor, { id, act: what, reason, documentDigest }, randomUUID()),
        'measure',
      );
    },
  );
  withExamples(act, `gep credit measure-act ${someone} decide --reason "subject was heard" ${by('credit-approver')}`);
  const list = byPerson(
    credit.command('measures [subject]').description('measures, paused ones marked · 措施，暂停的有标记'),
  ).action(async (subjectId: string | undefined, options: DeedOptions) => {
    const terminal = open();
    const { found, names } = await creditDeed(options, 'credit.read', async ({ measures }, deed) => {
      const listed = await measures.list(deed.actor, { subjectId });
      return { found: listed, names: await itemNamesOf(deed, listed) };
    });
    terminal.result(found, () => renderMeasures(found, names, terminal.options.language));
  });
  withExamples(list, `gep credit measures ${by('credit-officer')}`);
}

const permissionOf: Readonly<Record<MeasureAct, Permission>> = {
  ...{ notify: 'credit.manage', hear: 'credit.manage', enter: 'credit.manage', end: 'credit.manage' },
  ...{ withdraw: 'credit.manage', decide: 'credit.approve', refuse: 'credit.approve', lift: 'credit.approve' },
};
