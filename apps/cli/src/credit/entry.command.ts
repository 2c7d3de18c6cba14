/** `gep credit report|act|entries|score|object|objection`: entries from report to repair, and objections to them. */
import { randomUUID } from 'node:crypto';
import { Argument, type Command, Option } from 'commander';
import {
  eventActs,
  type EventAct,
  eventStates,
  type EventState,
  listEvents,
  objectionActs,
  type ObjectionAct,
} from '@gep/credit';
import type { Permission } from '@gep/access';
import { byPerson } from '../fund/person.command';
import type { DeedOptions } from '../machine/person-deed.service';
import { renderEntries, renderObjections, renderScore } from '../rendering/credit/render-credit';
import { calendarDay, withExamples, wholeNumber } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { creditDeed, dueDaysOf, tellCredit } from './credit-services.service';

const someone = '5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11';
const digest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const by = (login: string): string => `--as ${login} --password-stdin < password-file`;
const most = 200;

export function addEntryCommands(credit: Command, open: () => Terminal): void {
  addReport(credit, open);
  addAct(credit, open);
  addReading(credit, open);
  addObjections(credit, open);
}

interface ReportOptions extends DeedOptions {
  readonly day: string;
  readonly times?: number;
  readonly evidence: string;
  readonly digest: string;
  readonly reference?: string;
  readonly replaces?: string;
}

function addReport(credit: Command, open: () => Terminal): void {
  const report = byPerson(
    credit
      .command('report <subject> <behaviour>')
      .description('report what somebody did, with its evidence · 记录行为与证据')
      .requiredOption('--day <day>', 'of the behaviour, or on which it was found · 行为发生或认定之日', calendarDay)
      .requiredOption('--evidence <text>', 'what it is, no names · 证据是什么，不写姓名')
      .requiredOption('--digest <sha256>', 'SHA-256 of the evidence · 证据的 SHA-256')
      .option('--times <count>', 'how often · 次数', wholeNumber(1))
      .option('--reference <text>', 'number of the paper, so that one thing counts once · 文件编号，同一件事只记一次')
      .option('--replaces <entry>', 'the voided entry whose place it takes · 所代替的已作废记录'),
  ).action(async (subject: string, behaviour: string, options: ReportOptions) => {
    const { day, times, evidence, digest: evidenceDigest, reference, replaces } = options;
    const wish = { subject, behaviour, day, times, evidence, evidenceDigest, reference, replaces };
    await tellCredit(
      open(),
      options,
      'credit.report',
      ({ events }, { actor }) => events.report(actor, wish, randomUUID()),
      'entry',
    );
  });
  withExamples(
    report,
    `gep credit report ${someone} sorting --day 2026-03-01 --evidence photograph --digest ${digest} ${by('village-team')}`,
  );
}

interface ActOptions extends DeedOptions {
  readonly reason?: string;
  readonly digest?: string;
  readonly on?: string;
}

function addAct(credit: Command, open: () => Terminal): void {
  const act = byPerson(
    credit
      .command('act <entry>')
      .addArgument(new Argument('<act>', 'what is done · 办理').choices(eventActs))
      .description('check, return, tell the subject, repair or void an entry · 核对、退回、告知、修复或更正作废')
      .option('--reason <text>', 'why · 理由')
      .option('--digest <sha256>', 'of the paper · 材料的摘要')
      .option(
        '--on <day>',
        'day on which a notice was served, with --digest of its proof; else today · 告知的送达日，附送达回证的摘要；未给出时为今天',
        calendarDay,
      ),
  ).action(async (id: string, what: EventAct, options: ActOptions) => {
    const { reason, digest: documentDigest, on } = options;
    await tellCredit(
      open(),
      options,
      permissionOf[what],
      ({ events }, { actor }) => events.act(actor, { id, act: what, reason, documentDigest, on }, randomUUID()),
      'entry',
    );
  });
  withExamples(
    act,
    `gep credit act ${someone} accept ${by('credit-checker')}`,
    `gep credit act ${someone} notify --on 2026-03-02 --digest ${digest} ${by('credit-officer')}`,
    `gep credit act ${someone} void --reason "wrong household" ${by('credit-approver')}`,
  );
}

const permissionOf: Readonly<Record<EventAct, Permission>> = {
  ...{ accept: 'credit.check', confirm: 'credit.check', return: 'credit.check', notify: 'credit.manage' },
  ...{ repair: 'credit.approve', void: 'credit.approve' },
};

interface EntryOptions extends DeedOptions {
  readonly state?: EventState;
  readonly subject?: string;
}
interface ScoreOptions extends DeedOptions {
  readonly purpose: string;
  readonly day?: string;
}

