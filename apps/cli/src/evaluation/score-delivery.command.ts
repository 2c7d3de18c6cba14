/** `gep score deliver|judge|deliveries|status`: the figures of departments for a scorecard, and what is still owed. */
import { createHash, randomUUID } from 'node:crypto';
import path from 'node:path';
import { Argument, type Command } from 'commander';
import { type ScoreDeliveryAct, scoreDeliveryActs } from '@gep/evaluation';
import { byPerson } from '../fund/person.command';
import type { DeedOptions } from '../machine/person-deed.service';
import { readObservations } from '../observed-file.loader';
import { readPlainTable } from '../policy/policy-input.loader';
import { renderCompleteness, renderDeliveries } from '../rendering/evaluation/render-scores';
import { withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { readingScores, tellScores } from './score-services.service';

const password = '--password-stdin < password-file';

interface DeliverOptions extends DeedOptions {
  readonly department: string;
  readonly supplier: string;
  readonly scorecard?: string;
}

export function addDeliveryCommands(score: Command, open: () => Terminal): void {
  const deliver = byPerson(
    score
      .command('deliver <place> <year> <file>')
      .description(
        'supply the figures of a department (CSV, XLSX, JSON: unit and columns of the rule); never the assessed unit itself · 部门报送数据，被考核单位不得自报',
      )
      .requiredOption('--department <code>', 'of the rule · 规则中部门的代码')
      .requiredOption('--supplier <territory>', 'territory of the department · 该部门所属地域')
      .option('--scorecard <id>', 'rule, where several are in force · 规则代码（启用多条时）'),
  ).action(async (place: string, period: string, file: string, options: DeliverOptions) => {
    const { department, supplier, scorecard, ...person } = options;
    const table = await readPlainTable(file);
    const { bytes } = await readObservations(file);
    const documentDigest = createHash('sha256').update(bytes).digest('hex');
    const wish = {
      place,
      period,
      department,
      supplier,
      scorecard,
      table,
      documentName: path.basename(file),
      documentDigest,
    };
    await tellScores(
      open(),
      person,
      'evaluation.supply',
      { kind: 'score-delivery', act: 'open' },
      ({ deliveries }, actor) => deliveries.supply(actor, wish, randomUUID()),
    );
  });
  withExamples(
    deliver,
    `gep score deliver 990100 2024 forest.csv --department forestry --supplier 990100 --as forestry-bureau ${password}`,
  );
  const judge = byPerson(
    score
      .command('judge <delivery>')
      .addArgument(new Argument('<act>', 'what is done · 办理').choices([...scoreDeliveryActs]))
      .description('verify or reject figures, by another person than supplied them · 核实或不采用（非报送人）')
      .option('--reason <text>', 'why; needed to reject · 理由；不采用必填'),
  ).action((id: string, act: ScoreDeliveryAct, { reason, ...options }: DeedOptions & { readonly reason?: string }) =>
    tellScores(
      open(),
      options,
      'evaluation.confirm',
      { kind: 'score-delivery', act, named: id },
      ({ deliveries }, actor) => deliveries.judge(actor, { id, act, reason }, randomUUID()),
    ),
  );
  withExamples(
    judge,
    `gep score judge 5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11 verify --as evaluation-checker ${password}`,
  );
  addReads(score, open);
}

function addReads(score: Command, open: () => Terminal): void {
  const deliveries = score
    .command('deliveries <place> <year>')
    .description('what departments supplied, and what of it counts · 各部门的报送及其状态')
    .action(async (place: string, period: string) => {
      const terminal = open();
      const found = await readingScores(({ deliveries: service }, actor) => service.list(actor, { place, period }));
      terminal.result(found, () => renderDeliveries(found, terminal.options.language));
    });
  withExamples(deliveries, 'gep score deliveries 990100 2024');
  const status = score
    .command('status <place> <year>')
    .description('what each department owes, by when, what is missing, and reminders · 各部门应报、期限、缺报与催报')
    .option('--scorecard <id>', 'rule, where several are in force · 规则代码（启用多条时）')
    .action(async (place: string, period: string, { scorecard }: { readonly scorecard?: string }) => {
      const terminal = open();
      const found = await readingScores(({ deliveries: service }, actor) =>
        service.completeness(actor, { place, period, scorecard }),
      );
      terminal.result(found, () => renderCompleteness(found, terminal.options.language));
    });
  withExamples(status, 'gep score status 990100 2024');
}
