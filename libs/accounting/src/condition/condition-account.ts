/** The ecosystem condition account of SEEA EA chapter 5: variable → indicator with its direction → index by class. */
import { Fraction, type Bilingual } from '@gep/kernel';
import { ConditionValueTwice, ReferenceConditionsDiffer } from './errors';

/** Classes of the ecosystem condition typology (SEEA EA table 5.1). */
export type ConditionClass = 'A1' | 'A2' | 'B1' | 'B2' | 'B3' | 'C1';
export const conditionClasses: readonly ConditionClass[] = ['A1', 'A2', 'B1', 'B2', 'B3', 'C1'];

/** Whether more of a variable is better. Always stated: a low soil density is good, a low cover is not. */
export type ConditionDirection = 'higher-better' | 'lower-better';
export const conditionDirections: readonly ConditionDirection[] = ['higher-better', 'lower-better'];

/** Kinds of reference condition (SEEA EA chapter 5), and a target of policy. */
export type ReferenceKind =
  | 'undisturbed'
  | 'historical'
  | 'least-disturbed'
  | 'contemporary'
  | 'best-attainable'
  | 'target';
export const referenceKinds: readonly ReferenceKind[] = [
  'undisturbed',
  'historical',
  'least-disturbed',
  'contemporary',
  'best-attainable',
  'target',
];

export interface ConditionVariable {
  readonly code: string;
  readonly name: Bilingual;
  readonly class: ConditionClass;
  readonly unit: string;
  readonly direction: ConditionDirection;
  /** Values at the ends of the scale, low < high; the reference level is the good end. */
  readonly low: Fraction;
  readonly high: Fraction;
  readonly reference: { readonly kind: ReferenceKind; readonly period: string | null };
  /** Weight inside its class; only ratios count. */
  readonly weight: Fraction;
  /** Types that it is measured for; all when empty. */
  readonly types: readonly string[];
}

/** A patch, or a type as a whole. */
export interface ConditionPlace {
  readonly type: string;
  readonly patch: string;
  readonly area: Fraction;
  readonly values: ReadonlyMap<string, Fraction>;
}

export interface ConditionPeriod {
  readonly period: string;
  readonly places: readonly ConditionPlace[];
}

export interface ConditionInput {
  readonly territory: string;
  readonly unit: string;
  readonly types: readonly { readonly code: string; readonly name: Bilingual }[];
  readonly variables: readonly ConditionVariable[];
  /** Weight of each class in the whole index; classes without one count alike. */
  readonly classWeights: ReadonlyMap<ConditionClass, Fraction>;
  readonly periods: readonly ConditionPeriod[];
}

export interface VariableResult {
  readonly class: ConditionClass;
  readonly direction: ConditionDirection;
  readonly referenceLevel: Fraction;
  readonly reference: ConditionVariable['reference'];
  /** Area-weighted means over the places that have a value; null when none has. */
  readonly value: Fraction | null;
  readonly indicator: Fraction | null;
  /** Share of the area that has a value. */
  readonly measured: Fraction;
}

export interface TypeCondition {
  readonly type: string;
  readonly area: Fraction;
  readonly variables: ReadonlyMap<string, VariableResult>;
  /** Weighted means of indicators; null for a class without any. */
  readonly classes: ReadonlyMap<ConditionClass, Fraction | null>;
  readonly index: Fraction | null;
  /** Variables without a value on some of the area; the index rests on the others. */
  readonly missing: readonly string[];
}

export interface PeriodCondition {
  readonly period: string;
  readonly types: readonly TypeCondition[];
  /** Area-weighted mean of the types that have an index, and the share of the area that they are. */
  readonly index: Fraction | null;
  readonly measured: Fraction;
}

export interface ConditionAccount {
  readonly territory: string;
  readonly unit: string;
  readonly reference: ConditionVariable['reference'];
  readonly periods: readonly PeriodCondition[];
  /** Index of the last period less that of the first, by type; null where one of them has none. */
  readonly change: ReadonlyMap<string, Fraction | null>;
}

/**
 * The account of all periods. An indicator is computed place by place, then averaged by area; everything is exact, so the
 * order of places and variables does not matter.
 * @throws ReferenceConditionsDiffer, ConditionValueTwice
 */
export function computeCondition(input: ConditionInput): ConditionAccount {
  const { territory, unit, variables, types } = input;
  refuseMixedReferences(variables);
  const periods = input.periods.map((period) => periodOf(input, period));
  const [first, last] = [periods[0], periods[periods.length - 1]];
  const indexOf = (period: PeriodCondition, type: string): Fraction | null =>
    period.types.find((one) => one.type === type)?.index ?? null;
  const change = types.map(({ code }) => {
    const [before, after] = [indexOf(first, code), indexOf(last, code)];
    return [code, before && after ? after.minus(before) : null] as const;
  });
  return { territory, unit, reference: variables[0].reference, periods, change: new Map(change) };
}

