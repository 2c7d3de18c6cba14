/** A run with the versions before it, and what was disputed of any of them. */
import { type Appeal, findAppeals, frozenFigures, listAppealIds } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { getScoreRun } from './run-states.service';
import type { ScoreRun } from './score-run';
import { scoreRunSteps } from './score-steps';

/** The run itself first. */
export async function chainOf(tx: EntityManager, run: ScoreRun): Promise<ScoreRun[]> {
  const chain = [run];
  for (let at: ScoreRun = run; at.about !== null; chain.push(at)) at = await getScoreRun(tx, at.about);
  return chain;
}

export interface Disputes {
  /** Units that wait: an objection is open, or was upheld and no version has answered it. '' for all. */
  readonly held: ReadonlySet<string>;
  /** Upheld, and to be answered by the next version. */
  readonly unanswered: readonly Appeal[];
}

/** @param chain as `chainOf` gives it */
export async function disputesOf(tx: EntityManager, chain: readonly ScoreRun[]): Promise<Disputes> {
  const answered = new Set(chain.flatMap(({ cause }) => cause?.appeals ?? []));
  const held = new Set<string>();
  const unanswered: Appeal[] = [];
  for (const { id } of chain) {
    const subject = { kind: scoreRunSteps.kind, id };
    for (const figure of await frozenFigures(tx, subject)) held.add(unitOf(figure));
    for (const appeal of await findAppeals(tx, await listAppealIds(tx, { subject }))) {
      const isUpheld = appeal.outcome === 'upheld' || appeal.outcome === 'partly-upheld';
      if (!isUpheld || answered.has(appeal.id)) continue;
      held.add(unitOf(appeal.figure));
      unanswered.push(appeal);
    }
  }
  return { held, unanswered };
}

/** `990101` of `990101:forestCover`. */
const unitOf = (figure: string): string => figure.split(':')[0];
