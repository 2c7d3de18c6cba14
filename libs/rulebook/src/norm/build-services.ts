/** Builds services: what they count, what a unit is worth, nature's share, and that quantity × price is money a year. */
import { Fraction, sameDimension, type Bilingual, type Unit, type UnitTable } from '@gep/kernel';
import { buildServiceFacts } from './build-service-facts';
import type { NormVocabulary } from './build-vocabulary';
import { named, readNumber, refuseRepeated, scaleOfValue, usualPriceUnit, type Building } from './building';
import type { NormFormula, Service, ServiceGamma, ServiceGroup, ServicePrice, ServiceQuantity } from './norm';
import type { DraftEntry } from './norm-draft';
import type { RawService } from './raw-norm';
import type { NormPath } from '../yaml/problem-log';

interface ServiceBuilding extends Building {
  readonly vocabulary: NormVocabulary;
  readonly formulas: readonly NormFormula[];
  readonly groups: readonly ServiceGroup[];
  /** Formulas that sum over the days of the period, so that what they give is an amount of the period itself. */
  readonly overDays: ReadonlySet<string>;
}

export function buildGroups({ draft }: Building): ServiceGroup[] {
  refuseRepeated(draft, draft.entries('groups'), named.group);
  return draft.entries('groups').map(({ raw }) => raw);
}

export function buildServices(building: ServiceBuilding): Service[] {
  const { draft } = building;
  refuseRepeated(draft, draft.entries('services'), { zh: '服务', en: 'service' });
  return draft.entries('services').flatMap((entry) => buildService(building, entry));
}

function buildService(building: ServiceBuilding, entry: DraftEntry<RawService>): Service[] {
  const { raw, path } = entry;
  const { draft, vocabulary, groups } = building;
  const typeCodes = vocabulary.types.map(({ code }) => code);
  for (const [index, type] of (raw.types ?? []).entries())
    if (!typeCodes.includes(type) && !draft.damaged.has(type))
      draft.log.unknown([...path, 'types', index], named.type, type, typeCodes);
  if (!groups.some(({ code }) => code === raw.group) && !draft.damaged.has(raw.group))
    draft.log.unknown(
      [...path, 'group'],
      named.group,
      raw.group,
      groups.map(({ code }) => code),
    );
  const types = raw.types ? typeCodes.filter((code) => raw.types?.includes(code)) : typeCodes;
  const quantity = buildQuantity(building, entry);
  const price = buildPrice(building, entry, quantity);
  const gamma = buildGamma(building, [...path, 'gamma'], raw.gamma);
  const yuanScale = quantity && price && checkMoney(building, path, quantity, price);
  const facts = buildServiceFacts(building, entry, quantity, price);
  if (!quantity || !price || !gamma || !yuanScale) return [];
  const { code, category, group, name, seea, note } = raw;
  return [{ code, category, group, name, seea, types, quantity, price, gamma, yuanScale, note, ...facts }];
}

function buildQuantity(building: ServiceBuilding, { raw, path }: DraftEntry<RawService>): ServiceQuantity | undefined {
  const { draft } = building;
  const { products } = building.vocabulary;
  const { quantity } = raw;
  if (typeof quantity === 'string') {
    const formula = findFormula(building, [...path, 'quantity'], quantity);
    if (!formula) return undefined;
    if (formula.scope === 'patch' || formula.scope === 'type')
      return { kind: 'formula', formula: quantity, unit: formula.unit };
    draft.log.add(
      [...path, 'quantity'],
      'norm.wrong-scope',
      {
        zh: `公式“${quantity}”按 ${formula.scope} 计算，不能分摊到生态系统类型`,
        en: `formula "${quantity}" is computed per ${formula.scope} and cannot be shown by ecosystem type`,
      },
      {
        zh: '实物量公式的 scope 须为 patch 或 type',
        en: 'the formula of a quantity must have the scope patch or type',
      },
    );
    return undefined;
  }
  if (quantity.products !== undefined) {
    const members = products.filter((product) => product.class === quantity.products).map(({ code }) => code);
    if (members.length > 0) return { kind: 'products', class: quantity.products, products: members };
    if (draft.damaged.has(quantity.products)) return undefined;
    const classes = new Set(products.map((product) => product.class));
    draft.log.unknown([...path, 'quantity', 'products'], named.productClass, quantity.products, classes);
    return undefined;
  }
  const product = products.find(({ code }) => code === quantity.measured);
  if (product) return { kind: 'measured', product: product.code, unit: product.unit };
  const measured = quantity.measured ?? '';
  if (!draft.damaged.has(measured))
    draft.log.unknown(
      [...path, 'quantity', 'measured'],
      named.product,
      measured,
      products.map(({ code }) => code),
    );
  return undefined;
}

