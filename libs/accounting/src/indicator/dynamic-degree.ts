/** How fast the area of each ecosystem type changes: the single land-use dynamic degree of HJ 1175. */
import { Decimal } from '@gep/kernel';
import type { Account } from '../account/account';

export interface DynamicDegree {
  readonly type: string;
  readonly before: number;
  readonly after: number;
  /** (after − before) / before / years, exact to 12 digits; null where there was nothing before. */
  readonly perYear: string | null;
}

/** @param years between the two accounts, above zero */
export function dynamicDegrees(
  before: Pick<Account, 'areaByType'>,
  after: Pick<Account, 'areaByType'>,
  years: number,
): DynamicDegree[] {
  const types = [...new Set([...Object.keys(before.areaByType), ...Object.keys(after.areaByType)])];
  return types.map((type) => {
    const [from, to] = [before.areaByType[type] ?? 0, after.areaByType[type] ?? 0];
    const perYear =
      from === 0
        ? null
        : new Decimal(to).minus(from).dividedBy(from).dividedBy(years).toSignificantDigits(12).toString();
    return { type, before: from, after: to, perYear };
  });
}
