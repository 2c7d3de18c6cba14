/** Turns checked patch formulas into linear forms: the algebra pass that finds the base sums. */
import { assert, Fraction } from '@gep/kernel';
import { CheckedFormula, CheckedFormulas, TypedNode } from '../checking/typed-tree';
import { DaySum, daySumOf } from '../days/day-sums';
import { ParameterLookup } from '../declarations';
import { seriesOf } from '../trace/exact-days';
import { applyExactly, compareExactly, powerExactly, toDecimal, toFraction } from '../trace/exact-function';
import { ByType, constantByType, Faults, isConstant, joinFaults, mapByType, valueOf } from './by-type';
import { asTypeLevel, LinearAlgebra, LinearForm, opaque, typeLevel } from './linear-form';
import { parameterByType } from './parameter-by-type';
import { constant, RowExpression } from './row-expression';

type NodeOf<Kind extends TypedNode['kind']> = Extract<TypedNode, { kind: Kind }>;

/** A condition: known for each type, or found row by row. */
type Condition = ({ readonly byType: readonly boolean[] } | { readonly row: RowExpression }) & {
  readonly faults: Faults;
};

/** Lowers patch formulas for one look-up and one list of types; each formula once. */
export class FormulaLowering {
  private readonly algebra: LinearAlgebra;
  private readonly lowered = new Map<string, LinearForm>();
  private days: FormulaLowering | undefined;

  /** @param daySums collects the sums over days that the formulas read, each after those it reads itself */
  constructor(
    private readonly formulas: CheckedFormulas,
    private readonly lookup: ParameterLookup,
    private readonly types: readonly string[],
    readonly daySums = new Map<string, DaySum>(),
  ) {
    this.algebra = new LinearAlgebra(types.length);
  }

  /** The linear form of a patch formula, in its declared unit. */
  formula(code: string): LinearForm {
    const known = this.lowered.get(code);
    if (known) return known;
    const formula = this.formulas.byCode.get(code)!;
    const form = this.lower(formula.tree, formula);
    this.lowered.set(code, form);
    return form;
  }

  /** The linear form of a column by itself. */
  attribute(name: string): LinearForm {
    return opaque({ op: 'column', name });
  }

  private lower(node: TypedNode, within: CheckedFormula): LinearForm {
    const { algebra } = this;
    const operand = (index: number): LinearForm => this.lower((node as NodeOf<'extreme'>).operands[index], within);
    switch (node.kind) {
      case 'number':
        return typeLevel(constantByType(node.value));
      case 'attribute':
      case 'series':
        return this.attribute(node.name);
      case 'sum':
        return this.sumOverDays(node, within);
      case 'parameter': {
        const { value, faults } = parameterByType(node, this.formulas.vocabulary, this.lookup, this.types);
        return typeLevel(value, faults);
      }
      case 'formula':
        return this.formula(node.code);
      case 'convert':
        return algebra.scale(operand(0), constantByType(node.factor));
      case 'negate':
        return algebra.scale(operand(0), constantByType(Fraction.of(-1n)));
      case 'arithmetic':
        return this.arithmetic(node, within);
      case 'power':
        return this.power(node, within);
      case 'extreme':
        return node.operands.map((part) => this.lower(part, within)).reduce((a, b) => this.extreme(node.name, a, b));
      case 'clamp':
        return this.extreme('min', this.extreme('max', operand(0), operand(1)), operand(2));
      case 'function':
        return this.function(node, within);
      case 'choice':
        return this.choice(node, within);
      default:
        return assert(false, `a ${node.kind} cannot stand in a patch formula`) as never;
    }
  }

  private arithmetic(node: NodeOf<'arithmetic'>, within: CheckedFormula): LinearForm {
    const [left, right] = node.operands.map((part) => this.lower(part, within));
    switch (node.operator) {
      case '+':
        return this.algebra.add(left, right);
      case '-':
        return this.algebra.add(left, this.algebra.scale(right, constantByType(Fraction.of(-1n))));
      case '*':
        return this.algebra.multiply(left, right);
      case '/':
        return this.algebra.multiply(left, this.inverted(right, node, within));
    }
  }