function buildPrice(
  building: ServiceBuilding,
  { raw, path }: DraftEntry<RawService>,
  quantity?: ServiceQuantity,
): ServicePrice | undefined {
  const { draft } = building;
  const { parameter, formula } = raw.price;
  if (parameter !== undefined) {
    const unit = findParameterUnit(building, [...path, 'price', 'parameter'], parameter);
    return unit && { kind: 'parameter', parameter, unit };
  }
  if (formula !== undefined) {
    const found = findFormula(building, [...path, 'price', 'formula'], formula);
    if (!found) return undefined;
    if (found.scope === 'type' || found.scope === 'territory') return { kind: 'formula', formula, unit: found.unit };
    draft.log.add(
      [...path, 'price', 'formula'],
      'norm.wrong-scope',
      {
        zh: `公式“${formula}”按 ${found.scope} 计算，不是价格`,
        en: `formula "${formula}" is computed per ${found.scope} and is no price`,
      },
      {
        zh: '价格公式的 scope 须为 type 或 territory',
        en: 'the formula of a price must have the scope type or territory',
      },
    );
    return undefined;
  }
  if (quantity?.kind !== 'formula') return { kind: 'product' };
  draft.log.add(
    [...path, 'price'],
    'norm.price-of-nothing',
    {
      zh: '实物量由公式算出，没有随产品给出的价格',
      en: 'the quantity is modelled, so no product brings a price with it',
    },
    { zh: '请写 {parameter: …} 或 {formula: …}', en: 'give {parameter: …} or {formula: …}' },
  );
  return undefined;
}

function buildGamma(building: ServiceBuilding, path: NormPath, text: string): ServiceGamma | undefined {
  const { draft } = building;
  if (!/^[+-]?[\d.]/.test(text)) {
    const unit = findParameterUnit(building, path, text);
    if (!unit) return undefined;
    if (sameDimension(unit.dimension, {})) return { kind: 'parameter', parameter: text };
    draft.log.add(
      path,
      'norm.gamma',
      {
        zh: `γ 参数“${text}”的单位是 ${unit.text}，应为无量纲`,
        en: `parameter "${text}" for γ is in ${unit.text}, but γ is a pure number`,
      },
      { zh: '请换用单位为 1 的参数', en: 'name a parameter of unit 1' },
    );
    return undefined;
  }
  const value = readNumber(building, path, text);
  if (!value) return undefined;
  if (value.compare(Fraction.zero) >= 0 && value.compare(Fraction.one) <= 0) return { kind: 'constant', value };
  draft.log.add(
    path,
    'norm.gamma',
    { zh: `γ 为 ${text}，应在 0 与 1 之间`, en: `γ is ${text}, but a share lies between 0 and 1` },
    {
      zh: '调节服务写 1；物质产品与文化服务可小于 1',
      en: 'write 1 for regulating services; it may be smaller for products and culture',
    },
  );
  return undefined;
}

/**
 * The scale from quantity × price to yuan a year. A measured product and a sum over days are amounts of the period, so plain
 * yuan will do; any other formula that gave plain yuan would be counted whole in a month and in a year alike.
 */
