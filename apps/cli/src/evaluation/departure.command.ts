/** `gep departure`: the audit of a departing office holder, from the frozen ends of the term to the follow-up. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Argument, Option, type Command } from 'commander';
import { operator } from '@gep/access';
import { plainActs, type PlainAct, verdictLevels, type VerdictLevel } from '@gep/evaluation';
import { byPerson } from '../fund/person.command';
import { withDatabase } from '../machine/opened-database.service';
import { type DeedOptions, deedAs } from '../machine/person-deed.service';
import { renderDeparture, renderDepartures, renderSnapshots } from '../rendering/evaluation/render-departure';
import { calendarDay, listOf, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { departureDeed } from './departure-deed.service';
import { addNoteCommands } from './departure-notes.command';
import { departureServices } from './departure-services.service';
import { addPackCommand } from './term-pack.command';

const audit = '5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11';
const asPerson = (role: string): string => `--as ${role} --password-stdin < password-file`;

export function addDepartureCommands(program: Command, open: () => Terminal): void {
  const departure = program
    .command('departure')
    .description('audits of departing office holders · 领导干部自然资源资产离任审计');
  addReads(departure, open);
  addFreeze(departure, open);
  addCommission(departure, open);
  addPlan(departure, open);
  addNoteCommands(departure, open);
  addReport(departure, open);
  addActs(departure, open);
  addPackCommand(departure, open);
}

function addReads(departure: Command, open: () => Terminal): void {
  const list = departure
    .command('list')
    .description('audits and where they stand · 各项审计')
    .action(async () => {
      const terminal = open();
      const rows = await withDatabase(({ database }) => departureServices(database).departures.list(operator, {}));
      terminal.result(rows, () => renderDepartures(rows, terminal.options.language));
    });
  withExamples(list, 'gep departure list');
  const show = departure
    .command('show <audit>')
    .description('an audit: plan, declared causes, records, clocks · 一项审计：方案、原因、记录、期限')
    .action(async (id: string) => {
      const terminal = open();
      const view = await withDatabase(({ database }) => departureServices(database).departures.show(operator, id));
      terminal.result(view, () => renderDeparture(view, terminal.options.language));
    });
  withExamples(show, 'gep departure show head-2023');
  const snapshots = departure
    .command('snapshots <territory>')
    .description('frozen ends of terms · 冻结的任期端点')
    .action(async (territory: string) => {
      const terminal = open();
      const rows = await withDatabase(({ database }) =>
        departureServices(database).terms.list(operator, { territory }),
      );
      terminal.result(rows, () => renderSnapshots(rows, terminal.options.language));
    });
  withExamples(snapshots, 'gep departure snapshots 991103');
}

type FreezeOptions = DeedOptions & { readonly norm: string; readonly reason?: string };

function addFreeze(departure: Command, open: () => Terminal): void {
  const freeze = byPerson(
    departure
      .command('freeze <territory>')
      .addArgument(
        new Argument('<end>', 'first day in office, or the last · 任职首日或在任末日').choices([
          'appointment',
          'departure',
        ]),
      )
      .argument('<day>', 'day of that end · 端点之日', calendarDay)
      .description('freeze an end of a term: what is published then · 冻结任期端点：其时已公布的存量与流量')
      .option('--norm <id>', 'norm · 规范', 'cn-terrestrial')
      .option('--reason <text>', 'why it is frozen anew · 重新冻结的理由'),
  ).action((territory: string, end: 'appointment' | 'departure', day: string, options: FreezeOptions) =>
    deedAs(options, 'evaluation.prepare', async ({ database, actor }) => {
      const { norm, reason } = options;
      const wish = { territory, norm, end, day, reason };
      const { result, replayed } = await departureServices(database).terms.freeze(actor, wish, randomUUID());
      open().result({ ...result, replayed }, () => result.id);
    }),
  );
  withExamples(
    freeze,
    `gep departure freeze 991103 appointment 2021-01-01 ${asPerson('evaluation-officer')}`,
    `gep departure freeze 991103 departure 2024-06-30 ${asPerson('evaluation-officer')}`,
  );
}

interface CommissionOptions extends DeedOptions {
  readonly office: string;
  readonly holder: string;
  readonly from: string;
  readonly to: string;
  readonly norm: string;
  readonly by: string;
  readonly digest: string;
}

function addCommission(departure: Command, open: () => Terminal): void {
  const commission = byPerson(
    departure
      .command('commission <territory> <code>')
      .description('commission an audit: an office and a term, no name · 委托审计：写职务与任期，不写姓名')
      .requiredOption('--office <text>', 'the office · 职务')
      .requiredOption('--holder <code>', 'reference code of the holder · 任职者的内部代码')
      .requiredOption('--from <day>', 'first day in office · 任职首日', calendarDay)
      .requiredOption('--to <day>', 'last day in office · 在任末日', calendarDay)
      .option('--norm <id>', 'norm · 规范', 'cn-terrestrial')
      .requiredOption('--by <text>', 'who commissions it · 委托机关')
      .requiredOption('--digest <sha256>', 'of the commission · 委托书的摘要'),
  ).action((territory: string, code: string, options: CommissionOptions) =>
    departureDeed(open(), options, 'evaluation.approve', { act: 'open' }, ({ departures }, actor) => {
      const { office, holder, from: appointedOn, to: departedOn, norm: normId } = options;
      const { by: commissionedBy, digest: commissionDigest } = options;
      const draft = { territory, code, office, holder, appointedOn, departedOn, normId };
      return departures.commission(actor, { ...draft, commissionedBy, commissionDigest }, randomUUID());
    }),
  );
  withExamples(
    commission,
    `gep departure commission 991103 head-2023 --office '县长' --holder H-7 --from 2021-01-01 --to 2023-12-31 --by '组织部' --digest $(sha256sum < letter.pdf | cut -c1-64) ${asPerson('evaluation-approver')}`,
  );
}

interface PlanOptions extends DeedOptions {
  readonly appointment?: string;
  readonly departure?: string;
  readonly weather?: readonly string[];
  readonly condition?: readonly string[];
  readonly conditionDefinition?: string;
}

function addPlan(departure: Command, open: () => Terminal): void {
  const plan = byPerson(
    departure
      .command('plan <audit>')
      .description('say which frozen ends are compared · 制定方案：比较哪两个端点')
      .option('--appointment <snapshot>', 'the last one frozen when left out · 省略时取最近冻结的')
      .option('--departure <snapshot>', 'the last one frozen when left out · 省略时取最近冻结的')
      .option('--weather <attributes>', 'attributes that tell weather, by commas · 据以区分天气的属性', listOf)
      .option('--condition <attributes>', 'attributes that tell condition, by commas · 据以区分状况的属性', listOf)
      .option('--condition-definition <file>', 'definition of a condition account · 状况账户的定义文件'),
  ).action((id: string, options: PlanOptions) =>
    departureDeed(open(), options, 'evaluation.prepare', { act: 'plan', named: id }, async (services, actor) => {
      const { territory, normId, appointedOn, departedOn } = await services.departures.show(actor, id);
      const frozen = async (end: 'appointment' | 'departure', day: string): Promise<string> => {
        const [last] = await services.terms.list(actor, { territory, norm: normId, end, day });
        return options[end] ?? last?.id ?? randomUUID();
      };
      const file = options.conditionDefinition;
      const draft = {
        appointmentSnapshot: await frozen('appointment', appointedOn),
        departureSnapshot: await frozen('departure', departedOn),
        conditionAttributes: options.condition ?? [],
        weatherAttributes: options.weather ?? [],
        conditionDefinition: file === undefined ? null : await readFile(file, 'utf8'),
      };
      return services.departures.plan(actor, id, draft, randomUUID());
    }),
  );
  withExamples(
    plan,
    `gep departure plan head-2023 --weather precipitation,evapotranspiration ${asPerson('evaluation-officer')}`,
  );
}

interface ReportOptions extends DeedOptions {
  readonly verdict: VerdictLevel;
  readonly reason: string;
  readonly finding: readonly { readonly code: string; readonly text: string }[];
  readonly sent?: string;
}

function addReport(departure: Command, open: () => Terminal): void {
  const findings = (text: string, before: ReportOptions['finding']): ReportOptions['finding'] => {
    const [code, ...rest] = text.split('=');
    return [...before, { code: code.trim(), text: rest.join('=').trim() }];
  };
  const report = byPerson(
    departure
      .command('report <audit>')
      .description('fix the report and send it for comment, ten days · 固定报告并送达征求意见，十日')
      .addOption(
        new Option('--verdict <level>', 'one of five levels; their wording is unverified · 五级评价之一，用语未核实')
          .choices([...verdictLevels])
          .makeOptionMandatory(),
      )
      .requiredOption('--reason <text>', 'of the verdict; it rests on the human part · 评价理由，只依据人为部分')
      .option('--finding <code=text>', 'what was found; repeat it · 问题，可重复', findings, [])
      .option('--sent <day>', 'day it is handed over; today when left out · 送达日，省略为今天', calendarDay),
  ).action((id: string, { verdict: level, reason, finding, sent: sentOn, ...options }: ReportOptions) =>
    departureDeed(open(), options, 'evaluation.prepare', { act: 'report', named: id }, ({ reports }, actor) => {
      const verdict = { level, reason, findings: finding };
      return reports.report(actor, { departure: id, verdict, sentOn }, randomUUID());
    }),
  );
  withExamples(
    report,
    `gep departure report head-2023 --verdict fairly-good --reason '林地因造林增加' --finding 'F1=造林未及时登记' ${asPerson('evaluation-officer')}`,
  );
}

function addActs(departure: Command, open: () => Terminal): void {
  const issue = byPerson(
    departure.command('issue <audit>').description('issue the report once comments are in · 出具报告'),
  ).action((id: string, options: DeedOptions) =>
    departureDeed(open(), options, 'evaluation.confirm', { act: 'issue', named: id }, ({ reports }, actor) =>
      reports.issue(actor, id, randomUUID()),
    ),
  );
  withExamples(issue, `gep departure issue head-2023 ${asPerson('evaluation-checker')}`);
  const act = byPerson(
    departure
      .command('act <audit>')
      .addArgument(new Argument('<act>', 'the step · 步骤').choices([...plainActs]))
      .description('begin, suspend, resume, revise, rectify, publish, close, withdraw · 其余各步')
      .option('--reason <text>', 'why · 理由'),
  ).action((id: string, step: PlainAct, { reason, ...options }: DeedOptions & { readonly reason?: string }) =>
    departureDeed(open(), options, 'evaluation.read', { act: step, named: id }, ({ departures }, actor) =>
      departures.act(actor, { departure: id, act: step, reason }, randomUUID()),
    ),
  );
  withExamples(
    act,
    `gep departure act head-2023 begin ${asPerson('evaluation-officer')}`,
    `gep departure act ${audit} close --reason '已归入干部档案' ${asPerson('evaluation-approver')}`,
  );
}
