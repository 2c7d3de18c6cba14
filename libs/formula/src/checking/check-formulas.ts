/** Checks all formulas of a vocabulary together and puts each after those it names; finds all problems at once. */
import { FormulaDeclaration, FormulaVocabulary } from '../declarations';
import { FormulaProblem, FormulaProblemCode, locateProblem } from '../problem';
import { keywords, parseExpression } from '../syntax/parse-expression';
import { checkExpression } from './check-expression';
import { orderFormulas } from './order-formulas';
import { CheckedFormula, CheckedFormulas, nodesOf, TypedNode } from './typed-tree';

/**
 * Parses, resolves names, checks scopes and units, finds cycles.
 * @returns `formulas` only when there is no problem; otherwise every problem of every formula
 */
export function checkFormulas(vocabulary: FormulaVocabulary): {
  formulas?: CheckedFormulas;
  problems: FormulaProblem[];
} {
  const problems = checkCodes(vocabulary);
  const checked: CheckedFormula[] = [];
  for (const declaration of vocabulary.formulas) {
    const parsed = parseExpression(declaration.expression);
    if ('problem' in parsed) {
      problems.push(locateProblem(declaration, parsed.problem));
      continue;
    }
    const result = checkExpression(declaration, parsed.tree, vocabulary);
    problems.push(...result.problems.map((problem) => locateProblem(declaration, problem)));
    if (result.tree) checked.push({ declaration, tree: result.tree, uses: usesOf(result.tree) });
  }
  const order = orderFormulas(checked);
  problems.push(...order.problems);
  if (problems.length > 0) return { problems };
  const byCode = new Map(order.ordered.map((formula) => [formula.declaration.code, formula]));
  return { formulas: { vocabulary, ordered: order.ordered, byCode }, problems };
}

function usesOf(tree: TypedNode): string[] {
  const codes = new Set<string>();
  for (const node of nodesOf(tree)) {
    if (node.kind === 'formula' || (node.kind === 'total' && node.of === 'formula')) codes.add(node.code);
  }
  return [...codes];
}

/** A code names one thing only, and must be readable as a name. */
function checkCodes(vocabulary: FormulaVocabulary): FormulaProblem[] {
  const problems: FormulaProblem[] = [];
  const seen = new Map<string, FormulaDeclaration>();
  const refuse = (declaration: FormulaDeclaration, code: FormulaProblemCode, zh: string, en: string): void => {
    problems.push(locateProblem(declaration, { span: { from: 0, to: 0 }, code, text: { zh, en } }));
  };
  for (const declaration of vocabulary.formulas) {
    const { code } = declaration;
    const taken = kindOfName(code, vocabulary);
    const earlier = seen.get(code);
    if (!/^[\p{L}_][\p{L}\p{M}\p{Nd}_]*$/u.test(code) || keywords.includes(code)) {
      refuse(
        declaration,
        'formula.reserved-name',
        `“${code}”不能作公式代码；代码由字母、数字和下划线组成，且不能是 ${keywords.join('、')}`,
        `"${code}" cannot be the code of a formula; a code has letters, digits and underscores, and is none of ${keywords.join(', ')}`,
      );
    }
    if (taken) {
      refuse(
        declaration,
        'formula.duplicate-name',
        `公式代码“${code}”与一个${taken.zh}同名；请改名`,
        `the code "${code}" of the formula is also that of ${taken.en}; rename one`,
      );
    }
    if (earlier) {
      const where = [earlier.file, earlier.line].filter((part) => part !== undefined).join(':');
      refuse(
        declaration,
        'formula.duplicate-name',
        `公式代码“${code}”重复${where && `，已见于 ${where}`}；请改名`,
        `the formula code "${code}" is given twice${where && `, first at ${where}`}; rename one`,
      );
    } else seen.set(code, declaration);
  }
  return problems;
}

function kindOfName(
  code: string,
  { attributes, parameters, productFields, series }: FormulaVocabulary,
): { zh: string; en: string } | undefined {
  if (parameters.has(code)) return { zh: '参数', en: 'a parameter' };
  if (attributes.has(code)) return { zh: '属性', en: 'an attribute' };
  if (series?.has(code)) return { zh: '逐日序列', en: 'a daily series' };
  if (productFields.has(code)) return { zh: '产品字段', en: 'a product field' };
  return undefined;
}
