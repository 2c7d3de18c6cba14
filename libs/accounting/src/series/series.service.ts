/** Use case of series: the yearly accounts of a territory as reported, or restated within the boundary of one day. */
import { Injectable } from '@nestjs/common';
import { periodEnd } from '@gep/kernel';
import { Database, type Actor } from '@gep/platform';
import { RulebookService, type NormEdition } from '@gep/rulebook';
import { findTerritory, listVersions, placesOfPath } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import type { Account } from '../account/account';
import { listAccounts } from '../account/account.store';
import { withLines } from '../account/recorded-account.store';
import { AccountMissing } from '../errors';
import { compareSeries, refusalOf, type GatheredPoint, type SeriesWay } from './account-series';
import { indexSeries, type IndexedPoint } from './series-index';
import { breaksOf, sameBoundary, stepsOf, territoriesOf, type BoundaryPlan, type BoundaryStep } from './boundary-plan';
import { historyOf } from './boundary-history.service';
import {
  BoundaryAbsent,
  BoundaryNotRestatable,
  BoundaryPartMissing,
  EditionsDiffer,
  SeriesTooWide,
  SeriesYearsUnfit,
  TerritoryFollowed,
} from './errors';
import { planBoundary, type BoundaryHistory } from './plan-boundary.service';
import { restateAccount, sharesOf } from './restate-account';
import { dayBefore } from '../succession/day-before';
import { listCarriedInto, type CarriedAccount } from './carried-accounts.store';

/** Which series. */
export interface SeriesRequest {
  readonly territory: string;
  /** Years. */
  readonly from: string;
  readonly to: string;
  readonly norm: string;
  /** Restates every year within one boundary: that of `boundaryDay`, the last day of the last year when absent. */
  readonly constantBoundary?: boolean;
  /** `YYYY-MM-DD`. */
  readonly boundaryDay?: string;
  /** Year that is 100 in the index; the first one with an account when absent. */
  readonly indexBase?: string;
  readonly asOf?: Date;
  readonly published?: boolean;
}

export interface AccountSeries {
  readonly territory: string;
  readonly norm: string;
  /** Day whose boundary all points have; null where each has that of its own year. */
  readonly boundaryDay: string | null;
  readonly points: readonly IndexedPoint[];
}

const mostYears = 60;
/** Accounts that one point is restated from. */
const mostAccounts = 400;

@Injectable()
export class SeriesService {
  constructor(
    private readonly database: Database,
    private readonly rulebook: RulebookService,
  ) {}

  /**
   * A point for every year; one without an account says why. The answer is refused only when there is no account at all.
   * @throws SeriesYearsUnfit, BoundaryAbsent, AccountMissing, IndexBaseAbsent
   */
  async series(actor: Actor, request: SeriesRequest): Promise<AccountSeries> {
    return this.database.snapshot(actor, (tx) => this.seriesIn(tx, request));
  }

  /** The same within the transaction of a deed that rests on it. */
  async seriesIn(tx: EntityManager, request: SeriesRequest): Promise<AccountSeries> {
    const years = yearsOf(request);
    const { territory, norm, from, to } = request;
    const lastDay = periodEnd(years[years.length - 1]);
    const absent = new AccountMissing({ territory, period: `${from}–${to}`, norm, asOf: request.asOf?.toISOString() });
    const there = await lastDayOf(tx, territory, lastDay);
    if (there === undefined) throw absent;
    const day = request.boundaryDay ?? there;
    const place = await findTerritory(tx, territory, day);
    const gathering = new Gathering(tx, this.rulebook, request, await historyOf(tx));
    if (!place) throw new BoundaryAbsent(territory, day, there);
    const points = await (request.constantBoundary ? gathering.restated(years, day) : gathering.reported(years, there));
    const last = points.map(({ account }) => account).findLast((account) => account !== null);
    if (!last) throw absent;
    const edition = await this.rulebook.getNorm(tx, last.norm.id, last.norm.edition);
    const prices = { norm: edition, places: placesOfPath(place.path) };
    return {
      territory,
      norm,
      boundaryDay: request.constantBoundary ? day : null,
      points: indexSeries(territory, compareSeries(territory, points, prices), request.indexBase),
    };
  }
}

/** Gathers the points of one series. */
class Gathering {
  private readonly editions = new Map<string, NormEdition>();

  constructor(
    private readonly tx: EntityManager,
    private readonly rulebook: RulebookService,
    private readonly request: SeriesRequest,
    private readonly history: BoundaryHistory,
  ) {}

  /** Each year within its own boundary, under the code of the year where nothing but that has changed. */
  async reported(years: readonly string[], there: string): Promise<GatheredPoint[]> {
    const { territory } = this.request;
    const points: GatheredPoint[] = [];
    let [code, day] = [territory, there];
    for (const period of [...years].reverse()) {
      const end = periodEnd(period);
      if (end > there) {
        points.push(await this.pointAfter(period, there));
        continue;
      }
      const plan = await planBoundary(this.history, code, [day, end]);
      const steps = plan.kind === 'unknown' ? [plan.step] : breaksOf(plan);
      const same = plan.kind === 'unknown' ? undefined : sameBoundary(plan);
      // What changed since this year stands at the point after it.
      const after = points.pop();
      if (after) points.push({ ...after, breaks: same === undefined ? steps : [] });
      [code, day] = [same ?? code, end];
      points.push(await this.point(period, { kind: 'whole', territory: code }, []));
    }
    return points.reverse();
  }

