/** What should be paid for a hectare or a cubic metre: at least what it costs the provider, at most what it is worth to the beneficiary. */
import { Decimal, type Fen, formatYuan, Fraction } from '@gep/kernel';

/** Something that is paid for by size. */
export interface StandardBase {
  readonly per: string;
  readonly size: Fraction;
}

export interface PaymentStandard {
  readonly per: string;
  readonly size: string;
  /** Yuan for one unit of the base, as decimals: cost, benefit, what is paid now, and the standard at the split. */
  readonly lower: string;
  readonly upper: string;
  readonly paid: string;
  /** Null where the cost is above the benefit: no payment leaves both better off. */
  readonly standard: string | null;
  /** What is paid now / standard. */
  readonly paidOfStandard: string | null;
}

export interface StandardTotals {
  readonly costFen: Fen;
  readonly benefitFen: Fen;
  readonly paidFen: Fen;
}

/** Decimals of a standard: fen are too coarse for a cubic metre. */
const places = 4;

/** @param split share of the surplus that goes to the providers, 0 to 1 */
export function paymentStandard(base: StandardBase, totals: StandardTotals, split: Fraction): PaymentStandard {
  const each = (fen: Fen): Fraction => Fraction.parse(formatYuan(fen))!.dividedBy(base.size);
  const [lower, upper, paid] = [each(totals.costFen), each(totals.benefitFen), each(totals.paidFen)];
  const fits = lower.compare(upper) <= 0;
  const standard = fits ? lower.plus(upper.minus(lower).times(split)) : undefined;
  return {
    ...{ per: base.per, size: base.size.toExactText() },
    ...{ lower: rounded(lower), upper: rounded(upper), paid: rounded(paid) },
    standard: standard ? rounded(standard) : null,
    paidOfStandard: standard && standard.compare(Fraction.zero) > 0 ? rounded(paid.dividedBy(standard)) : null,
  };
}

/** Four decimals, half away from zero: the rounding place of standards and ratios. */
export function rounded(number: Fraction): string {
  const { numerator, denominator } = number;
  return new Decimal(numerator.toString()).dividedBy(denominator.toString()).toDecimalPlaces(places).toFixed();
}

/** A ratio of two amounts; null where the lower one is nothing. */
export const ratioOf = (upper: Fen, lower: Fen): string | null =>
  lower === 0n ? null : rounded(Fraction.of(upper, lower));
