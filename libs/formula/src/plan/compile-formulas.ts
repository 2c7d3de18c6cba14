/** Compiles checked formulas with the parameters of one account into a kernel plan and what is computed after it. */
import { assert, Fraction } from '@gep/kernel';
import { CheckedFormula, CheckedFormulas, TypedNode } from '../checking/typed-tree';
import { DaySum } from '../days/day-sums';
import { ParameterLookup, ProductRow } from '../declarations';
import { MissingParameterValue, MissingValue, UndefinedValue } from '../errors';
import { BaseSums, KernelPlan } from '../kernel/kernel-plan';
import { AfterRows, assembleResults, NumericPart, ResultProgram } from './assemble-results';
import { ByType, valueOf } from './by-type';
import { LinearForm, monomialAsRow } from './linear-form';
import { FormulaLowering } from './lower-formula';
import { NumberCompiler } from './number-program';
import { columnsOf, keyOf, RowExpression } from './row-expression';

/** A formula that is asked for, at the types where it applies (all types of the plan when absent). */
export interface WantedFormula {
  readonly code: string;
  readonly types?: readonly string[];
}

/** One summand of a patch formula's sum over patches: a number for each type times the sum of a base. */
export interface LinearPart {
  /** Index and key of the base in the plan. */
  readonly base: number;
  readonly key: string;
  /** Exact, for each type of the plan. */
  readonly coefficients: readonly Fraction[];
}

/** Compiled formulas of one account. */
export interface FormulaProgram {
  readonly plan: KernelPlan;
  /** Sums over days whose values the rows must have as columns; each after those it reads. See `sumDays`. */
  readonly daySums: readonly DaySum[];
  /**
   * The wanted results from base sums, each in its formula's unit: for each type in the order of `plan.types` (patch
   * formulas as sums over patches), for each product row (product formulas), or one number (territory formulas).
   * NaN where a formula was not asked for at a type. @throws BrokenInvariant when the sums have a fault
   */
  assemble(sums: BaseSums, products?: readonly ProductRow[]): Map<string, Float64Array>;
  /** The exact coefficients of a patch formula (or of an attribute by itself) over the bases of the plan. */
  linearParts(code: string): readonly LinearPart[];
}

/**
 * Compiles the wanted formulas, or attributes by themselves (`area` gives its sum by type).
 * @param types ecosystem types of the plan
 * @throws MissingParameterValue with every parameter and type that lack; UndefinedValue
 */
export function compileFormulas(
  formulas: CheckedFormulas,
  wanted: readonly (string | WantedFormula)[],
  lookup: ParameterLookup,
  types: readonly string[],
): FormulaProgram {
  return new FormulaCompiler(formulas, lookup, types).compile(
    wanted.map((each) => (typeof each === 'string' ? { code: each } : each)),
  );
}

class FormulaCompiler {
  /** Types at which each formula is needed, and the totals (patch formulas, attributes) needed. */
  private readonly needed = new Map<string, boolean[]>();
  private readonly lowering: FormulaLowering;

  constructor(
    private readonly formulas: CheckedFormulas,
    private readonly lookup: ParameterLookup,
    private readonly types: readonly string[],
  ) {
    this.lowering = new FormulaLowering(formulas, lookup, types);
  }

  compile(wanted: readonly WantedFormula[]): FormulaProgram {
    for (const { code, types } of wanted)
      this.need(
        code,
        this.types.map((type) => types?.includes(type) ?? true),
      );
    const forms = this.lowerNeeded();
    this.refuseFaults(forms);
    const plan = this.plan(forms);
    const parts = new Map([...forms].map(([code, form]) => [code, partsOf(form, plan, this.types)]));
    const program: ResultProgram = {
      plan,
      parts: new Map([...parts].map(([code, list]) => [code, list.map(toNumeric)])),
      afterRows: this.afterRows(),
      wanted: wanted.map(({ code }) => code),
      needed: this.needed,
    };
    return {
      plan,
      daySums: [...this.lowering.daySums.values()],
      assemble: (sums, products = []) => assembleResults(program, sums, products),
      linearParts: (code) => {
        const found = parts.get(code);
        assert(found, `"${code}" is not computed from rows in this program`);
        return found;
      },
    };
  }

  /** Marks a formula and all that it reads, at the types given. */
  private need(code: string, types: readonly boolean[]): void {
    const sofar = this.needed.get(code) ?? this.types.map(() => false);
    const merged = sofar.map((known, type) => known || types[type]);
    if (this.needed.has(code) && merged.every((known, type) => known === sofar[type])) return;
    this.needed.set(code, merged);
    const formula = this.formulas.byCode.get(code);
    assert(formula || this.formulas.vocabulary.attributes.has(code), `no formula or attribute "${code}"`);
    if (formula && formula.declaration.scope !== 'patch') this.needOf(formula.tree, merged);
  }

