/** Use case of forecasts: where each target of a plan is heading, by what was published of the years before. */
import { Injectable } from '@nestjs/common';
import { ChangeService, IntervalService, SeriesService } from '@gep/accounting';
import { type Bilingual, type Fen, Fraction } from '@gep/kernel';
import { Database } from '@gep/platform';
import type { Officer } from '@gep/procedure';
import { RulebookService } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { TargetMissing } from '../errors';
import type { IssuedTargets } from '../plan/plan-edition';
import { listInForce } from '../plan/plan.store';
import { jointRow, type TargetRow } from '../plan/target-row';
import { PublishedValues, type ValueTools } from '../value/published-values.service';
import type { UnitGroup } from '../value/unit-groups';
import { type Forecast, type ForecastPoint, forecastMethod, forecastTarget, type NoForecast } from './forecast-target';
import { comparableWith } from './progress-row';

/** How a published account itself may be off, by the evidence of its parameters; drawn with this seed. */
export interface MeasuredInterval {
  readonly lowFen: Fen;
  readonly highFen: Fen;
  /** Share of draws that reach this year's milestone. */
  readonly probability: number | null;
  readonly draws: number;
  readonly seed: number;
}

/** Amounts of the forecast are in fen, or fen for a hectare. */
export interface TargetForecast {
  readonly units: readonly string[];
  readonly indicator: string;
  readonly lastYear: number;
  readonly targetFen: Fen;
  readonly points: readonly { readonly year: number; readonly fen: Fen }[];
  readonly forecast: Forecast | NoForecast;
  /** Growth in each year that is left which leads from the last point to the target; null where none is left or known. */
  readonly neededGrowth: number | null;
  readonly measured: MeasuredInterval | null;
}

export interface PlanForecast {
  readonly plan: string;
  readonly planId: string;
  readonly edition: number;
  /** Last year that was looked at. */
  readonly until: number;
  readonly method: typeof forecastMethod;
  readonly rows: readonly TargetForecast[];
}

export interface ForecastWish {
  readonly plan: string;
  /** Last year whose figures count. */
  readonly until: number;
  readonly unit?: string;
  readonly indicator?: string;
  /** Draws of the interval of the last account; none when absent. */
  readonly draws?: number;
  readonly seed?: number;
}

/** What is drawn later: the account of one place as it was published. */
interface Drawable {
  readonly territory: string;
  readonly year: number;
  readonly milestoneFen: Fen | undefined;
}
type Read = TargetForecast & { readonly drawable: Drawable | null };

/** Figures this many years before the base count as well. */
const yearsBefore = 10;

@Injectable()
export class ForecastService {
  private readonly tools: ValueTools;

  constructor(
    private readonly database: Database,
    series: SeriesService,
    changes: ChangeService,
    rulebook: RulebookService,
    private readonly intervals: IntervalService,
  ) {
    this.tools = { series, changes, rulebook };
  }

  /** @throws TargetMissing, and what drawing an interval throws */
  async forecast(actor: Officer, wish: ForecastWish): Promise<PlanForecast> {
    const { issued, rows } = await this.database.snapshot(actor, (tx) => this.readRows(tx, wish));
    const drawn: TargetForecast[] = [];
    for (const { drawable, ...row } of rows)
      drawn.push({ ...row, measured: drawable && (await this.measured(actor, issued.gist.norm, drawable, wish)) });
    const { planId, gist } = issued;
    return {
      ...{ plan: gist.code, planId, edition: gist.editionNo, until: wish.until, method: forecastMethod, rows: drawn },
    };
  }

