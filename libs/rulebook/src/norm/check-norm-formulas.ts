/** Has the formulas of a norm checked, and finds parameters that lack a value where a service needs one. */
import {
  checkFormulas,
  type CheckedFormula,
  type CheckedFormulas,
  type FormulaProblem,
  type FormulaVocabulary,
} from '@gep/formula';
import type { Bilingual, Unit } from '@gep/kernel';
import type { NormVocabulary } from './build-vocabulary';
import { readUnit, type Building } from './building';
import type { NormFormula, ParameterDefinition, ProductDefinition, Service } from './norm';

export function buildFormulas(building: Building): NormFormula[] {
  return building.draft.entries('formulas').flatMap(({ raw, path }) => {
    const unit = readUnit(building, [...path, 'unit'], raw.unit);
    if (!unit) {
      building.draft.damaged.add(raw.code);
      return [];
    }
    const { file, line, column } = building.draft.locate([...path, 'expression'], true);
    return [{ code: raw.code, scope: raw.scope, unit, name: raw.name, expression: raw.expression, file, line, column }];
  });
}

/** Names that formulas may use. A field of products is offered only when all products share its unit. */
export function formulaVocabulary(
  { units }: Building,
  { types, attributes, products, series, parameters }: NormVocabulary,
  formulas: readonly NormFormula[],
): FormulaVocabulary {
  const fields = new Map<string, Unit>();
  const shared = (unitOf: (product: ProductDefinition) => Unit): Unit | undefined =>
    products.length > 0 && products.every((product) => unitOf(product).text === unitOf(products[0]).text)
      ? unitOf(products[0])
      : undefined;
  const output = shared(({ unit }) => unit);
  const price = shared(({ priceUnit }) => priceUnit);
  if (output) fields.set('output', output);
  if (price) fields.set('price', price);
  return {
    units,
    attributes: new Map(attributes.map(({ code, unit }) => [code, unit])),
    parameters: new Map(parameters.map(({ code, unit, byType, byPlace }) => [code, { unit, byType, byPlace }])),
    types: types.map(({ code }) => code),
    productFields: fields,
    series: new Map(series.map(({ code, unit }) => [code, unit])),
    formulas,
  };
}

/**
 * Checks all formulas and logs what is wrong with them.
 * @returns `formulas` if all are sound; `sound` holds those that are, for further checks
 */
export function checkNormFormulas(
  building: Building,
  vocabulary: FormulaVocabulary,
): { formulas?: CheckedFormulas; sound?: CheckedFormulas } {
  const { formulas, problems } = checkFormulas(vocabulary);
  for (const problem of problems)
    if (!isEcho(problem, vocabulary, building.draft.damaged)) logFormulaProblem(building, problem);
  return { formulas, sound: formulas ?? soundPart(vocabulary, problems) };
}

/** A name that is unknown only because its own entry is malformed has been reported there. */
function isEcho(problem: FormulaProblem, { formulas }: FormulaVocabulary, damaged: ReadonlySet<string>): boolean {
  if (problem.code !== 'formula.unknown-name') return false;
  const formula = formulas.find(({ code }) => code === problem.formula);
  const named = formula?.expression.match(/[\p{L}_][\p{L}\p{M}\p{N}_]*/gu) ?? [];
  return named.some((name) => damaged.has(name) && problem.text.en.includes(`"${name}"`));
}

function logFormulaProblem({ draft }: Building, { file, line, column, formula, code, text }: FormulaProblem): void {
  const entry = draft.entries('formulas').find(({ raw }) => raw.code === formula);
  const path = entry ? `${String(entry.path[0])}[${String(entry.path[1])}].expression` : 'formulas';
  const mend: Bilingual = { zh: `请改正公式“${formula}”`, en: `correct formula "${formula}"` };
  draft.log.addAt({ file: file ?? '', line: line ?? 0, column: column ?? 0 }, path, code, text, mend);
}

/** Leaves out faulty formulas, then those that name them, until the rest passes. */
function soundPart(vocabulary: FormulaVocabulary, problems: readonly FormulaProblem[]): CheckedFormulas | undefined {
  const faulty = new Set(problems.map(({ formula }) => formula));
  const rest = vocabulary.formulas.filter(({ code }) => !faulty.has(code));
  if (rest.length === vocabulary.formulas.length) return undefined;
  const checked = checkFormulas({ ...vocabulary, formulas: rest });
  return checked.formulas ?? soundPart({ ...vocabulary, formulas: rest }, checked.problems);
}

interface ParameterUse {
  readonly code: string;
  readonly type?: string;
}

