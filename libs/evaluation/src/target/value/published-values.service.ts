/** Figures of units in a year, from published accounts within one boundary and confirmed figures from outside, and nothing else. */
import {
  type AccountSeries,
  type ChangeEffect,
  ChangeService,
  findBoundaryBreak,
  findDisclosure,
  listLines,
  priceIndex,
  SeriesService,
  sumOfEffects,
} from '@gep/accounting';
import { DomainError, type Fen, Fraction } from '@gep/kernel';
import { RulebookService } from '@gep/rulebook';
import { listSuccessions, type Succession } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { roundedFen } from '../plan/milestones';
import { hectaresOf } from './hectares-of';
import { NoValue, refuse, withIndices } from './no-value';
import { outsideValue } from './outside-figure.service';
import type { StatedIndex, TargetIndicator } from '../plan/plan-terms';
import type { TargetValue, ValuePart } from '../plan/target-row';
import { groupUnits, type UnitGroup } from './unit-groups';
import type { ValueAnswer } from './value-answer';

/** What reading figures needs beside the transaction. */
export interface ValueTools {
  readonly series: SeriesService;
  readonly changes: ChangeService;
  readonly rulebook: RulebookService;
}

export interface ValueFrame {
  readonly norm: string;
  readonly boundaryDay: string;
  readonly base: number;
  /** Years that will be asked for, so that each place is read once. */
  readonly years: readonly [first: number, last: number];
}

type Point = AccountSeries['points'][number] & {
  readonly account: NonNullable<AccountSeries['points'][number]['account']>;
};
type Sum = {
  readonly fen: Fen;
  readonly area: Fraction;
  readonly edition: string;
  readonly parts: readonly ValuePart[];
};

/** Reads the figures of one plan; what it has read it keeps. */
export class PublishedValues {
  private readonly series = new Map<string, Promise<AccountSeries | DomainError>>();
  private readonly successions: Promise<readonly Succession[]>;

  constructor(
    private readonly tx: EntityManager,
    private readonly tools: ValueTools,
    private readonly frame: ValueFrame,
  ) {
    this.successions = listSuccessions(tx);
  }

  /** Units as they are judged in a year: by themselves, or together once they were merged. */
  async groups(units: readonly string[], year: number): Promise<UnitGroup[]> {
    const { boundaryDay } = this.frame;
    const until = `${year}-12-31`;
    if (until <= boundaryDay)
      return [...units].sort().map((unit) => ({ units: [unit], places: [unit], strangers: [] }));
    return groupUnits(units, await this.successions, { from: boundaryDay, until });
  }

  /** @param within year whose group and boundary count; the year itself when absent */
  async valueOf(group: UnitGroup, indicator: TargetIndicator, year: number, within = year): Promise<ValueAnswer> {
    try {
      return { state: 'measured', value: await this.read(group, indicator, year, within) };
    } catch (error) {
      if (error instanceof NoValue) return { state: error.state, reason: error.reason };
      if (!(error instanceof DomainError)) throw error;
      return { state: isAbsent(error.code) ? 'pending' : 'refused', reason: error.text };
    }
  }

  private async read(group: UnitGroup, indicator: TargetIndicator, year: number, within: number): Promise<TargetValue> {
    if (indicator.measure === 'gdp') {
      const places = (await this.groups(group.units, year)).flatMap((one) => one.places);
      return outsideValue(this.tx, places, indicator, { year, boundaryDay: this.frame.boundaryDay });
    }
    const isJoint = group.units.length > 1;
    if (isJoint && group.strangers.length > 0) {
      const others = group.strangers.join(', ');
      refuse(
        `${group.units.join('、')} 已与计划外的 ${others} 合并，其范围不能再分开；请以新的边界修订计划（gep target amend）`,
        `${group.units.join(', ')} were merged with ${others}, which the plan does not have, and cannot be told apart; amend the plan within the new boundary (gep target amend)`,
      );
    }
    const boundaryDay = isJoint ? `${within}-12-31` : this.frame.boundaryDay;
    const sums: Sum[] = [];
    for (const place of isJoint ? group.places : group.units)
      sums.push(await this.amountOf(place, indicator, { year, boundaryDay }));
    const editions = [...new Set(sums.map(({ edition }) => edition))];
    if (editions.length > 1) refuse('各部分依据规范的不同版本', 'its parts follow different editions of the norm');
    const fen = sums.reduce((sum, one) => sum + one.fen, 0n);
    const area = sums.reduce((sum, one) => sum.plus(one.area), Fraction.zero);
    const byArea = indicator.measure === 'gep-per-area';
    if (byArea && area.numerator === 0n) refuse('面积为零', 'there is no area');
    return {
      fen: byArea ? roundedFen(Fraction.of(fen).dividedBy(area)) : fen,
      areaHectare: byArea ? area.toExactText() : null,
      ...{ normEdition: editions[0], boundaryDay, pricesOf: indicator.pricesOf },
      parts: sums.flatMap(({ parts }) => parts),
    };
  }

