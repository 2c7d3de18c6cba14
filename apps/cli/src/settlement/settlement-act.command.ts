/** `gep settlement confirm|reserve|approve|pay|…`: what persons do about a settlement, each with one step of the money. */
import { randomUUID } from 'node:crypto';
import { Option, type Command } from 'commander';
import type { Permission } from '@gep/access';
import { shortfallPolicies, type ShortfallPolicy } from '@gep/ledger';
import { SettlementService, type SettlementWish } from '@gep/settlement';
import { tellDeed } from '../deed/told-deed.service';
import { byPerson } from '../fund/person.command';
import { deedAs, type DeedOptions } from '../machine/person-deed.service';
import { calendarDay, fenOfYuan, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { toolsOf } from './settlement-tools.service';

const id = '0b6d0d7e-8f0c-4f0e-8c55-0b7a3f6e2d10';
const asPerson = '--as province-finance --password-stdin < password-file';

export function addSettlementActs(settlement: Command, open: () => Terminal): void {
  for (const [act, permission, description] of simpleActs)
    addSimpleAct(settlement, open, { act, permission, description });
  addReserve(settlement, open);
  addPay(settlement, open);
  addReturnPayment(settlement, open);
  addCollect(settlement, open);
}

const simpleActs = [
  ['confirm', 'settlement.confirm', 'confirm what was computed, by another person · 核对，由编制人以外的人办理'],
  ['approve', 'settlement.approve', 'approve what was reserved, and post what is owed · 批准预留并入账'],
  ['close', 'settlement.prepare', 'close it; what is short stays short · 办结；未付足的不再付'],
  ['return', 'settlement.confirm', 'send it back; what is held is free again · 退回；预留的资金释放'],
  ['withdraw', 'settlement.prepare', 'withdraw what is not paid · 撤回未付的结算'],
] as const;

interface ReasonOptions extends DeedOptions {
  readonly reason?: string;
  readonly date?: string;
}

async function act(
  terminal: Terminal,
  options: DeedOptions,
  permission: Permission,
  wish: SettlementWish,
): Promise<void> {
  await deedAs(options, permission, (deed) =>
    tellDeed(terminal, deed, { kind: 'settlement', act: wish.act, named: wish.id }, () =>
      new SettlementService(deed.database, toolsOf(deed.database)).act(deed.actor, wish, randomUUID()),
    ),
  );
}

function addSimpleAct(
  settlement: Command,
  open: () => Terminal,
  {
    act: name,
    permission,
    description,
  }: {
    readonly act: (typeof simpleActs)[number][0];
    readonly permission: Permission;
    readonly description: string;
  },
): void {
  const command = byPerson(settlement.command(`${name} <settlement>`).description(description)).option(
    '--reason <text>',
    'why; needed to return and withdraw · 理由；退回与撤回必填',
  );
  command.action(async (settlementId: string, { reason = '', ...options }: ReasonOptions) =>
    act(open(), options, permission, { id: settlementId, act: name, reason } as SettlementWish),
  );
  withExamples(command, `gep settlement ${name} ${id} --reason '已核对 checked' ${asPerson}`);
}

function addReserve(settlement: Command, open: () => Terminal): void {
  const reserve = byPerson(
    settlement
      .command('reserve <settlement>')
      .description('hold the money of the fund; what it cannot give is recorded · 从资金中预留；不足者记录'),
  )
    .addOption(
      new Option('--shortfall <policy>', 'when there is not enough · 不足时的办法').choices([...shortfallPolicies]),
    )
    .option('--money-period <period>', 'year of the money · 用哪一年的资金')
    .action(
      async (settlementId: string, options: DeedOptions & { shortfall?: ShortfallPolicy; moneyPeriod?: string }) => {
        const { shortfall: policy, moneyPeriod } = options;
        await act(open(), options, 'settlement.prepare', { id: settlementId, act: 'reserve', policy, moneyPeriod });
      },
    );
  withExamples(reserve, `gep settlement reserve ${id} ${asPerson}`);
}

function addPay(settlement: Command, open: () => Terminal): void {
  const pay = byPerson(
    settlement.command('pay <settlement>').description('pay, by a third person · 支付，由第三人办理'),
  )
    .option('--date <day>', 'day of the payment; today when absent · 支付日；未给出为今天', calendarDay)
    .option('--payee <party=to>', 'who is paid for a party that is no more, with --reason · 改付给谁，需 --reason')
    .option('--reason <text>', 'why another one is paid · 改付的理由')
    .action(async (settlementId: string, options: ReasonOptions & { readonly payee?: string }) => {
      const { date: effectiveDate, payee, reason = '' } = options;
      const [party, to = ''] = payee?.split('=') ?? [];
      const payees = party === undefined ? undefined : { [party]: { to, reason } };
      await act(open(), options, 'settlement.pay', { id: settlementId, act: 'pay', effectiveDate, payees });
    });
  withExamples(
    pay,
    `gep settlement pay ${id} ${asPerson}`,
    `gep settlement pay ${id} --payee 350102=350103 --reason '合并 merged' ${asPerson}`,
  );
}

function addReturnPayment(settlement: Command, open: () => Terminal): void {
  const returned = byPerson(
    settlement
      .command('return-payment <settlement> <party>')
      .description(
        'a payment that the bank returned: undone alone, its money held again · 银行退票：冲销这一笔并重新预留',
      ),
  )
    .requiredOption('--reason <text>', 'why it came back · 退回的原因')
    .option('--date <day>', 'day on which it came back · 退回之日', calendarDay)
    .action(async (settlementId: string, party: string, options: ReasonOptions) => {
      const { reason = '', date: effectiveDate } = options;
      const wish = { id: settlementId, act: 'return-payment', party, reason, effectiveDate } as const;
      await act(open(), options, 'settlement.prepare', wish);
    });
  withExamples(returned, `gep settlement return-payment ${id} 350102 --reason '账号有误 wrong account' ${asPerson}`);
}

interface CollectOptions extends DeedOptions {
  readonly amount: bigint;
  readonly clawback?: true;
  readonly source?: string;
  readonly date?: string;
}

function addCollect(settlement: Command, open: () => Terminal): void {
  const collect = byPerson(
    settlement
      .command('collect <settlement> <party>')
      .description('take in what a party pays of its bill or owes back · 收到对方应付或应追回的款'),
  )
    .requiredOption('--amount <yuan>', 'what came in · 收到的金额（元）', fenOfYuan)
    .option('--clawback', 'what it owes back, not a bill · 应追回的款，而非账单')
    .option(
      '--source <code>',
      'source of the fund that takes it in; when absent levied, of a clawback the one it was paid from · 收入哪个来源；未给出为 levied，追回款为原付来源',
    )
    .option('--date <day>', 'day of the receipt · 收款之日', calendarDay)
    .action(async (settlementId: string, party: string, options: CollectOptions) => {
      const { amount: amountFen, clawback, source, date: effectiveDate } = options;
      const of = clawback ? 'clawback' : 'bill';
      const wish = { id: settlementId, act: 'collect', party, amountFen, of, source, effectiveDate } as const;
      await act(open(), options, 'settlement.prepare', wish);
    });
  withExamples(collect, `gep settlement collect ${id} 350102 --amount 1200.50 ${asPerson}`);
}
