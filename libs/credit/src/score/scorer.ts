/** Editions of a catalogue made ready for counting: one whole-number scale for all of them, one row for each item of each. */
import { assert, Fraction } from '@gep/kernel';
import type { CreditBehaviour, CreditCatalogue } from '@gep/rulebook';
import { CatalogueTooFine } from '../errors';

export interface CreditEdition {
  /** SHA-256 of the rule. */
  readonly edition: string;
  readonly catalogue: CreditCatalogue;
}

/** An item of an edition in whole numbers of the scale. */
export interface ScorerRow {
  readonly edition: string;
  readonly behaviour: CreditBehaviour;
  /** Items of one code share their yearly cap over editions. */
  readonly item: number;
  /** Points of one time, before decay; times `decayScale` they are on the scale. */
  readonly points: number;
  /** Without sign; infinite when there is none. */
  readonly cap: number;
  /** Factor of the first, second … year, in parts of `decayScale`. */
  readonly decay: readonly number[];
  /** Infinite: it does not expire. */
  readonly years: number;
}

export interface ScorerGrade {
  readonly code: string;
  readonly from: number;
}

/**
 * Counts scores as of a day. Points, decay, expiry and cap of an event follow the edition that the event names, which is the
 * one of its day; base, bounds and grades follow the edition of the day of the score.
 */
export interface Scorer {
  /** Whole numbers in one point. */
  readonly scale: number;
  readonly decayScale: number;
  readonly edition: string;
  readonly rows: readonly ScorerRow[];
  readonly items: number;
  readonly base: number;
  readonly lowest: number;
  readonly highest: number;
  /** From the lowest to the highest. */
  readonly grades: readonly ScorerGrade[];
  /** Place of an item of an edition among the rows; undefined when it has none of that code. */
  rowOf(edition: string, code: string): number | undefined;
}

/** Five decimals, so that a score is a decimal that ends; with both, sums of a history stay whole below 2^53. */
const mostScale = 100_000;
const mostPoints = 100_000;

/** @param current gives base, bounds and grades @throws CatalogueTooFine */
export function makeScorer(current: CreditEdition, editions: readonly CreditEdition[]): Scorer {
  const all = [current, ...editions.filter(({ edition }) => edition !== current.edition)];
  const items = all.flatMap(({ edition, catalogue }) =>
    catalogue.behaviours.map((behaviour) => ({ edition, behaviour })),
  );
  const { base, lowest, highest, grades } = current.catalogue;
  const plain = items.flatMap(({ behaviour: { points, yearlyCap } }) => [points, yearlyCap]);
  const decayScale = commonScale(items.flatMap(({ behaviour }) => behaviour.decay));
  const pointScale = commonScale([...plain, base, lowest, highest, ...grades.map(({ from }) => from)]);
  const scale = decayScale * pointScale;
  const isLarge = (value: Fraction | undefined): boolean => Math.abs(value?.toNumber() ?? 0) > mostPoints;
  if (mostScale % scale !== 0 || [...plain, base].some(isLarge))
    throw new CatalogueTooFine(current.edition, mostScale, mostPoints);
  const codes = [...new Set(items.map(({ behaviour }) => behaviour.code))];
  const rows = items.map(({ edition, behaviour }): ScorerRow => {
    const { code, points = Fraction.zero, yearlyCap, years = Infinity } = behaviour;
    return {
      ...{ edition, behaviour, years, item: codes.indexOf(code), points: whole(points, pointScale) },
      cap: yearlyCap ? whole(yearlyCap, pointScale) : Infinity,
      decay: behaviour.decay.map((factor) => whole(factor, decayScale)),
    };
  });
  const places = new Map(rows.map(({ edition, behaviour }, at) => [`${edition} ${behaviour.code}`, at]));
  return {
    ...{ scale, decayScale, rows, items: codes.length, edition: current.edition, base: whole(base, scale) },
    lowest: lowest ? whole(lowest, scale) : -Infinity,
    highest: highest ? whole(highest, scale) : Infinity,
    grades: grades.map(({ code, from }) => ({ code, from: whole(from, scale) })),
    rowOf: (edition, code) => places.get(`${edition} ${code}`),
  };
}

/** The smallest number that makes all of them whole. */
function commonScale(values: readonly (Fraction | undefined)[]): number {
  const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));
  const common = values.reduce((scale, value) => {
    const bottom = value?.denominator ?? 1n;
    return scale > 10n ** 12n ? scale : (scale / gcd(scale, bottom)) * bottom;
  }, 1n);
  return Number(common);
}

function whole(value: Fraction, scale: number): number {
  const scaled = value.times(Fraction.of(BigInt(scale)));
  assert(scaled.denominator === 1n, 'the scale makes every value of the catalogue whole');
  return Number(scaled.numerator);
}

/** The grade of a scaled score; undefined where no grades were published, or below the lowest. */
export function gradeOf({ grades }: Scorer, scaled: number): string | undefined {
  return grades.findLast(({ from }) => scaled >= from)?.code;
}

/** A scaled score as exact decimal text. */
export function scoreText({ scale }: Pick<Scorer, 'scale'>, scaled: number): string {
  return Fraction.of(BigInt(scaled), BigInt(scale)).toExactText();
}