  private async amountOf(
    place: string,
    indicator: TargetIndicator,
    { year, boundaryDay }: { readonly year: number; readonly boundaryDay: string },
  ): Promise<Sum> {
    const [first, last] = this.frame.years;
    const from = indicator.pricesOf === null ? Math.min(first, year) : Number(indicator.pricesOf);
    if (year < from) refuse(`早于价格年 ${from}`, `it is before ${from}, the year of its prices`);
    const point = await this.pointOf(place, year, { span: [from, Math.max(last, year)], boundaryDay });
    const { norm, areaByType, areaUnit } = point.account;
    return {
      fen: await this.fenOf(place, indicator, point),
      area:
        indicator.measure === 'gep-per-area'
          ? hectaresOf((await this.tools.rulebook.getNorm(this.tx, norm.id, norm.edition)).units, areaByType, areaUnit)
          : Fraction.zero,
      edition: norm.edition,
      parts: await this.partsOf(point, year),
    };
  }

  private async fenOf(place: string, indicator: TargetIndicator, point: Point): Promise<Fen> {
    const { measure, pricesOf, services, categories, effects, indices } = indicator;
    const { totals } = point.account;
    const chosen = services.length + categories.length > 0;
    if (measure === 'gep-effects') return this.withEffects(place, point, effects as readonly ChangeEffect[]);
    // Moved by indices, even the year of the prices is not what its account says.
    const isOwn = pricesOf === null || (pricesOf === point.period && indices.length === 0);
    if (isOwn) return chosen ? this.chosenFen(point, indicator, totals.byService) : totals.totalFen;
    if (chosen || indices.length > 0) {
      const { comparableFen, byService } = await this.comparableIn(place, [pricesOf, point.period], indices);
      return chosen ? this.chosenFen(point, indicator, byService) : comparableFen;
    }
    const { comparable } = point;
    if (comparable?.refusal) throw new NoValue('refused', withIndices(comparable.refusal.text));
    if (comparable?.comparableFen == null || comparable.base !== pricesOf)
      return refuse(
        `${pricesOf} 年没有已公布的核算，不能按该年价格折算；请先公布 ${pricesOf} 年核算（gep review act）`,
        `no account of ${pricesOf} is published, so its prices are not known; publish that account first (gep review act)`,
      );
    return comparable.comparableFen;
  }

  /** The base, and what the effects added since. */
  private async withEffects(place: string, point: Point, effects: readonly ChangeEffect[]): Promise<Fen> {
    const [from, to] = [String(this.frame.base), point.period];
    if (from === to) return point.account.totals.totalFen;
    if (to < from) refuse('效应自基年起累计', 'effects are counted from the base on');
    await this.refuseMoved(place, [from, to]);
    const { change } = await this.tools.changes.decomposeIn(this.tx, this.published(place, from, to));
    return change.beforeFen + sumOfEffects(change.effects, effects);
  }

  private async comparableIn(
    place: string,
    [from, to]: readonly [string, string],
    indices: readonly StatedIndex[],
  ): Promise<{ readonly comparableFen: Fen; readonly byService: Readonly<Record<string, Fen>> }> {
    await this.refuseMoved(place, [from, to]);
    const stated = indices.map(({ of, factor, source }) => priceIndex(of, factor, source));
    const asked = { ...this.published(place, from, to), indices: stated };
    const { comparable } = await this.tools.changes.decomposeIn(this.tx, asked);
    const byService: Record<string, Fen> = {};
    for (const { service, comparableFen } of comparable!.lines)
      byService[service] = (byService[service] ?? 0n) + comparableFen;
    return { comparableFen: comparable!.comparableFen, byService };
  }

