/** Edits in the last hours before an account was approved that moved its total, or brought it to its target. */
import { formatYuan, Fraction } from '@gep/kernel';
import type { CountyFacts } from './county-facts';
import type { HintFigure, IntegrityHint } from './hint';

const lateHours = 72;
const hour = 3_600_000;
const leastMove = 0.01;

export function lateEdits(
  { territory, vintages, approvedAt, totalTargetFen }: CountyFacts,
  year: string,
): IntegrityHint[] {
  if (approvedAt === null) return [];
  const moved = vintages.flatMap(({ at, totalFen }, no): { readonly figure: HintFigure; readonly move: number }[] => {
    const before = vintages[no - 1];
    const isLate = at <= approvedAt && approvedAt - at < lateHours * hour;
    if (!before || !isLate || before.totalFen === 0n) return [];
    const move = Math.abs(Fraction.of(totalFen - before.totalFen, before.totalFen).toNumber());
    const crosses = totalTargetFen !== null && before.totalFen < totalTargetFen && totalFen >= totalTargetFen;
    if (move < leastMove && !crosses) return [];
    const of = `${((approvedAt - at) / hour).toFixed(1)} h before approval`;
    return [{ figure: { item: 'total', value: formatYuan(totalFen), against: formatYuan(before.totalFen), of }, move }];
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
