/** Builds parameters: their values by type, place and date, each with its evidence. */
import { Fraction, isTerritoryCode, type Bilingual, type Unit } from '@gep/kernel';
import type { NormPath } from '../yaml/problem-log';
import { isPlaceWithin } from '../lookup/place-within';
import { wholeSource } from './build-citations';
import { named, readNumber, readUnit, type Building } from './building';
import type { NormParameterValue, ParameterDefinition, Spread } from './norm';
import type { DraftEntry } from './norm-draft';
import type { RawParameter, RawParameterValue } from './raw-norm';

export function buildParameter(
  building: Building,
  entry: DraftEntry<RawParameter>,
  types: readonly string[],
): ParameterDefinition[] {
  const { raw, path } = entry;
  const unit = readUnit(building, [...path, 'unit'], raw.unit);
  const rows = building.draft.values(entry, raw.values);
  const before = building.draft.log.problems.length;
  const values = rows.flatMap((row) => buildValue(building, row, types));
  refuseOverlaps(building, rows);
  // A value that is wrong may be the one that would be found missing.
  if (!unit || building.draft.log.problems.length > before) building.draft.damaged.add(raw.code);
  if (!unit) return [];
  const byType = raw.values.some(({ type, types: several }) => (type ?? several) !== undefined);
  const byPlace = raw.values.some(({ place }) => place !== undefined);
  const { code, symbol, name, priceClass } = raw;
  checkPriceClass(building, entry, unit);
  return [{ code, symbol, name, unit, priceClass, byType, byPlace, values }];
}

function buildValue(
  building: Building,
  { raw, path }: DraftEntry<RawParameterValue>,
  types: readonly string[],
): NormParameterValue[] {
  const { log, damaged } = building.draft;
  const value = readNumber(building, [...path, 'value'], raw.value);
  if (raw.type !== undefined && !types.includes(raw.type) && !damaged.has(raw.type))
    log.unknown([...path, 'type'], named.type, raw.type, types);
  for (const [index, type] of (raw.types ?? []).entries())
    if (!types.includes(type) && !damaged.has(type)) log.unknown([...path, 'types', index], named.type, type, types);
  if (raw.type !== undefined && raw.types !== undefined)
    log.add(
      [...path, 'types'],
      'norm.type-and-types',
      { zh: 'type 与 types 不能同时给出', en: 'type and types cannot both be given' },
      { zh: '请只保留一个', en: 'keep one of the two' },
    );
  if (raw.place !== undefined && !isTerritoryCode(raw.place))
    log.add(
      [...path, 'place'],
      'norm.malformed',
      { zh: `“${raw.place}”不是地域代码`, en: `"${raw.place}" is not a territory code` },
      { zh: '写 CN、6/9/12 位代码，或“县代码-名称”', en: 'write CN, a code of 6, 9 or 12 digits, or county-name' },
    );
  refuseElsewhere(building, [...path, 'place'], raw.place);
  if (!isCalendarDay(raw.from))
    log.add(
      [...path, 'from'],
      'norm.malformed',
      { zh: `${raw.from} 不是日历中的一天`, en: `${raw.from} is not a day of the calendar` },
      { zh: '请改正日期', en: 'correct the date' },
    );
  const source = wholeSource(building, [...path, 'source'], raw.source);
  if (!value) return [];
  const { from, place, grade, note, priceYear, region, index } = raw;
  const facts = { priceYear, region, index, spread: readSpread(building, { raw, path }, value) };
  return typesOf(raw).map((type) => ({ value, from, type, place, evidence: { grade, source, note }, ...facts }));
}

/** An overlay speaks of its own place: what it says of another one no account of it would ever read. */
function refuseElsewhere({ draft }: Building, path: NormPath, place: string | undefined): void {
  const own = draft.single('place');
  if (place === undefined || own === undefined || !isTerritoryCode(place) || !isTerritoryCode(own)) return;
  const isOfBase = draft.locate(path).file.includes('/');
  if (isOfBase || isPlaceWithin(place, own) || isPlaceWithin(own, place)) return;
  draft.log.add(
    path,
    'norm.place-elsewhere',
    {
      zh: `取值属于 ${place}，而本规范只适用于 ${own} 及其下级，这个值永远用不到`,
      en: `the value is of ${place}, but the norm holds for ${own} and what is in it only, so it would never be used`,
    },
    {
      zh: `请改正地域代码，或删去 place（即取 ${own}），或为 ${place} 另写一个规范`,
      en: `correct the code, leave out place (which means ${own}), or write a norm of its own for ${place}`,
    },
  );
}

