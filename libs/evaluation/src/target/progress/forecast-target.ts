/** Where a figure will stand in the last year if it goes on as it did: a stated model, its interval, and how likely the target is. */
import type { Bilingual } from '@gep/kernel';
import { studentProbability, studentQuantile } from './student-t';

/** What a forecast was made by; a model that changes gets another date. */
export const forecastMethod = {
  id: 'log-linear-t',
  date: '2026-11-22',
  text: {
    zh: '对各年数值的对数作最小二乘直线，外推至末年；区间与概率为预测误差的学生 t 分布（自由度 n−2），假定各年偏离相互独立、趋势不变',
    en: 'a straight line through the logarithms of the yearly figures by least squares, drawn on to the last year; interval and probability by Student t of the error of prediction (n−2 degrees of freedom), as if deviations of years were independent and the trend went on',
  },
} as const;

/** With fewer there is next to nothing from which the scatter could be told. */
export const leastPoints = 4;
/** The interval holds with this probability. */
export const forecastCoverage = 0.9;

export interface ForecastPoint {
  readonly year: number;
  /** Of any unit, above zero. */
  readonly value: number;
}

export interface Forecast {
  readonly state: 'made';
  readonly year: number;
  readonly points: number;
  readonly degreesOfFreedom: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** That the target is reached; null where the points lie on one line, so that nothing is known of their scatter. */
  readonly probability: number | null;
  /** Growth in a year by the line, as a proportion. */
  readonly trend: number;
}

export interface NoForecast {
  readonly state: 'refused';
  readonly reason: Bilingual;
}

/** @param points one for each year @param year that is forecast, after the last point */
export function forecastTarget(points: readonly ForecastPoint[], year: number, target: number): Forecast | NoForecast {
  if (points.length < leastPoints)
    return refused(
      `只有 ${points.length} 年已公布的可比数据，至少需 ${leastPoints} 年才能估计离散程度`,
      `there are ${points.length} published years that compare; ${leastPoints} are needed to tell their scatter`,
    );
  const low = points.find(({ value }) => !(value > 0));
  if (low || !(target > 0))
    return refused(
      `${low?.year ?? year} 年的数值不大于零，不能取对数`,
      `the figure of ${low?.year ?? year} is not above zero and has no logarithm`,
    );
  const { slope, at, deviation, meanYear, spread } = lineThrough(points);
  const freedom = points.length - 2;
  const error = deviation * Math.sqrt(1 + 1 / points.length + (year - meanYear) ** 2 / spread);
  const middle = at(year);
  const reach = studentQuantile((1 + forecastCoverage) / 2, freedom) * error;
  // Of points on one line what is left is rounding, and no scatter to rest a probability on.
  const isScattered = deviation > 1e-9;
  return {
    ...{ state: 'made', year, points: points.length, degreesOfFreedom: freedom, trend: Math.expm1(slope) },
    ...{ value: Math.exp(middle), low: Math.exp(middle - reach), high: Math.exp(middle + reach) },
    probability: isScattered ? 1 - studentProbability((Math.log(target) - middle) / error, freedom) : null,
  };
}

const refused = (zh: string, en: string): NoForecast => ({ state: 'refused', reason: { zh, en } });

function lineThrough(points: readonly ForecastPoint[]) {
  const count = points.length;
  const logs = points.map(({ year, value }) => [year, Math.log(value)] as const);
  const meanYear = logs.reduce((sum, [year]) => sum + year, 0) / count;
  const meanLog = logs.reduce((sum, [, log]) => sum + log, 0) / count;
  const spread = logs.reduce((sum, [year]) => sum + (year - meanYear) ** 2, 0);
  const slope = logs.reduce((sum, [year, log]) => sum + (year - meanYear) * (log - meanLog), 0) / spread;
  const at = (year: number): number => meanLog + slope * (year - meanYear);
  const squares = logs.reduce((sum, [year, log]) => sum + (log - at(year)) ** 2, 0);
  return { slope, at, meanYear, spread, deviation: Math.sqrt(squares / (count - 2)) };
}
