/** What a kernel computes for one row: plain nodes that survive structured clone and JSON, with a canonical text. */
import { ComparisonOperator } from '../syntax/syntax-tree';
import { UnaryFunction } from '../checking/typed-tree';

/** Operations on two row values. `fold` sums and products are chains of these, left to right. */
export type BinaryOperation = '+' | '-' | '*' | '/' | 'power' | 'min' | 'max' | ComparisonOperator | 'and' | 'or';
export type UnaryOperation = UnaryFunction | 'not';

/**
 * A row value. `table` holds one number for each type of the plan; a truth value is 1 or 0.
 * `+` and `*` take two or more parts and are folded from the left.
 */
export type RowExpression =
  | { readonly op: 'constant'; readonly value: number }
  | { readonly op: 'column'; readonly name: string }
  | { readonly op: 'table'; readonly values: readonly number[] }
  | { readonly op: UnaryOperation; readonly of: readonly [RowExpression] }
  | { readonly op: BinaryOperation; readonly of: readonly RowExpression[] }
  | { readonly op: 'if'; readonly of: readonly [RowExpression, RowExpression, RowExpression] };

const partsOf = (expression: RowExpression): readonly RowExpression[] => ('of' in expression ? expression.of : []);

const keys = new WeakMap<RowExpression, string>();

/** Canonical text: equal texts compute equal numbers, so it names a base sum for ever. */
export function keyOf(expression: RowExpression): string {
  const known = keys.get(expression);
  if (known !== undefined) return known;
  const key = writeKey(expression);
  keys.set(expression, key);
  return key;
}

function writeKey(expression: RowExpression): string {
  switch (expression.op) {
    case 'constant':
      return String(expression.value);
    case 'column':
      return expression.name;
    case 'table':
      return `[${expression.values.join(' ')}]`;
    default:
      return `${expression.op}(${partsOf(expression).map(keyOf).join(',')})`;
  }
}

/** Names of the columns that an expression reads, each once, in order of first use. */
export function columnsOf(expression: RowExpression): Set<string> {
  const names = new Set<string>();
  const visit = (part: RowExpression): void => {
    if (part.op === 'column') names.add(part.name);
    partsOf(part).forEach(visit);
  };
  visit(expression);
  return names;
}

/** Operations that may hide a missing (NaN) operand from the result. */
const hiding: ReadonlySet<string> = new Set(['if', 'power', 'and', 'or', 'not', '<', '<=', '>', '>=', '=', '!=']);

/** Names of the columns whose absence could go unseen in the result, so that the kernel must look for it. */
export function hiddenColumnsOf(expression: RowExpression): Set<string> {
  if (hiding.has(expression.op)) return columnsOf(expression);
  return new Set(partsOf(expression).flatMap((part) => [...hiddenColumnsOf(part)]));
}

export const constant = (value: number): RowExpression => ({ op: 'constant', value });

/** A product of parts over a product of parts. */
export function quotient(above: readonly RowExpression[], below: readonly RowExpression[]): RowExpression {
  const product = (parts: readonly RowExpression[]): RowExpression =>
    parts.length === 0 ? constant(1) : parts.length === 1 ? parts[0] : { op: '*', of: parts };
  return below.length === 0 ? product(above) : { op: '/', of: [product(above), product(below)] };
}
