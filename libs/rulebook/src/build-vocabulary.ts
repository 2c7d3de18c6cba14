/** Builds what formulas and services refer to: ecosystem types, attributes, products and parameters. */
import {
  combineDimensions,
  Fraction,
  isTerritoryCode,
  sameDimension,
  UnknownUnit,
  type Bilingual,
  type Unit,
  type UnitTable,
} from '@gep/kernel';
import type {
  AttributeDefinition,
  EcosystemType,
  NormParameterValue,
  ParameterDefinition,
  ProductDefinition,
} from './norm';
import type { DraftEntry, NormDraft } from './norm-draft';
import type { RawAttribute, RawParameter, RawParameterValue, RawProduct } from './norm-schema';
import type { NormPath } from './problem-log';

/** What every builder needs: the draft with its problem log, and the units. */
export interface Building {
  readonly draft: NormDraft;
  readonly units: UnitTable;
}

export interface NormVocabulary {
  readonly types: readonly EcosystemType[];
  readonly attributes: readonly AttributeDefinition[];
  readonly products: readonly ProductDefinition[];
  readonly parameters: readonly ParameterDefinition[];
}

export const named = {
  type: { zh: '生态系统类型', en: 'ecosystem type' },
  parameter: { zh: '参数', en: 'parameter' },
  formula: { zh: '公式', en: 'formula' },
  group: { zh: '服务分组', en: 'group' },
  product: { zh: '产品', en: 'product' },
  productClass: { zh: '产品类别', en: 'product class' },
} satisfies Record<string, Bilingual>;

export function buildVocabulary(building: Building): NormVocabulary {
  const { draft } = building;
  const types = draft.entries('ecosystemTypes').map(({ raw }) => ({ ...raw, aliases: raw.aliases ?? [] }));
  refuseRepeated(draft, draft.entries('ecosystemTypes'), named.type);
  const typeCodes = types.map(({ code }) => code);
  const parameters = draft.entries('parameters').flatMap((entry) => buildParameter(building, entry, typeCodes));
  const attributes = draft.entries('attributes').flatMap((entry) => buildAttribute(building, entry, parameters));
  // A formula names attributes and parameters alike, so they share one set of codes.
  refuseRepeated(draft, [...draft.entries('attributes'), ...draft.entries('parameters')], {
    zh: '属性或参数',
    en: 'attribute or parameter',
  });
  refuseRepeated(draft, draft.entries('products'), named.product);
  const products = draft.entries('products').flatMap((entry) => buildProduct(building, entry, typeCodes));
  requireArea(building, attributes);
  return { types, attributes, products, parameters };
}

/** Reads a unit expression; an unknown unit is logged at its place. */
export function readUnit({ draft, units }: Building, path: NormPath, text: string): Unit | undefined {
  try {
    return units.parse(text);
  } catch (error) {
    if (!(error instanceof UnknownUnit)) throw error;
    const mend = { zh: '请使用 units.yaml 中登记的单位或别名', en: 'use a unit or alias that units.yaml lists' };
    draft.log.add(path, 'norm.unknown-unit', error.text, mend);
    return undefined;
  }
}

/** Reads a decimal or fraction that the schema let pass by its letters. */
export function readNumber({ draft }: Building, path: NormPath, text: string): Fraction | undefined {
  const value = Fraction.parse(text);
  if (!value)
    draft.log.add(
      path,
      'norm.malformed',
      { zh: `“${text}”不是一个数`, en: `"${text}" is not a number` },
      {
        zh: '写成小数（0.0336）、科学计数（1.5e-3）或分数（1/7）',
        en: 'write a decimal (0.0336), a power of ten (1.5e-3) or a fraction (1/7)',
      },
    );
  return value;
}

/** How many `money` units one `quantity` × `price` is; undefined when it is not of that dimension. */
export function scaleOfValue(quantity: Unit, price: Unit, money: Unit): Fraction | undefined {
  if (!sameDimension(combineDimensions(quantity.dimension, price.dimension, 1), money.dimension)) return undefined;
  return quantity.factor.times(price.factor).dividedBy(money.factor);
}

export function refuseRepeated(
  draft: NormDraft,
  entries: readonly DraftEntry<{ code: string }>[],
  what: Bilingual,
): void {
  const first = new Map<string, NormPath>();
  for (const { raw, path } of entries) {
    const earlier = first.get(raw.code);
    if (!earlier) {
      first.set(raw.code, path);
      continue;
    }
    const at = draft.locate([...earlier, 'code']);
    draft.log.add(
      [...path, 'code'],
      'norm.duplicate-code',
      {
        zh: `${what.zh}代码“${raw.code}”重复，已见于 ${at.file}:${at.line}`,
        en: `${what.en} "${raw.code}" is given twice, first at ${at.file}:${at.line}`,
      },
      { zh: '请改名或删去其一', en: 'rename or remove one of them' },
    );
  }
}