  /** Of a year at whose end the territory was no more: what it has of it stands for its successors, or for nobody. */
  private async pointAfter(period: string, there: string): Promise<GatheredPoint> {
    const { territory } = this.request;
    const day = periodEnd(period);
    const followed = this.history.successions.filter(
      ({ predecessor, effective }) => predecessor === territory && effective > there && effective <= day,
    );
    if (followed.length === 0) return this.point(period, { kind: 'whole', territory }, []);
    return refusedPoint(
      period,
      new TerritoryFollowed(
        territory,
        period,
        followed[0].effective,
        followed.map(({ successor }) => successor),
      ),
    );
  }

  /** Each year within the boundary of a day. */
  async restated(years: readonly string[], day: string): Promise<GatheredPoint[]> {
    const { territory } = this.request;
    const points: GatheredPoint[] = [];
    for (const period of years) {
      const plan = await planBoundary(this.history, territory, [day, periodEnd(period)]);
      points.push(
        plan.kind === 'unknown'
          ? refusedPoint(period, new BoundaryNotRestatable(territory, period, day, plan.step))
          : await this.point(period, plan, stepsOf(plan)),
      );
    }
    return points;
  }

  private async point(period: string, plan: BoundaryPlan, steps: readonly BoundaryStep[]): Promise<GatheredPoint> {
    const { territory, norm: id, asOf, published } = this.request;
    const territories = territoriesOf(plan);
    if (territories.length > mostAccounts) {
      return refusedPoint(period, new SeriesTooWide(territory, period, mostAccounts));
    }
    const wanted = { territories, period, normId: id, asOf, published };
    const records = territories.length === 0 ? [] : await listAccounts(this.tx, wanted);
    const lacking = territories.filter((code) => !records.some((record) => record.territory === code));
    if (lacking.length > 0 || records.length === 0) {
      const known = { territory: territories[0], period, norm: id, asOf: asOf?.toISOString(), published };
      return refusedPoint(
        period,
        plan.kind === 'whole' ? new AccountMissing(known) : new BoundaryPartMissing(territory, period, lacking, steps),
      );
    }
    const used = await withLines(this.tx, records);
    const accounts = new Map(used.map((account) => [account.territory, account]));
    if (used.some(({ norm }) => norm.edition !== used[0].norm.edition)) {
      return refusedPoint(period, new EditionsDiffer(territory, [period, period]));
    }
    const shares = sharesOf(plan);
    const carried = plan.kind === 'whole' ? await listCarriedInto(this.tx, used[0], this.history.successions) : [];
    const parts = used.map((record): CarriedAccount => ({
      record,
      shares: shares.get(record.territory) ?? [],
      ways: [],
    }));
    return {
      period,
      account: restateAccount(plan, accounts, await this.editionOf(used[0])),
      refusal: null,
      ways: carried.length > 0 ? waysOfCarried(carried) : waysOf(plan, steps),
      parts: (carried.length > 0 ? carried : parts).map(({ record, shares: taken }) => ({
        ...{ territory: record.territory, accountId: record.id, vintage: record.vintage },
        ...{ digest: record.digest, totalFen: record.totals.totalFen, shares: taken },
      })),
      restated: steps,
      breaks: [],
    };
  }

  private async editionOf({ norm: { id, edition } }: Account): Promise<NormEdition> {
    const known = this.editions.get(edition) ?? (await this.rulebook.getNorm(this.tx, id, edition));
    this.editions.set(edition, known);
    return known;
  }
}

/** How a point came about from such accounts. */
function waysOfCarried(carried: readonly CarriedAccount[]): SeriesWay[] {
  const ways = carried.flatMap((one) => one.ways);
  const added = carried.length > 1 || ways.length === 0;
  return [...new Set<SeriesWay>([...(added ? (['addition'] as const) : []), ...ways])];
}

function waysOf(plan: BoundaryPlan, steps: readonly BoundaryStep[]): SeriesWay[] {
  if (sameBoundary(plan) !== undefined) return ['reported'];
  const ways = steps.flatMap(({ kind, basis }): SeriesWay[] => {
    if (kind === 'rename') return [];
    return basis === 'whole' ? ['addition'] : [basis];
  });
  return [...new Set(ways)];
}

const refusedPoint = (period: string, refusal: Parameters<typeof refusalOf>[0]): GatheredPoint => ({
  ...{ period, account: null, refusal: refusalOf(refusal), ways: [], parts: [], restated: [], breaks: [] },
});

function yearsOf({ from, to }: SeriesRequest): string[] {
  const isYear = (text: string): boolean => /^(?:19|20|21)\d\d$/.test(text);
  const count = Number(to) - Number(from) + 1;
  if (!isYear(from) || !isYear(to) || count < 1 || count > mostYears) throw new SeriesYearsUnfit(from, to, mostYears);
  return Array.from({ length: count }, (_, at) => String(Number(from) + at));
}

/** The last day on or before `day` on which the territory is in the tree. */
async function lastDayOf(tx: EntityManager, territory: string, day: string): Promise<string | undefined> {
  const versions = (await listVersions(tx, [territory])).filter(({ validFrom }) => validFrom <= day);
  const ends = versions.map(({ validTo }) => (validTo === null || validTo > day ? day : dayBefore(validTo)));
  return ends.sort().at(-1);
}
