/** Says what a name means in the scope where it stands, or why it means nothing there. */
import { Bilingual, closestWord, dimensionless, Unit } from '@gep/kernel';
import { calendarNames, isCalendarName } from '../days/day-table';
import { FormulaScope, FormulaVocabulary } from '../declarations';
import { FormulaProblemCode } from '../problem';

/** The scope a node stands in; inside `sum(…)` of a territory formula its own territory formulas stay visible. */
export interface NameScope {
  readonly scope: FormulaScope;
  readonly insideSum: boolean;
}

/** What a name stands for, with its unit; or the refusal. */
export type Resolved =
  | {
      readonly kind: 'attribute' | 'field' | 'series' | 'parameter' | 'formula' | 'attribute-total' | 'formula-total';
      readonly unit: Unit;
    }
  | { readonly kind: 'refused'; readonly code: FormulaProblemCode; readonly text: Bilingual };

const scopeNames: Readonly<Record<FormulaScope, Bilingual>> = {
  patch: { zh: '图斑（patch）', en: 'patch' },
  type: { zh: '生态系统类型（type）', en: 'type' },
  product: { zh: '产品（product）', en: 'product' },
  day: { zh: '逐日（day）', en: 'day' },
  territory: { zh: '地域（territory）', en: 'territory' },
};

/** The attribute whose sum over patches has a meaning. */
const extensiveAttribute = 'area';

/** Looks a bare name up in the vocabulary under the rules of the scope. */
export function resolveName(name: string, at: NameScope, vocabulary: FormulaVocabulary): Resolved {
  const parameter = vocabulary.parameters.get(name);
  if (at.scope === 'day' && isCalendarName(name)) return { kind: 'series', unit: dimensionless };
  if (parameter) {
    if (parameter.byType && (at.scope === 'territory' || at.scope === 'day')) return refuseByType(name, vocabulary);
    return { kind: 'parameter', unit: parameter.unit };
  }
  const attribute = vocabulary.attributes.get(name);
  if (attribute) return resolveAttribute(name, attribute, at);
  const series = vocabulary.series?.get(name);
  if (series) return at.scope === 'day' ? { kind: 'series', unit: series } : refuseSeries(name, at);
  const field = vocabulary.productFields.get(name);
  if (field && at.scope === 'product') return { kind: 'field', unit: field };
  const formula = vocabulary.formulas.find(({ code }) => code === name);
  if (formula) return resolveFormula(name, formula.scope, formula.unit, at);
  if (field) return refuseField(name, at);
  return refuseUnknown(name, vocabulary);
}

function resolveAttribute(name: string, unit: Unit, { scope }: NameScope): Resolved {
  if (scope === 'patch') return { kind: 'attribute', unit };
  if (scope === 'type' && name === extensiveAttribute) return { kind: 'attribute-total', unit };
  const mend: Bilingual =
    name === extensiveAttribute && scope === 'territory'
      ? { zh: `请写 sum(types, ${name})`, en: `write sum(types, ${name})` }
      : { zh: '请在 patch 公式中使用它，再引用该公式', en: 'use it in a patch formula and name that formula here' };
  return {
    kind: 'refused',
    code: 'formula.wrong-scope',
    text: {
      zh: `“${name}”是图斑的一列，在${scopeNames[scope].zh}公式中没有单一的值；${mend.zh}`,
      en: `"${name}" is a column of patches and has no single value in a ${scopeNames[scope].en} formula; ${mend.en}`,
    },
  };
}

function resolveFormula(name: string, of: FormulaScope, unit: Unit, at: NameScope): Resolved {
  if (of === at.scope || (of === 'territory' && at.insideSum)) return { kind: 'formula', unit };
  if (of === 'patch' && at.scope === 'type') return { kind: 'formula-total', unit };
  return {
    kind: 'refused',
    code: 'formula.wrong-scope',
    text: {
      zh: `公式“${name}”按${scopeNames[of].zh}计算，不能用在${scopeNames[at.scope].zh}公式中；${mendFormula(name, of, at).zh}`,
      en: `formula "${name}" is computed per ${scopeNames[of].en} and cannot be used in a ${scopeNames[at.scope].en} formula; ${mendFormula(name, of, at).en}`,
    },
  };
}