/** Each service is computed for each of its types, so every parameter on the way must have a value for that type. */
export function checkParameterValues(
  { draft }: Building,
  services: readonly Service[],
  parameters: readonly ParameterDefinition[],
  formulas: CheckedFormulas,
): void {
  const missing = new Map<string, { types: Set<string>; unlimited: Set<string> }>();
  const limited = new Set(draft.entries('services').flatMap(({ raw }) => (raw.types ? [raw.code] : [])));
  for (const service of services) {
    const uses = parametersOf(service, formulas);
    for (const { code, type } of uses)
      for (const wanted of type === undefined ? service.types : [type]) {
        if (hasValue(parameters, code, wanted)) continue;
        const { types, unlimited } = missing.get(code) ?? { types: new Set(), unlimited: new Set() };
        missing.set(code, { types: types.add(wanted), unlimited });
        if (type === undefined && !limited.has(service.code)) unlimited.add(service.code);
      }
  }
  for (const { raw, path } of draft.entries('parameters')) {
    const lacking = missing.get(raw.code);
    if (!lacking || draft.damaged.has(raw.code)) continue;
    const types = [...lacking.types].join(', ');
    draft.log.add(
      [...path, 'values'],
      'norm.value-missing',
      {
        zh: `参数“${raw.code}”缺少类型 ${types} 的取值，而有服务要用到`,
        en: `parameter "${raw.code}" has no value for ${types}, where a service needs it`,
      },
      mendMissing([...lacking.unlimited], valuedTypes(parameters, raw.code)),
    );
  }
}

/** A service without `types` is for all of them, products too: it is restricted by naming those that have values. */
function mendMissing(unlimited: readonly string[], valued: readonly string[]): Bilingual {
  if (unlimited.length === 0)
    return {
      zh: '请补上取值，或把该类型从服务的 types 中去掉',
      en: 'add the value, or take the type out of `types` of the service',
    };
  const [services, types] = [unlimited.join(', '), `types: [${valued.join(', ')}]`];
  return {
    zh: `请补上取值，或给服务 ${services} 写上 ${types}：没有 types 的服务（包括产品服务）适用于全部类型`,
    en: `add the value, or restrict ${services} by ${types}: a service without \`types\`, of products too, is for all types`,
  };
}

const valuedTypes = (parameters: readonly ParameterDefinition[], code: string): string[] => {
  const values = parameters.find((parameter) => parameter.code === code)?.values ?? [];
  return [...new Set(values.flatMap(({ type }) => (type === undefined ? [] : [type])))];
};

function parametersOf({ quantity, price, gamma }: Service, formulas: CheckedFormulas): ParameterUse[] {
  const roots = [
    quantity.kind === 'formula' ? quantity.formula : undefined,
    price.kind === 'formula' ? price.formula : undefined,
  ];
  const uses = reachable(
    formulas,
    roots.filter((code) => code !== undefined),
  ).flatMap(({ tree }) => namedParameters(tree));
  if (price.kind === 'parameter') uses.push({ code: price.parameter });
  if (gamma.kind === 'parameter') uses.push({ code: gamma.parameter });
  return uses;
}

/** Codes of the formulas that sum over the days of the period, themselves or through others. */
export function formulasOverDays(formulas: CheckedFormulas): Set<string> {
  const sums = ({ tree }: CheckedFormula): boolean => sumsOverDays(tree);
  return new Set([...formulas.byCode.keys()].filter((code) => reachable(formulas, [code]).some(sums)));
}

function sumsOverDays(node: CheckedFormula['tree']): boolean {
  if (node.kind === 'sum' && node.over === 'days') return true;
  return 'operands' in node && node.operands.some(sumsOverDays);
}

function reachable({ byCode }: CheckedFormulas, roots: readonly string[]): CheckedFormula[] {
  const seen = new Set<string>();
  const queue = [...roots];
  for (let code = queue.pop(); code !== undefined; code = queue.pop()) {
    if (seen.has(code) || !byCode.has(code)) continue;
    seen.add(code);
    queue.push(...byCode.get(code)!.uses);
  }
  return [...seen].map((code) => byCode.get(code)!);
}

function namedParameters(node: CheckedFormula['tree']): ParameterUse[] {
  // A sum over all types names values of types that the service itself may not have; the compiler answers for those.
  if (node.kind === 'sum') return [];
  if (node.kind === 'parameter') return [{ code: node.code, type: node.key.type }];
  return 'operands' in node ? node.operands.flatMap(namedParameters) : [];
}

function hasValue(parameters: readonly ParameterDefinition[], code: string, type: string): boolean {
  const parameter = parameters.find((candidate) => candidate.code === code);
  return !parameter || parameter.values.some((value) => value.type === undefined || value.type === type);
}
