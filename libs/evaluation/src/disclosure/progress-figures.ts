/** The public figures of goals: what a unit was to reach in a year, what it reached, and how much of the goal that is. */
import { type Bilingual, formatYuan } from '@gep/kernel';
import type { PlanTerms } from '../target/plan/plan-terms';
import type { ProgressRow } from '../target/progress/progress-row';
import type { DisclosedFigure } from './disclosed-figure';

/** A confirmed record of a year, with what its plan calls things. */
export interface ProgressToDisclose {
  readonly terms: Pick<PlanTerms, 'code' | 'title' | 'indicators'>;
  readonly digest: string;
  readonly row: ProgressRow;
  /** Of the weakest account or figure behind it. */
  readonly grade: string;
}

export function progressFigures({ terms, digest, row, grade }: ProgressToDisclose): DisclosedFigure[] {
  const { plan, edition, indicator, unit, milestoneFen, actualFen, attainmentShown, normEdition, parts } = row;
  const { name } = terms.indicators.find(({ code }) => code === indicator)!;
  const [only, ...others] = parts;
  const of = (kind: DisclosedFigure['kind'], part: string, what: Bilingual, value: string, unitOf: string) => ({
    ...{ id: `${kind}.${plan}.${indicator}${part}`, kind, value, unit: unitOf, digest, grade },
    name: { zh: `${terms.title.zh}·${name.zh}·${what.zh}`, en: `${terms.title.en}, ${name.en}: ${what.en}` },
    vintage: kind === 'progress' && others.length === 0 ? (only?.accountId ?? null) : null,
    ...{ norm: normEdition, rule: `${plan} ${edition}` },
  });
  const goal = of('target', '', { zh: '当年目标', en: 'goal of the year' }, formatYuan(milestoneFen), unit);
  if (actualFen === null || attainmentShown === null) return [goal];
  return [
    goal,
    of('progress', '.actual', { zh: '完成值', en: 'reached' }, formatYuan(actualFen), unit),
    of('progress', '.attainment', { zh: '完成率', en: 'attainment' }, attainmentShown, '%'),
  ];
}
