/** Exact numbers that depend on nothing but the ecosystem type: constants, parameters and what is computed from them. */
import { Fraction } from '@gep/kernel';

/** One exact number for each type of the plan, or the same constant for all. */
export type ByType = { readonly constant: Fraction } | { readonly values: readonly Fraction[] };

export const constantByType = (value: Fraction): ByType => ({ constant: value });

export function valueOf(number: ByType, type: number): Fraction {
  return 'constant' in number ? number.constant : number.values[type];
}

export function isConstant(number: ByType): number is { readonly constant: Fraction } {
  return 'constant' in number;
}

/** Applies an exact operation type by type; constants stay constant. */
export function mapByType(
  numbers: readonly ByType[],
  types: number,
  operation: (...values: Fraction[]) => Fraction,
): ByType {
  if (numbers.every(isConstant)) return { constant: operation(...numbers.map(({ constant }) => constant)) };
  return {
    values: Array.from({ length: types }, (_, type) => operation(...numbers.map((number) => valueOf(number, type)))),
  };
}

/** Why there is no value for a type: a parameter without a value, or an operation without a result. */
export type ValueFault =
  | { readonly kind: 'missing'; readonly parameters: ReadonlySet<string> }
  | { readonly kind: 'undefined'; readonly formula: string; readonly expression: string };

/** The faults of a number, one place for each type; empty when it has none. */
export type Faults = readonly (ValueFault | undefined)[];

/** Both faults in one; missing parameters are named all together. */
function joinFault(a: ValueFault | undefined, b: ValueFault | undefined): ValueFault | undefined {
  if (!a || !b) return a ?? b;
  if (a.kind === 'missing' && b.kind === 'missing')
    return { kind: 'missing', parameters: new Set([...a.parameters, ...b.parameters]) };
  return a.kind === 'missing' ? a : b;
}

export function joinFaults(a: Faults, b: Faults): Faults {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  return a.map((fault, type) => joinFault(fault, b[type]));
}
