/** Decides how much of a task is tried at once: all that is left, and less after workers were lost over it. */

/** Workers that a whole task may take with it before it is halved; every further one halves it again. */
export const lossesOfTask = 3;
/** Workers that a single territory may take with it, tried alone, before it is given up. */
export const lossesOfTerritory = 5;

/** How far a task is. */
export interface TaskProgress {
  /** Territories of the task. */
  readonly total: number;
  /** How many of them are finished, from the first. */
  readonly finished: number;
  /** Most territories at once; null for all that are left. */
  readonly partSize: number | null;
  /** Attempts at the next part that were begun, and of whose end nothing was heard. */
  readonly begun: number;
}

/** The part to try now, with the number of this attempt at it; or the territory to give up, after so many losses. */
export type NextPart =
  | { readonly from: number; readonly size: number; readonly partSize: number | null; readonly attempt: number }
  | { readonly from: number; readonly lost: number };

/** @param progress of a task that is not finished */
export function nextPart({ total, finished, partSize, begun }: TaskProgress): NextPart {
  const left = total - finished;
  const size = Math.min(partSize ?? left, left);
  if (size === 1 && begun >= lossesOfTerritory) return { from: finished, lost: begun };
  const halves = size > 1 && begun >= (partSize === null ? lossesOfTask : 1);
  if (!halves) return { from: finished, size, partSize, attempt: begun + 1 };
  const half = Math.ceil(size / 2);
  return { from: finished, size: half, partSize: half, attempt: 1 };
}

/** Whether a task may be what its workers died of: then nothing else is done beside it, so that nothing dies with it. */
export const isSuspect = ({ partSize, begun }: Pick<TaskProgress, 'partSize' | 'begun'>): boolean =>
  begun > 0 || partSize !== null;