function addReading(credit: Command, open: () => Terminal): void {
  const entries = byPerson(
    credit
      .command('entries')
      .description('entries and where they stand · 记录及其状态')
      .addOption(new Option('--state <state>', 'only in this state · 只看此状态').choices(eventStates))
      .option('--subject <id>', 'of this subject · 此主体的'),
  ).action(async ({ state, subject: subjectId, ...options }: EntryOptions) => {
    const terminal = open();
    const found = await creditDeed(options, 'credit.read', (_services, { actor, database }) =>
      database.snapshot(actor, (tx) => listEvents(tx, { state, subjectId, page: { limit: most } })),
    );
    terminal.result(found, () => renderEntries(found, terminal.options.language));
  });
  withExamples(entries, `gep credit entries --state reported ${by('credit-checker')}`);
  const score = byPerson(
    credit
      .command('score <subject>')
      .description('the score with a reason for every entry; the purpose is noted · 分数与逐项原因；用途记入日志')
      .requiredOption('--purpose <text>', 'for what · 用途')
      .option('--day <day>', 'of this day; else today · 此日；未给出时为今天', calendarDay),
  ).action(async (subject: string, { purpose, day, ...options }: ScoreOptions) => {
    const terminal = open();
    const found = await creditDeed(options, 'credit.read', ({ scores }, { actor }) =>
      scores.read(actor, { subject, purpose, day }),
    );
    terminal.result(found, () => renderScore(found, terminal.options.language));
  });
  withExamples(score, `gep credit score ${someone} --purpose "yearly review" ${by('credit-officer')}`);
}

interface ObjectOptions extends DeedOptions {
  readonly grounds: string;
  readonly measure?: true;
  readonly own?: true;
  readonly digest?: string;
}

function addObjections(credit: Command, open: () => Terminal): void {
  const object = byPerson(
    credit
      .command('object <id>')
      .description(
        'object to an entry, or with --measure to a measure; only that is paused · 对记录或措施提出异议，只暂停该项',
      )
      .requiredOption('--grounds <text>', 'why · 理由')
      .option('--measure', 'the id is that of a measure · 编号为措施')
      .option('--own', 'as the subject at its own login · 主体本人')
      .option('--digest <sha256>', 'of the paper · 材料的摘要'),
  ).action(async (id: string, { grounds, measure, own, digest: documentDigest, ...options }: ObjectOptions) => {
    const wish = { ...(measure ? { measure: id } : { event: id }), grounds, documentDigest };
    await tellCredit(
      open(),
      options,
      own ? 'credit.own' : 'credit.manage',
      ({ objections }, { actor }) => objections.file(actor, wish, randomUUID()),
      'objection',
    );
  });
  withExamples(object, `gep credit object ${someone} --grounds "neighbour did it" --own ${by('zhang-san')}`);
  const act = byPerson(
    credit
      .command('objection <objection>')
      .addArgument(new Argument('<act>', 'what is done · 办理').choices(objectionActs))
      .description('handle an objection, or review it when rejected · 处理异议，或在不成立时复核')
      .option('--reason <text>', 'why · 理由')
      .option('--digest <sha256>', 'of the paper · 材料的摘要'),
  ).action(async (id: string, what: ObjectionAct, options: ActOptions) => {
    const { reason, digest: documentDigest } = options;
    const permission = what === 'review' || what === 'withdraw' ? 'credit.own' : 'credit.approve';
    await tellCredit(
      open(),
      options,
      permission,
      ({ objections }, { actor }) => objections.act(actor, { id, act: what, reason, documentDigest }, randomUUID()),
      'objection',
    );
  });
  withExamples(act, `gep credit objection ${someone} uphold --reason "witnesses were heard" ${by('credit-approver')}`);
  const list = byPerson(
    credit
      .command('objections')
      .description('objections that are open; all of them with --all · 未处理的异议；--all 为全部')
      .option('--all', 'those that are closed too · 含已处理的'),
  ).action(async ({ all, ...options }: DeedOptions & { readonly all?: true }) => {
    const terminal = open();
    const { found, due } = await creditDeed(options, 'credit.read', async ({ objections }, deed) => {
      const listed = await objections.list(deed.actor, { open: all ? undefined : true, page: { limit: most } });
      return { found: listed, due: await dueDaysOf(deed, listed) };
    });
    terminal.result(found, () => renderObjections(found, due, terminal.options.language));
  });
  withExamples(list, `gep credit objections ${by('credit-approver')}`);
}
