/** Finds everything that a formula reads, through all formulas that it names. */
import type { CheckedFormula, CheckedFormulas, ParameterKey } from '@gep/formula';

/** What reaches a result: parameters with the key they are looked up by, columns, sums over patches. */
export interface FormulaInputs {
  readonly parameters: readonly { readonly code: string; readonly key: ParameterKey; readonly everyType: boolean }[];
  readonly attributes: ReadonlySet<string>;
  /** Daily series. */
  readonly series: ReadonlySet<string>;
  /** Patch formulas and `area` whose sum over patches is read. */
  readonly totals: ReadonlySet<string>;
  /** Reads product rows. */
  readonly products: boolean;
}

type Node = CheckedFormula['tree'];

/** All inputs of a formula. `everyType` marks a parameter inside `sum(types, …)`: it is read for each type present. */
export function inputsOf(formulas: CheckedFormulas, code: string): FormulaInputs {
  const parameters: { code: string; key: ParameterKey; everyType: boolean }[] = [];
  const attributes = new Set<string>();
  const series = new Set<string>();
  const totals = new Set<string>();
  const seen = new Set<string>();
  let products = false;
  const enter = (formula: string, everyType: boolean): void => {
    const mark = `${formula} ${everyType}`;
    if (seen.has(mark)) return;
    seen.add(mark);
    visit(formulas.byCode.get(formula)!.tree, everyType);
  };
  const visit = (node: Node, everyType: boolean): void => {
    if (node.kind === 'parameter') parameters.push({ code: node.code, key: node.key, everyType });
    if (node.kind === 'attribute') attributes.add(node.name);
    if (node.kind === 'series') series.add(node.name);
    if (node.kind === 'field') products = true;
    if (node.kind === 'formula') enter(node.code, everyType);
    if (node.kind === 'total') {
      totals.add(node.code);
      if (node.of === 'formula') enter(node.code, everyType);
      else attributes.add(node.code);
    }
    if (node.kind === 'sum') products ||= node.over === 'products';
    const inner = everyType || (node.kind === 'sum' && node.over === 'types');
    if ('operands' in node) node.operands.forEach((part) => visit(part, inner));
  };
  enter(code, false);
  return { parameters, attributes, series, totals, products };
}
