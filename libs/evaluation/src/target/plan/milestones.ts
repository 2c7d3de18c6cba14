/** The yearly milestones on the way from a base to the target of the last year. */
import { assert, Decimal, type Fen, Fraction, roundToFen, unitValue } from '@gep/kernel';

export type TargetPath = 'linear' | 'compound' | 'set';
export const targetPaths: readonly TargetPath[] = ['linear', 'compound', 'set'];

/** What is to be reached at the end of a year. */
export interface Milestone {
  readonly year: number;
  readonly fen: Fen;
}

/** From the year before the first one, in which the base counts, to the last one. */
export interface MilestoneSpan {
  readonly baseFen: Fen;
  readonly targetFen: Fen;
  readonly firstYear: number;
  readonly lastYear: number;
}

/**
 * Linear: base + (target − base) × k/n. Compound: base × (target/base)^(k/n), of amounts above zero alone. Each milestone is
 * rounded to fen once, here, half away from zero; the last one is the target itself (research: R1).
 */
export function milestonesOf(path: Exclude<TargetPath, 'set'>, span: MilestoneSpan): Milestone[] {
  const { baseFen, targetFen, firstYear, lastYear } = span;
  const count = lastYear - firstYear + 1;
  assert(count > 0, `a plan from ${firstYear} to ${lastYear}`);
  assert(path === 'linear' || (baseFen > 0n && targetFen > 0n), 'compound growth from or to nothing');
  return Array.from({ length: count }, (_, at) => {
    const step = at + 1;
    const fen = step === count ? targetFen : path === 'linear' ? onLine(span, step, count) : onCurve(span, step, count);
    return { year: firstYear + at, fen };
  });
}

const onLine = ({ baseFen, targetFen }: MilestoneSpan, step: number, count: number): Fen =>
  roundedFen(Fraction.of(baseFen).plus(Fraction.of((targetFen - baseFen) * BigInt(step), BigInt(count))));

function onCurve({ baseFen, targetFen }: MilestoneSpan, step: number, count: number): Fen {
  const ratio = new Decimal(targetFen.toString()).dividedBy(baseFen.toString());
  const share = new Decimal(step).dividedBy(count);
  return BigInt(new Decimal(baseFen.toString()).times(ratio.pow(share)).toDecimalPlaces(0).toFixed());
}

/** Fen of an exact amount that is stated in fen, half away from zero. */
export const roundedFen = (exactFen: Fraction): Fen => roundToFen(1, unitValue(exactFen.dividedBy(Fraction.of(100n))));

/** The target that a growth over the whole term leads to. */
export const grownFen = (baseFen: Fen, growth: Fraction): Fen =>
  roundedFen(Fraction.of(baseFen).times(Fraction.one.plus(growth)));