/** What is a price of some class must be money in something. */
function checkPriceClass({ draft, units }: Building, { raw, path }: DraftEntry<RawParameter>, unit: Unit): void {
  if (raw.priceClass === undefined) return;
  const [money] = Object.keys(units.parse('yuan').dimension);
  if (unit.dimension[money] === 1) return;
  draft.log.add(
    [...path, 'priceClass'],
    'norm.price-class',
    { zh: `单位 ${unit.text} 不含货币，不是价格`, en: `a parameter in ${unit.text} is no price` },
    { zh: '请去掉 priceClass，或改正单位', en: 'take priceClass away, or correct the unit' },
  );
}

/** The range of a value: low, high and distribution together, around the value. */
function readSpread(
  building: Building,
  { raw, path }: DraftEntry<RawParameterValue>,
  value: Fraction,
): Spread | undefined {
  const given = [raw.low, raw.high, raw.distribution].filter((part) => part !== undefined);
  if (given.length === 0) return undefined;
  const refuse = (key: string, zh: string, en: string): undefined => {
    building.draft.log.add([...path, key], 'norm.spread', { zh, en }, mendSpread);
    return undefined;
  };
  if (raw.low === undefined || raw.high === undefined || raw.distribution === undefined)
    return refuse('value', 'low、high、distribution 须一并给出', 'low, high and distribution are given together');
  const low = readNumber(building, [...path, 'low'], raw.low);
  const high = readNumber(building, [...path, 'high'], raw.high);
  if (!low || !high) return undefined;
  if (low.compare(high) >= 0)
    return refuse('low', `下限 ${raw.low} 不小于上限 ${raw.high}`, `low ${raw.low} is not below high ${raw.high}`);
  if (value.compare(low) < 0 || value.compare(high) > 0)
    return refuse(
      'value',
      `取值 ${raw.value} 不在 ${raw.low} 与 ${raw.high} 之间`,
      `${raw.value} is not between ${raw.low} and ${raw.high}`,
    );
  if (raw.distribution === 'lognormal' && low.compare(Fraction.zero) <= 0)
    return refuse('low', '对数正态分布的下限须大于零', 'the low end of a lognormal must be above zero');
  return { low, high, distribution: raw.distribution };
}

const mendSpread: Bilingual = {
  zh: '写成 low < 取值 < high，并写明分布（均匀、三角为上下限，正态、对数正态为90%区间）',
  en: 'give low < value < high and the distribution (bounds for uniform and triangular, a 90% interval for the others)',
};

const isCalendarDay = (text: string): boolean => {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
};

/** The types of a value, each of them apart; one that names no type holds for all. */
const typesOf = ({ type, types }: RawParameterValue): (string | undefined)[] => types ?? [type];

/** A value holds until the next of the same type and place, so two from the same day would contradict each other. */
function refuseOverlaps({ draft }: Building, rows: readonly DraftEntry<RawParameterValue>[]): void {
  const first = new Map<string, NormPath>();
  const keys = rows.flatMap(({ raw, path }) =>
    typesOf(raw).map((type) => ({ raw, path, key: `${type ?? '*'} ${raw.place ?? '*'} ${raw.from}` })),
  );
  for (const { raw, path, key } of keys) {
    const earlier = first.get(key);
    if (earlier)
      draft.log.add(
        [...path, 'from'],
        'norm.overlapping-dates',
        {
          zh: `同一类型和地域自 ${raw.from} 起已有取值（第 ${draft.locate(earlier).line} 行）`,
          en: `a value of the same type and place from ${raw.from} stands already on line ${draft.locate(earlier).line}`,
        },
        { zh: '请删去其一或改正生效日期', en: 'remove one of the two or correct its date' },
      );
    else first.set(key, path);
  }
}
