/** Writes an extent table of invented patches for all real counties, to see a whole nation recomputed: `--help`. */
import { once } from 'node:events';
import fs from 'node:fs';
import { finished } from 'node:stream/promises';
import { Command } from 'commander';
import { parsePeriod, type TerritoryCode } from '@gep/kernel';
import { readConfig } from '@gep/platform';
import { fetchNationalTree } from '@gep/territory';
import { inventPatches } from './generate/county-patches';

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

async function listCounties(): Promise<TerritoryCode[]> {
  const { dataDir } = readConfig(process.env);
  const counties: TerritoryCode[] = [];
  for await (const rows of fetchNationalTree({ depth: 'county', dataDir }))
    counties.push(...rows.flatMap(({ code, level }) => (level === 'county' ? [code] : [])));
  return counties;
}

async function writeTable({ period, patches, seed, out, limit }: Options): Promise<number> {
  const counties = (await listCounties()).slice(0, limit);
  const file = fs.createWriteStream(out);
  file.write(header);
  for (const county of counties) {
    const rows = [...inventPatches(county, parsePeriod(period), seed, patches)];
    const text = rows.map(({ patch, type, ...numbers }) => [county, period, type, patch, ...Object.values(numbers)]);
    if (!file.write(`${text.join('\n')}\n`)) await once(file, 'drain');
  }
  file.end();
  await finished(file);
  return counties.length;
}

const wholeNumber = (text: string): number => Number.parseInt(text, 10);

new Command('generate')
  .description('Invented demonstration data: an extent table (CSV) for every county of the national tree')
  .requiredOption('--period <period>', 'accounting period, for example 2024')
  .option('--patches <n>', 'patches per county', wholeNumber, 60)
  .option('--seed <text>', 'the same seed gives the same file', 'demonstration')
  .option('--limit <n>', 'only the first n counties', wholeNumber)
  .requiredOption('--out <file>', 'CSV file to write')
  .action(async (options: Options) => {
    const counties = await writeTable(options);
    process.stderr.write(`${options.out}: ${counties} counties × ${options.patches} patches, seed ${options.seed}\n`);
  })
  .parseAsync()
  .catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
