/** `gep observe`: imports files of observations into the database as one batch, or tries it without keeping anything. */
import type { Command } from 'commander';
import { operator, requirePermission } from '@gep/access';
import { OperatorGate, ReviewGate } from '@gep/accounting';
import { ObservationService, type ImportReport } from '@gep/observation';
import { RulebookFolder, RulebookService } from '@gep/rulebook';
import { withExamples } from './terminal/arguments.command';
import { exitCodes } from './terminal/failure';
import { readObservations } from './observed-file.loader';
import { actingAs, readPassword } from './machine/signed-in.service';
import { withDatabase } from './machine/opened-database.service';
import { readSettings } from './machine/settings.loader';
import { renderProblems } from './rendering/render-problems';
import type { Terminal } from './terminal/terminal.service';

interface ObserveOptions {
  readonly norm: string;
  readonly sheet?: string;
  readonly dryRun?: true;
  readonly allOrNothing?: true;
  readonly as?: string;
}

export function addObserveCommand(program: Command, open: () => Terminal): void {
  const command = program
    .command('observe <files...>')
    .description('import observations from JSON, CSV or XLSX; several files are one batch · 导入观测数据')
    .option(
      '--norm <id>',
      'norm whose types and attributes the files use · 文件中类型与属性所依据的规范',
      'cn-terrestrial',
    )
    .option(
      '--sheet <code>',
      'data sheet of a department; supersedes that sheet only, the others stand · 部门数据表；只替代该表，其余仍有效',
    )
    .option('--dry-run', 'check everything, keep nothing · 全部检查，不保存')
    .option(
      '--as <login>',
      'who sends it; the password is the first line of stdin. The operator here when absent · 报送人；密码取自标准输入的第一行。未给出时为本机操作员',
    )
    .option('--all-or-nothing', 'keep nothing when any row is wrong · 任何一行有错时不保存')
    .action(async (files: readonly string[], options: ObserveOptions) => observe(open(), files, options));
  withExamples(
    command,
    'gep observe county.xlsx --dry-run',
    'gep observe farming.csv --sheet farming',
    'gep observe farming.csv --sheet farming --as jinsha-farming < password-file',
    'gep observe extent.csv statistics.csv --norm cn-terrestrial --all-or-nothing',
  );
}

async function observe(
  terminal: Terminal,
  files: readonly string[],
  { norm: normId, sheet: dataSheet, dryRun, allOrNothing, as: login }: ObserveOptions,
): Promise<void> {
  const [first, ...alongside] = await Promise.all(files.map(readObservations));
  const password = login === undefined ? '' : await readPassword();
  const report = await withDatabase(async ({ database }) => {
    const folder = new RulebookFolder(readSettings().rulebookDir);
    const rulebook = new RulebookService(database);
    const wish = { ...first, alongside, normId, dataSheet, dryRun, allOrNothing };
    if (login === undefined)
      return new ObservationService(database, rulebook, new OperatorGate(), folder).importFile(operator, wish);
    const service = new ObservationService(database, rulebook, new ReviewGate(), folder);
    return actingAs(database, { login, password }, (person) => {
      const actor = requirePermission(person, 'observation.import');
      return service.importFile(actor, { ...wish, rights: actor.rights });
    });
  });
  if (report.counts.errors > 0) process.exitCode = exitCodes.refused;
  const { language } = terminal.options;
  const omitted = report.counts.omittedProblems;
  if (!terminal.options.json && report.problems.length > 0) {
    const more = omitted > 0 ? `\n… +${omitted}` : '';
    terminal.remark({
      zh: renderProblems(report.problems, 'zh') + more,
      en: renderProblems(report.problems, 'en') + more,
    });
  }
  terminal.result(report, () => summary(report)[language]);
}

function summary({ counts, territories, batchId, alreadyImported, dryRun, status, dataSheet }: ImportReport): {
  zh: string;
  en: string;
} {
  const kept = dryRun
    ? { zh: '试运行，未保存', en: 'dry run, nothing kept' }
    : alreadyImported
      ? { zh: `已导入过，批次 ${batchId}`, en: `imported before as batch ${batchId}` }
      : { zh: `批次 ${batchId}（${status}）`, en: `batch ${batchId} (${status})` };
  const others = [...new Set(territories.flatMap(({ dataSheets }) => dataSheets))].join(', ');
  const sheet = dataSheet !== null && {
    zh: `\n数据表 ${dataSheet}；一并有效：${others || '无'}`,
    en: `\ndata sheet ${dataSheet}; standing together: ${others || 'none'}`,
  };
  return {
    zh: `${counts.rows} 行：接受 ${counts.acceptedRows}，拒绝 ${counts.refusedRows}；${territories.length} 个地域·核算期，${counts.patches} 个图斑；错误 ${counts.errors}，警告 ${counts.warnings}\n${kept.zh}${sheet ? sheet.zh : ''}`,
    en: `${counts.rows} rows: ${counts.acceptedRows} accepted, ${counts.refusedRows} refused; ${territories.length} territory periods, ${counts.patches} patches; ${counts.errors} errors, ${counts.warnings} warnings\n${kept.en}${sheet ? sheet.en : ''}`,
  };
}