function checkMoney(
  { draft, units, vocabulary, overDays }: ServiceBuilding,
  path: NormPath,
  quantity: ServiceQuantity,
  price: ServicePrice,
): Fraction | undefined {
  if (price.kind === 'product')
    return quantity.kind === 'measured' ? productOf(vocabulary, quantity.product).yuanScale : Fraction.one;
  const isRate = quantity.kind === 'formula';
  const money = isRate ? 'yuan/a' : 'yuan';
  const fitting = isRate && overDays.has(quantity.formula) ? [money, 'yuan'] : [money];
  const counted =
    quantity.kind === 'products' ? quantity.products.map((code) => productOf(vocabulary, code).unit) : [quantity.unit];
  const scaleOf = (unit: Unit): Fraction | undefined =>
    fitting.map((each) => scaleOfValue(unit, price.unit, units.parse(each))).find((scale) => scale !== undefined);
  const scales = counted.map((unit) => ({ unit, scale: scaleOf(unit) }));
  const wrong = scales.find(({ scale }) => scale === undefined);
  const uneven = scales.find(({ scale }) => scale && scales[0].scale && !scale.equals(scales[0].scale));
  if (!wrong && !uneven) return scales[0].scale;
  const unit = (wrong ?? uneven!).unit.text;
  const isStock = wrong && isRate && scaleOfValue(wrong.unit, price.unit, units.parse('yuan')) !== undefined;
  draft.log.add(
    [...path, 'price'],
    'norm.money',
    {
      zh: `实物量单位 ${unit} 乘以价格单位 ${price.unit.text} ${wrong ? `不是 ${money}` : '与同类其他产品尺度不同'}`,
      en: `quantity in ${unit} times price in ${price.unit.text} is ${wrong ? `not ${money}` : 'of another scale than the rest of its class'}`,
    },
    isStock
      ? mendStock
      : mendPrice(usualPriceUnit(pricedOf((wrong ?? uneven!).unit, isRate, units), units.parse('yuan'))),
  );
  return undefined;
}

const mendStock: Bilingual = {
  zh: '模型算出的量须说明是一年的量：给公式的单位加上 /a（如 t/a），或给价格加上 /a（如 yuan/(hm2*a)）；由 sum(days, …) 得到的是核算期的量，可不加',
  en: 'a modelled quantity must say that it is of a year: give the formula a unit with /a (t/a), or the price (yuan/(hm2*a)); only what comes from sum(days, …) is of the period by itself',
};

const mendPrice = (unit: string): Bilingual => ({
  zh: `价格的单位应为 ${unit} 或同量纲单位`,
  en: `the price should be in ${unit} or alike`,
});

/** What money is paid for: of a rate of the year the amount, so that `m3/a` has a price in `yuan/m3`. */
function pricedOf(unit: Unit, isRate: boolean, units: UnitTable): Unit {
  if (!isRate) return unit;
  return units.parse(/^[^()]+\/a$/u.test(unit.text) ? unit.text.slice(0, -2) : `${wrapped(unit.text)}*a`);
}

const wrapped = (text: string): string => (/^[\p{L}\d%]+$/u.test(text) ? text : `(${text})`);

const productOf = (vocabulary: NormVocabulary, code: string) =>
  vocabulary.products.find((product) => product.code === code)!;

function findFormula({ draft, formulas }: ServiceBuilding, path: NormPath, code: string): NormFormula | undefined {
  const formula = formulas.find((candidate) => candidate.code === code);
  if (!formula && !draft.damaged.has(code))
    draft.log.unknown(
      path,
      named.formula,
      code,
      formulas.map((candidate) => candidate.code),
    );
  return formula;
}

function findParameterUnit({ draft, vocabulary }: ServiceBuilding, path: NormPath, code: string): Unit | undefined {
  const parameter = vocabulary.parameters.find((candidate) => candidate.code === code);
  if (!parameter && !draft.damaged.has(code))
    draft.log.unknown(
      path,
      named.parameter,
      code,
      vocabulary.parameters.map((candidate) => candidate.code),
    );
  return parameter?.unit;
}
