/** `gep agreement measure|advance|settle|act`: the periods of an agreement. */
import { createHash, randomUUID } from 'node:crypto';
import path from 'node:path';
import { Argument, type Command } from 'commander';
import { type OwnAct, ownActs } from '@gep/compensation';
import type { Fen } from '@gep/kernel';
import { ProblemList, readTables } from '@gep/observation';
import type { SettlementWish } from '@gep/settlement';
import { byPerson } from '../fund/person.command';
import type { DeedOptions } from '../machine/person-deed.service';
import { readObservations } from '../observed-file.loader';
import { renderMeasurements } from '../rendering/compensation/render-agreement';
import { fenOfYuan, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { readingAgreements, tell } from './agreement-services.service';

const asPerson = '--as province-finance --password-stdin < password-file';

export function addCycleCommands(agreement: Command, open: () => Terminal): void {
  addMeasure(agreement, open);
  addJudge(agreement, open);
  addCompute(agreement, open);
  addSettlementAct(agreement, open);
  addPeriodAct(agreement, open);
}

interface MeasureOptions extends DeedOptions {
  readonly suppliedBy: string;
  readonly place?: string;
  readonly sampledWith?: string;
}

function addMeasure(agreement: Command, open: () => Terminal): void {
  const measure = byPerson(
    agreement
      .command('measure <agreement> <period> <file>')
      .description(
        'record what a department measured (CSV, XLSX, JSON with unit and period); never the assessed unit itself · 登记部门提供的监测数据，受考核方不得自报',
      )
      .requiredOption('--supplied-by <department>', 'who supplies the figures · 提供数据的部门')
      .option('--place <territory>', 'territory of the department · 该部门所属地域')
      .option('--sampled-with <party>', 'the other side of a joint sampling · 共同采样的另一方'),
  ).action(async (id: string, period: string, file: string, options: MeasureOptions) => {
    const source = await readObservations(file);
    const [table] = await readTables(source, new ProblemList(), undefined, ['rows']);
    const [first, ...rest] = table?.header ? [table.header, ...(table.rows ?? [])] : [...(table?.rows ?? [])];
    const cellsOf = (row: typeof first): readonly (string | number | boolean | null)[] =>
      (row === undefined ? [] : 'cells' in row ? row.cells : row).map((cell) => cell ?? null);
    const wish = {
      ...{ agreement: id, period, header: cellsOf(first).map(String), rows: rest.map(cellsOf) },
      ...{
        suppliedBy: options.suppliedBy,
        supplierPlace: options.place ?? null,
        sampledWith: options.sampledWith ?? null,
      },
      ...{ documentName: path.basename(file), documentDigest: createHash('sha256').update(source.bytes).digest('hex') },
    };
    await tell(open(), options, { kind: 'measurement', act: 'measure' }, ({ measurements }, actor) =>
      measurements.record(actor, wish, randomUUID()),
    );
  });
  withExamples(measure, `gep agreement measure air 2025-Q1 air.csv --supplied-by "Ecology department" ${asPerson}`);
}

function addJudge(agreement: Command, open: () => Terminal): void {
  const judge = byPerson(
    agreement
      .command('judge <measurement>')
      .addArgument(new Argument('<act>', 'what is done · 办理').choices(['approve', 'reject']))
      .description(
        'approve or reject a measurement, by another person than recorded it · 批准或退回监测数据（非登记人）',
      )
      .option('--reason <text>', 'why; needed to reject · 理由；退回必填'),
  ).action(
    (id: string, act: 'approve' | 'reject', { reason, ...options }: DeedOptions & { readonly reason?: string }) =>
      tell(open(), options, { kind: 'measurement', act, named: id }, ({ measurements }, actor) =>
        measurements.judge(actor, { id, act, reason }, randomUUID()),
      ),
  );
  withExamples(
    judge,
    'gep agreement judge 5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11 approve --as checker --password-stdin < password-file',
  );
  const measurements = agreement
    .command('measurements <agreement> [period]')
    .description('what was measured, and what of it counts · 监测数据及其状态')
    .action(async (id: string, period: string | undefined) => {
      const terminal = open();
      const found = await readingAgreements(({ measurements: service }, actor) => service.list(actor, id, period));
      terminal.result(found, () => renderMeasurements(found, terminal.options.language));
    });
  withExamples(measurements, 'gep agreement measurements air 2025-Q1');
}

function addCompute(agreement: Command, open: () => Terminal): void {
  const advance = byPerson(
    agreement
      .command('advance <agreement> <period> <advance>')
      .description('compute an advance of the terms · 测算约定的预付'),
  ).action((id: string, period: string, code: string, options: DeedOptions) =>
    tell(open(), options, { kind: 'settlement', act: 'compute' }, ({ cycles }, actor) =>
      cycles.compute(actor, { agreement: id, period, what: `advance:${code}` }, randomUUID()),
    ),
  );
  withExamples(advance, `gep agreement advance river-2025 2025 spring ${asPerson}`);
  const settle = byPerson(
    agreement
      .command('settle <agreement> <period>')
      .description('compute the result of a period · 测算一个时期的结果')
      .option('--cut', 'what was cut or recovered for breaches instead · 改为测算因违约的核减与追回'),
  ).action((id: string, period: string, { cut, ...options }: DeedOptions & { readonly cut?: true }) =>
    tell(open(), options, { kind: 'settlement', act: 'compute' }, ({ cycles }, actor) =>
      cycles.compute(actor, { agreement: id, period, what: cut ? 'cut' : 'result' }, randomUUID()),
    ),
  );
  withExamples(settle, `gep agreement settle river-2025 2025 ${asPerson}`);
}

interface ActOptions extends DeedOptions {
  readonly reason?: string;
  readonly party?: string;
  readonly amount?: Fen;
  readonly clawback?: true;
}

const acts = [
  'confirm',
  'reserve',
  'approve',
  'pay',
  'close',
  'return',
  'withdraw',
  'return-payment',
  'collect',
] as const;

function addSettlementAct(agreement: Command, open: () => Terminal): void {
  const act = byPerson(
    agreement
      .command('act <settlement>')
      .addArgument(new Argument('<act>', 'what is done · 办理').choices(acts))
      .description('act on a settlement of an agreement, each step by another person · 办理协议的结算，各步分人')
      .option('--reason <text>', 'why; needed to return and withdraw · 理由；退回、撤回必填')
      .option('--party <party>', 'whose bill is paid, or whose payment came back · 付款或退票的一方')
      .option('--amount <yuan>', 'what is taken in · 收到的金额（元）', fenOfYuan)
      .option('--clawback', 'it pays back what it owes, not its bill · 归还应追回的款'),
  ).action((id: string, wish: (typeof acts)[number], options: ActOptions) =>
    tell(open(), options, { kind: 'settlement', act: wish, named: id }, ({ cycles }, actor) =>
      cycles.act(actor, wishOf(id, wish, options), randomUUID()),
    ),
  );
  withExamples(
    act,
    'gep agreement act 5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11 confirm --as checker --password-stdin < password-file',
    `gep agreement act 5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11 collect --party 990102 --amount 1200.50 ${asPerson}`,
  );
}

function wishOf(
  id: string,
  act: (typeof acts)[number],
  { reason, party = '', amount = 0n, clawback }: ActOptions,
): SettlementWish {
  if (act === 'collect') return { act, id, party, amountFen: amount, of: clawback ? 'clawback' : 'bill', reason };
  if (act === 'return-payment') return { act, id, party, reason: reason ?? '' };
  if (act === 'return' || act === 'withdraw') return { act, id, reason: reason ?? '' };
  return { act, id, reason };
}

function addPeriodAct(agreement: Command, open: () => Terminal): void {
  const step = byPerson(
    agreement
      .command('period <agreement> <period>')
      .addArgument(new Argument('<act>', 'what is done · 办理').choices(ownActs))
      .description(
        'note a dispute, paying on to units, an evaluation, a stop or its end · 争议、拨付到单位、绩效评价、停止、恢复',
      )
      .option('--reason <text>', 'why, or what was found · 理由或结论'),
  ).action(
    (id: string, period: string, act: OwnAct, { reason, ...options }: DeedOptions & { readonly reason?: string }) =>
      tell(open(), options, { kind: 'agreement-period', act, named: `${id} ${period}` }, ({ cycles }, actor) =>
        cycles.step(actor, { agreement: id, period, act, reason }, randomUUID()),
      ),
  );
  withExamples(step, `gep agreement period river-2025 2025 evaluate --reason "targets were met" ${asPerson}`);
}
