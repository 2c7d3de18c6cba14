/** One account with its indicators, beside an earlier one of the same territory where there is one. */
import { type DomainError, shareOfYear, type UnitTable } from '@gep/kernel';
import type { Account } from '../account/account';
import { refusalOf, type SeriesRefusal } from '../series/account-series';
import { computeIndicators, type Indicator, type IndicatorFact } from './compute-indicators';
import { type DynamicDegree, dynamicDegrees } from './dynamic-degree';
import { SinceNotEarlier } from './errors';
import { type IndicatorDefinition, standardIndicators } from './indicator-definitions';

type ReportedAccount = Pick<
  Account,
  'territory' | 'period' | 'norm' | 'totals' | 'areaByType' | 'areaUnit' | 'digest' | 'grade'
> & { readonly lines?: Account['lines'] };

export interface IndicatorReport {
  readonly territory: string;
  readonly period: string;
  readonly norm: Account['norm'];
  readonly indicators: readonly Indicator[];
  /** How fast areas changed since the earlier account. */
  readonly dynamicDegrees?: readonly DynamicDegree[];
  /** Why areas are not compared with those of the earlier account. */
  readonly refusal?: SeriesRefusal;
}

/** What is asked beside the indicators that every account has. */
export interface IndicatorWishes {
  readonly facts: readonly IndicatorFact[];
  readonly definitions: readonly IndicatorDefinition[];
  /** The change of boundary since the earlier account, by which areas of the two are no change of land. */
  readonly broken?: DomainError;
}

/**
 * @param earlier the account that areas are compared with
 * @throws SinceNotEarlier, and as computeIndicators
 */
export function indicatorReport(
  account: ReportedAccount,
  earlier: ReportedAccount | undefined,
  { facts, definitions, broken }: IndicatorWishes,
  units: UnitTable,
): IndicatorReport {
  const { territory, period, norm } = account;
  const indicators = computeIndicators(account, [...standardIndicators, ...definitions], facts, units);
  if (!earlier) return { territory, period, norm, indicators };
  const years = yearsBetween(earlier.period, period);
  if (broken) return { territory, period, norm, indicators, refusal: refusalOf(broken) };
  return { territory, period, norm, indicators, dynamicDegrees: dynamicDegrees(earlier, account, years) };
}

/** Years from one period to another; parts of a year count by their share. @throws SinceNotEarlier */
export function yearsBetween(from: string, to: string): number {
  const at = (period: string): number => {
    const part = Number(/-Q?(\d+)$/.exec(period)?.[1] ?? 1);
    return Number(period.slice(0, 4)) + (part - 1) * shareOfYear(period).toNumber();
  };
  const years = at(to) - at(from);
  if (years > 0) return years;
  throw new SinceNotEarlier(from, to);
}
