/** Edits in the last hours before an account was approved that moved its total, or brought it to its target. */
import type { CountyFacts } from './county-facts';
import type { HintFigure, IntegrityHint } from './hint';

const lateHours = 72;
const hour = 3_600_000;
const leastMove = 0.01;

export function lateEdits(
  { territory, vintages, approvedAt, totalTarget }: CountyFacts,
  year: string,
): IntegrityHint[] {
  if (approvedAt === null) return [];
  const moved = vintages.flatMap(({ at, total }, no): { readonly figure: HintFigure; readonly move: number }[] => {
    const before = vintages[no - 1];
    const isLate = at <= approvedAt && approvedAt - at < lateHours * hour;
    if (!before || !isLate || before.total === 0) return [];
    const move = Math.abs(total - before.total) / Math.abs(before.total);
    const crosses = totalTarget !== null && before.total < totalTarget && total >= totalTarget;
    if (move < leastMove && !crosses) return [];
    const of = `${((approvedAt - at) / hour).toFixed(1)} h before approval`;
    return [{ figure: { item: 'total', value: String(total), against: String(before.total), of }, move }];
  });
  if (moved.length === 0) return [];
  return [
    {
      ...{ kind: 'late-edit', territory, year, grade: 'hint', figures: moved.map(({ figure }) => figure) },
      measured: `${(100 * Math.max(...moved.map(({ move }) => move))).toFixed(2)}%`,
      threshold: `${100 * leastMove}% / ${lateHours} h`,
    },
  ];
}
