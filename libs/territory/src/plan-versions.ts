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
 * - A recorded row that is still valid ends where a later row says something else about the same code, or where the
 *   same row is given again with an end.
 * - A row that contradicts a recorded one on the same days is a problem: it must begin later.
 */
export function planVersions(recorded: readonly Territory[], rows: readonly TerritoryRow[]): PlannedVersions {
  const versions = rowsByCode(recorded);
  const added: { row: TerritoryRow; number: number }[] = [];
  const closed: Closing[] = [];
  const problems: TerritoryProblem[] = [];
  let unchanged = 0;
  rows.forEach((row, index) => {
    const met = (versions.get(row.code) ?? []).filter((version) => overlaps(version, row));
    const contrary = met.filter((version) => !sayTheSame(version, row));
    const ending = contrary.filter((version) => version.validTo === null && version.validFrom < row.validFrom);
    const clash = contrary.find((version) => !ending.includes(version));
    if (clash) {
      problems.push({
        row: index + 1,
        territory: row.code,
        code: 'territory.contradicts-recorded',
        text: contradiction(clash),
      });
      return;
    }
    closed.push(...ending.map((version) => ({ code: row.code, validFrom: version.validFrom, validTo: row.validFrom })));
    const same = met.filter((version) => !ending.includes(version));
    const stillOpen = same.find((version) => version.validTo === null && version.validFrom === row.validFrom);
    if (stillOpen && row.validTo !== null) {
      closed.push({ code: row.code, validFrom: row.validFrom, validTo: row.validTo });
      return;
    }
    const gaps = uncovered(row, same);
    if (gaps.length === 0) unchanged++;
    for (const gap of gaps) added.push({ row: { ...row, ...gap }, number: index + 1 });
  });
  return { added, closed, unchanged, problems };
}

function contradiction(recorded: Territory): TerritoryProblem['text'] {
  const was = `${recorded.nameZh}, ${recorded.parentCode ?? '-'}, ${formatValidity(recorded)}`;
  return {
    zh: `与已登记的（${was}）相矛盾；请从其后的日期开始`,
    en: `contradicts what is recorded (${was}); let it begin on a later day`,
  };
}
