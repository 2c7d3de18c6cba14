/** Finds the place of each added row in the tree, and checks that the tree holds together on every day. */
import { Bilingual } from '@gep/kernel';
import { rowsByCode } from './check-rows';
import { TerritoryProblem } from './errors';
import { Closing, PlannedVersions } from './plan-versions';
import { Territory, territoryLevels, TerritoryRow } from './territory';
import { pathBelow } from './territory-path';
import { formatValidity, overlaps, uncovered } from './validity';

export interface PlacedRows {
  /** Rows to insert, parents before children. */
  readonly added: readonly Territory[];
  readonly problems: readonly TerritoryProblem[];
}

type Problem = [code: string, text: Bilingual];

/**
 * Gives every planned row its path. `recorded` holds the versions of the codes of the import and of the parents that
 * its rows name; `children` the versions directly below the codes that the plan ends. The rows are checked: a parent is
 * always of a higher level, so the tree has no cycle. A row has one path because its parent must cover it without moving.
 */
export function placeInTree(
  recorded: readonly Territory[],
  children: readonly Territory[],
  plan: PlannedVersions,
): PlacedRows {
  const versions = rowsByCode(applyClosings(recorded, plan.closed));
  const problems: TerritoryProblem[] = [];
  const added: Territory[] = [];
  for (const { row, number } of inOrderOfLevel(plan.added)) {
    const place = placeOf(row, versions);
    if (typeof place !== 'string') {
      problems.push({ row: number, territory: row.code, code: place[0], text: place[1] });
      continue;
    }
    const placed: Territory = { ...row, path: place };
    added.push(placed);
    const same = versions.get(row.code);
    if (same) same.push(placed);
    else versions.set(row.code, [placed]);
  }
  for (const child of applyClosings(children, plan.closed)) {
    const place = placeOf(child, versions);
    if (place === child.path) continue;
    problems.push({ row: 0, territory: child.code, code: 'territory.child-left-behind', text: leftBehind(child) });
  }
  return { added, problems: problems.sort((a, b) => a.row - b.row) };
}

function inOrderOfLevel(added: PlannedVersions['added']): PlannedVersions['added'] {
  const rank = new Map(territoryLevels.map((level, index) => [level, index]));
  return [...added].sort((a, b) => rank.get(a.row.level)! - rank.get(b.row.level)!);
}

function applyClosings(recorded: readonly Territory[], closed: readonly Closing[]): Territory[] {
  const ends = new Map(closed.map((closing) => [`${closing.code} ${closing.validFrom}`, closing.validTo]));
  return recorded.map((row) => ({ ...row, validTo: ends.get(`${row.code} ${row.validFrom}`) ?? row.validTo }));
}

/** The one path of a row through its whole validity, or why there is none. */
function placeOf(row: TerritoryRow, versions: ReadonlyMap<string, readonly Territory[]>): string | Problem {
  if (row.parentCode === null) return pathBelow(null, row.code);
  const parents = (versions.get(row.parentCode) ?? [])
    .filter((parent) => overlaps(parent, row))
    .sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  if (parents.length === 0) return parentMissing(row.parentCode, row);
  const gaps = uncovered(row, parents);
  if (gaps.length > 0) return parentMissing(row.parentCode, gaps[0]);
  const moved = parents.find((parent) => parent.path !== parents[0].path);
  if (moved) {
    return [
      'territory.parent-moves',
      {
        zh: `上级 ${row.parentCode} 自 ${moved.validFrom} 起改隶；请在该日将本行分为两行`,
        en: `its parent ${row.parentCode} moves on ${moved.validFrom}; split the row on that day`,
      },
    ];
  }
  return pathBelow(parents[0].path, row.code);
}

function parentMissing(parent: string, gap: { validFrom: string; validTo: string | null }): Problem {
  const span = formatValidity(gap);
  return [
    'territory.parent-missing',
    {
      zh: `上级 ${parent} 在 ${span} 未登记；请一并导入或调整日期`,
      en: `its parent ${parent} is not recorded for ${span}; import it too, or change the dates`,
    },
  ];
}

function leftBehind(child: Territory): Bilingual {
  return {
    zh: `已登记的下级（${child.nameZh}）将失去上级 ${child.parentCode}；请在同一次导入中给出它的新归属或终止日期`,
    en: `this recorded territory (${child.nameZh}) would be left without its parent ${child.parentCode}; state its new parent or its end in the same import`,
  };
}
