/** What a kernel computes for one row: plain nodes that survive structured clone and JSON, with a canonical text. */
import { digestOf } from '@gep/kernel';
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
/** A formula that names others many times over would have a key of any length; a longer one is named by its digest. */
const longestKey = 4000;

/** Canonical text: equal texts compute equal numbers, so it names a base sum for ever. */
export function keyOf(expression: RowExpression): string {
  const known = keys.get(expression);
  if (known !== undefined) return known;
  const written = writeKey(expression);
  const key = written.length > longestKey ? `#${digestOf(written)}` : written;
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

/** Every part of an expression once, however often it occurs; below a part that `enter` refuses it does not go. */
function visitParts(expression: RowExpression, enter: (part: RowExpression) => boolean): void {
  const seen = new Set<RowExpression>();
  const visit = (part: RowExpression): void => {
    if (seen.has(part)) return;
    seen.add(part);
    if (enter(part)) partsOf(part).forEach(visit);
  };
  visit(expression);
}

/** Names of the columns that an expression reads. */
export function columnsOf(expression: RowExpression): Set<string> {
  const names = new Set<string>();
  visitParts(expression, (part) => {
    if (part.op === 'column') names.add(part.name);
    return true;
  });
  return names;
}

/** The constants and tables of an expression. */
export function numbersOf(expression: RowExpression): { constants: number[]; tables: (readonly number[])[] } {
  const constants: number[] = [];
  const tables: (readonly number[])[] = [];
  visitParts(expression, (part) => {
    if (part.op === 'constant') constants.push(part.value);
    if (part.op === 'table') tables.push(part.values);
    return true;
  });
  return { constants, tables };
}

const hiding: ReadonlySet<string> = new Set(['if', 'and', 'or', 'not', '<', '<=', '>', '>=', '=', '!=']);

/** Whether the result may be a number although a part is absent (NaN): a branch not taken, a comparison, x^0. */
function mayHide(expression: RowExpression): boolean {
  if (expression.op !== 'power') return hiding.has(expression.op);
  const [, exponent] = expression.of;
  return exponent.op !== 'constant' || exponent.value === 0;
}

/** Names of the columns whose absence could go unseen in the result, so that the kernel must look for it. */
export function hiddenColumnsOf(expression: RowExpression): Set<string> {
  const names = new Set<string>();
  visitParts(expression, (part) => {
    if (!mayHide(part)) return true;
    columnsOf(part).forEach((name) => names.add(name));
    return false;
  });
  return names;
}

export const constant = (value: number): RowExpression => ({ op: 'constant', value });

/** A product of parts over a product of parts. */
export function quotient(above: readonly RowExpression[], below: readonly RowExpression[]): RowExpression {
  const product = (parts: readonly RowExpression[]): RowExpression =>
    parts.length === 0 ? constant(1) : parts.length === 1 ? parts[0] : { op: '*', of: parts };
  return below.length === 0 ? product(above) : { op: '/', of: [product(above), product(below)] };
}
