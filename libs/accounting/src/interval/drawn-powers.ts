/** Finds formulas whose result is a product of powers of drawn values: such a result is scaled, and compiled for no draw. */
import type { CheckedFormula, CheckedFormulas, ParameterKey } from '@gep/formula';

/** By the number of a drawn value. */
export type DrawnPowers = ReadonlyMap<number, number>;

type Node = CheckedFormula['tree'];

const none: DrawnPowers = new Map();

export class PowersOfFormulas {
  private readonly known = new Map<string, DrawnPowers | undefined>();

  /**
   * @param numberOf the number of the drawn value of a parameter; undefined when it is not drawn
   * @param present types of the observation, over which `sum(types, …)` runs
   */
  constructor(
    private readonly formulas: CheckedFormulas,
    private readonly numberOf: (code: string, key: ParameterKey) => number | undefined,
    private readonly present: readonly string[],
  ) {}

  /** Undefined when the result follows the drawn values in any other way. */
  of(code: string, type: string | null): DrawnPowers | undefined {
    const { tree, declaration } = this.formulas.byCode.get(code)!;
    const own = declaration.scope === 'territory' ? null : type;
    const key = `${code} ${own}`;
    if (!this.known.has(key)) this.known.set(key, this.visit(tree, own));
    return this.known.get(key);
  }

  private visit(node: Node, type: string | null): DrawnPowers | undefined {
    switch (node.kind) {
      case 'parameter':
        return this.parameter(node.code, node.key, type);
      case 'formula':
        return this.of(node.code, type);
      case 'total':
        return node.of === 'formula' ? this.of(node.code, type) : none;
      case 'arithmetic': {
        const [left, right] = node.operands.map((operand) => this.visit(operand, type));
        if (node.operator === '+' || node.operator === '-') return same([left, right]);
        return left && right && joined(left, right, node.operator === '*' ? 1 : -1);
      }
      case 'negate':
      case 'convert':
        return this.visit(node.operands[0], type);
      case 'power': {
        const [base, exponent] = node.operands.map((operand) => this.visit(operand, type));
        if (exponent?.size !== 0 || !base) return undefined;
        if (base.size === 0) return none;
        return node.integer === undefined ? undefined : joined(none, base, node.integer);
      }
      case 'sum':
        return node.over === 'types'
          ? same(this.present.map((each) => this.visit(node.operands[0], each)))
          : this.visit(node.operands[0], type);
      case 'choice': {
        const [condition, ...results] = node.operands.map((operand) => this.visit(operand, type));
        return condition?.size === 0 ? same(results) : undefined;
      }
      default: {
        // Of anything else only what does not vary can be told.
        const parts = 'operands' in node ? node.operands.map((operand) => this.visit(operand, type)) : [];
        return parts.every((part) => part?.size === 0) ? none : undefined;
      }
    }
  }

  private parameter(code: string, key: ParameterKey, type: string | null): DrawnPowers {
    const at = this.numberOf(code, key.type !== undefined || type === null ? key : { ...key, type });
    return at === undefined ? none : new Map([[at, 1]]);
  }
}

/** What all parts have in common; undefined when they differ. */
function same(parts: readonly (DrawnPowers | undefined)[]): DrawnPowers | undefined {
  const [first = none] = parts;
  const isFirst = (part: DrawnPowers | undefined): boolean =>
    part !== undefined && part.size === first.size && [...part].every(([at, power]) => first.get(at) === power);
  return parts.every(isFirst) ? first : undefined;
}

function joined(left: DrawnPowers, right: DrawnPowers, times: number): DrawnPowers {
  const sum = new Map(left);
  for (const [at, power] of right) sum.set(at, (sum.get(at) ?? 0) + power * times);
  for (const [at, power] of sum) if (power === 0) sum.delete(at);
  return sum;
}
