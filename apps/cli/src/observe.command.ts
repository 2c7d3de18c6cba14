/** `gep observe`: imports files of observations into the database as one batch, or tries it without keeping anything. */
import type { Command } from 'commander';
import { operator, requirePermission } from '@gep/access';
import { NothingObserved, OperatorGate, ReviewGate } from '@gep/accounting';
import { parsePeriod, parseTerritoryCode, periodEnd } from '@gep/kernel';
import {
  currentObservations,
  listObservedTerritories,
  ObservationService,
  type ImportGate,
  type ImportReport,
  type ImportRequest,
  type ObservationFile,
} from '@gep/observation';
import type { Actor, Database } from '@gep/platform';
import { RulebookFolder, RulebookService } from '@gep/rulebook';
import { getTerritory } from '@gep/territory';
import { withExamples } from './terminal/arguments.command';
import { exitCodes } from './terminal/failure';
import { readObservations } from './observed-file.loader';
import { actingAs, passwordOf, passwordOption, type ActingOptions } from './machine/signed-in.service';
import { withDatabase } from './machine/opened-database.service';
import { readSettings } from './machine/settings.loader';
import { renderProblems } from './rendering/render-problems';
import type { Terminal } from './terminal/terminal.service';

interface ObserveOptions extends ActingOptions {
  readonly norm: string;
  readonly sheet?: string;
  readonly dryRun?: true;
  readonly allOrNothing?: true;
  readonly from?: string;
  readonly territory?: string;
  readonly period?: string;
}

export function addObserveCommand(program: Command, open: () => Terminal): void {
  const command = program
    .command('observe [files...]')
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
    .option(
      '--from <norm>',
      'instead of files: take over what holds under this norm, with --territory and --period · 代替文件：沿用该规范下的现行观测数据，需 --territory 和 --period',
    )
    .option('--territory <code>', 'with --from: of which territory · 与 --from 合用：哪个地域')
    .option('--period <period>', 'with --from: of which period · 与 --from 合用：哪个核算期')
    .option('--dry-run', 'check everything, keep nothing · 全部检查，不保存')
    .option(
      '--as <login>',
      'who sends it, with --password-stdin; the operator here when absent · 报送人，需 --password-stdin；未给出时为本机操作员',
    )
    .option(...passwordOption)
    .option('--all-or-nothing', 'keep nothing when any row is wrong · 任何一行有错时不保存')
    .action(async (files: readonly string[], options: ObserveOptions, self: Command) => {
      const { from, territory, period } = options;
      const fits =
        from === undefined ? files.length > 0 && !territory && !period : files.length === 0 && territory && period;
      if (!fits)
        self.error(
          'error: give files, or --from with --territory and --period · 请给出文件，或同时给出 --from、--territory 和 --period',
          { exitCode: exitCodes.usage },
        );
      await observe(open(), files, options);
    });
  withExamples(
    command,
    'gep observe county.xlsx --dry-run',
    'gep observe farming.csv --sheet farming',
    'gep observe farming.csv --sheet farming --as jinsha-farming --password-stdin < password-file',
    'gep observe extent.csv statistics.csv --norm cn-terrestrial --all-or-nothing',
    'gep observe --from cn-terrestrial --norm my-county --territory 520523 --period 2024      # for an overlay · 供本地规范使用',
  );
}

async function observe(terminal: Terminal, files: readonly string[], options: ObserveOptions): Promise<void> {
  const { norm: normId, sheet: dataSheet, dryRun, allOrNothing, as: login } = options;
  const given = await Promise.all(files.map(readObservations));
  const password = await passwordOf(options);
  const report = await withDatabase(async ({ database }) => {
    const folder = new RulebookFolder(readSettings().rulebookDir);
    const rulebook = new RulebookService(database);
    const send = async (actor: Actor, gate: ImportGate, rights?: ImportRequest['rights']): Promise<ImportReport> => {
      const taken = options.from === undefined ? undefined : await takenOver({ database, rulebook, actor }, options);
      if (taken && taken.refusedRows > 0)
        terminal.remark({
          zh: `原先被拒绝的 ${taken.refusedRows} 行不在其中；请改正原文件后按“${normId}”重新导入`,
          en: `${taken.refusedRows} rows that were refused then are not among them; mend the file and import it for "${normId}"`,
        });
      const [first, ...alongside] = taken ? [taken] : given;
      const wish = { ...first, alongside, normId, dataSheet, dryRun, allOrNothing, rights };
      return new ObservationService(database, rulebook, gate, folder).importFile(actor, wish);
    };
    if (login === undefined) return send(operator, new OperatorGate());
    return actingAs(database, { login, password }, (person) => {
      const actor = requirePermission(person, 'observation.import');
      return send(actor, new ReviewGate(), actor.rights);
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

/** What holds under another norm for the territory and all below it, as a file. @throws TerritoryMissing, EditionNotFound, NothingObserved */
async function takenOver(
  { database, rulebook, actor }: { database: Database; rulebook: RulebookService; actor: Actor },
  { from, territory: code, period: text }: ObserveOptions,
): Promise<ObservationFile & { readonly refusedRows: number }> {
  const [territory, period, normId] = [parseTerritoryCode(code!), parsePeriod(text!), from!];
  const { territories, refusedRows } = await database.snapshot(actor, async (tx) => {
    const { path: within } = await getTerritory(tx, territory, periodEnd(period));
    const codes = (await listObservedTerritories(tx, { period, normId, within })).map((one) => one.territory);
    if (codes.length === 0) throw new NothingObserved(territory, period);
    const current = await currentObservations(tx, { period, normId, territories: codes });
    return { territories: codes, refusedRows: current.reduce((sum, one) => sum + one.refusedRows, 0) };
  });
  const service = new ObservationService(database, rulebook);
  const { json } = await service.exportObservations(actor, { period, normId, territories });
  return { bytes: Buffer.from(json), fileName: `${normId} ${territory} ${period}.json`, refusedRows };
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
