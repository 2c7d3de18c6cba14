/** A formula of a rule in words: the names of things instead of their codes, and in Chinese the functions too. */
import type { Bilingual } from '@gep/kernel';
import type { Language } from '../../terminal/language';

/** Of the functions and words of the language of rules, for those who do not write it. */
const chinese: Readonly<Record<string, string>> = {
  ...{ min: '取小', max: '取大', clamp: '限于', abs: '绝对值', if: '如果', round: '四舍五入', floor: '向下取整' },
  ...{ ceil: '向上取整', root: '开方', exp: '自然指数', ln: '自然对数', is: '属于', order: '位次', sum: '合计' },
  ...{ mean: '平均', median: '中位数', lowest: '最小', highest: '最大', rank: '名次', count: '个数', running: '累计' },
  ...{
    year: '年份',
    quarter: '季度',
    month: '月份',
    previous: '上期',
    lastYear: '上年同期',
    at: '某年',
    before: '此前',
  },
  ...{ same: '同', and: '且', or: '或', not: '非', yes: '是', no: '否', units: '各单位' },
};

/** @param names of the codes of the rule; a unit in square brackets stays as it is written */
export function inWords(text: string, names: ReadonlyMap<string, Bilingual>, language: Language): string {
  return text
    .replace(/\[[^\]]*\]|[\p{L}_][\p{L}\p{N}_]*/gu, (word) => {
      if (word.startsWith('[')) return word.slice(1, -1);
      const name = names.get(word)?.[language];
      if (name !== undefined) return language === 'en' ? `‹${name}›` : name;
      return (language === 'zh' ? chinese[word] : undefined) ?? word;
    })
    .replaceAll(' * ', ' × ')
    .replaceAll('<=', '≤')
    .replaceAll('>=', '≥')
    .replaceAll('!=', '≠');
}
