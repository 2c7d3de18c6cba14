/** What a reader sees of a scorecard. */
import type { Scorecard } from '../policy/scorecard/scorecard';

/** Levels, indicators with weights and sources, grades, vetoes, measures, and what is not known of it. */
export function scorecardView({
  total,
  themes,
  groups,
  indicators,
  grades,
  bonuses,
  deductions,
  ...scorecard
}: Scorecard) {
  const text = (value: { toExactText(): string } | undefined): string | null => value?.toExactText() ?? null;
  return {
    ...{ ...scorecard, total: total.toExactText() },
    levels: [...themes, ...groups].map(({ weight, ...level }) => ({ ...level, weight: weight.toExactText() })),
    indicators: indicators.map(({ weight, ...indicator }) => ({ ...indicator, weight: text(weight) })),
    grades: grades.map(({ from, ...grade }) => ({ ...grade, from: text(from) })),
    bonuses: bonuses.map(({ most, ...one }) => ({ ...one, most: text(most) })),
    deductions: deductions.map(({ most, ...one }) => ({ ...one, most: text(most) })),
  };
}
