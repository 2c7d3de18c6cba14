/** The task that threads of intervals do: a run of draws of one account. */
import type { ObservedPeriod } from '../account/observed-period';
import { type NormTexts, normOf } from '../recompute/compute-batch';
import { drawModel } from './draw-model';
import { type Draws, type DrawRun, runDraws } from './run-draws';

export interface DrawTask {
  readonly norm: NormTexts;
  readonly observed: ObservedPeriod;
  readonly run: DrawRun;
}

export function handle({ norm, observed, run }: DrawTask): Draws {
  return runDraws(drawModel(normOf(norm), observed), run);
}
