/** Builds parameters: their values by type, place and date, each with its evidence. */
import { isTerritoryCode } from '@gep/kernel';
import type { NormPath } from '../yaml/problem-log';
import { wholeSource } from './build-citations';
import { named, readNumber, readUnit, type Building } from './building';
import type { NormParameterValue, ParameterDefinition } from './norm';
import type { DraftEntry } from './norm-draft';
import type { RawParameter, RawParameterValue } from './norm-schema';

export function buildParameter(
  building: Building,
  entry: DraftEntry<RawParameter>,
  types: readonly string[],
): ParameterDefinition[] {
  const { raw, path } = entry;
  const unit = readUnit(building, [...path, 'unit'], raw.unit);
  const rows = building.draft.inner(entry, 'values', raw.values);
  const before = building.draft.log.problems.length;
  const values = rows.flatMap((row) => buildValue(building, row, types));
  refuseOverlaps(building, rows);
  // A value that is wrong may be the one that would be found missing.
  if (!unit || building.draft.log.problems.length > before) building.draft.damaged.add(raw.code);
  if (!unit) return [];
  const byType = raw.values.some(({ type, types: several }) => (type ?? several) !== undefined);
  const byPlace = raw.values.some(({ place }) => place !== undefined);
  return [{ code: raw.code, symbol: raw.symbol, name: raw.name, unit, byType, byPlace, values }];
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
  if (!isCalendarDay(raw.from))
    log.add(
      [...path, 'from'],
      'norm.malformed',
      { zh: `${raw.from} 不是日历中的一天`, en: `${raw.from} is not a day of the calendar` },
      { zh: '请改正日期', en: 'correct the date' },
    );
  const source = wholeSource(building, [...path, 'source'], raw.source);
  if (!value) return [];
  const { from, place, grade, note } = raw;
  return typesOf(raw).map((type) => ({ value, from, type, place, evidence: { grade, source, note } }));
}

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
