/** Orders formulas so that each comes after those it names; a circle of names is a problem. */
import { FormulaProblem, locateProblem } from '../problem';
import { CheckedFormula, nodesOf } from './typed-tree';

/** Formulas in the order of their needs, otherwise as declared; and one problem for each circle found. */
export function orderFormulas(formulas: readonly CheckedFormula[]): {
  ordered: CheckedFormula[];
  problems: FormulaProblem[];
} {
  const byCode = new Map(formulas.map((formula) => [formula.declaration.code, formula]));
  const ordered: CheckedFormula[] = [];
  const problems: FormulaProblem[] = [];
  const done = new Set<string>();
  const path: string[] = [];

  const visit = (formula: CheckedFormula): void => {
    const { code } = formula.declaration;
    if (done.has(code)) return;
    path.push(code);
    for (const used of formula.uses) {
      const start = path.indexOf(used);
      if (start >= 0) problems.push(refuseCircle(formula, [...path.slice(start), used]));
      else if (byCode.has(used)) visit(byCode.get(used)!);
    }
    path.pop();
    done.add(code);
    ordered.push(formula);
  };
  formulas.forEach(visit);
  return { ordered, problems };
}

function refuseCircle(formula: CheckedFormula, circle: readonly string[]): FormulaProblem {
  const closing = circle[circle.length - 1];
  const [node] = [...nodesOf(formula.tree)].filter(
    (part) => 'code' in part && part.kind !== 'parameter' && part.code === closing,
  );
  const way = circle.join(' → ');
  return locateProblem(formula.declaration, {
    span: node.span,
    code: 'formula.cycle',
    text: {
      zh: `公式互相引用成环：${way}；请断开其中一处引用`,
      en: `formulas name each other in a circle: ${way}; break one of the references`,
    },
  });
}
