/** Takes a line of an account apart into the factors that its change is split by, whatever is zero or absent on a side. */
import type { Fen } from '@gep/kernel';
import type { ChangeEffect } from './effects';
import { isSameRatio, overRatio, Ratio, ratioOfNumber, ratioOfText, ratioOne, ratioZero, timesRatio } from './ratio';

/** What an account says of a line on one side of a change. */
export interface LineAmounts {
  /** What nature supplied and what of it was counted, in the unit of the line; the same unless use or imports bound it. */
  readonly supplied: number;
  readonly used: number;
  /** Exact text; null in an aggregate whose parts differ. */
  readonly price: string | null;
  readonly gamma: string | null;
  /** Fen in one unit of quantity × price. */
  readonly fenPerUnit: Ratio;
  readonly valueFen: Fen;
}

/** A line on one side; without amounts where the account has no such line. */
export interface LineSide {
  /** Area of its type; null for a line without a type, or with a type that has no area. */
  readonly area: number | null;
  /** Levels of the state of the ecosystem and of the weather; only their ratio between the sides counts. Above zero. */
  readonly condition?: number;
  readonly weather?: number;
  readonly amounts: LineAmounts | null;
}

/** A factor on both sides. */
export interface ChangedFactor {
  readonly effect: ChangeEffect;
  readonly before: Ratio;
  readonly after: Ratio;
}

export interface LineFactors {
  /** Their product is the value in fen before rounding, on either side. */
  readonly factors: readonly ChangedFactor[];
  /** A price was not known and is the value of one unit instead. */
  readonly implied: boolean;
}

type Sides = readonly [before: LineSide, after: LineSide];
/** A factor that is undefined on a side counts as unchanged: it takes the value of the other side. */
type MaybePair = readonly [Ratio | undefined, Ratio | undefined];

/**
 * The factors of a line. Where a line is missing although its type has area, or has no area to begin with, what is zero is
 * the supply; where its type has no area, what is zero is the area, and everything else counts as unchanged.
 */
export function lineFactors(before: LineSide, after: LineSide): LineFactors {
  const sides: Sides = [before, after];
  const areas = areasOf(sides);
  const indices = { condition: levelsOf(sides, 'condition'), weather: levelsOf(sides, 'weather') };
  const supplied = suppliedOf(sides);
  const supplies = each(sides, (side, at): Ratio | undefined => {
    if (areas && areas[at].top === 0n) return undefined;
    const extent = areas ? areas[at] : ratioOne;
    const levels = timesRatio(indices.condition[at] ?? ratioOne, indices.weather[at] ?? ratioOne);
    return side.amounts === null ? ratioZero : overRatio(supplied[at], timesRatio(extent, levels));
  });
  const uses = each(sides, ({ amounts }, at): Ratio | undefined =>
    amounts === null || supplied[at].top === 0n ? undefined : overRatio(ratioOfNumber(amounts.used), supplied[at]),
  );
  const worths = worthsOf(sides);
  if (!worths) return unexplained(sides);
  const pairs: [ChangeEffect, MaybePair][] = [
    ['area', areas ?? [undefined, undefined]],
    ['condition', indices.condition],
    ['weather', indices.weather],
    ['supply', supplies],
    ['use', uses],
    ['price', worths.prices],
    ['gamma', worths.gammas],
  ];
  return {
    factors: pairs.map(([effect, [one, other]]) => ({
      effect,
      before: one ?? other ?? ratioOne,
      after: other ?? one ?? ratioOne,
    })),
    implied: worths.implied,
  };
}

function each<T>(sides: Sides, find: (side: LineSide, at: 0 | 1) => T): readonly [T, T] {
  return [find(sides[0], 0), find(sides[1], 1)];
}

/** Areas, where both sides know one and no quantity stands over an area of zero. */
function areasOf(sides: Sides): readonly [Ratio, Ratio] | undefined {
  const known = sides.every(({ area }) => area !== null && area >= 0) && sides.some(({ area }) => area! > 0);
  const baseless = sides.some(({ area, amounts }) => area === 0 && amounts !== null && !isNothing(amounts));
  return known && !baseless ? each(sides, ({ area }) => ratioOfNumber(area!)) : undefined;
}

