/** `gep target`: plans of a higher government for lower ones, from draft to close, and what each year has reached. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { listPlans } from '@gep/evaluation';
import { getTerritory } from '@gep/territory';
import { ObservationsUnreadable } from '../errors';
import { byPerson } from '../fund/person.command';
import { reading } from '../machine/opened-database.service';
import { type DeedOptions, deedAs } from '../machine/person-deed.service';
import { today } from '../machine/today.service';
import { renderPlan, renderPlans } from '../rendering/evaluation/render-plan';
import { withExamples } from '../terminal/arguments.command';
import { fileFailure } from '../terminal/failure';
import type { Terminal } from '../terminal/terminal.service';
import { addProgressCommands } from './target-progress.command';
import { readingTargets, targetServices, tellTarget } from './target-services.service';

const password = '--password-stdin < password-file';
const mostListed = 500;

export function addTargetCommands(program: Command, open: () => Terminal): void {
  const target = program
    .command('target')
    .description(
      'targets of a higher government for lower ones, and what each year reached · 上级对下级的目标及各年进展',
    );
  addReading(target, open);
  addDrafting(target, open);
  addReply(target, open);
  addActs(target, open);
  addProgressCommands(target, open);
}

function addReading(target: Command, open: () => Terminal): void {
  const list = target
    .command('list [territory]')
    .description('plans at and below a territory, each by its last edition · 该地域及其下级的计划')
    .action(async (territory: string | undefined) => {
      const terminal = open();
      const found = await reading(async (tx) => {
        const within = territory && (await getTerritory(tx, territory, today())).path;
        return listPlans(tx, { within, limit: mostListed });
      });
      terminal.result(found, () => renderPlans(found, terminal.options.language));
    });
  withExamples(list, 'gep target list', 'gep target list 990000 --json');
  const show = target
    .command('show <plan>')
    .description(
      'terms, state, replies, milestones, and what the units leave of the whole · 条款、状态、答复、逐年目标与差额',
    )
    .action(async (plan: string) => {
      const terminal = open();
      const view = await readingTargets(({ plans }, actor) => plans.show(actor, plan));
      terminal.result(view, () => renderPlan(view, terminal.options.language));
    });
  withExamples(show, 'gep target show gep-2023', 'gep target show gep-2023 --json');
}

function addDrafting(target: Command, open: () => Terminal): void {
  const draft = byPerson(
    target
      .command('draft <file>')
      .description('draft a plan from a YAML or JSON file; its form is in libs/evaluation/README.md · 由文件起草计划'),
  ).action(async (file: string, options: DeedOptions) => {
    const document = await textOf(file);
    await tellTarget(open(), options, 'evaluation.prepare', { kind: 'target-plan', act: 'open' }, ({ plans }, actor) =>
      plans.draft(actor, document, randomUUID()),
    );
  });
  withExamples(draft, `gep target draft plan.yaml --as evaluation-officer ${password}`);
  const revise = byPerson(
    target
      .command('revise <plan> <file>')
      .description('change a draft while it is talked about; the one before stays · 协商中修改草案，旧稿保留'),
  )
    .requiredOption('--reason <text>', 'why · 理由')
    .action(async (plan: string, file: string, { reason, ...options }: DeedOptions & { readonly reason: string }) => {
      const document = await textOf(file);
      const about = { kind: 'target-plan', act: 'revise', named: plan } as const;
      await tellTarget(open(), options, 'evaluation.prepare', about, ({ plans }, actor) =>
        plans.revise(actor, { plan, document, reason }, randomUUID()),
      );
    });
  withExamples(
    revise,
    `gep target revise gep-2023 plan-2.yaml --reason '按县意见修改' --as evaluation-officer ${password}`,
  );
  const amend = byPerson(
    target
      .command('amend <plan> <file>')
      .description('draft the next edition, which holds from a later year on · 起草新版，自后续某年起生效'),
  ).action(async (plan: string, file: string, options: DeedOptions) => {
    const document = await textOf(file);
    await tellTarget(open(), options, 'evaluation.prepare', { kind: 'target-plan', act: 'open' }, ({ plans }, actor) =>
      plans.amend(actor, plan, document, randomUUID()),
    );
  });
  withExamples(amend, `gep target amend gep-2023 plan-from-2025.yaml --as evaluation-officer ${password}`);
}

interface CounterOptions extends DeedOptions {
  readonly indicator?: readonly string[];
  readonly reason?: string;
  readonly digest?: string;
}

function addReply(target: Command, open: () => Terminal): void {
  for (const [verb, answer, description] of [
    ['accept', 'accepted', 'a unit accepts its targets · 单位接受目标'],
    ['counter', 'countered', 'a unit says what it could reach instead · 单位提出反提案'],
  ] as const) {
    const command = byPerson(target.command(`${verb} <plan> <unit>`).description(description)).option(
      '--digest <sha256>',
      'of the paper · 文件的摘要',
    );
    if (answer === 'countered')
      command
        .requiredOption('--indicator <proposals...>', 'code=yuan, of the last year · 指标=末年目标（元）')
        .requiredOption('--reason <text>', 'why · 理由');
    command.action(async (plan: string, unit: string, options: CounterOptions) => {
      const terminal = open();
      const { indicator = [], reason = '', digest = null } = options;
      const counter = Object.fromEntries(indicator.map((each) => each.split('=')));
      const wish = { plan, unit, answer, counter, reason, documentDigest: digest };
      const made = await deedAs(options, 'appeal.file', ({ database, actor }) =>
        targetServices(database).plans.reply(actor, wish, randomUUID()),
      );
      terminal.result({ ...wish, ...made.result }, () => `${plan} ${unit}: ${answer} ${made.result.id}`);
    });
    const proposal = answer === 'countered' ? ' --indicator gep=105000000 --reason "two dry years"' : '';
    withExamples(command, `gep target ${verb} gep-2023 990101${proposal} --as county-990101 ${password}`);
  }
}

function addActs(target: Command, open: () => Terminal): void {
  for (const [act, permission, role, description] of [
    ['negotiate', 'evaluation.confirm', 'evaluation-checker', 'end the negotiation · 完成协商'],
    ['return', 'evaluation.confirm', 'evaluation-checker', 'return a negotiated plan to the draft · 退回起草'],
    ['issue', 'evaluation.approve', 'evaluation-approver', 'issue a negotiated plan · 下达'],
    ['withdraw', 'evaluation.prepare', 'evaluation-officer', 'withdraw what is not issued · 撤回尚未下达的计划'],
    ['close', 'evaluation.approve', 'evaluation-approver', 'close a plan after its last year · 期满办结'],
  ] as const) {
    const command = byPerson(target.command(`${act} <plan>`).description(description))
      .option('--reason <text>', 'why; needed to pass somebody over, to return and to withdraw · 理由')
      .action(async (plan: string, { reason, ...options }: DeedOptions & { readonly reason?: string }) => {
        const about = { kind: 'target-plan', act, named: plan } as const;
        await tellTarget(open(), options, permission, about, ({ plans, progress }, actor) =>
          act === 'close'
            ? progress.close(actor, { plan, reason }, randomUUID())
            : plans.act(actor, { plan, act, reason }, randomUUID()),
        );
      });
    const reason = act === 'return' || act === 'withdraw' ? ' --reason "to be written anew"' : '';
    withExamples(command, `gep target ${act} gep-2023${reason} --as ${role} ${password}`);
  }
}

/** @throws ObservationsUnreadable */
async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new ObservationsUnreadable(file, fileFailure(error));
  });
}
