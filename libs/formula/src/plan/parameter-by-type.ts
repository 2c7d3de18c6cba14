/** Reads a parameter for every type of a plan, in its declared unit. */
import { conversionFactor, Fraction } from '@gep/kernel';
import { FormulaVocabulary, ParameterLookup } from '../declarations';
import { LeafNode } from '../checking/typed-tree';
import { ByType, Faults, ValueFault } from './by-type';

type ParameterNode = Extract<LeafNode, { kind: 'parameter' }>;

/**
 * Values are held by type even where they are all equal, so that the shape of a plan does not depend on them.
 * @throws IncompatibleUnits when the look-up gives a value in a unit of another dimension
 */
export function parameterByType(
  { code, key }: ParameterNode,
  vocabulary: FormulaVocabulary,
  lookup: ParameterLookup,
  types: readonly string[],
): { value: ByType; faults: Faults } {
  const declared = vocabulary.parameters.get(code)!;
  const read = (type: string | undefined): Fraction | undefined => {
    const found = lookup(code, type === undefined ? key : { ...key, type });
    return found && found.value.times(conversionFactor(found.unit, declared.unit));
  };
  const fixed = !declared.byType || key.type !== undefined;
  const shared = fixed ? read(key.type) : undefined;
  const found = types.map((type) => (fixed ? shared : read(type)));
  const missing: ValueFault = { kind: 'missing', parameters: new Set([code]) };
  const faults = found.some((value) => !value) ? found.map((value) => (value ? undefined : missing)) : [];
  return { value: { values: found.map((value) => value ?? Fraction.zero) }, faults };
}
