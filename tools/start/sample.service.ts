/** The sample of the first start: a restored mine that a paper accounts for, taken in and computed through the queue. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { operator } from '@gep/access';
import { findRun, RecomputeService } from '@gep/accounting';
import { ObservationService } from '@gep/observation';
import type { Database } from '@gep/platform';
import { listNorms, loadCase, loadNorm, RulebookService, type LoadedCase } from '@gep/rulebook';
import { loadTerritoryFile, TerritoryService } from '@gep/territory';

type Say = (text: string) => void;

const sampleCase = 'jinsha-mine';
const patienceMs = 120_000;

/** Publishes the norms and takes in the sample; what is there already stays as it is. */
export async function loadSample(database: Database, rulebookDir: string, say: Say): Promise<LoadedCase> {
  const territories = await loadTerritoryFile(path.join(rulebookDir, 'territories', 'sample.yaml'));
  const { added } = await new TerritoryService(database).importTerritories(operator, territories);
  if (added > 0) say(`${added} territories: nation to ${territories.at(-1)!.nameEn}`);
  const rulebook = new RulebookService(database);
  for (const id of await listNorms(rulebookDir)) {
    const norm = await loadNorm(id, rulebookDir);
    if (norm.status !== 'usable') continue;
    const { changed, edition } = await rulebook.publish(operator, norm);
    if (changed) say(`norm ${id} @ ${edition.slice(0, 12)} in force`);
  }
  const study = await loadCase(sampleCase, rulebookDir);
  const { fileName, bytes } = study.observations;
  const report = await new ObservationService(database, rulebook).importFile(operator, {
    bytes,
    fileName,
    normId: study.published.norm,
  });
  if (!report.alreadyImported)
    say(`observations of ${study.published.territory.name.en}: ${report.counts.acceptedRows} rows`);
  return study;
}

/** Asks for the periods of the study and waits until the worker has done them. */
export async function computeSample(database: Database, { published }: LoadedCase, say: Say): Promise<void> {
  const runs = new RecomputeService(database);
  for (const period of [published.periods.before, published.periods.after]) {
    const request = { period, normId: published.norm, territory: published.territory.code };
    const { runId } = await runs.requestRecompute(operator, request, `sample-${period}-${Date.now()}`);
    const { computed, unchanged, refused } = await outcomeOf(database, runId);
    say(`${published.territory.code} ${period} through the queue: ${computed} computed, ${unchanged} unchanged`);
    if (refused > 0) throw new Error(`run ${runId} refused ${refused} territories; see gep recompute`);
  }
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
    await sleep(100);
  }
}
