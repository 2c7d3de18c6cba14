/** `gep observe`: imports a file of observations into the database, or tries it without keeping anything. */
import path from 'node:path';
import type { Command } from 'commander';
import { operator } from '@gep/access';
import { ObservationService, type ImportReport } from '@gep/observation';
import { openLocalDatabase, readConfig } from '@gep/platform';
import { RulebookService } from '@gep/rulebook';
import { exitCodes } from './failure';
import { readObservations } from './observed-file.loader';
import { renderProblems } from './render-problems';
import type { Terminal } from './terminal.service';

interface ObserveOptions {
  readonly norm: string;
  readonly dryRun?: true;
  readonly allOrNothing?: true;
}

export function addObserveCommand(program: Command, open: () => Terminal): void {
  program
    .command('observe <file>')
    .description('import observations from JSON, CSV or XLSX · 导入观测数据')
    .option('--norm <id>', 'norm whose types and attributes the file uses', 'cn-terrestrial')
    .option('--dry-run', 'check everything, keep nothing')
    .option('--all-or-nothing', 'keep nothing when any row is wrong')
    .action(async (file: string, options: ObserveOptions) => observe(open(), file, options));
}

async function observe(
  terminal: Terminal,
  file: string,
  { norm, dryRun, allOrNothing }: ObserveOptions,
): Promise<void> {
  const bytes = await readObservations(file);
  const local = await openLocalDatabase(readConfig(process.env), { applicationName: 'gep-cli' });
  try {
    const service = new ObservationService(local.database, new RulebookService(local.database));
    const request = { bytes, fileName: path.basename(file), normId: norm, dryRun, allOrNothing };
    const report = await service.importFile(operator, request);
    if (report.counts.errors > 0) process.exitCode = exitCodes.refused;
    terminal.result(report, () => summary(terminal, report));
  } finally {
    await local.close();
  }
}

function summary(terminal: Terminal, report: ImportReport): string {
  const { counts, territories, batchId, alreadyImported, dryRun, status } = report;
  const kept = dryRun
    ? { zh: '试运行，未保存', en: 'dry run, nothing kept' }
    : alreadyImported
      ? { zh: `已导入过，批次 ${batchId}`, en: `imported before as batch ${batchId}` }
      : { zh: `批次 ${batchId}（${status}）`, en: `batch ${batchId} (${status})` };
  const counted = {
    zh: `${counts.rows} 行：接受 ${counts.acceptedRows}，拒绝 ${counts.refusedRows}；${territories.length} 个地域·核算期，${counts.patches} 个图斑；错误 ${counts.errors}，警告 ${counts.warnings}`,
    en: `${counts.rows} rows: ${counts.acceptedRows} accepted, ${counts.refusedRows} refused; ${territories.length} territory periods, ${counts.patches} patches; ${counts.errors} errors, ${counts.warnings} warnings`,
  };
  const omitted = counts.omittedProblems > 0 ? [`… +${counts.omittedProblems}`] : [];
  const problems = renderProblems(report.problems, terminal.options.language);
  return [...(problems ? [problems] : []), ...omitted, terminal.say(counted), terminal.say(kept)].join('\n');
}
