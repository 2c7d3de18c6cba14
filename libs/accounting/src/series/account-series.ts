/** The yearly series of a territory: its points, where its boundary broke, and growth between points that compare. */
import { Decimal, DomainError, type Bilingual, type Fen } from '@gep/kernel';
import type { NormEdition } from '@gep/rulebook';
import type { Account } from '../account/account';
import { atComparablePrices } from '../change/comparable-prices';
import { netOfFlows, withImpliedPrices } from '../flow/eliminated-part';
import type { BoundaryStep } from './boundary-plan';
import { BoundaryBroken, EditionsDiffer } from './errors';

/** Why a point has no account, or no growth. */
export interface SeriesRefusal {
  readonly code: string;
  readonly text: Bilingual;
}

/** An account that a point was made of. */
export interface SeriesPart {
  readonly territory: string;
  readonly accountId: string;
  readonly vintage: number;
  readonly digest: string;
  readonly totalFen: Fen;
  /** Shares of it that were taken, one after the other, as exact text; empty when all of it was. */
  readonly shares: readonly string[];
}

/**
 * How a point came about: its account as reported (under another code perhaps), by adding accounts, or by shares of one that follow
 * areas, a list of patches, or were given.
 */
export type SeriesWay = 'reported' | 'addition' | 'area' | 'map' | 'given';

/** What is known of a point before it is compared with others. */
export interface GatheredPoint {
  readonly period: string;
  readonly account: Account | null;
  readonly refusal: SeriesRefusal | null;
  readonly ways: readonly SeriesWay[];
  readonly parts: readonly SeriesPart[];
  /** Steps from the accounts of the period to the boundary of the series. */
  readonly restated: readonly BoundaryStep[];
  /** Changes of the boundary since the year before; none within a constant boundary. */
  readonly breaks: readonly BoundaryStep[];
}

/** What a point shows of its account. */
export type SeriesAccount = Pick<Account, 'norm' | 'totals' | 'areaByType' | 'areaUnit' | 'grade' | 'coverage'>;

export interface SeriesPoint extends Omit<GatheredPoint, 'account'> {
  readonly account: SeriesAccount | null;
  readonly growth: SeriesGrowth | null;
  readonly comparable: ComparableGrowth | null;
}

/** Growth since the point before that has an account; null when that was nothing. */
export interface SeriesGrowth {
  readonly since: string;
  /** A proportion, exact to 12 digits. */
  readonly rate: string | null;
  readonly refusal: SeriesRefusal | null;
}

/** At the prices of the first point. */
export interface ComparableGrowth {
  readonly base: string;
  readonly comparableFen: Fen | null;
  readonly rate: string | null;
  /** Current over comparable value. */
  readonly impliedIndex: string | null;
  /** Lines that have no price of their own, because parts of them had different ones, count at their value per unit. */
  readonly implied: boolean;
  readonly refusal: SeriesRefusal | null;
}

/** Where prices are looked up, and by which norm. */
export interface SeriesPrices {
  readonly norm: NormEdition;
  /** The territory and those above it, nearest first. */
  readonly places: readonly string[];
}

/** What of a point tells whether it compares with another one. */
type ComparedPoint = Pick<SeriesPoint, 'period'> & { readonly account: Pick<SeriesAccount, 'norm'> | null };

type Present = GatheredPoint & { readonly account: Account };

/**
 * Growth from point to point, and at the prices of the first point. Between two points whose boundaries differ, or whose accounts
 * follow different editions, it is refused, with the reason beside the point.
 * @param points in order of time
 */
export function compareSeries(
  territory: string,
  points: readonly GatheredPoint[],
  prices: SeriesPrices,
): SeriesPoint[] {
  const present = points.filter((point): point is Present => point.account !== null);
  return points.map((point, at) => {
    if (point.account === null) return { ...point, account: null, growth: null, comparable: null };
    const here = point as Present;
    const [first, before] = [present[0], present[present.indexOf(here) - 1]];
    const since = (other: GatheredPoint): readonly BoundaryStep[] =>
      points.slice(points.indexOf(other) + 1, at + 1).flatMap(({ breaks }) => breaks);
    const { norm, totals, areaByType, areaUnit, grade, coverage } = point.account;
    return {
      ...point,
      account: { norm, totals, areaByType, areaUnit, grade, coverage },
      growth: before ? growthOf(territory, before, here, since(before)) : null,
      comparable: comparableOf(territory, first, here, since(first), prices),
    };
  });
}

function growthOf(territory: string, before: Present, here: Present, breaks: readonly BoundaryStep[]): SeriesGrowth {
  const refused = refusalBetween(territory, before, here, breaks);
  const [from, to] = [before.account.totals.totalFen, here.account.totals.totalFen];
  return { since: before.period, rate: refused ? null : rateOf(from, to), refusal: refused && refusalOf(refused) };
}

function comparableOf(
  territory: string,
  first: Present,
  here: Present,
  breaks: readonly BoundaryStep[],
  { norm, places }: SeriesPrices,
): ComparableGrowth {
  const none = { base: first.period, comparableFen: null, rate: null, impliedIndex: null, implied: false };
  try {
    const refused = refusalBetween(territory, first, here, breaks);
    if (refused) throw refused;
    const [base, current] = [first.account, here.account].map((account) => ({
      ...account,
      territory,
      lines: withImpliedPrices(netOfFlows(account.lines), norm.units),
    }));
    const { comparableFen, comparableGrowth, impliedIndex } = atComparablePrices(norm, { base, current }, places);
    const implied = [first, here].some(({ account }) =>
      account.lines.some(({ price, gamma }) => price === null || gamma === null),
    );
    return { base: first.period, comparableFen, rate: comparableGrowth, impliedIndex, implied, refusal: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { ...none, refusal: refusalOf(error) };
  }
}

/** Why two points do not compare; null when they do. */
export function refusalBetween(
  territory: string,
  before: ComparedPoint,
  here: ComparedPoint,
  breaks: readonly BoundaryStep[],
): DomainError | null {
  const periods = [before.period, here.period] as const;
  if (breaks.length > 0) return new BoundaryBroken(territory, periods, breaks);
  return before.account?.norm.edition === here.account?.norm.edition ? null : new EditionsDiffer(territory, periods);
}

/** A refusal as it stands beside a point. */
export const refusalOf = ({ code, text }: DomainError): SeriesRefusal => ({ code, text });

function rateOf(before: Fen, after: Fen): string | null {
  if (before === 0n) return null;
  const size = before < 0n ? -before : before;
  return new Decimal((after - before).toString()).dividedBy(size.toString()).toSignificantDigits(12).toString();
}