  /** A sum over days is one number for all rows; it stands as a column, because only the observation knows it. */
  private sumOverDays(node: NodeOf<'sum'>, within: CheckedFormula): LinearForm {
    assert(node.over === 'days', `a sum over ${node.over} cannot stand in a patch formula`);
    const days = (this.days ??= new FormulaLowering(this.formulas, this.lookup, ['day'], this.daySums));
    const form = days.lower(node.operands[0], within);
    const { code, expression } = within.declaration;
    const { span } = node.operands[0];
    const series = seriesOf(node.operands[0], this.formulas);
    const text = expression.slice(span.from, span.to);
    const sum = daySumOf(days.algebra.asWholeRow(form), series, { formula: code, expression: text });
    if (!this.daySums.has(sum.column)) this.daySums.set(sum.column, sum);
    const [fault] = form.faults;
    return opaque({ op: 'column', name: sum.column }, fault ? this.types.map(() => fault) : []);
  }

  /** 1/form with a fault for each type in which the form is nought whatever the row. */
  private inverted(form: LinearForm, node: TypedNode, within: CheckedFormula): LinearForm {
    const nought = this.faultsWhere(node, within, (type) =>
      form.terms.every(({ coefficient }) => valueOf(coefficient, type).numerator === 0n),
    );
    const faults = joinFaults(form.faults, nought);
    if (form.terms.length === 0) return { terms: [], faults };
    return { ...this.algebra.invert(form), faults };
  }

  private faultsWhere(node: TypedNode, within: CheckedFormula, isFault: (type: number) => boolean): Faults {
    const { code, expression } = within.declaration;
    const text = expression.slice(node.span.from, node.span.to);
    const faults = this.types.map((_, type) =>
      isFault(type) ? ({ kind: 'undefined', formula: code, expression: text } as const) : undefined,
    );
    return faults.some((fault) => fault) ? faults : [];
  }

  private power(node: NodeOf<'power'>, within: CheckedFormula): LinearForm {
    const [base, exponent] = node.operands.map((part) => this.lower(part, within));
    const [pureBase, pureExponent] = [asTypeLevel(base), asTypeLevel(exponent)];
    const faults = joinFaults(base.faults, exponent.faults);
    if (pureBase && pureExponent)
      return this.exactly([base, exponent], [pureBase, pureExponent], node, within, powerExactly);
    if (pureExponent && isConstant(pureExponent)) {
      const { integer } = node;
      if (integer === 0) return typeLevel(constantByType(Fraction.one), faults);
      if (integer !== undefined && Math.abs(integer) <= 8) {
        return integer < 0
          ? this.inverted(this.algebra.raise(base, -integer), node, within)
          : this.algebra.raise(base, integer);
      }
    }
    return opaque({ op: 'power', of: [this.algebra.asWholeRow(base), this.algebra.asWholeRow(exponent)] }, faults);
  }

  /** An exact operation on numbers that no row changes; types where it has no result get a fault. */
  private exactly(
    forms: readonly LinearForm[],
    numbers: readonly ByType[],
    node: TypedNode,
    within: CheckedFormula,
    operation: (...values: Fraction[]) => Fraction | undefined,
  ): LinearForm {
    const undefinedTypes = this.faultsWhere(
      node,
      within,
      (type) => !operation(...numbers.map((number) => valueOf(number, type))),
    );
    const value = mapByType(numbers, this.types.length, (...values) => operation(...values) ?? Fraction.zero);
    return typeLevel(value, [...forms.map(({ faults }) => faults), undefinedTypes].reduceRight(joinFaults));
  }

