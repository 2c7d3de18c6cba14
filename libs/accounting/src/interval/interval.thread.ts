/** The tasks that threads of intervals do: a run of draws of one or several accounts, and what all draws say. */
import type { TransferListItem } from 'node:worker_threads';
import type { ObservedPeriod } from '../account/observed-period';
import { flowTreeOf, type FlowTreeTexts } from '../flow/flow-texts';
import { type NormTexts, normOf } from '../recompute/compute-batch';
import {
  type AccountInterval,
  type IntervalRequest,
  joinDraws,
  summariseDraws,
  type WholeAccount,
} from './account-interval';
import { buffersOf, type DrawnParts, drawParts } from './draw-parts';
import type { DrawRun } from './run-draws';

/** Parts name their edition, so that its texts travel once. */
export interface DrawTask {
  readonly kind: 'draw';
  readonly norms: readonly NormTexts[];
  readonly parts: readonly { readonly edition: string; readonly observed: ObservedPeriod }[];
  readonly run: DrawRun;
  /** Flows that are counted once in the account. */
  readonly flows?: FlowTreeTexts;
}

export interface SummaryTask {
  readonly kind: 'summary';
  readonly runs: readonly DrawnParts[];
  readonly request: IntervalRequest;
  readonly whole: WholeAccount | undefined;
}

export function handle(task: DrawTask | SummaryTask): DrawnParts | AccountInterval {
  if (task.kind === 'draw') {
    const norms = new Map(task.norms.map((texts) => [texts.edition, normOf(texts)]));
    return drawParts(
      task.parts.map(({ edition, observed }) => ({ norm: norms.get(edition)!, observed })),
      task.run,
      task.flows && flowTreeOf(task.flows),
    );
  }
  const [first] = task.runs;
  const draws = joinDraws(task.runs.map((run) => run.draws));
  return summariseDraws({ ...first, draws }, task.request, task.whole);
}

/** Columns are handed over. */
export function transferOf(result: DrawnParts | AccountInterval): TransferListItem[] {
  return 'values' in result ? buffersOf(result) : [];
}
