/** The public figures of goals: what a unit was to reach in a year, what it reached, and how much of the goal that is. */
import type { Bilingual } from '@gep/kernel';
import type { DisclosedFigure } from './disclosed-figure';

/** What is read of a plan as it was published; amounts are decimal text. */
export interface PublishedPlan {
  readonly code: string;
  readonly editionNo: number;
  readonly title: Bilingual;
  /** Id of the norm of its accounts. */
  readonly norm: string;
  readonly term: { readonly last: number };
  /** The year from which this edition holds. */
  readonly from: number;
  readonly digest: string;
  readonly indicators: readonly { readonly code: string; readonly name: Bilingual; readonly unit: string }[];
  readonly targets: readonly {
    readonly unit: string;
    readonly indicator: string;
    readonly base: { readonly normEdition: string | null };
    readonly milestones: readonly { readonly year: number; readonly amount: string }[];
  }[];
}

/** What is read of a year of a plan as it was published. */
export interface PublishedProgress {
  readonly plan: string;
  readonly round: number;
  readonly digest: string;
  readonly rows: readonly PublishedRow[];
}

interface PublishedRow {
  readonly units: readonly string[];
  readonly places: readonly string[];
  readonly indicator: string;
  readonly unit: string;
  readonly edition: number;
  readonly normEdition: string | null;
  readonly milestone: string;
  readonly actual: string | null;
  readonly attainment: string | null;
  readonly disputed: boolean;
  readonly parts: readonly { readonly accountId: string | null }[];
}

/** A published document with the place that it is of: plans of other places may have the same code. */
export interface OfPlace<T> {
  readonly territoryPath: string;
  readonly document: T;
}

export interface GoalQuestion {
  readonly territory: string;
  readonly year: number;
  readonly plans: readonly OfPlace<PublishedPlan>[];
  readonly records: readonly OfPlace<PublishedProgress>[];
}

/** A goal of the year, with what was reached where that is published and told of this territory alone. */
export interface DisclosedGoal {
  readonly plan: PublishedPlan;
  readonly indicator: string;
  readonly milestone: string;
  readonly reached: { readonly row: PublishedRow; readonly digest: string } | null;
}

/** Goals by the edition in force for the year; what was reached by the last record of it. */
export function disclosedGoals({ territory, year, plans, records }: GoalQuestion): DisclosedGoal[] {
  const inForce = latestOf(
    plans.filter(({ document }) => document.from <= year && year <= document.term.last),
    ({ code }) => code,
    ({ editionNo }) => editionNo,
  );
  const recorded = latestOf(
    records,
    ({ plan }) => plan,
    ({ round }) => round,
  );
  return inForce.flatMap(({ territoryPath, document: plan }) => {
    const record = recorded.find((one) => one.territoryPath === territoryPath && one.document.plan === plan.code);
    const { rows = [], digest = '' } = record?.document ?? {};
    const own = rows.filter(({ places }) => places.length === 1 && places[0] === territory);
    const set = plan.targets.filter(({ unit }) => unit === territory);
    const indicators = [...new Set([...set, ...own].map(({ indicator }) => indicator))];
    return indicators.flatMap((indicator): DisclosedGoal[] => {
      const row = own.find((one) => one.indicator === indicator);
      const target = set.find((one) => one.indicator === indicator);
      const milestone = row?.milestone ?? target?.milestones.find((one) => one.year === year)?.amount;
      if (milestone === undefined) return [];
      return [{ plan, indicator, milestone, reached: row && !row.disputed ? { row, digest } : null }];
    });
  });
}

function latestOf<T>(
  all: readonly OfPlace<T>[],
  name: (document: T) => string,
  order: (document: T) => number,
): OfPlace<T>[] {
  const latest = new Map<string, OfPlace<T>>();
  for (const one of all) {
    const key = `${one.territoryPath} ${name(one.document)}`;
    const known = latest.get(key);
    if (!known || order(known.document) < order(one.document)) latest.set(key, one);
  }
  return [...latest.values()];
}

/** @param grade of the weakest account or figure behind what was reached */
export function goalFigures({ plan, indicator, milestone, reached }: DisclosedGoal, grade: string): DisclosedFigure[] {
  const { name, unit } = plan.indicators.find(({ code }) => code === indicator)!;
  const normOf = (of?: { readonly normEdition: string | null }): string | null =>
    of?.normEdition ? `${plan.norm} ${of.normEdition}` : null;
  const of = (part: string, what: Bilingual, value: string) => ({
    id: `${part === '' ? 'target' : 'progress'}.${plan.code}.${indicator}${part}`,
    name: { zh: `${plan.title.zh}·${name.zh}·${what.zh}`, en: `${plan.title.en}, ${name.en}: ${what.en}` },
    value,
  });
  const goal: DisclosedFigure = {
    ...of('', { zh: '当年目标', en: 'goal of the year' }, milestone),
    ...{ kind: 'target', unit, vintage: null, digest: plan.digest, rule: `${plan.code} ${plan.editionNo}` },
    ...{ norm: normOf(plan.targets.find((one) => one.indicator === indicator)?.base), grade: 'published' },
  };
  const { row, digest = '' } = reached ?? {};
  if (!row || row.actual === null || row.attainment === null) return [goal];
  const { parts, edition } = row;
  const vintage = parts.length === 1 ? parts[0].accountId : null;
  const behind = {
    kind: 'progress' as const,
    vintage,
    norm: normOf(row),
    digest,
    rule: `${plan.code} ${edition}`,
    grade,
  };
  return [
    goal,
    { ...of('.actual', { zh: '完成值', en: 'reached' }, row.actual), ...behind, unit },
    { ...of('.attainment', { zh: '完成率', en: 'attainment' }, row.attainment), ...behind, unit: '%' },
  ];
}
