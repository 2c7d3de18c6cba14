/** Decides how much of what services supply is counted: deductions, negatives, imports, caps by use, and users. */
import { conversionFactor, Fraction, sumInOrder } from '@gep/kernel';
import { amountFactor, type NormEdition, type Service } from '@gep/rulebook';
import type { ObservedAt } from '../errors';
import { ImportsBeyondSupply, NegativeQuantity, UseStatisticMissing } from './errors';
import { shareAmount } from './share-amount';

/** What a service supplies in a type, or of a measured item, in the unit of its line. */
export interface Supply {
  readonly service: Service;
  readonly type: string | null;
  readonly quantity: number;
}

/** What of a supply is counted. */
export interface Counted {
  readonly quantity: number;
  /** Before imports and cap; null when that is the same. */
  readonly supplied: number | null;
  /** Nobody uses the service when false: then its price is 0. */
  readonly isUsed: boolean;
}

/** A reported amount, in the unit of its product. */
export interface ReportedAmount {
  readonly product: { readonly code: string };
  readonly quantity: Fraction;
}

export type CountingNorm = Pick<NormEdition, 'services' | 'products' | 'exclusive' | 'units'>;

/** Whether a norm has any rule beside that for negatives. */
export function hasCountingRules({ services, exclusive }: Pick<NormEdition, 'services' | 'exclusive'>): boolean {
  return services.some(({ use, imports }) => use ?? imports) || exclusive.some(({ deduct }) => deduct);
}

/**
 * Counts supplies, one result for each of them. In this order: what another service counts is deducted, type by type; a
 * quantity below zero is dealt with as its service says; imports are deducted in proportion to supply; what is above the
 * cap is left out in proportion to supply, so that the lines of the service add up to the cap exactly.
 * @param reported the statistics of the period; a statistic counts for the territory, whatever types it is given by
 * @throws NegativeQuantity, ImportsBeyondSupply, UseStatisticMissing
 */
export function countSupplies(
  norm: CountingNorm,
  supplies: readonly Supply[],
  reported: readonly ReportedAmount[],
  at: ObservedAt,
): Counted[] {
  const counted: Counted[] = supplies.map(({ quantity }) => {
    return { quantity: quantity === 0 ? 0 : quantity, supplied: null, isUsed: true };
  });
  const places = new Map<Service, number[]>();
  for (const [index, { service }] of supplies.entries()) {
    const own = places.get(service);
    if (own) own.push(index);
    else places.set(service, [index]);
  }
  // What is deducted must be counted before; the norm has no deduction from what is itself deducted.
  const services = [...places.keys()];
  const present = new Set(services.map(({ code }) => code));
  const takers = new Set(
    norm.exclusive.flatMap(({ deduct }) => (deduct && present.has(deduct.what) ? [deduct.from] : [])),
  );
  const ordered = [
    ...services.filter(({ code }) => !takers.has(code)),
    ...services.filter(({ code }) => takers.has(code)),
  ];
  for (const service of ordered) {
    const own = places.get(service)!;
    // Most services have no rule at all, and what they supply is counted as it is.
    const isPlain = !takers.has(service.code) && !service.use && service.imports === undefined;
    if (isPlain && own.every((index) => supplies[index].quantity >= 0)) continue;
    const supplied = own.map((index) => {
      const { type, quantity } = supplies[index];
      const others = takers.has(service.code) ? deductedFrom(norm, service, type, supplies, counted) : [];
      return notNegative(
        service,
        type,
        others.length === 0 ? quantity : sumInOrder([quantity, ...others.map((n) => -n)]),
        at,
      );
    });
    const net = withoutImports(norm, service, supplied, reported, at);
    const used = withinCap(norm, service, net, reported, at);
    const isUsed = hasUsers(service, reported, at);
    for (const [nth, index] of own.entries()) {
      counted[index] = {
        quantity: used[nth] === 0 ? 0 : used[nth],
        supplied: used[nth] === supplied[nth] ? null : supplied[nth],
        isUsed,
      };
    }
  }
  return counted;
}

