/** The demonstration of the first start: ten invented counties over five years, and two trees over them, beside the mine. */
import path from 'node:path';
import { operator } from '@gep/access';
import type { Bilingual } from '@gep/kernel';
import { ObservationService } from '@gep/observation';
import type { Database } from '@gep/platform';
import { RulebookService } from '@gep/rulebook';
import { listTrees, loadTerritoryFile, TreeService } from '@gep/territory';
import { loadTreeTables } from '../../apps/cli/src/tree/tree-tables.loader';
import { demonstrationYears, inventDemonstration } from '../generate/demonstration';
import { computeThroughQueue, isObserved, takeInPlaces, toldOutcome, type Outcome } from './sample.service';

type Say = (text: Bilingual) => void;

const normId = 'cn-terrestrial';
const province = '990000';
const demonstrationTrees = [
  ['demonstration-basins', 'demonstration-qing.json'],
  ['demonstration-vep', 'demonstration-vep.json'],
] as const;
const span = `${demonstrationYears[0]}–${demonstrationYears.at(-1)}`;

/** Takes in places and figures, all of them labelled; what is there already stays as it is. */
export async function loadDemonstration(database: Database, rulebookDir: string, say: Say): Promise<void> {
  const territories = await loadTerritoryFile(path.join(rulebookDir, 'territories', 'demonstration.yaml'));
  await takeInPlaces(database, territories);
  await loadTrees(database, rulebookDir, say);
  const codes = territories.map(({ code }) => code);
  if (await isObserved(database, { normId, periods: demonstrationYears, territories: codes })) return;
  const { extentCsv, statisticsCsv } = inventDemonstration();
  const file = (name: string, text: string): { fileName: string; bytes: Uint8Array } => ({
    fileName: `演示数据（虚构）demonstration, invented ${name}.csv`,
    bytes: Buffer.from(text),
  });
  const report = await new ObservationService(database, new RulebookService(database)).importFile(operator, {
    ...file('extent', extentCsv),
    alongside: [file('statistics', statisticsCsv)],
    normId,
  });
  const rows = report.counts.acceptedRows;
  say({
    zh: `演示省（地名与数字均为虚构）：导入十县 ${span} 年观测数据 ${rows} 行`,
    en: `Demonstration Province (invented): ${rows} rows observed of ten counties, ${span}`,
  });
}

/** A basin and the units of projects. A tree that is there, in whatever edition, is theirs who put it there. */
async function loadTrees(database: Database, rulebookDir: string, say: Say): Promise<void> {
  const known = await database.snapshot(operator, (tx) => listTrees(tx));
  for (const [code, file] of demonstrationTrees) {
    if (known.some((tree) => tree.code === code)) continue;
    const { tables, problems } = await loadTreeTables([path.join(rulebookDir, 'territories', file)]);
    const { nodes } = await new TreeService(database).importTree(operator, tables, problems);
    say({ zh: `平行树 ${code}（虚构）：${nodes} 个节点`, en: `parallel tree ${code} (invented): ${nodes} nodes` });
  }
}

/** Asks for all years and waits until the worker has done them. */
export async function computeDemonstration(database: Database, say: Say): Promise<void> {
  const outcomes = await Promise.all(
    demonstrationYears.map((period) => computeThroughQueue(database, { period, normId, territory: province })),
  );
  const sum = (of: keyof Outcome): number => outcomes.reduce((all, outcome) => all + outcome[of], 0);
  const whole = {
    ...{ computed: sum('computed'), unchanged: sum('unchanged') },
    ...{ refused: sum('refused'), locked: sum('locked') },
  };
  say(toldOutcome({ zh: `演示省 ${province} ${span} 年`, en: `demonstration ${province} ${span} ` }, whole));
}
