/** Algebra on Σ coefficient(type) × row expression: the form that lets prices and linear parameters stay off the rows. */
import { Fraction } from '@gep/kernel';
import { ByType, constantByType, Faults, isConstant, joinFaults, mapByType } from './by-type';
import { constant, keyOf, quotient, RowExpression } from './row-expression';

/** A factor of a monomial: a row expression to a whole power. */
interface Factor {
  readonly atom: RowExpression;
  readonly key: string;
  readonly exponent: number;
}

/** Types, one place for each; all of them when absent. */
type Where = readonly boolean[] | undefined;

/** One summand: a number by type times a product of row expressions. */
interface Term {
  readonly coefficient: ByType;
  readonly factors: readonly Factor[];
  readonly key: string;
  /** Types at which a choice between formulas left the term standing; elsewhere its columns may be absent. */
  readonly where: Where;
}

/** A sum of terms with different monomials, with the reasons why it has no value for some types. */
export interface LinearForm {
  readonly terms: readonly Term[];
  readonly faults: Faults;
}

/** Beyond this many terms a product is computed per row instead of being expanded. */
const mostTerms = 64;
const one = Fraction.one;
const isNegative = (value: Fraction): boolean => value.numerator < 0n;
const negate = (value: Fraction): Fraction => value.times(Fraction.of(-1n));

const keyOfFactors = (factors: readonly Factor[]): string =>
  factors.map(({ key, exponent }) => (exponent === 1 ? key : `${key}^${exponent}`)).join('·');

function term(coefficient: ByType, factors: readonly Factor[], where?: Where): Term {
  return { coefficient, factors, key: keyOfFactors(factors), where };
}

const either = (a: Where, b: Where): Where => (a && b ? a.map((stands, type) => stands || b[type]) : undefined);
const both = (a: Where, b: Where): Where => (a && b ? a.map((stands, type) => stands && b[type]) : (a ?? b));

const rowTerm = (atom: RowExpression, where?: Where): Term =>
  term(constantByType(one), [{ atom, key: keyOf(atom), exponent: 1 }], where);

/** A number that no row changes. */
export function typeLevel(value: ByType, faults: Faults = []): LinearForm {
  const isZero = isConstant(value) && value.constant.numerator === 0n;
  return { terms: isZero ? [] : [term(value, [])], faults };
}

/** A row expression as it stands. */
export function opaque(atom: RowExpression, faults: Faults = []): LinearForm {
  return { terms: [rowTerm(atom)], faults };
}

/** The number by type that the form is, when no column takes part in it. */
export function asTypeLevel(form: LinearForm): ByType | undefined {
  if (form.terms.length === 0) return constantByType(Fraction.zero);
  return form.terms.length === 1 && form.terms[0].factors.length === 0 ? form.terms[0].coefficient : undefined;
}

/** The calculator for plans of `types` ecosystem types. */
export class LinearAlgebra {
  constructor(private readonly types: number) {}

  add(...forms: readonly LinearForm[]): LinearForm {
    const merged = new Map<string, Term>();
    for (const each of forms.flatMap(({ terms }) => terms)) {
      const same = merged.get(each.key);
      merged.set(each.key, same ? this.merge(same, each) : each);
    }
    const terms = [...merged.values()].filter(({ coefficient: c }) => !isConstant(c) || c.constant.numerator !== 0n);
    return { terms, faults: forms.map(({ faults }) => faults).reduce(joinFaults) };
  }

  scale(form: LinearForm, by: ByType): LinearForm {
    if (isConstant(by) && by.constant.numerator === 0n) return { terms: [], faults: form.faults };
    const terms = form.terms.map((each) => ({ ...each, coefficient: this.times(each.coefficient, by) }));
    return { terms, faults: form.faults };
  }

  /** Distributes only where a number by type must be kept apart from the rows; all else stays one row expression. */
  multiply(a: LinearForm, b: LinearForm): LinearForm {
    const faults = joinFaults(a.faults, b.faults);
    const [pureA, pureB] = [asTypeLevel(a), asTypeLevel(b)];
    if (pureA) return { ...this.scale(b, pureA), faults };
    if (pureB) return { ...this.scale(a, pureB), faults };
    const [left, right] = [this.collapseConstant(a), this.collapseConstant(b)];
    if (left.terms.length * right.terms.length > mostTerms)
      return this.multiply(this.collapse(left), this.collapse(right));
    const products = left.terms.flatMap((x) => right.terms.map((y) => this.multiplyTerms(x, y)));
    return { ...this.add({ terms: products, faults }), faults };
  }

  /** 1/form. The caller sees to types where the form is nought. */
  invert(form: LinearForm): LinearForm {
    const single = form.terms.length === 1 ? form : this.collapse(form);
    const [only] = single.terms;
    const coefficient = mapByType([only.coefficient], this.types, (value) =>
      value.numerator === 0n ? value : one.dividedBy(value),
    );
    const factors = only.factors.map((factor) => ({ ...factor, exponent: -factor.exponent }));
    return { terms: [term(coefficient, factors, only.where)], faults: form.faults };
  }