  private async readRows(
    tx: EntityManager,
    { plan, until, unit, indicator: wanted }: ForecastWish,
  ): Promise<{ readonly issued: IssuedTargets; readonly rows: readonly Read[] }> {
    const inForce = (await listInForce(tx, { year: until })).filter(
      ({ planId, gist }) => planId === plan || gist.code === plan,
    );
    const [first] = inForce;
    if (!first || inForce.some(({ planId }) => planId !== first.planId))
      throw new TargetMissing({ zh: `${until} 年有效的计划`, en: `plan in force for ${until}` }, plan, [
        ...new Set(inForce.map(({ planId }) => planId)),
      ]);
    const { gist } = first;
    const years = [gist.base - yearsBefore, until] as const;
    const values = new PublishedValues(tx, this.tools, { ...gist, years });
    const rows: Read[] = [];
    const own = { units: [gist.place], places: [gist.place], strangers: [] };
    for (const group of [own, ...(await values.groups(gist.units, until))]) {
      if (unit !== undefined && !group.units.includes(unit)) continue;
      for (const indicator of gist.indicators.filter(({ code }) => wanted === undefined || code === wanted)) {
        const targets = inForce
          .filter((one) => group.units.includes(one.unit))
          .flatMap((one) => one.targets.filter((row) => row.indicator === indicator.code));
        if (targets.length !== group.units.length) continue;
        const target = jointRow(indicator.measure, targets);
        const points = await pointsOf(values, { group, indicator, target, years });
        const isWhole = indicator.measure === 'gep' && indicator.pricesOf === null && group.places.length === 1;
        const isPlain = isWhole && indicator.services.length + indicator.categories.length === 0;
        rows.push(rowOf(group, indicator.code, { target, points, isPlain }));
      }
    }
    return { issued: first, rows };
  }

  private async measured(
    actor: Officer,
    norm: string,
    { territory, year, milestoneFen }: Drawable,
    { draws, seed = 1 }: ForecastWish,
  ): Promise<MeasuredInterval | null> {
    if (draws === undefined) return null;
    const account = { territory, period: String(year), norm: { id: norm }, published: true };
    const { total, target } = await this.intervals.interval(actor, account, { draws, seed, targetFen: milestoneFen });
    return { lowFen: total.lowFen, highFen: total.highFen, probability: target?.probability ?? null, draws, seed };
  }
}

async function pointsOf(
  values: PublishedValues,
  {
    group,
    indicator,
    target,
    years: [first, last],
  }: {
    readonly group: UnitGroup;
    readonly indicator: IssuedTargets['gist']['indicators'][number];
    readonly target: TargetRow;
    readonly years: readonly [number, number];
  },
): Promise<TargetForecast['points']> {
  const points: { year: number; fen: Fen }[] = [];
  for (let year = first; year <= last; year++) {
    const answer = comparableWith(target.base, await values.valueOf(group, indicator, year, last));
    if (answer.state === 'measured') points.push({ year, fen: answer.value.fen });
  }
  return points;
}

function rowOf(
  group: UnitGroup,
  indicator: string,
  {
    target: { milestones },
    points,
    isPlain,
  }: { readonly target: TargetRow; readonly points: TargetForecast['points']; readonly isPlain: boolean },
): Read {
  const { year: lastYear, fen: targetFen } = milestones[milestones.length - 1];
  const last = points.at(-1);
  const numbers: ForecastPoint[] = points.map(({ year, fen }) => ({ year, value: doubleOf(fen) }));
  const left = last ? lastYear - last.year : 0;
  const known = last && left > 0 && last.fen > 0n && targetFen > 0n;
  const isMeasured = isPlain && last !== undefined;
  return {
    ...{ units: group.units, indicator, lastYear, targetFen, points, measured: null },
    forecast:
      left > 0 ? forecastTarget(numbers, lastYear, doubleOf(targetFen)) : { state: 'refused', reason: nothingLeft },
    neededGrowth: known ? (doubleOf(targetFen) / doubleOf(last.fen)) ** (1 / left) - 1 : null,
    drawable: isMeasured
      ? {
          ...{ territory: group.places[0], year: last.year },
          milestoneFen: milestones.find(({ year }) => year === last.year)?.fen,
        }
      : null,
  };
}

/** A forecast is no amount: what is estimated has no more digits than a double. */
const doubleOf = (fen: Fen): number => Fraction.of(fen).toNumber();

const nothingLeft: Bilingual = {
  zh: '没有已公布的数据，或末年已有实绩，无需预测',
  en: 'nothing is published, or the last year itself is: there is nothing to forecast',
};
