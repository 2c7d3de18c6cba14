/** Builds the daily series of a norm: what is measured of a territory on each day. */
import { calendarNames } from '@gep/formula';
import { Fraction } from '@gep/kernel';
import { readNumber, readUnit, type Building } from '../norm/building';
import type { SeriesDefinition } from '../norm/norm';
import type { DraftEntry } from '../norm/norm-draft';
import type { RawSeries } from '../norm/raw-norm';

export function buildSeries(building: Building, { raw, path }: DraftEntry<RawSeries>): SeriesDefinition[] {
  const { draft } = building;
  const unit = readUnit(building, [...path, 'unit'], raw.unit);
  const read = (key: 'min' | 'max' | 'mostMissing'): Fraction | undefined =>
    raw[key] === undefined ? undefined : readNumber(building, [...path, key], raw[key]);
  const [min, max, mostMissing = Fraction.zero] = [read('min'), read('max'), read('mostMissing')];
  if (!unit) {
    draft.damaged.add(raw.code);
    return [];
  }
  if (calendarNames.includes(raw.code))
    draft.log.add(
      [...path, 'code'],
      'norm.reserved-name',
      {
        zh: `“${raw.code}”是每一天自带的数（${calendarNames.join('、')}），不能作序列代码`,
        en: `"${raw.code}" is a number that every day has (${calendarNames.join(', ')}) and cannot be the code of a series`,
      },
      { zh: '请改名', en: 'rename it' },
    );
  if (min && max && min.compare(max) > 0)
    draft.log.add(
      [...path, 'min'],
      'norm.bounds',
      {
        zh: `下限 ${raw.min} 大于上限 ${raw.max}`,
        en: `the lower bound ${raw.min} is above the upper bound ${raw.max}`,
      },
      { zh: '请改正上下限', en: 'correct the bounds' },
    );
  if (mostMissing.compare(Fraction.zero) < 0 || mostMissing.compare(Fraction.one) >= 0)
    draft.log.add(
      [...path, 'mostMissing'],
      'norm.bounds',
      {
        zh: `缺测天数的最大份额 ${raw.mostMissing} 须不小于 0 且小于 1`,
        en: `the largest share of days without a value, ${raw.mostMissing}, must be at least 0 and below 1`,
      },
      { zh: '例如 0.05 表示最多缺 5% 的天数', en: 'write 0.05 for at most 5% of the days' },
    );
  const { code, name, aliases = [] } = raw;
  return [{ code, unit, name, aliases, min, max, mostMissing }];
}