  /** form^power for a whole power other than nought. */
  raise(form: LinearForm, power: number): LinearForm {
    const single = form.terms.length === 1 ? form : this.collapse(form);
    const [only] = single.terms;
    const coefficient = mapByType([only.coefficient], this.types, (value) =>
      value.numerator === 0n && power < 0 ? value : value.power(power),
    );
    const factors = only.factors.map((factor) => ({ ...factor, exponent: factor.exponent * power }));
    return { terms: [term(coefficient, factors, only.where)], faults: form.faults };
  }

  /** Keeps of a form only the types that `chosen` names; the others become nought. */
  restrict(form: LinearForm, chosen: readonly boolean[]): LinearForm {
    const mask: ByType = { values: chosen.map((keep) => (keep ? one : Fraction.zero)) };
    return {
      terms: this.scale(form, mask).terms.map((each) => ({ ...each, where: both(each.where, chosen) })),
      faults: form.faults.map((fault, type) => (chosen[type] ? fault : undefined)),
    };
  }

  /**
   * The form as one row expression times a constant; numbers by type become tables.
   * Taking the constant out lets `x` and `2·x` share one base. It is positive wherever it can be, for the sake of min and max.
   */
  asRow(form: LinearForm): { scale: Fraction; row: RowExpression } {
    if (form.terms.length === 0) return { scale: one, row: constant(0) };
    const sorted = form.terms.toSorted((a, b) => (a.key < b.key ? -1 : 1));
    const constants = sorted.flatMap(({ coefficient }) => (isConstant(coefficient) ? [coefficient.constant] : []));
    const allNegative = constants.every(isNegative);
    const scale =
      constants.length < sorted.length
        ? one
        : allNegative === isNegative(constants[0])
          ? constants[0]
          : negate(constants[0]);
    const added: RowExpression[] = [];
    const taken: RowExpression[] = [];
    for (const { coefficient, factors } of sorted) {
      const scaled = mapByType([coefficient], this.types, (c) => c.dividedBy(scale));
      const negative = isConstant(scaled) && isNegative(scaled.constant);
      (negative ? taken : added).push(termAsRow(negative ? constantByType(negate(scaled.constant)) : scaled, factors));
    }
    return { scale, row: difference(added, taken) };
  }

  /** The form as one row expression, constant included. */
  asWholeRow(form: LinearForm): RowExpression {
    const { scale, row } = this.asRow(form);
    if (scale.equals(one)) return row;
    if (row.op === 'constant') return constant(scale.toNumber() * row.value);
    return { op: '*', of: [constant(scale.toNumber()), row] };
  }

  /** The form with all its terms in one row expression. */
  collapse(form: LinearForm): LinearForm {
    const { scale, row } = this.asRow(form);
    const where = form.terms.map((each) => each.where).reduce(either);
    return this.scale({ terms: [rowTerm(row, where)], faults: form.faults }, constantByType(scale));
  }

  /** Collapses a sum whose coefficients are all constant, so that `area·(rain - evaporation)` is one base and not two. */
  private collapseConstant(form: LinearForm): LinearForm {
    const constantOnly = form.terms.length > 1 && form.terms.every(({ coefficient }) => isConstant(coefficient));
    return constantOnly ? this.collapse(form) : form;
  }

  private multiplyTerms(a: Term, b: Term): Term {
    const factors = new Map(a.factors.map((factor) => [factor.key, factor]));
    for (const factor of b.factors) {
      const exponent = (factors.get(factor.key)?.exponent ?? 0) + factor.exponent;
      if (exponent === 0) factors.delete(factor.key);
      else factors.set(factor.key, { ...factor, exponent });
    }
    const sorted = [...factors.values()].sort((x, y) => (x.key < y.key ? -1 : 1));
    return term(this.times(a.coefficient, b.coefficient), sorted, both(a.where, b.where));
  }

  private merge(a: Term, b: Term): Term {
    const coefficient = mapByType([a.coefficient, b.coefficient], this.types, (x, y) => x.plus(y));
    return { ...a, coefficient, where: either(a.where, b.where) };
  }
  private times(a: ByType, b: ByType): ByType {
    return mapByType([a, b], this.types, (x, y) => x.times(y));
  }
}

/** The row expression of a monomial; of none, the constant 1, whose sum is the number of rows. */
export function monomialAsRow(factors: readonly Factor[]): RowExpression {
  const parts = (sign: 1 | -1): RowExpression[] =>
    factors
      .filter(({ exponent }) => exponent * sign > 0)
      .flatMap(({ atom, exponent }) => Array.from({ length: Math.abs(exponent) }, () => atom));
  return quotient(parts(1), parts(-1));
}

function termAsRow(coefficient: ByType, factors: readonly Factor[]): RowExpression {
  const monomial = monomialAsRow(factors);
  if (isConstant(coefficient) && coefficient.constant.equals(one)) return monomial;
  const number: RowExpression = isConstant(coefficient)
    ? constant(coefficient.constant.toNumber())
    : { op: 'table', values: coefficient.values.map((value) => value.toNumber()) };
  return factors.length === 0 ? number : { op: '*', of: [number, monomial] };
}

/** What is added less what is taken away, from the left. */
function difference(added: readonly RowExpression[], taken: readonly RowExpression[]): RowExpression {
  const sum: RowExpression = added.length === 0 ? constant(0) : added.length === 1 ? added[0] : { op: '+', of: added };
  return taken.reduce((left, right): RowExpression => ({ op: '-', of: [left, right] }), sum);
}
