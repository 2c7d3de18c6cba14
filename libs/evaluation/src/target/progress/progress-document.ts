/** What of the progress of a plan is published. */
import { formatYuan } from '@gep/kernel';
import { wayToObject } from '@gep/procedure';
import { shownPercent } from './judge-target';
import { milestoneRule } from '../plan/plan-document';
import { progressSteps } from '../plan-steps';
import type { PlanEdition } from '../plan/plan-edition';
import type { ProgressRow } from './progress-row';
import type { RecordedProgress } from './recorded-progress';

/** The name by which a figure of a record is disputed, `991101/gep`. */
export const figureOf = ({ units, indicator }: Pick<ProgressRow, 'units' | 'indicator'>): string =>
  `${units.join('+')}/${indicator}`;

/** A year as anybody may read it: amounts, vintages, how attainment is counted, where to object. */
export function progressDocument(progress: Omit<RecordedProgress, 'recordedAt'>, disputed: readonly string[]): object {
  const { id, planId, plan, year, round, rows, digest } = progress;
  return {
    ...{ kind: 'target-progress', progress: id, plan, planId, year, round, digest, milestoneRule },
    attainment: { zh: '实绩÷当年目标×100，保留两位小数', en: 'actual over milestone in percent, two decimals' },
    rows: rows.map((row) => publishedRow(row, disputed)),
    objection: wayToObject({ kind: progressSteps.kind, id }),
  };
}

/** How the plan ended. */
export function closingDocument(plan: PlanEdition, result: RecordedProgress, disputed: readonly string[]): object {
  const { id, code, editionNo, terms } = plan;
  const { title, place, term } = terms;
  return {
    ...{
      kind: 'target-close',
      plan: id,
      code,
      editionNo,
      title,
      place,
      term,
      result: result.id,
      digest: result.digest,
    },
    rows: result.rows.map((row) => publishedRow(row, disputed)),
    objection: wayToObject({ kind: progressSteps.kind, id: result.id }),
  };
}

function publishedRow(row: ProgressRow, disputed: readonly string[]): object {
  const { units, places, indicator, unit, state, reason, base, parts, edition, normEdition, boundaryDay, pricesOf } =
    row;
  const { isReached = null, growth = null, yearlyGrowth = null } = row;
  const percent = (exact: string | null): string | null => (exact === null ? null : shownPercent(exact));
  return {
    ...{ units, places, indicator, unit, state, reason, edition, normEdition, boundaryDay, pricesOf },
    ...{ base: formatYuan(base.fen), milestone: formatYuan(row.milestoneFen), target: formatYuan(row.targetFen) },
    actual: row.actualFen === null ? null : formatYuan(row.actualFen),
    ...{ attainment: row.attainmentShown, isReached },
    ...{ growth: percent(growth), yearlyGrowth: percent(yearlyGrowth) },
    disputed: disputed.includes('') || disputed.includes(figureOf(row)),
    parts,
  };
}
