/** Checks the `[type=…, date=…, place=…]` of a parameter look-up. */
import { Bilingual, closestWord, isTerritoryCode } from '@gep/kernel';
import { FormulaVocabulary, ParameterDeclaration, ParameterKey } from '../declarations';
import { SpanProblem } from '../problem';
import { LookUpPart } from '../syntax/syntax-tree';

const keys = ['type', 'date', 'place'] as const;

/** The key that the parts give; problems are added to `problems`. */
export function checkLookUp(
  parameter: string,
  declaration: ParameterDeclaration,
  parts: readonly LookUpPart[],
  vocabulary: FormulaVocabulary,
  problems: SpanProblem[],
): ParameterKey {
  const key: { type?: string; date?: string; place?: string } = {};
  for (const part of parts) {
    const name = keys.find((known) => known === part.key);
    const refusal = name
      ? refusePart(name, part.value, parameter, declaration, vocabulary, key)
      : { code: 'formula.look-up' as const, text: unknownKey(part.key) };
    if (refusal) problems.push({ span: part.span, ...refusal });
    else if (name) key[name] = part.value;
  }
  return key;
}

function refusePart(
  name: (typeof keys)[number],
  value: string,
  parameter: string,
  { byType, byPlace }: ParameterDeclaration,
  { types }: FormulaVocabulary,
  sofar: ParameterKey,
): Omit<SpanProblem, 'span'> | undefined {
  const refuse = (zh: string, en: string) => ({ code: 'formula.look-up' as const, text: { zh, en } });
  if (sofar[name] !== undefined) return refuse(`“${name}”写了两次；请只留一个`, `"${name}" is given twice; keep one`);
  if (name === 'date' && !isDate(value))
    return refuse(`“${value}”不是日期；请写成 2015-12-31`, `"${value}" is not a date; write 2015-12-31`);
  if (name === 'place') {
    if (!isTerritoryCode(value))
      return refuse(
        `“${value}”不是地域代码；请写 CN、6、9 或 12 位数字`,
        `"${value}" is not a territory code; give CN, 6, 9 or 12 digits`,
      );
    if (!byPlace)
      return refuse(
        `参数“${parameter}”不按地域取值；请去掉 place=`,
        `parameter "${parameter}" has no values by place; remove place=`,
      );
  }
  if (name !== 'type') return undefined;
  if (!byType)
    return refuse(
      `参数“${parameter}”不按类型取值；请去掉 type=`,
      `parameter "${parameter}" has no values by type; remove type=`,
    );
  if (types.includes(value)) return undefined;
  const near = closestWord(value, types);
  return {
    code: 'formula.unknown-type',
    text: {
      zh: `生态系统类型“${value}”未知；${near ? `是否应为“${near}”？` : `已有：${types.join('、')}`}`,
      en: `ecosystem type "${value}" is not known; ${near ? `did you mean "${near}"?` : `known are ${types.join(', ')}`}`,
    },
  };
}

const unknownKey = (key: string): Bilingual => ({
  zh: `“${key}”不能用于查找；请用 type、date 或 place`,
  en: `"${key}" cannot be looked up by; use type, date or place`,
});

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
