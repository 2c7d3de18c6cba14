/** What a stated price can have been before it was rounded, what value and quantity imply, and what a γ between them explains. */
import { Decimal, type Bilingual } from '@gep/kernel';
import { plainFactor } from '../digit-slip';
import { exactly, holds, middle, over, overlap, Range, rangeOf, times } from '../printed-range';
import type { StatedAccount, StatedService } from '../stated-account';

/** Half a unit of the last digit, also around nought. */
export function roundedValue(text: string): Range {
  const half = new Decimal(10).pow(-(/\.(\d+)$/.exec(text)?.[1].length ?? 0)).dividedBy(2);
  const value = new Decimal(text);
  return { low: value.minus(half), high: value.plus(half) };
}

/** Yuan for one unit of quantity that value and quantity imply; undefined when the quantity may be nought. */
export function impliedPrice(stated: StatedAccount, { quantity, value }: StatedService): Range | undefined {
  if (quantity === undefined || value === undefined) return undefined;
  const amount = rangeOf(quantity, stated.exact);
  if (holds(amount, new Decimal(0))) return undefined;
  return over(times(roundedValue(value), exactly(stated.yuanPerValue)), amount);
}

/** The stated price; to the digit where it was not printed. */
export function priceOf({ unitValue, print }: StatedService): Range | undefined {
  if (unitValue === undefined) return undefined;
  const [price, half] = [new Decimal(unitValue), print?.half ?? '0'];
  return { low: price.minus(half), high: price.plus(half) };
}

/** γ of a printed price, unless it changes nothing. */
function gammaOf({ print }: StatedService): string | undefined {
  const gamma = print?.gamma ?? '1';
  return new Decimal(gamma).isZero() || new Decimal(gamma).equals(1) ? undefined : gamma;
}

export function withGamma(row: StatedService, word: string): string {
  const gamma = gammaOf(row);
  return gamma === undefined ? '' : `${word}γ = ${gamma}`;
}

/** With the price as it was printed. */
export function holdsWithoutGamma(row: StatedService, product: Range): boolean {
  const gamma = gammaOf(row);
  return gamma !== undefined && overlap(over(product, exactly(gamma)), roundedValue(row.value!));
}

/**
 * In words, what γ explains: the value holds only without the one that is named, or all rows of the service come to one
 * share of quantity × price where none is named.
 */
export function gammaThatFits(stated: StatedAccount, row: StatedService, product: Range): Bilingual | undefined {
  if (holdsWithoutGamma(row, product))
    return {
      zh: `不乘 γ（${row.print!.gamma}）才相符：所列单价已含 γ，或价值漏乘 γ`,
      en: `it holds only without γ = ${row.print!.gamma}: the stated price has it already, or the value lacks it`,
    };
  if (row.print?.gamma !== null) return undefined;
  const ratios = stated.periods
    .flatMap(({ services }) => services.filter((other) => other.code === row.code && other.print?.gamma === null))
    .flatMap((other) => ratioOf(stated, other) ?? []);
  // One row alone shows no constant.
  if (ratios.length < 2 || !ratios.every(({ high }) => high.lessThan(1))) return undefined;
  const shared = {
    low: Decimal.max(...ratios.map(({ low }) => low)),
    high: Decimal.min(...ratios.map(({ high }) => high)),
  };
  // A power of ten or the like is a slip of units.
  if (shared.low.greaterThan(shared.high) || !shared.low.greaterThan(0) || plainFactor(middle(shared)))
    return undefined;
  const share = middle(shared).toSignificantDigits(3).toString();
  return {
    zh: `价值都是实物量乘单价的 ${share} 倍：疑有未列出的系数 γ`,
    en: `every row comes to ${share} of quantity times price: a factor γ seems to be in it that is not stated`,
  };
}

/** Value over quantity times price; undefined where one of them is not stated, or nought. */
function ratioOf(stated: StatedAccount, row: StatedService): Range | undefined {
  const [implied, price] = [impliedPrice(stated, row), priceOf(row)];
  return !implied || !price || holds(price, new Decimal(0)) ? undefined : over(implied, price);
}
