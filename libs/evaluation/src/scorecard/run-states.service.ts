/** Runs of scores with how each stands. */
import { statesOf } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { ScoreMissing } from './errors';
import type { ScoreRun } from './score-run';
import { listRunRows, type ScoreRunFilter } from './score-run.store';
import { scoreRunSteps, type ScoreRunState } from './score-steps';

/** By period, the latest version first. */
export async function listScoreRuns(tx: EntityManager, filter: ScoreRunFilter): Promise<ScoreRun[]> {
  const rows = await listRunRows(tx, filter);
  const { kind, first } = scoreRunSteps;
  const states = await statesOf(
    tx,
    kind,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, state: (states.get(row.id) ?? first) as ScoreRunState }));
}

/** @throws ScoreMissing */
export async function getScoreRun(tx: EntityManager, id: string): Promise<ScoreRun> {
  const [found] = /^[0-9a-f-]{36}$/i.test(id) ? await listScoreRuns(tx, { id }) : [];
  if (!found) throw new ScoreMissing({ zh: '评分', en: 'run of scores' }, id);
  return found;
}
