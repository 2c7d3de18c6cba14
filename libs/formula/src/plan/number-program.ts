/** Compiles what is computed after the rows are summed (type, product and territory formulas) to plain functions. */
import { assert, conversionFactor } from '@gep/kernel';
import { LeafNode, operandsOf, TypedNode, UnaryFunction } from '../checking/typed-tree';
import { FormulaVocabulary, ParameterLookup, ProductRow } from '../declarations';
import { MissingInput, MissingParameterValue } from '../errors';
import { compareExactly } from '../trace/exact-function';

/** Where a number is computed: at a type (by index), at a product row (by index), or at neither. */
export interface NumberPlace {
  readonly type?: number;
  readonly product?: number;
}

/** What a compiled number reads while it runs. */
export interface NumberSources {
  /** Sum over the patches of a type, of a patch formula or of an attribute. */
  total(code: string, type: number): number;
  /** Value of a formula computed before, at the place its scope has. */
  formula(code: string, place: NumberPlace): number;
  readonly products: readonly ProductRow[];
  /** Types that have rows. */
  readonly present: readonly number[];
}

type NumberFunction = (place: NumberPlace, sources: NumberSources) => number;

const unaryFunctions: Readonly<Record<UnaryFunction, (x: number) => number>> = {
  exp: Math.exp,
  ln: Math.log,
  log10: Math.log10,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sin: Math.sin,
  cos: Math.cos,
};

/** Compiles the trees of one account: its look-up and its list of types are fixed. */
export class NumberCompiler {
  constructor(
    private readonly vocabulary: FormulaVocabulary,
    private readonly lookup: ParameterLookup,
    private readonly types: readonly string[],
  ) {}

  /** The function of a number node; truth values are 1 or 0. `formula` is named in refusals. */
  compile(node: TypedNode, formula: string): NumberFunction {
    const parts = operandsOf(node).map((part) => this.compile(part, formula));
    const [a, b, c] = parts;
    switch (node.kind) {
      case 'number':
      case 'attribute':
      case 'field':
      case 'series':
      case 'parameter':
      case 'formula':
      case 'total':
        return this.leaf(node, formula);
      case 'convert': {
        const factor = node.factor.toNumber();
        return (at, from) => a(at, from) * factor;
      }
      case 'negate':
        return (at, from) => -a(at, from);
      case 'arithmetic':
        if (node.operator === '+') return (at, from) => a(at, from) + b(at, from);
        if (node.operator === '-') return (at, from) => a(at, from) - b(at, from);
        if (node.operator === '*') return (at, from) => a(at, from) * b(at, from);
        return (at, from) => a(at, from) / b(at, from);
      case 'power':
        return (at, from) => a(at, from) ** b(at, from);
      case 'extreme': {
        const extreme = node.name === 'min' ? Math.min : Math.max;
        return (at, from) => extreme(...parts.map((part) => part(at, from)));
      }
      case 'clamp':
        return (at, from) => Math.min(Math.max(a(at, from), b(at, from)), c(at, from));
      case 'function': {
        const apply = unaryFunctions[node.name];
        return (at, from) => apply(a(at, from));
      }
      case 'comparison': {
        const { operator } = node;
        return (at, from) => Number(compareExactly(operator, a(at, from) - b(at, from)));
      }
      case 'logic':
        if (node.operator === 'and') return (at, from) => a(at, from) && b(at, from);
        return (at, from) => a(at, from) || b(at, from);
      case 'not':
        return (at, from) => 1 - a(at, from);
      case 'choice':
        return (at, from) => (a(at, from) ? b(at, from) : c(at, from));
      case 'sum':
        if (node.over === 'types') return (_, from) => from.present.reduce((sum, type) => sum + a({ type }, from), 0);
        return (_, from) => from.products.reduce((sum, _row, product) => sum + a({ product }, from), 0);
    }
  }

  private leaf(node: LeafNode, formula: string): NumberFunction {
    switch (node.kind) {
      case 'number': {
        const value = node.value.toNumber();
        return () => value;
      }
      case 'parameter':
        return this.parameter(node, formula);
      case 'formula':
        return (at, from) => from.formula(node.code, at);
      case 'total':
        return (at, from) => from.total(node.code, at.type!);
      case 'field':
        return (at, from) => readField(from.products[at.product!], node.name, formula);
      case 'attribute':
      case 'series':
        return assert(false, `${node.name} outside a patch or day formula`) as never;
    }
  }

  private parameter({ code, key }: Extract<LeafNode, { kind: 'parameter' }>, formula: string): NumberFunction {
    const { unit, byType } = this.vocabulary.parameters.get(code)!;
    const read = (type: string | undefined): number => {
      const found = this.lookup(code, type === undefined ? key : { ...key, type });
      if (!found) throw new MissingParameterValue([{ parameter: code, type, formula }]);
      return found.value.times(conversionFactor(found.unit, unit)).toNumber();
    };
    const known = new Map<string | undefined, number>();
    const at = (type: string | undefined): number => known.get(type) ?? known.set(type, read(type)).get(type)!;
    if (!byType || key.type !== undefined) return () => at(key.type);
    return ({ type, product }, { products }) => at(type === undefined ? products[product!]?.type : this.types[type]);
  }
}

function readField(row: ProductRow, name: string, formula: string): number {
  const value = Object.hasOwn(row.fields, name) ? Number(row.fields[name]) : NaN;
  if (!Number.isFinite(value)) throw new MissingInput(formula, `${row.product}.${name}`);
  return value;
}
