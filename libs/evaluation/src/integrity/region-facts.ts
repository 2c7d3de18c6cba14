/** Turns published accounts and supplied figures of a region into what the checks of integrity compare. */
import type { Account } from '@gep/accounting';
import { perHectare, type CountyValue } from './county-facts';

/** A figure that a department supplied for a unit. */
export interface SuppliedFigure {
  readonly unit: string;
  readonly item: string;
  readonly text: string;
}

/** Values of an account: what was counted, what a hectare of a type gives, and prices of what was reported. */
export function valuesOfAccount({ lines, areaByType }: Pick<Account, 'lines' | 'areaByType'>): CountyValue[] {
  return lines.flatMap(({ service, type, item, quantity, price, flow }): CountyValue[] => {
    if (flow !== undefined || quantity === 0) return [];
    const name = [service, item, type].filter((part) => part !== null).join('/');
    const area = type === null ? 0 : (areaByType[type] ?? 0);
    return [
      { item: name, kind: 'quantity', text: String(quantity) },
      ...(item === null && area > 0
        ? [{ item: perHectare(name), kind: 'intensity' as const, text: String(quantity / area) }]
        : []),
      ...(item !== null && price !== null ? [{ item: `${name} price`, kind: 'price' as const, text: price }] : []),
    ];
  });
}

/** Numbers alone: a yes or no is alike in half of all counties. */
export function valuesOfFigures(figures: readonly SuppliedFigure[], territory: string): CountyValue[] {
  return figures
    .filter(({ unit, text }) => unit === territory && /^-?\d+(\.\d+)?$/.test(text))
    .map(({ item, text }) => ({ item, kind: 'quantity', text }));
}