function buildAttribute(
  building: Building,
  { raw, path }: DraftEntry<RawAttribute>,
  parameters: readonly ParameterDefinition[],
): AttributeDefinition[] {
  const unit = readUnit(building, [...path, 'unit'], raw.unit);
  const min = raw.min === undefined ? undefined : readNumber(building, [...path, 'min'], raw.min);
  const max = raw.max === undefined ? undefined : readNumber(building, [...path, 'max'], raw.max);
  if (!unit) return [];
  if (min && max && min.compare(max) > 0)
    building.draft.log.add(
      [...path, 'min'],
      'norm.bounds',
      {
        zh: `下限 ${raw.min} 大于上限 ${raw.max}`,
        en: `the lower bound ${raw.min} is above the upper bound ${raw.max}`,
      },
      { zh: '请改正上下限', en: 'correct the bounds' },
    );
  if (raw.fallback !== undefined) checkFallback(building, [...path, 'fallback'], raw, unit, parameters);
  const { code, name, aliases = [], fallback } = raw;
  return [{ code, unit, name, aliases, required: raw.required === 'true', min, max, fallback }];
}

function checkFallback(
  { draft }: Building,
  path: NormPath,
  { fallback = '', required }: RawAttribute,
  unit: Unit,
  parameters: readonly ParameterDefinition[],
): void {
  const parameter = parameters.find(({ code }) => code === fallback);
  if (!parameter) {
    if (!draft.damaged.has(fallback))
      draft.log.unknown(
        path,
        named.parameter,
        fallback,
        parameters.map(({ code }) => code),
      );
    return;
  }
  if (required === 'true')
    draft.log.add(
      path,
      'norm.fallback-of-required',
      {
        zh: '必填属性不会缺失，替代参数永远用不到',
        en: 'a required attribute is never absent, so its fall-back is never used',
      },
      { zh: '请删去 required 或 fallback', en: 'remove required or fallback' },
    );
  if (!sameDimension(parameter.unit.dimension, unit.dimension))
    draft.log.add(
      path,
      'norm.fallback-unit',
      {
        zh: `参数“${fallback}”的单位 ${parameter.unit.text} 不能换算为 ${unit.text}`,
        en: `parameter "${fallback}" is in ${parameter.unit.text}, which cannot become ${unit.text}`,
      },
      { zh: '请换用量纲相同的参数', en: 'name a parameter of the same dimension' },
    );
}

function buildProduct(
  building: Building,
  { raw, path }: DraftEntry<RawProduct>,
  types: readonly string[],
): ProductDefinition[] {
  const { draft, units } = building;
  const unit = readUnit(building, [...path, 'unit'], raw.unit);
  const priceUnit = readUnit(building, [...path, 'priceUnit'], raw.priceUnit);
  if (raw.type !== undefined && !types.includes(raw.type) && !draft.damaged.has(raw.type))
    draft.log.unknown([...path, 'type'], named.type, raw.type, types);
  if (!unit || !priceUnit) return [];
  const yuanScale = scaleOfValue(unit, priceUnit, units.parse('yuan'));
  if (!yuanScale) {
    draft.log.add(
      [...path, 'priceUnit'],
      'norm.money',
      {
        zh: `数量单位 ${raw.unit} 乘以价格单位 ${raw.priceUnit} 不是金额`,
        en: `quantity in ${raw.unit} times price in ${raw.priceUnit} is not money`,
      },
      { zh: `价格单位应为 yuan/${raw.unit} 或同量纲单位`, en: `the price unit should be yuan/${raw.unit} or alike` },
    );
    return [];
  }
  const { code, name, aliases = [], type } = raw;
  return [{ code, name, aliases, unit, priceUnit, class: raw.class, type, yuanScale }];
}

function buildParameter(
  building: Building,
  entry: DraftEntry<RawParameter>,
  types: readonly string[],
): ParameterDefinition[] {
  const { raw, path } = entry;
  const unit = readUnit(building, [...path, 'unit'], raw.unit);
  const rows = building.draft.inner(entry, 'values', raw.values);
  const values = rows.flatMap((row) => buildValue(building, row, types));
  refuseOverlaps(building, rows);
  if (!unit) {
    building.draft.damaged.add(raw.code);
    return [];
  }
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
  if (!value) return [];
  const { from, place, grade, source, note } = raw;
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

function requireArea({ draft, units }: Building, attributes: readonly AttributeDefinition[]): void {
  const entry = draft.entries('attributes').find(({ raw }) => raw.code === 'area');
  const area = attributes.find(({ code }) => code === 'area');
  if (area ? sameDimension(area.unit.dimension, units.parse('m2').dimension) : draft.damaged.has('area')) return;
  draft.log.add(
    entry?.path ?? ['attributes'],
    'norm.no-area',
    { zh: '属性中必须有以面积单位表示的 area', en: 'the attributes must have `area`, in a unit of area' },
    {
      zh: '例如 {code: area, unit: hm2, required: true, …}',
      en: 'for example {code: area, unit: hm2, required: true, …}',
    },
  );
}
