/** Decides the tasks of a run: territories with observations in batches, then each level above them. */
import { compareCodes } from '../account/line-order';

/** A territory as far as its place in a run is concerned. */
export interface RunTerritory {
  readonly code: string;
  readonly level: string;
}

/** A task before it has a number in the database. */
export interface PlannedTask {
  readonly taskNo: number;
  /** Null for a batch of territories with observations; the level for a roll-up. */
  readonly level: string | null;
  readonly territories: readonly string[];
}

/** Territories of one batch: long enough to keep statements bulky, short enough to show progress and lose little. */
export const batchSize = 64;
/** Territories of one roll-up task. */
export const levelSize = 256;

/** Levels from the lowest up; each is made of accounts of lower levels only. */
const levelsUpwards = ['township', 'county', 'prefecture', 'province', 'nation'] as const;

/**
 * @param observed territories that have observations of the period
 * @param ancestors every territory above one of them that has no observation of its own; sites have no ancestors,
 *   because a site is part of what its county has observed already
 * @param carried territories that have their accounts from predecessors, also if they have an observation within another boundary
 */
export function planRun(
  observed: readonly string[],
  ancestors: readonly RunTerritory[],
  carried: readonly RunTerritory[] = [],
): PlannedTask[] {
  const tasks: PlannedTask[] = [];
  const add = (level: string | null, codes: readonly string[], size: number): void => {
    const sorted = [...new Set(codes)].sort(compareCodes);
    for (let from = 0; from < sorted.length; from += size) {
      tasks.push({ taskNo: tasks.length, level, territories: sorted.slice(from, from + size) });
    }
  };
  add(null, observed, batchSize);
  const own = new Set(observed);
  for (const level of levelsUpwards) {
    const added = [...ancestors.filter(({ code }) => !own.has(code)), ...carried].filter((one) => one.level === level);
    add(
      level,
      added.map(({ code }) => code),
      levelSize,
    );
  }
  return tasks;
}
