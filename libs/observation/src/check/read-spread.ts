/** Reads how far a reported figure may lie from the truth: low, high and distribution, together and around the figure. */
import { Fraction } from '@gep/kernel';
import type { StatisticSpread } from '../chunk/patch-chunk';
import { cellText } from '../table/raw-table';
import { reasons } from '../table/reasons';
import type { RowCheck } from './check-run';

export type BoundRole = 'low' | 'high' | 'priceLow' | 'priceHigh';

/** The columns of one spread. */
interface SpreadRoles {
  readonly low: BoundRole;
  readonly high: BoundRole;
  readonly distribution: 'distribution' | 'priceDistribution';
}

export const quantitySpread: SpreadRoles = { low: 'low', high: 'high', distribution: 'distribution' };
export const priceSpreadRoles: SpreadRoles = {
  low: 'priceLow',
  high: 'priceHigh',
  distribution: 'priceDistribution',
};

const words: Readonly<Record<string, StatisticSpread['distribution']>> = {
  ...{ uniform: 'uniform', triangular: 'triangular', normal: 'normal', lognormal: 'lognormal' },
  ...{ 均匀: 'uniform', 三角: 'triangular', 正态: 'normal', 对数正态: 'lognormal' },
};
const distributions: readonly StatisticSpread['distribution'][] = ['uniform', 'triangular', 'normal', 'lognormal'];

/**
 * @param figure the one that the spread is around; null when there is none or it was refused
 * @param bound decimal text in the unit of the figure; null when the cell is empty, undefined after a problem
 * @returns undefined when there is none, and after a problem
 */
export function readSpread(
  check: RowCheck,
  roles: SpreadRoles,
  figure: string | null,
  bound: (role: BoundRole) => string | null | undefined,
): StatisticSpread | undefined {
  const isGiven = [roles.low, roles.high, roles.distribution].some((role) => cellText(check.cell(role)) !== '');
  // A figure that was refused has its own problem, and no unit that its bounds could be read in.
  if (!isGiven || (figure === null && check.refused)) return undefined;
  const [low, high] = [bound(roles.low), bound(roles.high)];
  const word = cellText(check.cell(roles.distribution)).toLowerCase();
  const distribution = Object.hasOwn(words, word) ? words[word] : undefined;
  const missing = [
    ...(low === null ? [roles.low] : []),
    ...(high === null ? [roles.high] : []),
    ...(word === '' ? [roles.distribution] : []),
  ];
  if (missing.length === 3) return undefined;
  for (const role of missing) check.problemAt(role, reasons.spreadIncomplete(role));
  if (word !== '' && !distribution)
    check.problemAt(roles.distribution, reasons.spreadDistribution(word, distributions));
  if (figure === null && missing.length === 0)
    check.problemAt(roles.low, reasons.blank(roles.low === 'low' ? 'quantity' : 'price'));
  if (!low || !high || !distribution || figure === null) return undefined;
  const [from, value, to] = [low, figure, high].map((text) => Fraction.parse(text)!);
  if (from.compare(to) >= 0 || value.compare(from) < 0 || value.compare(to) > 0)
    check.problemAt(roles.low, reasons.spreadAround(low, figure, high));
  else if (distribution === 'lognormal' && from.numerator === 0n) check.problemAt(roles.low, reasons.spreadOfZero());
  else return { low, high, distribution };
  return undefined;
}
