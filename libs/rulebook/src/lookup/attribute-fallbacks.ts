/** Values that stand in where an observation leaves out an optional attribute. */
import { conversionFactor } from '@gep/kernel';
import type { ParameterLookup } from '@gep/formula';
import type { NormEdition } from '../norm/norm';

/** Stand-in values of one attribute, one for each of the types asked for; NaN where the norm has none. */
export interface AttributeFallback {
  readonly attribute: string;
  /** In the unit of the attribute. */
  readonly byType: Float64Array;
}

/**
 * For every attribute with a `fallback`: the value of that parameter by type.
 * @param types codes in the order of the type indexes of the rows
 */
export function attributeFallbacks(
  norm: Pick<NormEdition, 'attributes'>,
  lookup: ParameterLookup,
  types: readonly string[],
): AttributeFallback[] {
  return norm.attributes.flatMap(({ code, unit, fallback }) => {
    if (fallback === undefined) return [];
    const byType = Float64Array.from(types, (type) => {
      const found = lookup(fallback, { type });
      return found ? found.value.times(conversionFactor(found.unit, unit)).toNumber() : Number.NaN;
    });
    return [{ attribute: code, byType }];
  });
}
