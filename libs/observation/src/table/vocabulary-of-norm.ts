/** The vocabulary that a norm's edition gives to observations: its codes, both names of each, and further spellings. */
import { Bilingual } from '@gep/kernel';
import { countedTypes, ownPrices, type NormEdition } from '@gep/rulebook';
import { ObservationVocabulary } from './vocabulary';

interface Named {
  readonly name: Bilingual;
  readonly aliases: readonly string[];
}
const spellings = ({ name, aliases }: Named): string[] => [name.zh, name.en, ...aliases];

export function vocabularyOf(
  norm: Pick<NormEdition, 'types' | 'attributes' | 'products' | 'series' | 'units' | 'services' | 'formulas'>,
): ObservationVocabulary {
  const own = ownPrices(norm);
  const counted = countedTypes(norm);
  return {
    units: norm.units,
    types: norm.types.map((type) => ({ code: type.code, name: type.name, aliases: spellings(type) })),
    attributes: norm.attributes.map((attribute) => ({
      code: attribute.code,
      name: attribute.name,
      unit: attribute.unit,
      aliases: spellings(attribute),
      required: attribute.required,
      ...(attribute.min && { min: attribute.min.toNumber() }),
      ...(attribute.max && { max: attribute.max.toNumber() }),
    })),
    series: norm.series.map((series) => ({
      code: series.code,
      name: series.name,
      unit: series.unit,
      aliases: spellings(series),
      ...(series.min && { min: series.min.toNumber() }),
      ...(series.max && { max: series.max.toNumber() }),
    })),
    products: norm.products.map((product) => ({
      code: product.code,
      name: product.name,
      unit: product.unit,
      priceUnit: product.priceUnit,
      ...(own.has(product.code) && { ownPrice: { by: own.get(product.code)! } }),
      ...(product.type !== undefined && { type: product.type }),
      ...(counted.has(product.code) && { countedIn: counted.get(product.code)! }),
      aliases: spellings(product),
    })),
  };
}