/** `(value − low) / (high − low)` from the bad end to the good end, kept between 0 and 1. */
export function conditionIndicator({ low, high, direction }: ConditionVariable, value: Fraction): Fraction {
  const position = value.minus(low).dividedBy(high.minus(low));
  const kept = position.numerator < 0n ? Fraction.zero : position.compare(Fraction.one) > 0 ? Fraction.one : position;
  return direction === 'higher-better' ? kept : Fraction.one.minus(kept);
}

function refuseMixedReferences(variables: readonly ConditionVariable[]): void {
  const nameOf = ({ reference: { kind, period } }: ConditionVariable): string => (period ? `${kind} ${period}` : kind);
  if (new Set(variables.map(nameOf)).size > 1)
    throw new ReferenceConditionsDiffer(variables.map((one) => ({ variable: one.code, condition: nameOf(one) })));
}

function periodOf(input: ConditionInput, { period, places }: ConditionPeriod): PeriodCondition {
  const seen = new Set<string>();
  for (const { type, patch, values } of places)
    for (const variable of values.keys()) {
      const key = JSON.stringify([type, patch, variable]);
      if (seen.has(key)) throw new ConditionValueTwice(period, `${type} ${patch}`.trim(), variable);
      seen.add(key);
    }
  const types = input.types.flatMap(({ code }) => {
    const own = joinPlaces(places.filter(({ type }) => type === code));
    return own.length === 0 ? [] : [typeOf(input, code, own)];
  });
  const whole = sumOf(types.map(({ area }) => area));
  const indexed = types.filter(({ index }) => index !== null);
  const measured = sumOf(indexed.map(({ area }) => area));
  return {
    period,
    types,
    index: weightedMean(indexed.map(({ index, area }) => [index!, area])),
    measured: whole.numerator === 0n ? Fraction.zero : measured.dividedBy(whole),
  };
}

/** The variables of one patch may stand in several rows of the document. */
function joinPlaces(places: readonly ConditionPlace[]): ConditionPlace[] {
  const joined = new Map<string, ConditionPlace>();
  for (const place of places) {
    const earlier = joined.get(place.patch);
    joined.set(place.patch, earlier ? { ...earlier, values: new Map([...earlier.values, ...place.values]) } : place);
  }
  return [...joined.values()];
}

function typeOf(input: ConditionInput, type: string, places: readonly ConditionPlace[]): TypeCondition {
  const area = sumOf(places.map((place) => place.area));
  const asked = input.variables.filter(({ types }) => types.length === 0 || types.includes(type));
  const variables = new Map(asked.map((variable) => [variable.code, variableOf(variable, places, area)] as const));
  const classes = new Map(
    conditionClasses
      .filter((name) => asked.some((variable) => variable.class === name))
      .map((name) => {
        const own = asked.filter((variable) => variable.class === name);
        const known = own.filter(({ code }) => variables.get(code)!.indicator !== null);
        return [
          name,
          weightedMean(known.map(({ code, weight }) => [variables.get(code)!.indicator!, weight])),
        ] as const;
      }),
  );
  const weighed = [...classes].flatMap(([name, index]) =>
    index === null ? [] : [[index, input.classWeights.get(name) ?? Fraction.one] as const],
  );
  const missing = asked.map(({ code }) => code).filter((code) => !variables.get(code)!.measured.equals(Fraction.one));
  return { type, area, variables, classes, index: weightedMean(weighed), missing };
}

function variableOf(variable: ConditionVariable, places: readonly ConditionPlace[], area: Fraction): VariableResult {
  const known = places.filter(({ values }) => values.has(variable.code));
  const values = known.map((place) => [place.values.get(variable.code)!, place.area] as const);
  const covered = sumOf(known.map((place) => place.area));
  return {
    class: variable.class,
    direction: variable.direction,
    referenceLevel: variable.direction === 'higher-better' ? variable.high : variable.low,
    reference: variable.reference,
    value: weightedMean(values),
    indicator: weightedMean(values.map(([value, weight]) => [conditionIndicator(variable, value), weight])),
    measured: area.numerator === 0n ? Fraction.zero : covered.dividedBy(area),
  };
}

const sumOf = (figures: Iterable<Fraction>): Fraction =>
  [...figures].reduce((sum, one) => sum.plus(one), Fraction.zero);

/** Null when nothing has a weight. */
function weightedMean(weighed: readonly (readonly [Fraction, Fraction])[]): Fraction | null {
  const whole = sumOf(weighed.map(([, weight]) => weight));
  if (whole.numerator === 0n) return null;
  return sumOf(weighed.map(([value, weight]) => value.times(weight))).dividedBy(whole);
}
