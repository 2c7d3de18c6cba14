/** Exact yuan in one unit of the quantity of a line: price × γ × unit factor. */
import { Fraction } from '@gep/kernel';
import type { NormEdition } from '@gep/rulebook';
import type { AccountLine } from '../account/account';

/** @returns undefined in an aggregate whose children differ in price or γ, and for services that the norm does not have */
export function worthOfLine(
  { service: code, item, price, gamma }: Pick<AccountLine, 'service' | 'item' | 'price' | 'gamma'>,
  norm: NormEdition,
): Fraction | undefined {
  const service = norm.services.find((one) => one.code === code);
  const scale =
    service?.price.kind === 'product' ? norm.products.find((one) => one.code === item)?.yuanScale : service?.yuanScale;
  if (price === null || gamma === null || scale === undefined) return undefined;
  return Fraction.parse(price)!.times(Fraction.parse(gamma)!).times(scale);
}
