/** Computes the results of compiled formulas from base sums: totals by type, then what is computed from totals. */
import { assert } from '@gep/kernel';
import { ProductRow } from '../declarations';
import { BaseSums, KernelPlan } from '../kernel/kernel-plan';
import { NumberPlace, NumberSources } from './number-program';

/** A coefficient for each type, over the sums of one base. */
export interface NumericPart {
  readonly base: number;
  readonly coefficients: Float64Array;
}

/** A formula that is computed from totals. */
export interface AfterRows {
  readonly code: string;
  readonly scope: 'type' | 'product' | 'territory';
  readonly compute: (place: NumberPlace, sources: NumberSources) => number;
}

/** Everything that is done after the rows are summed. */
export interface ResultProgram {
  readonly plan: KernelPlan;
  /** Patch formulas and attributes. */
  readonly parts: ReadonlyMap<string, readonly NumericPart[]>;
  /** In the order of needs. */
  readonly afterRows: readonly AfterRows[];
  readonly wanted: readonly string[];
  /** Types at which each formula is needed. */
  readonly needed: ReadonlyMap<string, readonly boolean[]>;
}

/** The wanted results, as `FormulaProgram.assemble` says. */
export function assembleResults(
  program: ResultProgram,
  sums: BaseSums,
  products: readonly ProductRow[],
): Map<string, Float64Array> {
  const { plan, parts, afterRows, wanted, needed } = program;
  assert(!sums.fault, 'base sums with a fault cannot be assembled');
  assert(sums.sums.length === plan.types.length * plan.bases.length, 'base sums of another plan');
  const values = new Map<string, Float64Array>();
  // One piece of memory for all: small ones of their own cost more than the sums when a price changes.
  const { buffer } = new Float64Array(parts.size * plan.types.length);
  for (const [code, list] of parts) {
    const totals = new Float64Array(buffer, values.size * plan.types.length * 8, plan.types.length);
    fillTotals(totals, list, needed.get(code)!, plan, sums.sums);
    values.set(code, totals);
  }
  if (afterRows.length > 0) {
    const sources = sourcesOf(afterRows, values, sums, products);
    for (const formula of afterRows) values.set(formula.code, valuesAfterRows(formula, needed, plan, sources));
  }
  return new Map(wanted.map((code) => [code, values.get(code)!]));
}

function sourcesOf(
  afterRows: readonly AfterRows[],
  values: ReadonlyMap<string, Float64Array>,
  { rows }: BaseSums,
  products: readonly ProductRow[],
): NumberSources {
  const territorial = new Set(afterRows.flatMap(({ code, scope }) => (scope === 'territory' ? [code] : [])));
  return {
    total: (code, type) => values.get(code)![type],
    formula: (code, { type, product }) => values.get(code)![territorial.has(code) ? 0 : (type ?? product!)],
    products,
    present: [...rows.keys()].filter((type) => rows[type] > 0),
  };
}

function fillTotals(
  totals: Float64Array,
  parts: readonly NumericPart[],
  needed: readonly boolean[],
  { types, bases }: KernelPlan,
  sums: Float64Array,
): void {
  for (let type = 0; type < types.length; type++) {
    let total = 0;
    let lost = 0;
    // Written out, not a CompensatedSum: this runs for every service of every county when a price changes.
    for (const { base, coefficients } of parts) {
      const value = coefficients[type] * sums[type * bases.length + base];
      const next = total + value;
      lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
      total = next;
    }
    totals[type] = needed[type] ? total + lost : NaN;
  }
}

function valuesAfterRows(
  { code, scope, compute }: AfterRows,
  needed: ResultProgram['needed'],
  { types }: KernelPlan,
  sources: NumberSources,
): Float64Array {
  if (scope === 'territory') return Float64Array.of(compute({}, sources));
  if (scope === 'product') return Float64Array.from(sources.products, (_, product) => compute({ product }, sources));
  return Float64Array.from(types, (_, type) => (needed.get(code)![type] ? compute({ type }, sources) : NaN));
}
