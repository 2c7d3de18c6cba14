/** Decides what an import adds to the dated rows already recorded: nothing is rewritten, only ended and followed. */
import { rowsByCode } from './check-rows';
import { TerritoryProblem } from './errors';
import { Territory, TerritoryRow } from './territory';
import { formatValidity, overlaps, uncovered } from './validity';

/** End of a recorded row: from `validTo` on it no longer holds. */
export interface Closing {
  readonly code: string;
  readonly validFrom: string;
  readonly validTo: string;
}

export interface PlannedVersions {
  /** Rows to add, with the number of the import row that they come from. */
  readonly added: readonly { readonly row: TerritoryRow; readonly number: number }[];
  readonly closed: readonly Closing[];
  /** Import rows that say nothing new. */
  readonly unchanged: number;
  readonly problems: readonly TerritoryProblem[];
}

/** An English name that only one of the two gives is no contradiction: most sources have none. */
function sayTheSame(recorded: TerritoryRow, row: TerritoryRow): boolean {
  return (
    recorded.nameZh === row.nameZh &&
    recorded.level === row.level &&
    recorded.parentCode === row.parentCode &&
    (row.nameEn === null || recorded.nameEn === null || row.nameEn === recorded.nameEn)
  );
}

/**
 * Compares checked rows with the recorded versions of the same codes.
 * - What is already recorded, for the days on which it is, is left alone; days before or after are added.
 * - A recorded row that is still valid ends where a later row says something else about the same code, or where a row
 *   that says the same states an end.
 * - A row that contradicts a recorded one on the same days is a problem: it must begin later.
 * - What a merge, split or change of code has ended stays ended for a row that begins before that day: it knows nothing of it.
 * @param endings days on which successions ended a code
 */
export function planVersions(
  recorded: readonly Territory[],
  rows: readonly TerritoryRow[],
  endings: ReadonlyMap<string, readonly string[]> = new Map(),
): PlannedVersions {
  const versions = rowsByCode(recorded);
  const ends = new Map<Territory, string>();
  const problems: TerritoryProblem[] = [];
  const news = new Set<TerritoryRow>();
  rows.forEach((row, index) => {
    for (const version of versions.get(row.code) ?? []) {
      if (!overlaps(version, row)) continue;
      const agree = sayTheSame(version, row);
      const end = version.validTo !== null ? null : agree ? row.validTo : row.validFrom;
      if (end !== null && end > version.validFrom) {
        const earlier = ends.get(version);
        ends.set(version, earlier !== undefined && earlier < end ? earlier : end);
        news.add(row);
      } else if (!agree) {
        const text = contradiction(version);
        problems.push({ row: index + 1, territory: row.code, code: 'territory.contradicts-recorded', text });
      }
    }
  });
  const added: { row: TerritoryRow; number: number }[] = [];
  rows.forEach((row, index) => {
    const standing = (versions.get(row.code) ?? []).map((version) => endedAt(version, ends.get(version)));
    for (const gap of uncovered(row, standing)) {
      const ended = endings.get(row.code)?.includes(gap.validFrom) && row.validFrom < gap.validFrom;
      if (ended) continue;
      added.push({ row: { ...row, ...gap }, number: index + 1 });
      news.add(row);
    }
  });
  const closed = [...ends].map(([{ code, validFrom }, validTo]) => ({ code, validFrom, validTo }));
  return { added, closed, unchanged: rows.length - news.size, problems };
}

function endedAt(version: Territory, end: string | undefined): Territory {
  return end === undefined ? version : { ...version, validTo: end };
}

function contradiction(recorded: Territory): TerritoryProblem['text'] {
  const was = `${recorded.nameZh}, ${recorded.parentCode ?? '-'}, ${formatValidity(recorded)}`;
  return {
    zh: `与已登记的（${was}）相矛盾；请从其后的日期开始`,
    en: `contradicts what is recorded (${was}); let it begin on a later day`,
  };
}
