/** In which ecosystem types a norm counts each statistic, so that one that would be counted nowhere can be told. */
import type { CheckedFormulas } from '@gep/formula';
import type { NormEdition } from '../norm/norm';

/**
 * By product the types of the services that count it, none where no service does. Statistics that are read otherwise, by a
 * formula of products or as users, a cap or imports, are not in it.
 */
export function countedTypes({
  products,
  services,
  formulas,
}: Pick<NormEdition, 'products' | 'services' | 'formulas'>): Map<string, readonly string[]> {
  if (formulas.ordered.some(({ tree }) => readsProducts(tree))) return new Map();
  const read = new Set(services.flatMap(({ use, imports }) => [use?.cap, use?.users, imports]));
  return new Map(
    products
      .filter(({ code }) => !read.has(code))
      .map(({ code }) => {
        const counting = services.filter(({ quantity }) =>
          quantity.kind === 'products'
            ? quantity.products.includes(code)
            : quantity.kind === 'measured' && quantity.product === code,
        );
        return [code, [...new Set(counting.flatMap(({ types }) => types))]];
      }),
  );
}

type Tree = CheckedFormulas['ordered'][number]['tree'];

const readsProducts = (node: Tree): boolean =>
  node.kind === 'field' || ('operands' in node && node.operands.some(readsProducts));
