/** The exact value of a part of a formula that consists of numbers only. */
import { Fraction } from '@gep/kernel';
import { powerExactly } from '../trace/exact-function';
import { TypedNode } from './typed-tree';

/** Undefined when the node is not a constant, or has no finite value. */
export function constantValue(node: TypedNode): Fraction | undefined {
  switch (node.kind) {
    case 'number':
      return node.value;
    case 'convert':
      return constantValue(node.operands[0])?.times(node.factor);
    case 'negate':
      return constantValue(node.operands[0])?.times(Fraction.of(-1n));
    case 'arithmetic':
    case 'power': {
      const [left, right] = [constantValue(node.operands[0]), constantValue(node.operands[1])];
      if (!left || !right) return undefined;
      if (node.kind === 'power') return powerExactly(left, right);
      if (node.operator === '+') return left.plus(right);
      if (node.operator === '-') return left.minus(right);
      if (node.operator === '*') return left.times(right);
      return right.numerator === 0n ? undefined : left.dividedBy(right);
    }
    default:
      return undefined;
  }
}