  private extreme(name: 'min' | 'max', a: LinearForm, b: LinearForm): LinearForm {
    const [pureA, pureB] = [asTypeLevel(a), asTypeLevel(b)];
    const faults = joinFaults(a.faults, b.faults);
    if (pureA && pureB) {
      const wanted = name === 'min' ? -1 : 1;
      return typeLevel(
        mapByType([pureA, pureB], this.types.length, (x, y) => (y.compare(x) === wanted ? y : x)),
        faults,
      );
    }
    const [left, right] = [this.algebra.asRow(a), this.algebra.asRow(b)];
    const scale = a.terms.length === 0 ? right.scale : left.scale;
    const shared =
      scale.numerator > 0n && (a.terms.length === 0 || b.terms.length === 0 || left.scale.equals(right.scale));
    if (!shared) return opaque({ op: name, of: [this.algebra.asWholeRow(a), this.algebra.asWholeRow(b)] }, faults);
    return this.algebra.scale(opaque({ op: name, of: [left.row, right.row] }, faults), constantByType(scale));
  }

  private function(node: NodeOf<'function'>, within: CheckedFormula): LinearForm {
    const form = this.lower(node.operands[0], within);
    const pure = asTypeLevel(form);
    const { name } = node;
    if (pure) {
      if (name === 'abs')
        return typeLevel(
          mapByType([pure], this.types.length, (x) => (x.numerator < 0n ? x.times(Fraction.of(-1n)) : x)),
          form.faults,
        );
      return this.exactly([form], [pure], node, within, (x) => toFraction(applyExactly(name, toDecimal(x))));
    }
    return opaque({ op: name, of: [this.algebra.asWholeRow(form)] }, form.faults);
  }

  private choice(node: NodeOf<'choice'>, within: CheckedFormula): LinearForm {
    const condition = this.condition(node.operands[0], within);
    const [then, otherwise] = [this.lower(node.operands[1], within), this.lower(node.operands[2], within)];
    if ('byType' in condition) {
      const both = this.algebra.add(
        this.algebra.restrict(then, condition.byType),
        this.algebra.restrict(
          otherwise,
          condition.byType.map((truth) => !truth),
        ),
      );
      return { terms: both.terms, faults: joinFaults(both.faults, condition.faults) };
    }
    const faults = joinFaults(condition.faults, joinFaults(then.faults, otherwise.faults));
    return opaque(
      { op: 'if', of: [condition.row, this.algebra.asWholeRow(then), this.algebra.asWholeRow(otherwise)] },
      faults,
    );
  }

  private condition(node: TypedNode, within: CheckedFormula): Condition {
    if (node.kind === 'comparison') return this.comparison(node, within);
    if (node.kind === 'not') {
      const inner = this.condition(node.operands[0], within);
      if ('byType' in inner) return { byType: inner.byType.map((truth) => !truth), faults: inner.faults };
      return { row: { op: 'not', of: [inner.row] }, faults: inner.faults };
    }
    const { operator, operands } = node as NodeOf<'logic'>;
    const [left, right] = operands.map((part) => this.condition(part, within));
    const faults = joinFaults(left.faults, right.faults);
    if ('byType' in left && 'byType' in right) {
      const byType = left.byType.map((truth, type) =>
        operator === 'and' ? truth && right.byType[type] : truth || right.byType[type],
      );
      return { byType, faults };
    }
    return { row: { op: operator, of: [conditionAsRow(left), conditionAsRow(right)] }, faults };
  }

  private comparison(node: NodeOf<'comparison'>, within: CheckedFormula): Condition {
    const [left, right] = node.operands.map((part) => this.lower(part, within));
    const [pureLeft, pureRight] = [asTypeLevel(left), asTypeLevel(right)];
    const faults = joinFaults(left.faults, right.faults);
    if (pureLeft && pureRight) {
      const byType = this.types.map((_, type) =>
        compareExactly(node.operator, valueOf(pureLeft, type).compare(valueOf(pureRight, type))),
      );
      return { byType, faults };
    }
    return { row: { op: node.operator, of: [this.algebra.asWholeRow(left), this.algebra.asWholeRow(right)] }, faults };
  }
}

function conditionAsRow(condition: Condition): RowExpression {
  if ('row' in condition) return condition.row;
  const values = condition.byType.map(Number);
  return values.every((value) => value === values[0]) ? constant(values[0] ?? 0) : { op: 'table', values };
}
