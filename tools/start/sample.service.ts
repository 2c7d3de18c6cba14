/** The sample of the first start: a restored mine that a paper accounts for, taken in and computed through the queue. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { operator } from '@gep/access';
import { findRun, RecomputeService, reproduceCase } from '@gep/accounting';
import type { Bilingual } from '@gep/kernel';
import { ObservationService } from '@gep/observation';
import type { Database } from '@gep/platform';
import { listNorms, loadCase, loadNorm, RulebookService, type LoadedCase, type NormEdition } from '@gep/rulebook';
import { loadTerritoryFile, TerritoryService } from '@gep/territory';
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
  const territories = await loadTerritoryFile(path.join(rulebookDir, 'territories', 'sample.yaml'));
  await new TerritoryService(database).importTerritories(operator, territories);
  const rulebook = new RulebookService(database);
  const norms: NormEdition[] = [];
  for (const id of await listNorms(rulebookDir)) {
    const norm = await loadNorm(id, rulebookDir);
    if (norm.status !== 'usable') continue;
    norms.push(norm);
    const { changed, edition } = await rulebook.publish(operator, norm);
    const name = `${id} @ ${edition.slice(0, 12)}`;
    if (changed) say({ zh: `规范 ${name} 已生效`, en: `norm ${name} in force` });
  }
  const study = await loadCase(sampleCase, rulebookDir);
  const { territory, norm: normId } = study.published;
  const observed = { ...study.observations, normId };
  const report = await new ObservationService(database, rulebook).importFile(operator, observed);
  const rows = report.counts.acceptedRows;
  if (!report.alreadyImported)
    say({ zh: `${territory.name.zh}：导入观测数据 ${rows} 行`, en: `${territory.name.en}: ${rows} rows observed` });
  return { study, norm: norms.find(({ id }) => id === normId) ?? (await loadNorm(normId, rulebookDir)) };
}

/** Asks for the periods of the study and waits until the worker has done them. */
export async function computeSample(database: Database, { study: { published } }: Sample, say: Say): Promise<void> {
  const { territory, norm } = published;
  const compute = async (period: string): Promise<void> => {
    const request = { period, normId: norm, territory: territory.code };
    const { computed, unchanged } = await computeThroughQueue(database, request);
    say({
      zh: `${territory.code} ${period} 经队列：新算 ${computed}，未变 ${unchanged}`,
      en: `${territory.code} ${period} through the queue: ${computed} computed, ${unchanged} unchanged`,
    });
  };
  await Promise.all([published.periods.before, published.periods.after].map(compute));
}

/** Asks for one run and waits until the worker has done it. */
export async function computeThroughQueue(
  database: Database,
  request: { readonly period: string; readonly normId: string; readonly territory: string },
): Promise<{ computed: number; unchanged: number }> {
  const runs = new RecomputeService(database);
  const key = `sample-${request.territory}-${request.period}-${Date.now()}`;
  const { runId } = await runs.requestRecompute(operator, request, key);
  const { computed, unchanged, refused } = await outcomeOf(database, runId);
  if (refused > 0) throw new Error(`run ${runId} refused ${refused} territories; see gep recompute`);
  return { computed, unchanged };
}

async function outcomeOf(
  database: Database,
  runId: string,
): Promise<{ computed: number; unchanged: number; refused: number }> {
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
