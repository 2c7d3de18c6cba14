/** The sample of the first start: a restored mine that a paper accounts for, taken in and computed through the queue. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { operator } from '@gep/access';
import { findRun, RecomputeService, reproduceCase } from '@gep/accounting';
import type { Bilingual } from '@gep/kernel';
import { currentObservations, ObservationService } from '@gep/observation';
import type { Database } from '@gep/platform';
import {
  listEditions,
  listNorms,
  loadCase,
  loadNorm,
  RulebookService,
  type LoadedCase,
  type NormEdition,
} from '@gep/rulebook';
import { listVersions, loadTerritoryFile, TerritoryService, type TerritoryRow } from '@gep/territory';
import type { Language } from '../../apps/cli/src/terminal/language';
import { renderReproduction } from '../../apps/cli/src/rendering/render-reproduction';
import { readBothPeriods } from '../../apps/cli/src/reproduce.command';

type Say = (text: Bilingual) => void;

/** The study with the norm that it was made by. */
export interface Sample {
  readonly study: LoadedCase;
  readonly norm: NormEdition;
}

const sampleCase = 'jinsha-mine';
const patienceMs = 120_000;
const pollMs = 50;
/** What everybody may look at at once; the areas and the texts of the notes wait for `gep reproduce`. */
const shownTables = ['table4', 'table5', 'table6'];

/** Publishes the norms and takes in the sample; what is there already stays as it is. */
export async function loadSample(database: Database, rulebookDir: string, say: Say): Promise<Sample> {
  await takeInPlaces(database, await loadTerritoryFile(path.join(rulebookDir, 'territories', 'sample.yaml')));
  const rulebook = new RulebookService(database);
  const norms: NormEdition[] = [];
  // An edition that somebody has replaced since is not put in force again.
  const known = await database.snapshot(operator, (tx) => listEditions(tx));
  for (const id of await listNorms(rulebookDir)) {
    const norm = await loadNorm(id, rulebookDir);
    if (norm.status !== 'usable') continue;
    norms.push(norm);
    if (known.some(({ edition }) => edition === norm.edition)) continue;
    const { changed, edition } = await rulebook.publish(operator, norm);
    const name = `${id} @ ${edition.slice(0, 12)}`;
    if (changed) say({ zh: `规范 ${name} 已生效`, en: `norm ${name} in force` });
  }
  const study = await loadCase(sampleCase, rulebookDir);
  const { published } = study;
  const { territory, norm: normId } = published;
  const periods = [published.periods.before, published.periods.after];
  if (!(await isObserved(database, { normId, periods, territories: [territory.code] }))) {
    const observed = { ...study.observations, normId };
    const report = await new ObservationService(database, rulebook).importFile(operator, observed);
    const rows = report.counts.acceptedRows;
    say({ zh: `${territory.name.zh}：导入观测数据 ${rows} 行`, en: `${territory.name.en}: ${rows} rows observed` });
  }
  return { study, norm: norms.find(({ id }) => id === normId) ?? (await loadNorm(normId, rulebookDir)) };
}

/** Takes in places that are not in the tree; what became of those that are, by merges or new names, is left as it is. */
export async function takeInPlaces(database: Database, territories: readonly TerritoryRow[]): Promise<void> {
  const codes = territories.map(({ code }) => code);
  const versions = await database.snapshot(operator, (tx) => listVersions(tx, codes));
  const known = new Set(versions.map(({ code }) => code));
  const fresh = territories.filter(({ code }) => !known.has(code));
  if (fresh.length > 0) await new TerritoryService(database).importTerritories(operator, fresh);
}

/** Whether anything holds for these places; then it is theirs who put it there, and a start changes none of it. */
export async function isObserved(
  database: Database,
  of: { readonly normId: string; readonly periods: readonly string[]; readonly territories: readonly string[] },
): Promise<boolean> {
  const { normId, periods, territories } = of;
  return database.snapshot(operator, async (tx) => {
    for (const period of periods)
      if ((await currentObservations(tx, { period, normId, territories })).length > 0) return true;
    return false;
  });
}

/** Asks for the periods of the study and waits until the worker has done them. */
export async function computeSample(database: Database, { study: { published } }: Sample, say: Say): Promise<void> {
  const { territory, norm } = published;
  const compute = async (period: string): Promise<void> => {
    const request = { period, normId: norm, territory: territory.code };
    const outcome = await computeThroughQueue(database, request);
    say(toldOutcome({ zh: `${territory.code} ${period} `, en: `${territory.code} ${period} ` }, outcome));
  };
  await Promise.all([published.periods.before, published.periods.after].map(compute));
}

/** Asks for one run and waits until the worker has done it. */
export async function computeThroughQueue(
  database: Database,
  request: { readonly period: string; readonly normId: string; readonly territory: string },
): Promise<Outcome> {
  const runs = new RecomputeService(database);
  const key = `sample-${request.territory}-${request.period}-${Date.now()}`;
  const { runId } = await runs.requestRecompute(operator, request, key);
  return outcomeOf(database, runId);
}

/** How many accounts a run made, left as they were, could not make, or left to a review. */
export interface Outcome {
  readonly computed: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly locked: number;
}

/** What people put in since may be refused, or locked by a review: that is told, and the start goes on. */
export function toldOutcome({ zh, en }: Bilingual, { computed, unchanged, refused, locked }: Outcome): Bilingual {
  const zhLocked = locked > 0 ? `，已锁定待复核 ${locked}（gep review list）` : '';
  const enLocked = locked > 0 ? `, ${locked} locked, waiting for review (gep review list)` : '';
  const zhRefused = refused > 0 ? `，未能核算 ${refused}（原因见 gep recompute）` : '';
  const enRefused = refused > 0 ? `, ${refused} refused (reasons: gep recompute)` : '';
  return {
    zh: `${zh}经队列：新算 ${computed}，未变 ${unchanged}${zhLocked}${zhRefused}`,
    en: `${en}through the queue: ${computed} computed, ${unchanged} unchanged${enLocked}${enRefused}`,
  };
}

async function outcomeOf(database: Database, runId: string): Promise<Outcome> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const run = await database.snapshot(operator, (tx) => findRun(tx, runId));
    if (run?.state === 'done') return run.progress.territories;
    if (run?.state !== 'active' || Date.now() > deadline) throw new Error(`run ${runId} is ${run?.state ?? 'missing'}`);
    await sleep(pollMs);
  }
}

/** The tables of the study from the recorded accounts, as `gep reproduce --recorded` prints them. */
export async function sampleTables(database: Database, { study, norm }: Sample, language: Language): Promise<string> {
  const accounts = await database.snapshot(operator, (tx) => readBothPeriods(tx, study.published));
  const reproduction = reproduceCase(norm, study.published, accounts);
  return renderReproduction(reproduction, language, { tables: shownTables });
}