  private needOf(tree: TypedNode, types: readonly boolean[]): void {
    if (tree.kind === 'formula' || tree.kind === 'total') this.need(tree.code, types);
    const inner = tree.kind === 'sum' ? this.types.map(() => true) : types;
    if ('operands' in tree) tree.operands.forEach((part) => this.needOf(part, inner));
  }

  private lowerNeeded(): Map<string, LinearForm> {
    const { attributes } = this.formulas.vocabulary;
    const ofAttributes = [...this.needed.keys()]
      .filter((code) => attributes.has(code))
      .map((code) => [code, this.lowering.attribute(code)] as const);
    const ofFormulas = this.neededFormulas('patch').map(
      ({ declaration: { code } }) => [code, this.lowering.formula(code)] as const,
    );
    return new Map([...ofAttributes, ...ofFormulas]);
  }

  private neededFormulas(...scopes: readonly CheckedFormula['declaration']['scope'][]): CheckedFormula[] {
    return this.formulas.ordered.filter(
      ({ declaration: { code, scope } }) => this.needed.has(code) && scopes.includes(scope),
    );
  }

  private refuseFaults(forms: ReadonlyMap<string, LinearForm>): void {
    const missing: MissingValue[] = [];
    for (const [formula, { faults }] of forms) {
      faults.forEach((fault, type) => {
        if (fault?.kind !== 'missing' || !this.needed.get(formula)![type]) return;
        for (const parameter of fault.parameters) missing.push({ parameter, type: this.types[type], formula });
      });
    }
    missing.push(...this.missingAfterRows());
    if (missing.length > 0) throw new MissingParameterValue(missing);
    for (const [formula, { faults }] of forms) {
      faults.forEach((fault, type) => {
        if (fault?.kind === 'undefined' && this.needed.get(formula)![type])
          throw new UndefinedValue(fault.formula, fault.expression, this.types[type]);
      });
    }
  }

  private missingAfterRows(): MissingValue[] {
    const missing: MissingValue[] = [];
    const seek = (node: TypedNode, formula: string, types: readonly (string | undefined)[]): void => {
      if (node.kind === 'sum')
        return node.operands.forEach((part) => seek(part, formula, node.over === 'types' ? this.types : []));
      if ('operands' in node) node.operands.forEach((part) => seek(part, formula, types));
      if (node.kind !== 'parameter') return;
      const byType = this.formulas.vocabulary.parameters.get(node.code)!.byType && node.key.type === undefined;
      for (const type of byType ? types : [node.key.type]) {
        if (!this.lookup(node.code, type === undefined ? node.key : { ...node.key, type }))
          missing.push({ parameter: node.code, type, formula });
      }
    };
    for (const { declaration, tree } of this.neededFormulas('type', 'territory', 'product')) {
      const at = this.needed.get(declaration.code)!;
      seek(tree, declaration.code, declaration.scope === 'type' ? this.types.filter((_, type) => at[type]) : []);
    }
    return missing;
  }

  private plan(forms: ReadonlyMap<string, LinearForm>): KernelPlan {
    const bases = new Map<string, { row: RowExpression; needs: boolean[]; formulas: string[] }>();
    for (const [code, form] of forms) {
      for (const { factors, where } of form.terms) {
        const row = monomialAsRow(factors);
        const base = bases.get(keyOf(row)) ?? { row, needs: this.types.map(() => false), formulas: [] };
        bases.set(keyOf(row), base);
        base.formulas.push(code);
        this.needed.get(code)!.forEach((needed, type) => (base.needs[type] ||= needed && (where?.[type] ?? true)));
      }
    }
    const all = [...bases.values()];
    return {
      columns: [...new Set(all.flatMap(({ row }) => [...columnsOf(row)]))],
      types: [...this.types],
      bases: all.map(({ row }) => row),
      keys: all.map(
        ({ row, needs }) =>
          `${keyOf(row)} @ ${this.types.map((type, index) => (needs[index] ? type : `-${type}`)).join(' ')}`,
      ),
      needs: all.map(({ needs }) => needs),
      formulas: all.map((base) => base.formulas),
    };
  }

  private afterRows(): AfterRows[] {
    const compiler = new NumberCompiler(this.formulas.vocabulary, this.lookup, this.types);
    return this.neededFormulas('type', 'product', 'territory').map(({ declaration: { code, scope }, tree }) => ({
      code,
      scope: scope as AfterRows['scope'],
      compute: compiler.compile(tree, code),
    }));
  }
}

function partsOf(form: LinearForm, plan: KernelPlan, types: readonly string[]): LinearPart[] {
  const rows = plan.bases.map(keyOf);
  const exact = (coefficient: ByType): Fraction[] => types.map((_, type) => valueOf(coefficient, type));
  return form.terms.map(({ factors, coefficient }) => {
    const base = rows.indexOf(keyOf(monomialAsRow(factors)));
    return { base, key: plan.keys[base], coefficients: exact(coefficient) };
  });
}

function toNumeric({ base, coefficients }: LinearPart): NumericPart {
  return { base, coefficients: Float64Array.from(coefficients, (coefficient) => coefficient.toNumber()) };
}
