/** Areas by type within a boundary that was put together from others: sums and shares, exactly. */
import { Fraction } from '@gep/kernel';
import type { Account, AccountChild } from '../account/account';
import type { BoundaryPlan } from '../series/boundary-plan';
import type { AreaByClass } from './extent-account';

/** The areas of an account as their shortest decimals. */
export const areasOfRecord = ({ areaByType }: Pick<Account, 'areaByType'>): AreaByClass =>
  new Map(Object.entries(areaByType).map(([code, area]) => [code, Fraction.parse(String(area))!]));

export const sumOfAreas = (areas: Iterable<Fraction>): Fraction =>
  [...areas].reduce((sum, one) => sum.plus(one), Fraction.zero);

function added(parts: readonly AreaByClass[]): AreaByClass {
  const codes = new Set(parts.flatMap((part) => [...part.keys()]));
  return new Map([...codes].map((code) => [code, sumOfAreas(parts.map((part) => part.get(code) ?? Fraction.zero))]));
}

/** @param areas of the territories that the plan names */
export function areasOfPlan(plan: BoundaryPlan, areas: ReadonlyMap<string, AreaByClass>): AreaByClass {
  if (plan.kind === 'whole') return areas.get(plan.territory)!;
  if (plan.kind === 'sum') return added(plan.parts.map((part) => areasOfPlan(part, areas)));
  const { share, shareByType } = plan.rows.find(({ successor }) => successor === plan.territory)!;
  const whole = [...areasOfPlan(plan.of, areas)];
  return new Map(whole.map(([code, area]) => [code, area.times(shareByType?.[code] ?? share)]));
}

/** The shares of each child that went in. @returns undefined where the account of one is not at hand */
export function areasOfDivided(
  children: readonly (AccountChild & { readonly accountId: string })[],
  accounts: ReadonlyMap<string, Pick<Account, 'areaByType'>>,
): AreaByClass | undefined {
  const parts: AreaByClass[] = [];
  for (const { accountId, division } of children) {
    const account = accounts.get(accountId);
    if (!account) return undefined;
    const whole = areasOfRecord(account);
    if (!division) parts.push(whole);
    for (const { steps } of division ?? []) {
      const shareOf = (code: string): Fraction =>
        steps.reduce(
          (share, step) => share.times(Fraction.parse(step.shareByType?.[code] ?? step.share)!),
          Fraction.one,
        );
      parts.push(new Map([...whole].map(([code, area]) => [code, area.times(shareOf(code))])));
    }
  }
  return added(parts);
}
