/** Which reported prices a norm does not take, because it has a price of its own or none at all. */
import type { CheckedFormulas } from '@gep/formula';
import type { NormEdition } from '../norm/norm';

/**
 * Products of which no service takes the reported price, by code: the parameter or formula that prices them instead, null
 * where nothing does. None where a formula of products reads prices.
 */
export function ownPrices({
  products,
  services,
  formulas,
}: Pick<NormEdition, 'products' | 'services' | 'formulas'>): Map<string, string | null> {
  if (formulas.ordered.some(({ tree }) => readsPrice(tree))) return new Map();
  return new Map(
    products.flatMap(({ code }): [string, string | null][] => {
      const counting = services.filter(({ quantity }) =>
        quantity.kind === 'products'
          ? quantity.products.includes(code)
          : quantity.kind === 'measured' && quantity.product === code,
      );
      if (counting.some(({ price }) => price.kind === 'product')) return [];
      const [own] = counting.flatMap(({ price }) =>
        price.kind === 'parameter' ? [price.parameter] : price.kind === 'formula' ? [price.formula] : [],
      );
      return [[code, own ?? null]];
    }),
  );
}

type Tree = CheckedFormulas['ordered'][number]['tree'];

const readsPrice = (node: Tree): boolean =>
  (node.kind === 'field' && node.name === 'price') || ('operands' in node && node.operands.some(readsPrice));