function mendFormula(name: string, of: FormulaScope, { scope }: NameScope): Bilingual {
  if (of === 'day' && scope === 'patch') return { zh: `请写 sum(days, ${name})`, en: `write sum(days, ${name})` };
  if (scope === 'territory') {
    const sum = of === 'product' ? `sum(products, ${name})` : `sum(types, ${name})`;
    return { zh: `请写 ${sum}`, en: `write ${sum}` };
  }
  return {
    zh: `请把本公式的 scope 改为 ${of}，或把“${name}”改为 ${scope}`,
    en: `give this formula the scope ${of}, or "${name}" the scope ${scope}`,
  };
}

const refuseByType = (name: string, { types }: FormulaVocabulary): Resolved => ({
  kind: 'refused',
  code: 'formula.wrong-scope',
  text: {
    zh: `参数“${name}”按生态系统类型取值，在地域公式和逐日公式中没有单一的值；请写 ${name}[type=${types[0]}]，或在地域公式中放进 sum(types, …)，或放到 sum(days, …) 之外`,
    en: `parameter "${name}" has a value for each ecosystem type and no single value in a territory or day formula; write ${name}[type=${types[0]}], put it into sum(types, …) of a territory formula, or outside of sum(days, …)`,
  },
});

const refuseSeries = (name: string, { scope }: NameScope): Resolved => ({
  kind: 'refused',
  code: 'formula.wrong-scope',
  text: {
    zh: `“${name}”是逐日序列，在${scopeNames[scope].zh}公式中没有单一的值；请${scope === 'patch' ? '' : '在 patch 公式中'}写 sum(days, ${name})`,
    en: `"${name}" is a daily series and has no single value in a ${scopeNames[scope].en} formula; write sum(days, ${name})${scope === 'patch' ? '' : ' in a patch formula'}`,
  },
});

const refuseField = (name: string, { scope }: NameScope): Resolved => ({
  kind: 'refused',
  code: 'formula.wrong-scope',
  text: {
    zh: `“${name}”是产品行的字段，不能用在${scopeNames[scope].zh}公式中；请写 product 公式${scope === 'territory' ? `，或 sum(products, ${name})` : ''}`,
    en: `"${name}" is a field of a product row and cannot be used in a ${scopeNames[scope].en} formula; write a product formula${scope === 'territory' ? ` or sum(products, ${name})` : ''}`,
  },
});

function refuseUnknown(name: string, vocabulary: FormulaVocabulary): Resolved {
  const known = [
    ...vocabulary.parameters.keys(),
    ...vocabulary.attributes.keys(),
    ...vocabulary.formulas.map(({ code }) => code),
    ...vocabulary.productFields.keys(),
    ...(vocabulary.series?.keys() ?? []),
    ...calendarNames,
  ];
  if (name === 'output' || name === 'price') return refuseMixedField(name);
  const near = closestWord(name, known);
  return {
    kind: 'refused',
    code: 'formula.unknown-name',
    text: {
      zh: `名称“${name}”未知；${near ? `是否应为“${near}”？` : ''}它须是参数、属性、产品字段、逐日序列或其他公式的代码`,
      en: `name "${name}" is not known; ${near ? `did you mean "${near}"? ` : ''}it must be the code of a parameter, an attribute, a product field, a daily series or another formula`,
    },
  };
}

/** A field is offered only where all products have it in one unit. */
const refuseMixedField = (name: string): Resolved => ({
  kind: 'refused',
  code: 'formula.unknown-name',
  text: {
    zh: `“${name}”只有在规范的所有产品单位相同时才能使用；请为各产品分设服务（quantity: {measured: …}，价格用 territory 公式），或把产量作为面积表的一列、各品种各设一个类型`,
    en: `"${name}" can be used only where all products of the norm have one unit; give each product a service (quantity: {measured: …}, its price a territory formula), or make the output a column of the areas table with a type for each product`,
  },
});
