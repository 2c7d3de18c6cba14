/** Writes an extent table of invented patches for all real counties, to see a whole nation recomputed: `--help`. */
import fs from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, CommanderError } from 'commander';
import { parsePeriod, type Period, type TerritoryCode } from '@gep/kernel';
import { fetchNationalTree } from '@gep/territory';
import { readSettings } from '../apps/cli/src/machine/settings.loader';
import { wholeNumber, withExamples } from '../apps/cli/src/terminal/arguments.command';
import { openTerminal } from '../apps/cli/src/terminal/terminal.service';
import { speakBothLanguages } from '../apps/cli/src/terminal/usage.command';
import { accountingUnits } from './generate/accounting-units';
import { inventPatches } from './generate/county-patches';
import { inventDemonstration } from './generate/demonstration';

const header =
  'territory,period,type,patch,area [hm2],precipitation [mm/a],evapotranspiration [mm/a],' +
  'rainfallErosivity,soilErodibility,slopeFactor,coverFactor,practiceFactor\n';

interface Options {
  readonly period: string;
  readonly patches: number;
  readonly seed: string;
  readonly out: string;
  readonly limit?: number;
}

async function listUnits(): Promise<TerritoryCode[]> {
  const rows = [];
  for await (const slice of fetchNationalTree({ depth: 'county', dataDir: readSettings().dataDir }))
    rows.push(...slice);
  return accountingUnits(rows);
}

function* tableOf(
  units: readonly TerritoryCode[],
  period: Period,
  { seed, patches }: Options,
): Generator<string, void, undefined> {
  yield header;
  for (const unit of units) {
    const rows = [...inventPatches(unit, period, seed, patches)];
    const lines = rows.map(({ patch, type, ...numbers }) => [unit, period, type, patch, ...Object.values(numbers)]);
    yield `${lines.join('\n')}\n`;
  }
}

const command = speakBothLanguages(new Command('generate'))
  .description(
    'Invented demonstration data: an extent table (CSV) for every county of the national tree · 生成演示数据：全国各县的范围表（CSV）',
  )
  .requiredOption('--period <period>', 'accounting period, for example 2024 · 核算期，例如 2024')
  .requiredOption('--out <file>', 'CSV file to write · 要写的 CSV 文件')
  .option('--patches <n>', 'patches per county · 每县图斑数', wholeNumber(1), 60)
  .option('--seed <text>', 'the same seed gives the same file · 种子相同则文件相同', 'demonstration')
  .option('--limit <n>', 'only the first n counties · 只取前 n 个县', wholeNumber(1))
  .action(async (options: Options) => {
    const period = parsePeriod(options.period);
    const units = (await listUnits()).slice(0, options.limit);
    await pipeline(Readable.from(tableOf(units, period, options)), fs.createWriteStream(options.out));
    const rows = units.length * options.patches;
    openTerminal({}).remark({
      zh: `${options.out}：${units.length} 个县级单元，共 ${rows} 个图斑，种子 ${options.seed}`,
      en: `${options.out}: ${units.length} county units, ${rows} patches in all, seed ${options.seed}`,
    });
  });

command
  .command('demonstration')
  .description(
    'The ten invented counties of npm start over five years: extent, statistics, facts · npm start 的十个演示县五年数据',
  )
  .requiredOption('--folder <folder>', 'folder to write to · 写入的目录')
  .option('--sown <text>', 'seed; another one gives other counties · 种子，不同则数据不同', 'demonstration')
  .action(async ({ folder, sown }: { folder: string; sown: string }) => {
    const { extentCsv, statisticsCsv, factsCsv } = inventDemonstration(sown);
    await fs.promises.mkdir(folder, { recursive: true });
    const files = { 'extent.csv': extentCsv, 'statistics.csv': statisticsCsv, 'facts.csv': factsCsv };
    for (const [name, text] of Object.entries(files)) await fs.promises.writeFile(path.join(folder, name), text);
    const names = Object.keys(files).join(', ');
    openTerminal({}).remark({ zh: `${folder}：已写入 ${names}`, en: `${folder}: ${names} written` });
  });

withExamples(
  command,
  'npm run generate -- --period 2024 --out 2024.csv && npm run gep -- observe 2024.csv',
  'npm run generate -- demonstration --folder demo && npm run gep -- compute --norm cn-terrestrial --observations demo/extent.csv --observations demo/statistics.csv --tables',
);

command.parseAsync().catch((error: unknown) => {
  if (!(error instanceof CommanderError)) return openTerminal({}).failed(error);
  if (error.exitCode !== 0) openTerminal({}).misused(error);
});
