/** Finds statistics that two services count, and services whose statistics all belong to types that they leave out. */
import { Fraction } from '@gep/kernel';
import type { NormVocabulary } from './build-vocabulary';
import type { Building } from './building';
import type { ExclusiveGroup, ParameterDefinition, ProductDefinition, Service } from './norm';

interface Counting extends Building {
  readonly vocabulary: NormVocabulary;
  /** The services that no switch leaves out. */
  readonly services: readonly Service[];
  readonly exclusive: readonly ExclusiveGroup[];
}

/**
 * A statistic is worth its value once. Services that price it alike, or count it by class beside another of their category,
 * have it twice, unless they are exclusive or their γ share it out. Distinct prices of one measured count are distinct
 * benefits (a household's payments for this and for that).
 */
export function checkCountedOnce({ draft, vocabulary, services, exclusive }: Counting): void {
  const isExclusive = (a: Service, b: Service): boolean =>
    exclusive.some((group) => group.services.includes(a.code) && group.services.includes(b.code));
  const pathOf = new Map(draft.entries('services').map(({ raw, path }) => [raw.code, path]));
  for (const [at, service] of services.entries()) {
    const own = countedBy(service, vocabulary.products);
    const earlier = services
      .slice(0, at)
      .filter((other) => other.code !== service.code && !isExclusive(other, service));
    const twice = own.flatMap((product) => {
      const rivals = earlier.filter(
        (other) => countedBy(other, vocabulary.products).includes(product) && meets(service, other, product),
      );
      const shares = [service, ...rivals].map((one) => largestGamma(one, vocabulary.parameters));
      const whole = shares.reduce((sum, share) => sum.plus(share), Fraction.zero);
      return whole.compare(Fraction.one) <= 0
        ? []
        : rivals.map((rival) => ({ product: product.code, rival: rival.code }));
    });
    const path = pathOf.get(service.code) ?? ['services'];
    for (const rival of new Set(twice.map((each) => each.rival))) {
      const products = twice.filter((each) => each.rival === rival).map(({ product }) => product);
      draft.log.add(
        [...path, 'quantity'],
        'norm.counted-twice',
        {
          zh: `服务“${rival}”与“${service.code}”都计入统计 ${products.join('、')}，其价值会算两次`,
          en: `services "${rival}" and "${service.code}" both count ${products.join(', ')}, whose value would be in the total twice`,
        },
        {
          zh: '一个类别只由一项服务计入：给产品另立 class，或合并两项服务；两者取一的写入 exclusive 或由 switches 关掉一项；分摊的由 gamma 之和不超过 1 表示',
          en: 'a class is counted by one service: give the products a class of their own, or join the services; of alternatives make an `exclusive` group or switch one off; parts of one value have `gamma` that add up to 1 at most',
        },
      );
    }
    const types = new Set(own.map(({ type }) => type));
    if (own.length === 0 || types.has(undefined) || service.types.some((type) => types.has(type))) continue;
    const named = own.map(({ code, type }) => `${code} (${type})`).join(', ');
    draft.log.add(
      [...path, 'types'],
      'norm.never-counted',
      {
        zh: `服务“${service.code}”只限 ${service.types.join('、')}，而其统计都属于别的类型：${named}；它永远没有结果`,
        en: `service "${service.code}" is for ${service.types.join(', ')} only, and its statistics are all of other types: ${named}; it would never count anything`,
      },
      {
        zh: '请改正服务的 types，或产品的 type',
        en: 'correct `types` of the service, or `type` of the products',
      },
    );
  }
}

function countedBy({ quantity }: Service, products: readonly ProductDefinition[]): ProductDefinition[] {
  if (quantity.kind === 'formula') return [];
  const codes = quantity.kind === 'products' ? quantity.products : [quantity.product];
  return products.filter(({ code }) => codes.includes(code));
}

/** A statistic without a type is counted whole by each; one with a type where the service has that type. */
function meets(a: Service, b: Service, product: ProductDefinition): boolean {
  if (product.type !== undefined && !a.types.some((type) => b.types.includes(type))) return false;
  const isByClass = a.quantity.kind === 'products' || b.quantity.kind === 'products';
  return priceKey(a) === priceKey(b) || (a.category === b.category && isByClass);
}

const priceKey = ({ price }: Service): string =>
  price.kind === 'product' ? '' : price.kind === 'parameter' ? `p ${price.parameter}` : `f ${price.formula}`;

function largestGamma({ gamma }: Service, parameters: readonly ParameterDefinition[]): Fraction {
  if (gamma.kind === 'constant') return gamma.value;
  const values = parameters.find(({ code }) => code === gamma.parameter)?.values ?? [];
  return values.reduce((most, { value }) => (value.compare(most) > 0 ? value : most), Fraction.zero);
}
