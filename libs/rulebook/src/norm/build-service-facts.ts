/** Builds what a service says beside quantity × price × γ: its use, its imports, who benefits, what kind of value it is. */
import { Fraction, type Bilingual, type Unit, type UnitTable } from '@gep/kernel';
import type { NormPath } from '../yaml/problem-log';
import type { NormVocabulary } from './build-vocabulary';
import { named, readNumber, scaleOfValue, type Building } from './building';
import type { Beneficiary, ParameterDefinition, Service, ServicePrice, ServiceQuantity, Valuation } from './norm';
import type { DraftEntry } from './norm-draft';
import type { RawService } from './raw-norm';

interface FactBuilding extends Building {
  readonly vocabulary: NormVocabulary;
}

type ServiceFacts = Pick<
  Service,
  'abiotic' | 'intermediate' | 'valuation' | 'gammaBasis' | 'negative' | 'use' | 'imports' | 'beneficiaries'
>;

export function buildServiceFacts(
  building: FactBuilding,
  { raw, path }: DraftEntry<RawService>,
  quantity: ServiceQuantity | undefined,
  price: ServicePrice | undefined,
): ServiceFacts {
  const { use, imports, gammaBasis, negative = 'refuse' } = raw;
  const statistics = [
    { product: use?.cap, at: ['use', 'cap'], mustFit: true },
    { product: use?.users, at: ['use', 'users'], mustFit: false },
    { product: imports, at: ['imports'], mustFit: true },
  ];
  for (const { product, at, mustFit } of statistics)
    if (product !== undefined) checkStatistic(building, [...path, ...at], product, quantity, mustFit);
  if (use && use.cap === undefined && use.users === undefined)
    building.draft.log.add([...path, 'use'], 'norm.use', nothingUsed, mendUse);
  return {
    abiotic: raw.abiotic === 'true',
    intermediate: raw.intermediate === 'true',
    valuation: raw.valuation ?? usualValuation(raw.category, price, building.vocabulary.parameters),
    gammaBasis,
    negative,
    use: use && { ...use, missing: use.missing ?? 'refuse' },
    imports,
    beneficiaries: buildBeneficiaries(building, [...path, 'beneficiaries'], raw.beneficiaries ?? []),
  };
}

/** What a value is when the norm does not say: that of its price, else cost for regulating services. */
export function usualValuation(
  category: Service['category'],
  price: ServicePrice | undefined,
  parameters: readonly ParameterDefinition[],
): Valuation {
  const priced = price?.kind === 'parameter' ? price.parameter : undefined;
  const priceClass = parameters.find(({ code }) => code === priced)?.priceClass;
  if (priceClass === 'cost' || priceClass === 'shadow') return 'cost';
  if (priceClass === 'transfer') return 'transfer';
  if (priceClass !== undefined || price?.kind === 'product') return 'exchange';
  return category === 'regulating' ? 'cost' : 'exchange';
}

/**
 * How many units of a quantity one unit of a statistic is; a quantity in something a year takes the amount of the year.
 * @returns undefined when the statistic counts something else
 */
export function amountFactor(statistic: Unit, quantity: Unit, units: UnitTable): Fraction | undefined {
  const one = units.parse('1');
  return scaleOfValue(statistic, one, quantity) ?? scaleOfValue(statistic, units.parse('1/a'), quantity);
}

function checkStatistic(
  { draft, units, vocabulary }: FactBuilding,
  path: NormPath,
  code: string,
  quantity: ServiceQuantity | undefined,
  mustFit: boolean,
): void {
  const product = vocabulary.products.find((candidate) => candidate.code === code);
  if (!product) {
    if (!draft.damaged.has(code))
      draft.log.unknown(
        path,
        named.product,
        code,
        vocabulary.products.map((candidate) => candidate.code),
      );
    return;
  }
  if (!quantity || !mustFit) return;
  if (quantity.kind === 'products') {
    draft.log.add(path, 'norm.use-of-class', useOfClass, mendUseOfClass);
    return;
  }
  if (amountFactor(product.unit, quantity.unit, units)) return;
  draft.log.add(
    path,
    'norm.use-unit',
    {
      zh: `统计“${code}”的单位 ${product.unit.text} 与实物量单位 ${quantity.unit.text} 不可比`,
      en: `statistic "${code}" is in ${product.unit.text}, which cannot be held against a quantity in ${quantity.unit.text}`,
    },
    { zh: '请换用同量纲的统计', en: 'name a statistic of the same dimension' },
  );
}

function buildBeneficiaries(
  building: Building,
  path: NormPath,
  rows: NonNullable<RawService['beneficiaries']>,
): Beneficiary[] {
  if (rows.length === 0) return [];
  const shares = rows.map(({ share }, index) => readNumber(building, [...path, index, 'share'], share));
  if (shares.some((share) => share === undefined)) return [];
  const result = rows.map((row, index) => ({ ...row, share: shares[index]! }));
  const total = result.reduce((sum, { share }) => sum.plus(share), Fraction.zero);
  const names = new Set(rows.map(({ group, scale }) => `${group} ${scale}`));
  const isNegative = result.some(({ share }) => share.compare(Fraction.zero) < 0);
  if (!total.equals(Fraction.one) || isNegative || names.size < rows.length)
    building.draft.log.add(
      path,
      'norm.beneficiaries',
      {
        zh: `受益份额须非负、不重复且合计为 1，现合计 ${total.toString()}`,
        en: `shares of beneficiaries are not negative, named once and add up to 1; these add up to ${total.toString()}`,
      },
      { zh: '请改正份额；不能确定时可整项不写', en: 'correct the shares; leave the key out when they are not known' },
    );
  return result;
}

const nothingUsed: Bilingual = { zh: 'use 中既无 cap 也无 users', en: '`use` names neither cap nor users' };
const mendUse: Bilingual = {
  zh: '写 {cap: 统计} 表示以其为上限，写 {users: 统计} 表示其为零则价格为零',
  en: 'give {cap: statistic} as the bound of use, or {users: statistic} for a price of 0 where it is 0',
};
const useOfClass: Bilingual = {
  zh: '一个产品类别有多种单位，不能共用一个上限或进口量',
  en: 'the products of a class cannot share one cap or one import',
};
const mendUseOfClass: Bilingual = {
  zh: '请为该产品单列服务：quantity: {measured: 产品}',
  en: 'give the product a service of its own: quantity: {measured: product}',
};
