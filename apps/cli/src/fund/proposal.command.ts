/** `gep fund transfer|return|write-off|adjust|proposals|act`: what is done with money by hand, by three persons. */
import { randomUUID } from 'node:crypto';
import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import type { Permission } from '@gep/access';
import {
  type AdjustmentWish,
  claimRoles,
  fundRoles,
  getFund,
  listProposals,
  type ProposalAct,
  proposalActs,
  ProposalService,
  type ProposedAnswer,
  stateOfProposal,
} from '@gep/ledger';
import type { Actor } from '@gep/platform';
import { type DeedOptions, deedAs } from '../machine/person-deed.service';
import { reading } from '../machine/opened-database.service';
import { renderProposals } from '../rendering/fund/render-fund';
import { fenOfYuan, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { fundOf } from './chosen-fund.service';
import { byPerson } from './person.command';

interface ProposeOptions extends DeedOptions {
  readonly reason: string;
}

const asPerson = '--as fund-administrator --password-stdin < password-file';
const mostListed = 200;
/** Who may do each act, beside being another person than before. */
const permissionOf: Readonly<Record<ProposalAct, Permission>> = {
  approve: 'settlement.approve',
  refuse: 'settlement.approve',
  post: 'settlement.pay',
  withdraw: 'fund.manage',
};

export function addProposalCommands(fund: Command, open: () => Terminal): void {
  addTransfer(fund, open);
  addReturn(fund, open);
  addWriteOff(fund, open);
  addAdjust(fund, open);
  addProposals(fund, open);
  addAct(fund, open);
}

const proposing = (command: Command): Command => byPerson(command.requiredOption('--reason <text>', 'why · 理由'));

async function propose(
  terminal: Terminal,
  name: string,
  options: ProposeOptions,
  work: (service: ProposalService, actor: Actor, fundId: string) => Promise<ProposedAnswer>,
): Promise<void> {
  const answer = await deedAs(options, 'fund.manage', async (deed) => {
    const { id } = await fundOf(deed, name);
    return work(new ProposalService(deed.database), deed.actor, id);
  });
  terminal.result(answer, () =>
    answer.ids.length > 0
      ? [
          terminal.say({
            zh: '已提出，待另一人批准、第三人过账（gep fund act）：',
            en: 'proposed; another person approves it and a third one posts it (gep fund act):',
          }),
          ...answer.ids,
        ].join('\n')
      : terminal.say({ zh: '没有结余', en: 'there is no surplus' }),
  );
}

function addTransfer(fund: Command, open: () => Terminal): void {
  const transfer = proposing(
    fund
      .command('transfer <fund> <from> <to>')
      .argument('<yuan>', 'amount · 金额', fenOfYuan)
      .description(
        'propose to move money between sources, within purposes and years · 提议在来源之间调剂：用途只能收窄，年度不能变新',
      ),
  ).action(async (name: string, from: string, to: string, amountFen: bigint, options: ProposeOptions) => {
    await propose(open(), name, options, (service, actor, fundId) =>
      service.transfer(actor, { fundId, from, to, amountFen, reason: options.reason }, randomUUID()),
    );
  });
  withExamples(transfer, `gep fund transfer 990101/eco free-2025 water-2025 200 --reason "order 12" ${asPerson}`);
}

function addReturn(fund: Command, open: () => Terminal): void {
  const sweep = proposing(
    fund
      .command('return <fund>')
      .description('propose to return what two years have not spent · 提议上缴两年未用的结余（预算法第四十二条）'),
  ).action(async (name: string, options: ProposeOptions) => {
    await propose(open(), name, options, (service, actor, fundId) =>
      service.sweepSurplus(actor, { fundId, reason: options.reason }, randomUUID()),
    );
  });
  withExamples(sweep, `gep fund return 990101/eco --reason "Budget Law art. 42" ${asPerson}`);
}

interface BasisOptions extends ProposeOptions {
  readonly period: string;
  readonly agreement?: string;
}

const resting = (command: Command): Command =>
  command
    .requiredOption('--period <period>', 'period it is for · 所属时期')
    .option('--agreement <code>', 'agreement or settlement · 协议或结算');

function addWriteOff(fund: Command, open: () => Terminal): void {
  const writeOff = proposing(
    resting(
      fund
        .command('write-off <fund> <party>')
        .argument('<yuan>', 'amount · 金额', fenOfYuan)
        .description('propose to write off a claim that nobody will meet · 提议核销无法收回的债权')
        .addOption(
          new Option('--claim <role>', 'which claim · 哪一种债权').choices([...claimRoles]).default('clawback'),
        ),
    ),
  ).action(
    async (
      name: string,
      party: string,
      amountFen: bigint,
      { claim, period, agreement, ...options }: BasisOptions & { readonly claim: (typeof claimRoles)[number] },
    ) => {
      await propose(open(), name, options, (service, actor, fundId) =>
        service.writeOff(
          actor,
          { fundId, claim, party, amountFen, period, agreement, reason: options.reason },
          randomUUID(),
        ),
      );
    },
  );
  withExamples(
    writeOff,
    `gep fund write-off 990101/eco company:990101-lm 80.00 --claim billed --period 2025 --reason "dissolved, no successor" ${asPerson}`,
  );
}

interface AdjustOptions extends BasisOptions {
  readonly line: AdjustmentWish['postings'];
  readonly rule: string;
  readonly about?: string;
}

/** Reads `billed/works=80.00`: the account, the party where it has one, and yuan. */
function readLine(text: string, earlier: AdjustmentWish['postings'] = []): AdjustmentWish['postings'] {
  const match = /^([a-z-]+)(?:\/([^=]+))?=(-?)([\d.]+)$/.exec(text);
  const account = fundRoles.find((role) => role === match?.[1]);
  if (!match || !account)
    throw new InvalidArgumentError(
      `give <account>[/<party>]=<yuan>, an account being one of ${fundRoles.join(', ')} · 请按“科目[/对方]=元”给出，科目取自 ${fundRoles.join('、')}`,
    );
  const fen = fenOfYuan(match[4]);
  return [...earlier, { account, party: match[2] ?? null, amountFen: match[3] === '-' ? -fen : fen }];
}

function addAdjust(fund: Command, open: () => Terminal): void {
  const adjust = proposing(
    resting(
      fund
        .command('adjust <fund>')
        .description('propose a correction by hand; it moves no money of a source · 提议手工调整；不动来源的资金')
        .requiredOption(
          '--line <posting>',
          'a posting, debits above zero; several sum to zero · 分录，借方为正，合计为零',
          readLine,
        )
        .requiredOption('--rule <edition>', 'edition of the rule, or the document it follows · 所依据的规则版次或文件')
        .option('--about <voucher>', 'voucher that it corrects · 所更正的凭证'),
    ),
  ).action(async (name: string, options: AdjustOptions) => {
    const { line: postings, rule: ruleEdition, about: aboutVoucher, period, agreement, reason } = options;
    await propose(open(), name, options, (service, actor, fundId) =>
      service.adjust(actor, { fundId, postings, ruleEdition, aboutVoucher, period, agreement, reason }, randomUUID()),
    );
  });
  withExamples(
    adjust,
    `gep fund adjust 990101/eco --line billed/works=80.00 --line levied=-80.00 --rule "ruling 2025-7" --period 2025 --reason "omitted" ${asPerson}`,
  );
}

function addProposals(fund: Command, open: () => Terminal): void {
  const proposals = fund
    .command('proposals [fund]')
    .description('what is done by hand, the latest first · 手工事项，新的在前')
    .option('--open', 'only those that wait for somebody · 只列待办的')
    .action(async (name: string | undefined, { open: waiting }: { readonly open?: true }) => {
      const terminal = open();
      const rows = await reading(async (tx) => {
        const fundId = name === undefined ? undefined : (await getFund(tx, name)).id;
        return listProposals(tx, { fundId, open: waiting, limit: mostListed });
      });
      const told = rows.map((row) => ({ ...row, state: stateOfProposal(row) }));
      terminal.result(told, () => renderProposals(told, terminal.options.language));
    });
  withExamples(proposals, 'gep fund proposals --open', 'gep fund proposals 990101/eco --json');
}

function addAct(fund: Command, open: () => Terminal): void {
  const act = byPerson(
    fund
      .command('act <proposal>')
      .description(
        'approve, post, refuse or withdraw: who proposes, approves and posts are three persons · 批准、过账、驳回、撤回：提出、批准、过账由三人办理',
      )
      .addArgument(new Argument('<act>', 'what is done · 办理').choices([...proposalActs]))
      .requiredOption('--reason <text>', 'why · 理由'),
  ).action(async (proposalId: string, wish: ProposalAct, options: ProposeOptions) => {
    const terminal = open();
    const answer = await deedAs(options, permissionOf[wish], ({ database, actor }) =>
      new ProposalService(database).act(actor, { proposalId, act: wish, reason: options.reason }, randomUUID()),
    );
    terminal.result({ id: proposalId, ...answer }, () =>
      terminal.say(
        answer.voucherId === null
          ? { zh: `${proposalId}：已办理`, en: `${proposalId}: done` }
          : { zh: `已过账，凭证 ${answer.voucherId}`, en: `posted as voucher ${answer.voucherId}` },
      ),
    );
  });
  withExamples(
    act,
    'gep fund act 5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11 approve --reason "in order" --as fund-approver --password-stdin < password-file',
  );
}