const isNothing = ({ supplied, used }: LineAmounts): boolean => supplied === 0 && used === 0;

/** Levels of an index, where every side that has the line has one above zero. */
function levelsOf(sides: Sides, index: 'condition' | 'weather'): MaybePair {
  const levels = sides.map((side) => (side.amounts === null ? null : side[index]));
  if (levels.some((level) => level === undefined || (level !== null && !(level > 0 && Number.isFinite(level)))))
    return [undefined, undefined];
  return each(sides, ({ amounts }, at) => (amounts === null ? undefined : ratioOfNumber(levels[at]!)));
}

/** What was supplied; where something was used of which nothing was supplied, what was used stands for both. */
function suppliedOf(sides: Sides): readonly [Ratio, Ratio] {
  const odd = sides.some(({ amounts }) => amounts !== null && amounts.supplied === 0 && amounts.used !== 0);
  return each(sides, ({ amounts }) =>
    amounts === null ? ratioZero : ratioOfNumber(odd ? amounts.used : amounts.supplied),
  );
}

interface Worths {
  readonly prices: MaybePair;
  readonly gammas: MaybePair;
  readonly implied: boolean;
}

/**
 * Worth of one unit in fen, and γ. Where price and γ do not give the value (an aggregate over parts whose prices differ),
 * the price is the value of one unit, and γ is left inside it where it is not known either.
 * @returns undefined where nothing was used and there is a value all the same
 */
function worthsOf(sides: Sides): Worths | undefined {
  const lines = sides.flatMap(({ amounts }) => amounts ?? []);
  const hasGamma = lines.every(({ gamma }) => gamma !== null && ratioOfText(gamma).top !== 0n);
  const isStated = lines.every(givesItsValue);
  if (!isStated && lines.some(({ used, valueFen }) => used === 0 && valueFen !== 0n)) return undefined;
  const separate = isStated || hasGamma;
  const gammaOf = (amounts: LineAmounts): Ratio => (separate ? ratioOfText(amounts.gamma!) : ratioOne);
  return {
    prices: each(sides, ({ amounts }) => {
      if (amounts === null) return undefined;
      if (isStated) return timesRatio(ratioOfText(amounts.price!), amounts.fenPerUnit);
      if (amounts.used === 0) return undefined;
      const sold = timesRatio(ratioOfNumber(amounts.used), gammaOf(amounts));
      return overRatio({ top: amounts.valueFen, bottom: 1n }, sold);
    }),
    gammas: each(sides, ({ amounts }) => (amounts === null ? undefined : gammaOf(amounts))),
    implied: !isStated,
  };
}

/** Whether quantity × price × γ rounds to the value. */
function givesItsValue({ used, price, gamma, fenPerUnit, valueFen }: LineAmounts): boolean {
  if (price === null || gamma === null) return false;
  const worth = timesRatio(timesRatio(ratioOfText(price), ratioOfText(gamma)), fenPerUnit);
  const { top, bottom } = timesRatio(ratioOfNumber(used), worth);
  const distance = 2n * (top - valueFen * bottom);
  return (distance < 0n ? -distance : distance) <= bottom;
}

/** A value without a quantity changes for a reason that the line does not tell; it stands under supply. */
function unexplained(sides: Sides): LineFactors {
  const [before, after] = each(sides, ({ amounts }) => ({ top: amounts?.valueFen ?? 0n, bottom: 1n }));
  return { factors: [{ effect: 'supply', before, after }], implied: true };
}

/** Factors that are not the same on both sides; the rest only scale the change. */
export function changedFactors({ factors }: LineFactors): { changed: ChangedFactor[]; constant: Ratio } {
  let constant = ratioOne;
  const changed = factors.filter((factor) => {
    if (!isSameRatio(factor.before, factor.after)) return true;
    constant = timesRatio(constant, factor.before);
    return false;
  });
  return { changed, constant };
}
