/** How far a unit is on its way: attainment, growth, the dual mandate, and what the targets of units leave of the whole. */
import { type Fen, Fraction } from '@gep/kernel';

const hundred = Fraction.of(100n);
/** Percent are shown with two decimals, rounded half away from zero; what is kept is exact. */
export const shownPercent = (percent: string): string => shownWith(Fraction.parse(percent)!, 2);

function shownWith(value: Fraction, places: number): string {
  const scale = 10n ** BigInt(places);
  const { numerator, denominator } = value.times(Fraction.of(scale));
  const size = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * size + denominator) / (2n * denominator);
  const text = rounded.toString().padStart(places + 1, '0');
  return `${numerator < 0n && rounded !== 0n ? '-' : ''}${text.slice(0, -places)}.${text.slice(-places)}`;
}

export interface TargetVerdict {
  /** Actual over milestone in percent, exact text (a decimal, or a quotient); null where the milestone is not above zero. */
  readonly attainment: string | null;
  /** Of the way from base to milestone in percent; null where there is no way to go. */
  readonly increment: string | null;
  /** On the base and on the year before, in percent; null after nothing: then only amounts compare (research: E32). */
  readonly growth: string | null;
  readonly yearlyGrowth: string | null;
  readonly isReached: boolean;
}

export interface TargetFigures {
  readonly baseFen: Fen;
  readonly milestoneFen: Fen;
  readonly actualFen: Fen;
  /** Of the year before; null where nothing is known of it. */
  readonly previousFen: Fen | null;
}

export function judgeTarget({ baseFen, milestoneFen, actualFen, previousFen }: TargetFigures): TargetVerdict {
  return {
    attainment: milestoneFen > 0n ? percentOf(actualFen, milestoneFen) : null,
    increment: milestoneFen === baseFen ? null : percentOf(actualFen - baseFen, milestoneFen - baseFen),
    growth: growthOf(baseFen, actualFen),
    yearlyGrowth: previousFen === null ? null : growthOf(previousFen, actualFen),
    isReached: actualFen >= milestoneFen,
  };
}

const percentOf = (part: Fen, whole: Fen): string => Fraction.of(part, whole).times(hundred).toExactText();

/** In percent; null after zero or less. */
const growthOf = (before: Fen, after: Fen): string | null => (before > 0n ? percentOf(after - before, before) : null);

/** GEP and GDP both grow, or which of them does not; null while one is unknown. They are set beside each other, never added. */
export type DualVerdict = 'both' | 'gep-only' | 'gdp-only' | 'neither';

/** @param gepGrowth @param gdpGrowth in percent, exact text */
export function judgeDual(gepGrowth: string | null, gdpGrowth: string | null): DualVerdict | null {
  if (gepGrowth === null || gdpGrowth === null) return null;
  const grows = (percent: string): boolean => Fraction.parse(percent)!.compare(Fraction.zero) > 0;
  if (grows(gepGrowth)) return grows(gdpGrowth) ? 'both' : 'gep-only';
  return grows(gdpGrowth) ? 'gdp-only' : 'neither';
}

/** What the targets of the units leave of the target of the whole (research: I19); below zero they are more than it. */
export interface TargetGap {
  readonly year: number;
  readonly wholeFen: Fen;
  readonly unitsFen: Fen;
  readonly gapFen: Fen;
}

interface DatedFen {
  readonly year: number;
  readonly fen: Fen;
}

/** @param units milestones of each unit, in the years of the whole */
export function gapsOf(whole: readonly DatedFen[], units: readonly (readonly DatedFen[])[]): TargetGap[] {
  return whole.map(({ year, fen: wholeFen }) => {
    const unitsFen = units.flat().reduce((sum, one) => (one.year === year ? sum + one.fen : sum), 0n);
    return { year, wholeFen, unitsFen, gapFen: wholeFen - unitsFen };
  });
}