  private async refuseMoved(place: string, periods: readonly [string, string]): Promise<void> {
    const broken = await findBoundaryBreak(this.tx, place, periods);
    if (broken) throw new NoValue('refused', broken.text);
  }

  private published(territory: string, from: string, to: string) {
    return { territory, from, to, norm: this.frame.norm, published: true };
  }

  private async chosenFen(
    point: Point,
    { services, categories }: TargetIndicator,
    byService: Readonly<Record<string, Fen>>,
  ): Promise<Fen> {
    const lines = await listLines(
      this.tx,
      point.parts.map(({ accountId }) => accountId),
    );
    const categoryOf = new Map(
      [...lines.values()].flat().map(({ service, category }) => [service, category as string]),
    );
    return Object.entries(byService).reduce(
      (sum, [service, fen]) =>
        services.includes(service) || categories.includes(categoryOf.get(service) ?? '') ? sum + fen : sum,
      0n,
    );
  }

  /** The point of a year within a boundary. @throws NoValue, DomainError */
  private async pointOf(
    territory: string,
    year: number,
    { span, boundaryDay }: { readonly span: readonly [number, number]; readonly boundaryDay: string },
  ): Promise<Point> {
    const key = `${territory} ${span.join('-')} ${boundaryDay}`;
    const asked = this.series.get(key) ?? this.seriesOf(territory, span, boundaryDay);
    this.series.set(key, asked);
    const series = await asked;
    if (series instanceof DomainError) throw series;
    const point = series.points.find(({ period }) => period === String(year));
    if (point?.account) return point as Point;
    const { code = '', text } = point?.refusal ?? {};
    throw new NoValue(
      isAbsent(code) ? 'pending' : 'refused',
      text ?? { zh: `${year} 年没有数据`, en: `there is nothing of ${year}` },
    );
  }

  private seriesOf(
    territory: string,
    [from, to]: readonly [number, number],
    boundaryDay: string,
  ): Promise<AccountSeries | DomainError> {
    const { norm } = this.frame;
    const asked = { territory, from: String(from), to: String(to), norm, published: true };
    return this.tools.series
      .seriesIn(this.tx, { ...asked, constantBoundary: true, boundaryDay })
      .catch((error: unknown) => {
        if (error instanceof DomainError) return error;
        throw error;
      });
  }

  private async partsOf(point: Point, year: number): Promise<ValuePart[]> {
    const parts: ValuePart[] = [];
    for (const { territory, accountId, vintage, digest } of point.parts) {
      const disclosure = await findDisclosure(this.tx, { territory, period: String(year), normId: this.frame.norm });
      if (disclosure?.accountId === accountId && disclosure.accountDigest !== digest)
        refuse(
          `${territory} ${year} 公布的核算与所记摘要不符；请停止使用并核查数据库`,
          `the published account of ${territory} ${year} is not what its digest says; do not use it, and have the database looked at`,
        );
      const disclosureId = disclosure?.accountId === accountId ? disclosure.id : null;
      if (disclosure) await this.refuseOutdated(territory, year, disclosure.since);
      parts.push({ territory, year, accountId, disclosureId, vintage, figureId: null });
    }
    return parts;
  }

  /** What was published before anybody knew of a merger or split of that year is of the land of before. */
  private async refuseOutdated(territory: string, year: number, since: Date): Promise<void> {
    const later = (await this.successions).find(
      ({ predecessor, successor, effective, recordedAt = '' }) =>
        [predecessor, successor].includes(territory) &&
        effective <= `${year}-12-31` &&
        recordedAt > since.toISOString(),
    );
    if (later)
      refuse(
        `${territory} ${year} 的核算公布于 ${later.effective} 的区划变动登记之前，仍是变动前的范围；请重述（gep restatement、gep review act）`,
        `the account of ${territory} ${year} was published before the change of ${later.effective} was recorded and is of the land of before; restate it (gep restatement, gep review act)`,
      );
  }
}

const isAbsent = (code: string): boolean =>
  ['accounting.account-missing', 'accounting.territory-followed'].includes(code);