/** What of other services is taken from a line, in its unit. What nobody uses has no value that could count twice. */
function deductedFrom(
  { exclusive }: CountingNorm,
  { code, quantity }: Service,
  type: string | null,
  supplies: readonly Supply[],
  counted: readonly Counted[],
): number[] {
  return exclusive.flatMap(({ deduct }) => {
    if (deduct?.from !== code) return [];
    const index = supplies.findIndex((other) => other.service.code === deduct.what && other.type === type);
    if (index < 0 || !counted[index].isUsed) return [];
    return [counted[index].quantity * deductionFactor(supplies[index].service.quantity, quantity)];
  });
}

/** Units of the line that is deducted from in one unit of what is deducted. */
export function deductionFactor(what: Service['quantity'], from: Service['quantity']): number {
  if (what.kind === 'products' || from.kind === 'products') throw new TypeError('products are not deducted');
  return conversionFactor(what.unit, from.unit).toNumber();
}

function notNegative({ code, negative }: Service, type: string | null, quantity: number, at: ObservedAt): number {
  if (quantity >= 0 || negative === 'keep') return quantity;
  if (negative === 'zero') return 0;
  throw new NegativeQuantity(at, code, type, quantity);
}

function withoutImports(
  norm: CountingNorm,
  service: Service,
  supplied: readonly number[],
  reported: readonly ReportedAmount[],
  at: ObservedAt,
): readonly number[] {
  if (service.imports === undefined) return supplied;
  const imported = reportedFor(norm, service, service.imports, reported);
  if (imported === undefined) throw new UseStatisticMissing(at, service.code, service.imports);
  const whole = sumInOrder(supplied.map((quantity) => Math.max(quantity, 0)));
  if (imported > whole && service.negative !== 'zero')
    throw new ImportsBeyondSupply(at, service.code, service.imports, imported, whole);
  return sharedOut(Math.max(whole - imported, 0), supplied);
}

function withinCap(
  norm: CountingNorm,
  service: Service,
  net: readonly number[],
  reported: readonly ReportedAmount[],
  at: ObservedAt,
): readonly number[] {
  const { use } = service;
  if (use?.cap === undefined) return net;
  const cap = reportedFor(norm, service, use.cap, reported);
  if (cap !== undefined) return sharedOut(Math.max(cap, 0), net);
  if (use.missing === 'refuse') throw new UseStatisticMissing(at, service.code, use.cap);
  return use.missing === 'zero' ? sharedOut(0, net) : net;
}

/** Only supplies above zero are used; a negative one that the norm keeps stands as it is. */
function sharedOut(amount: number, quantities: readonly number[]): number[] {
  const parts = shareAmount(
    amount,
    quantities.map((quantity) => Math.max(quantity, 0)),
  );
  return quantities.map((quantity, index) => (quantity < 0 ? quantity : parts[index]));
}

function hasUsers({ code, use }: Service, reported: readonly ReportedAmount[], at: ObservedAt): boolean {
  if (use?.users === undefined) return true;
  const users = sumOf(use.users, reported);
  if (users) return !users.equals(Fraction.zero);
  if (use.missing === 'refuse') throw new UseStatisticMissing(at, code, use.users);
  return use.missing === 'uncapped';
}

/** A statistic of the period in the unit of the lines of a service; undefined when it was not reported. */
export function reportedFor(
  { products, units }: CountingNorm,
  { quantity }: Service,
  statistic: string,
  reported: readonly ReportedAmount[],
): number | undefined {
  const product = products.find(({ code }) => code === statistic);
  if (!product || quantity.kind === 'products') throw new TypeError(`${statistic} cannot be held against products`);
  const sum = sumOf(statistic, reported);
  if (!sum) return undefined;
  const factor = amountFactor(product.unit, quantity.unit, units);
  if (!factor) throw new TypeError(`${statistic} is not of the dimension of its service`);
  return sum.times(factor).toNumber();
}

function sumOf(statistic: string, reported: readonly ReportedAmount[]): Fraction | undefined {
  const amounts = reported.filter(({ product }) => product.code === statistic);
  return amounts.length === 0 ? undefined : amounts.reduce((sum, { quantity }) => sum.plus(quantity), Fraction.zero);
}
