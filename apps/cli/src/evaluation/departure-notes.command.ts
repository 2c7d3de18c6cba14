/** `gep departure cause|record`: causes that are declared with evidence, and what is said and done of a report. */
import { randomUUID } from 'node:crypto';
import { Argument, type Command } from 'commander';
import { attributedEffects, type AttributedEffect, recordKinds, type RecordKind } from '@gep/evaluation';
import { byPerson } from '../fund/person.command';
import type { DeedOptions } from '../machine/person-deed.service';
import { calendarDay, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { departureDeed } from './departure-deed.service';

const asAuditor = '--as evaluation-officer --password-stdin < password-file';

interface CauseOptions extends DeedOptions {
  readonly type?: string;
  readonly service?: string;
  readonly natural: string;
  readonly human: string;
  readonly method: string;
  readonly reason: string;
  readonly document: string;
  readonly digest: string;
}

interface RecordOptions extends DeedOptions {
  readonly on: string;
  readonly text: string;
  readonly finding?: string;
  readonly digest?: string;
}

export function addNoteCommands(departure: Command, open: () => Terminal): void {
  const cause = byPerson(
    departure
      .command('cause <audit>')
      .addArgument(new Argument('<effect>', 'what changed · 效应').choices([...attributedEffects]))
      .description('declare what share of a change came of nature, people or method · 认定变化的原因及份额')
      .option('--type <code>', 'ecosystem type; all when left out · 生态系统类型，省略为全部')
      .option('--service <code>', 'service; all when left out · 服务，省略为全部')
      .option('--natural <share>', 'share of nature · 自然原因的份额', '0')
      .option('--human <share>', 'share of people · 人为原因的份额', '0')
      .option('--method <share>', 'share of method and data · 方法与数据的份额', '0')
      .requiredOption('--reason <text>', 'why · 理由')
      .requiredOption('--document <title>', 'title of the evidence · 依据文件名称')
      .requiredOption('--digest <sha256>', 'of the evidence · 依据文件的摘要'),
  ).action((id: string, effect: AttributedEffect, options: CauseOptions) => {
    const { type = null, service = null, natural, human, method, reason } = options;
    const shares = { effect, type, service, natural, human, method, reason };
    const draft = { ...shares, documentTitle: options.document, documentDigest: options.digest };
    return departureDeed(open(), options, 'evaluation.prepare', { act: 'declare', named: id }, (services, actor) =>
      services.departures.declare(actor, id, draft, randomUUID()),
    );
  });
  withExamples(
    cause,
    `gep departure cause head-2023 area --type mixedForest --human 0.9 --natural 0.1 --reason '矿山复绿工程' --document '验收报告' --digest $(sha256sum < report.pdf | cut -c1-64) ${asAuditor}`,
  );
  const record = byPerson(
    departure
      .command('record <audit>')
      .addArgument(new Argument('<kind>', 'what it is · 种类').choices([...recordKinds]))
      .description('a comment, what was put right, or what came to light later · 登记意见、整改或后续')
      .requiredOption('--on <day>', 'day · 日期', calendarDay)
      .requiredOption('--text <text>', 'what it says · 内容')
      .option('--finding <code>', 'the finding that was put right · 所整改的问题')
      .option('--digest <sha256>', 'of the paper · 文件的摘要'),
  ).action((id: string, kind: RecordKind, options: RecordOptions) => {
    const { on: notedOn, text: statement, finding = null, digest: documentDigest = null } = options;
    const draft = { kind, notedOn, statement, finding, documentDigest };
    return departureDeed(open(), options, 'evaluation.prepare', { act: kind, named: id }, (services, actor) =>
      services.departures.record(actor, id, draft, randomUUID()),
    );
  });
  withExamples(
    record,
    `gep departure record head-2023 comment --on 2024-03-05 --text '无异议' ${asAuditor}`,
    `gep departure record head-2023 rectification --finding F1 --on 2024-05-01 --text '已补登记' ${asAuditor}`,
  );
}
