/** `gep contract spend`, `take-back`, `state`, `measure`: how the money of a contract is used, stated and held to account. */
import { randomUUID } from 'node:crypto';
import { Argument, type Command, Option } from 'commander';
import { type MeasureKind, measureKinds, SpendingService, type SpendingUse, spendingUses } from '@gep/procurement';
import { digestOfPaper } from '../dividend/paper.loader';
import { tellDeed } from '../deed/told-deed.service';
import { byPerson } from '../fund/person.command';
import { type DeedOptions, deedAs } from '../machine/person-deed.service';
import { calendarDay, fenOfYuan, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';

const asPerson = '--password-stdin < password-file';
const kind = 'contract';

interface UseOptions extends DeedOptions {
  readonly on?: string;
  readonly reason?: string;
  readonly paper?: string;
}

export function addSpendingVerbs(contract: Command, open: () => Terminal): void {
  addSpend(contract, open);
  addTakeBack(contract, open);
  addState(contract, open);
  addMeasure(contract, open);
}

function addSpend(contract: Command, open: () => Terminal): void {
  const spend = byPerson(
    contract
      .command('spend <code>')
      .argument('<yuan>', 'amount · 金额', fenOfYuan)
      .description('record how money was used, with its evidence · 登记资金使用及凭证')
      .addOption(
        new Option('--use <use>', 'conservation, or allowed · 用于保护，或其他允许的用途')
          .choices([...spendingUses])
          .makeOptionMandatory(),
      )
      .requiredOption('--purpose <text>', 'what for · 用途')
      .requiredOption('--evidence <number>', 'number of the evidence · 凭证号')
      .requiredOption('--paper <file>', 'the evidence · 凭证文件')
      .option('--on <day>', 'day of the spending · 支出日', calendarDay),
  ).action(
    async (
      code: string,
      amountFen: bigint,
      options: UseOptions & { use: SpendingUse; purpose: string; evidence: string },
    ) => {
      const terminal = open();
      const { on, use, purpose, evidence } = options;
      const documentDigest = await digestOfPaper(options.paper!);
      const draft = { contract: code, use, purpose, amountFen, evidence, documentDigest, on };
      await deedAs(options, 'procurement.manage', (deed) =>
        tellDeed(terminal, deed, { kind, act: 'spend', named: code }, () =>
          new SpendingService(deed.database).spend(deed.actor, draft, randomUUID()),
        ),
      );
    },
  );
  withExamples(
    spend,
    `gep contract spend dajun-2025 700 --use conservation --purpose '造林' --evidence '发票3001' --paper invoice.pdf --as settlement-clerk ${asPerson}`,
  );
}

function addTakeBack(contract: Command, open: () => Terminal): void {
  const takeBack = byPerson(
    contract
      .command('take-back <code> <spending>')
      .description('take a spending back by one of the opposite amount, once · 冲回一笔支出，只冲回一次')
      .requiredOption('--paper <file>', 'why it is taken back · 冲回的依据文件'),
  ).action(async (code: string, id: string, options: UseOptions) => {
    const terminal = open();
    const draft = { contract: code, id, documentDigest: await digestOfPaper(options.paper!) };
    await deedAs(options, 'procurement.manage', (deed) =>
      tellDeed(terminal, deed, { kind, act: 'take-back', named: code }, () =>
        new SpendingService(deed.database).takeBack(deed.actor, draft, randomUUID()),
      ),
    );
  });
  withExamples(
    takeBack,
    `gep contract take-back dajun-2025 0b7f2f0e-5d0a-4f6e-9b8e-0c1d2e3f4a5b --paper refund.pdf --as settlement-clerk ${asPerson}`,
  );
}

function addState(contract: Command, open: () => Terminal): void {
  const state = byPerson(
    contract
      .command('state <code> <year>')
      .description('the yearly statement of money used · 年度资金使用报告')
      .requiredOption('--paper <file>', 'the statement · 报告文件')
      .option('--on <day>', 'day of the statement · 报告日', calendarDay),
  ).action(async (code: string, year: string, options: UseOptions) => {
    const terminal = open();
    const documentDigest = await digestOfPaper(options.paper!);
    const draft = { contract: code, year, on: options.on, documentDigest };
    await deedAs(options, 'procurement.manage', (deed) =>
      tellDeed(terminal, deed, { kind, act: 'state', named: code }, () =>
        new SpendingService(deed.database).state(deed.actor, draft, randomUUID()),
      ),
    );
  });
  withExamples(state, `gep contract state dajun-2025 2026 --paper statement.pdf --as settlement-clerk ${asPerson}`);
}

function addMeasure(contract: Command, open: () => Terminal): void {
  const measure = byPerson(
    contract
      .command('measure <code>')
      .addArgument(new Argument('<kind>', 'measure · 处理').choices([...measureKinds]))
      .description('delay, cut, stop or recover what was misused, or lift it · 缓拨、减拨、停拨、追回或解除')
      .option('--amount <yuan>', 'of a cut or recovery · 减拨、追回的金额', fenOfYuan)
      .option('--lifts <id>', 'measure that is lifted · 所解除的处理')
      .option('--on <day>', 'day of the measure · 处理日', calendarDay)
      .requiredOption('--reason <text>', 'why · 理由'),
  ).action(async (code: string, taken: MeasureKind, options: UseOptions & { amount?: bigint; lifts?: string }) => {
    const terminal = open();
    const { on, reason = '', amount: amountFen, lifts } = options;
    const draft = { contract: code, kind: taken, amountFen, lifts, on, reason };
    await deedAs(options, 'settlement.confirm', (deed) =>
      tellDeed(terminal, deed, { kind, act: taken, named: code }, () =>
        new SpendingService(deed.database).measure(deed.actor, draft, randomUUID()),
      ),
    );
  });
  withExamples(measure, `gep contract measure dajun-2025 delay --reason '逾期未报告' --as fund-checker ${asPerson}`);
}
