/** Builds a reason from its code, its sentence and its mend, in both languages. */
import { Bilingual } from '@gep/kernel';
import { Reason } from './cell-problem';

export const error = (code: string, zh: string, en: string, mendZh: string, mendEn: string): Reason => ({
  severity: 'error',
  code: `observation.${code}`,
  text: { zh, en },
  mend: { zh: mendZh, en: mendEn },
});
export const warning = (...parts: Parameters<typeof error>): Reason => ({ ...error(...parts), severity: 'warning' });

export const meantZh = (guess?: string): string => (guess === undefined ? '' : `是否为“${guess}”？`);
export const meantEn = (guess?: string): string => (guess === undefined ? '' : `Did you mean "${guess}"? `);

/** A code of the norm with its name, as far as the vocabulary has one. */
export interface Word {
  readonly code: string;
  readonly name?: Bilingual;
}

/** What the columns of the tables are called, beside the attributes of the norm. */
const columnNames: Readonly<Record<string, string>> = {
  ...{ territory: '地域', period: '核算期', type: '生态系统类型', patch: '图斑', area: '面积' },
  ...{ attribute: '属性', value: '值', unit: '单位', item: '统计项', quantity: '数量', price: '单价' },
  ...{ date: '日期' },
  ...{ low: '下限', high: '上限', distribution: '分布' },
  ...{ priceLow: '单价下限', priceHigh: '单价上限', priceDistribution: '单价分布' },
};

/** `面积（area）` for Chinese sentences, the code alone for English ones. */
export function inSentence(word: Word | string): Bilingual {
  const { code, name } = typeof word === 'string' ? { code: word, name: undefined } : word;
  const chinese = name?.zh ?? (Object.hasOwn(columnNames, code) ? columnNames[code] : undefined);
  return { zh: chinese === undefined || chinese === code ? code : `${chinese}（${code}）`, en: code };
}

/** The first of a list, for both languages. */
export function listed(known: readonly (Word | string)[]): Bilingual {
  const shown = known.slice(0, 12).map(inSentence);
  const more = known.length > shown.length;
  return {
    zh: shown.map(({ zh }) => zh).join('、') + (more ? '等' : ''),
    en: shown.map(({ en }) => en).join(', ') + (more ? ', …' : ''),
  };
}
