/** `gep agreement breach|breach-act|breaches`: order to correct, and what follows when that is late. */
import { randomUUID } from 'node:crypto';
import { Argument, type Command } from 'commander';
import { breachMeasures, type BreachMeasureKind } from '@gep/compensation';
import type { Fen } from '@gep/kernel';
import { byPerson } from '../fund/person.command';
import type { DeedOptions } from '../machine/person-deed.service';
import { renderBreaches } from '../rendering/compensation/render-agreement';
import { calendarDay, fenOfYuan, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { readingAgreements, tell } from './agreement-services.service';

interface OrderOptions extends DeedOptions {
  readonly finding: string;
  readonly on: string;
  readonly by: string;
  readonly digest?: string;
}
interface ActOptions extends DeedOptions {
  readonly reason: string;
  readonly period?: string;
  readonly until?: string;
  readonly amount?: Fen;
  readonly settlement?: string;
}

const asPerson = '--as province-finance --password-stdin < password-file';
const acts = ['find-late', 'correct', ...breachMeasures] as const;

export function addBreachCommands(agreement: Command, open: () => Terminal): void {
  const order = byPerson(
    agreement
      .command('breach <agreement> <party>')
      .description('order a party to correct a breach by a day · 责令一方限期改正')
      .requiredOption('--finding <text>', 'what was found · 事实')
      .requiredOption('--on <day>', 'day of the order · 责令之日', calendarDay)
      .requiredOption('--by <day>', 'last day to correct it · 改正期限', calendarDay)
      .option('--digest <sha256>', 'of the order · 文书的摘要'),
  ).action((id: string, party: string, { finding, on, by, digest, ...options }: OrderOptions) => {
    const wish = { agreement: id, party, finding, orderedOn: on, correctBy: by, documentDigest: digest ?? null };
    return tell(open(), options, { kind: 'agreement-breach', act: 'order' }, ({ breaches }, actor) =>
      breaches.order(actor, wish, randomUUID()),
    );
  });
  withExamples(
    order,
    `gep agreement breach river-2025 county-a --finding "money used for a road" --on 2025-06-01 --by 2025-07-01 ${asPerson}`,
  );
  addAct(agreement, open);
  const list = agreement
    .command('breaches <agreement>')
    .description('breaches, and the measures taken · 违约与措施')
    .action(async (id: string) => {
      const terminal = open();
      const found = await readingAgreements(({ breaches }, actor) => breaches.list(actor, id));
      terminal.result(found, () => renderBreaches(found, terminal.options.language));
    });
  withExamples(list, 'gep agreement breaches river-2025');
}

function addAct(agreement: Command, open: () => Terminal): void {
  const act = byPerson(
    agreement
      .command('breach-act <breach>')
      .addArgument(new Argument('<act>', 'what is done · 办理').choices(acts))
      .description(
        'find it late or corrected; once late, delay, cut, stop or recover · 认定逾期或改正；逾期后可缓拨、减拨、停拨或追回',
      )
      .requiredOption('--reason <text>', 'why · 理由')
      .option('--until <day>', 'until when it is delayed · 缓拨至', calendarDay)
      .option('--period <period>', 'of which a cut is made · 减拨的时期')
      .option('--amount <yuan>', 'what is cut or recovered · 减拨或追回的金额（元）', fenOfYuan)
      .option('--settlement <id>', 'which is recovered · 追回所涉的结算'),
  ).action((breach: string, kind: (typeof acts)[number], options: ActOptions) => {
    const { reason, until, period, amount: amountFen, settlement: settlementId, ...person } = options;
    return tell(open(), person, { kind: 'agreement-breach', act: kind, named: breach }, ({ breaches }, actor) =>
      kind === 'find-late' || kind === 'correct'
        ? breaches.find(actor, { breach, act: kind, reason }, randomUUID())
        : breaches.measure(
            actor,
            { breach, kind: kind satisfies BreachMeasureKind, reason, until, period, amountFen, settlementId },
            randomUUID(),
          ),
    );
  });
  withExamples(
    act,
    `gep agreement breach-act 5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11 find-late --reason "inspected on 2025-07-02" ${asPerson}`,
    'gep agreement breach-act 5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11 cut --period 2025 --amount 300000 --reason "not corrected" --as approver --password-stdin < password-file',
  );
}
