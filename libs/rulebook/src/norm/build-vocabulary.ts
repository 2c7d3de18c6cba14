/** Builds what formulas and services refer to: ecosystem types, attributes, products and parameters. */
import { sameDimension, type Unit } from '@gep/kernel';
import type { NormPath } from '../yaml/problem-log';
import { refuseRepeatedCitations } from './build-citations';
import { buildParameter } from './build-parameters';
import { named, readNumber, readUnit, refuseRepeated, scaleOfValue, usualPriceUnit, type Building } from './building';
import { buildSeries } from '../series/build-series';
import type {
  AttributeDefinition,
  EcosystemType,
  ParameterDefinition,
  ProductDefinition,
  SeriesDefinition,
} from './norm';
import type { DraftEntry } from './norm-draft';
import type { RawAttribute, RawProduct } from './raw-norm';

export interface NormVocabulary {
  readonly types: readonly EcosystemType[];
  readonly attributes: readonly AttributeDefinition[];
  readonly products: readonly ProductDefinition[];
  readonly series: readonly SeriesDefinition[];
  readonly parameters: readonly ParameterDefinition[];
}

export function buildVocabulary(building: Building): NormVocabulary {
  const { draft } = building;
  const types = draft.entries('ecosystemTypes').map(({ raw }) => ({ ...raw, aliases: raw.aliases ?? [] }));
  refuseRepeated(draft, draft.entries('ecosystemTypes'), named.type);
  const typeCodes = types.map(({ code }) => code);
  refuseRepeatedCitations(building);
  const parameters = draft.entries('parameters').flatMap((entry) => buildParameter(building, entry, typeCodes));
  const attributes = draft.entries('attributes').flatMap((entry) => buildAttribute(building, entry, parameters));
  const series = draft.entries('series').flatMap((entry) => buildSeries(building, entry));
  // A formula names them all alike, so they share one set of codes.
  refuseRepeated(draft, [...draft.entries('attributes'), ...draft.entries('series'), ...draft.entries('parameters')], {
    zh: '属性、逐日序列或参数',
    en: 'attribute, daily series or parameter',
  });
  refuseRepeated(draft, draft.entries('products'), named.product);
  const products = draft.entries('products').flatMap((entry) => buildProduct(building, entry, typeCodes));
  requireArea(building, attributes);
  return { types, attributes, products, series, parameters };
}

function buildAttribute(
  building: Building,
  { raw, path }: DraftEntry<RawAttribute>,
  parameters: readonly ParameterDefinition[],
): AttributeDefinition[] {
  const unit = readUnit(building, [...path, 'unit'], raw.unit);
  const min = raw.min === undefined ? undefined : readNumber(building, [...path, 'min'], raw.min);
  const max = raw.max === undefined ? undefined : readNumber(building, [...path, 'max'], raw.max);
  if (!unit) {
    building.draft.damaged.add(raw.code);
    return [];
  }
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
  // A statistic that nobody prices by itself, visits or emissions, needs no unit of price said.
  const { priceUnit: said = unit && usualPriceUnit(unit, units.parse('yuan')) } = raw;
  const priceUnit = said === undefined ? undefined : readUnit(building, [...path, 'priceUnit'], said);
  if (raw.type !== undefined && !types.includes(raw.type) && !draft.damaged.has(raw.type))
    draft.log.unknown([...path, 'type'], named.type, raw.type, types);
  const yuanScale = unit && priceUnit && scaleOfValue(unit, priceUnit, units.parse('yuan'));
  if (!yuanScale) draft.damaged.add(raw.code).add(raw.class);
  if (!unit || !priceUnit) return [];
  if (!yuanScale) {
    draft.log.add(
      [...path, 'priceUnit'],
      'norm.money',
      {
        zh: `数量单位 ${raw.unit} 乘以价格单位 ${priceUnit.text} 不是金额`,
        en: `quantity in ${raw.unit} times price in ${priceUnit.text} is not money`,
      },
      {
        zh: `价格单位应为 ${usualPriceUnit(unit, units.parse('yuan'))} 或同量纲单位；不写 priceUnit 即按此`,
        en: `the price unit should be ${usualPriceUnit(unit, units.parse('yuan'))} or alike; without priceUnit it is`,
      },
    );
    return [];
  }
  const { code, name, aliases = [], type } = raw;
  return [{ code, name, aliases, unit, priceUnit, class: raw.class, type, yuanScale }];
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
