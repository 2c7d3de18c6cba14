/** `gep flow declare|list|withdraw`: what a territory supplies and another one counts as well, so that those above count it once. */
import { randomUUID } from 'node:crypto';
import { Option, type Command } from 'commander';
import { operator } from '@gep/access';
import { FlowMissing, FlowService, listFlows, type FlowWish, type RecordedFlow } from '@gep/accounting';
import type { Bilingual } from '@gep/kernel';
import { RulebookService } from '@gep/rulebook';
import { reading, withDatabase } from '../machine/opened-database.service';
import { showUnit } from '../rendering/figures';
import { renderTable } from '../rendering/text-table';
import { calendarDay, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { beijingDay } from '../terminal/beijing-time';

interface DeclareOptions extends Omit<FlowWish, 'normId' | 'service' | 'supplier' | 'beneficiary'> {
  readonly norm: string;
  readonly to: string;
}
interface ListOptions {
  readonly norm?: string;
  readonly service?: string;
  readonly territory?: string;
  readonly on?: string;
  readonly standing?: true;
}

export function addFlowCommands(program: Command, open: () => Terminal): void {
  const flow = program
    .command('flow')
    .description(
      'declared flows: a service used downstream is counted once above · 区内流动声明：下游使用的服务在上级只计一次',
    );
  addDeclare(flow, open);
  addList(flow, open);
  addWithdraw(flow, open);
}

function addDeclare(flow: Command, open: () => Terminal): void {
  const declare = flow
    .command('declare <service> <supplier>')
    .description('what of a service also stands in the account of another territory · 声明某服务也计入另一地域的账户')
    .requiredOption('--to <territory>', 'whose account counts it as well · 也计入其账户的受益地')
    .addOption(
      new Option('--share <number>', 'share of the supply, 0.25 or 1/3 · 占供给量的份额，如 0.25 或 1/3').conflicts([
        'quantity',
        'unit',
      ]),
    )
    .option('--quantity <number>', 'quantity of a year, with --unit · 每年的数量，须同时给出 --unit')
    .option('--unit <unit>', 'unit of the quantity · 数量的单位')
    .option('--item <code>', 'one product or statistic of the service · 服务中的某一产品或统计项')
    .requiredOption('--from <day>', 'first day on which it holds · 生效日', calendarDay)
    .option('--until <day>', 'first day on which it holds no longer · 失效日', calendarDay)
    .requiredOption('--reason <text>', 'why it is counted twice · 为何重复计入')
    .requiredOption('--source <text>', 'where this was read · 依据')
    .option('--norm <id>', 'norm of the accounts · 账户所依据的规范', 'cn-terrestrial')
    .action(async (service: string, supplier: string, options: DeclareOptions) => {
      const { norm: normId, to: beneficiary, ...rest } = options;
      const wish = { ...rest, normId, service, supplier, beneficiary };
      await show(open(), (flows) => flows.declareFlow(operator, wish, randomUUID()), {
        zh: '已声明；重新核算后，共同上级的账户只计一次',
        en: 'declared; accounts above both count it once when they are recomputed',
      });
    });
  withExamples(
    declare,
    'gep flow declare waterSupply 990101 --to 990102 --share 1/3 --from 2024-01-01 --reason "reservoir water" --source "letter 7"',
    'gep flow declare waterSupply 990101 --to 990102 --quantity 1200000 --unit m3 --from 2024-01-01 --reason "reservoir water" --source "letter 7"',
  );
}

function addList(flow: Command, open: () => Terminal): void {
  const list = flow
    .command('list')
    .description('what has been declared · 已有的声明')
    .option('--norm <id>', 'of accounts under this norm · 此规范之下的')
    .option('--service <code>', 'of this service · 此服务的')
    .option('--territory <code>', 'from or to this territory · 由此地域供给或使其受益的')
    .option('--on <day>', 'that hold on this day · 在此日有效的', calendarDay)
    .option('--standing', 'without those that were withdrawn · 不含已撤回的')
    .action(async ({ norm: normId, ...filter }: ListOptions) => {
      const terminal = open();
      const flows = await reading((tx) => listFlows(tx, { ...filter, normId }));
      terminal.result(flows, () => table(flows, terminal));
    });
  withExamples(list, 'gep flow list --territory 990101 --standing');
}

function addWithdraw(flow: Command, open: () => Terminal): void {
  const withdraw = flow
    .command('withdraw <id>')
    .description('take a declaration back; accounts that were computed stay · 撤回声明；已算出的账户不变')
    .requiredOption('--reason <text>', 'why · 理由')
    .action(async (id: string, { reason }: { readonly reason: string }) => {
      if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw new FlowMissing(id);
      await show(open(), (flows) => flows.withdrawFlow(operator, { id, reason }, randomUUID()), {
        zh: '已撤回；重新核算后，上级账户不再扣减',
        en: 'withdrawn; accounts above take nothing back when they are recomputed',
      });
    });
  withExamples(withdraw, 'gep flow withdraw 5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11 --reason "measured anew"');
}

async function show(
  terminal: Terminal,
  act: (flows: FlowService) => Promise<{ readonly id: string }>,
  said: Bilingual,
): Promise<void> {
  const [flow] = await withDatabase(async ({ database }) => {
    const { id } = await act(new FlowService(database, new RulebookService(database)));
    return database.snapshot(operator, (tx) => listFlows(tx, { ids: [id] }));
  });
  terminal.result(flow, () => [terminal.say(said), table([flow], terminal)].join('\n'));
}

const columns: readonly Bilingual[] = [
  { zh: '编号', en: 'Id' },
  { zh: '服务', en: 'Service' },
  { zh: '供给地', en: 'From' },
  { zh: '受益地', en: 'To' },
  { zh: '数量', en: 'Amount' },
  { zh: '生效', en: 'Since' },
  { zh: '失效', en: 'Until' },
  { zh: '撤回', en: 'Withdrawn' },
  { zh: '理由', en: 'Reason' },
];

function table(flows: readonly RecordedFlow[], terminal: Terminal): string {
  return renderTable(
    columns.map((heading) => ({ heading: terminal.say(heading) })),
    flows.map(({ id, service, item, supplier, beneficiary, amount, from, until, withdrawn, reason }) => [
      ...[id, item === null ? service : `${service} / ${item}`, supplier, beneficiary],
      'share' in amount
        ? amount.share.toExactText()
        : `${amount.quantity.toExactText()} ${showUnit(amount.unit, terminal.options.language)}`,
      ...[from, until ?? '', withdrawn ? beijingDay(withdrawn.at) : '', reason],
    ]),
  );
}
