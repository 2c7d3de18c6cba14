/** Shows a list of credit for people: behaviours, grades, measures, and the terms of loans and points. */
import type { Bilingual } from '@gep/kernel';
import type { creditView } from '@gep/rulebook';
import type { Language } from '../../terminal/language';
import { renderTable } from '../text-table';

const headings = {
  act: { zh: '行为', en: 'Behaviour' },
  points: { zh: '清单分值', en: 'Points' },
  cap: { zh: '年度上限', en: 'Yearly cap' },
  years: { zh: '有效年数', en: 'Years' },
  item: { zh: '措施', en: 'Measure' },
  kind: { zh: '种类', en: 'Kind' },
  law: { zh: '依据', en: 'Law' },
} satisfies Record<string, Bilingual>;

const table = (
  language: Language,
  names: readonly (keyof typeof headings)[],
  rows: readonly (readonly string[])[],
): string =>
  renderTable(
    names.map((name) => ({ heading: headings[name][language] })),
    rows,
  );

export function renderCatalogue(list: ReturnType<typeof creditView>, language: Language): string {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const behaviours = list.behaviours.map(({ code, name, points, yearlyCap, years }) => [
    ...[`${code} ${name[language]}`, points ?? say('未公布', 'not published'), yearlyCap ?? '', String(years ?? '')],
  ]);
  const measures = list.measures.map(({ code, name, kind, law }) => [
    `${code} ${name[language]}`,
    kind,
    law?.[language] ?? '',
  ]);
  const grades = list.grades.map(({ code, from }) => `${code} ≥ ${from}`).join('  ');
  const counts = list.counts.map(({ what, published, named }) =>
    say(
      `${what}：来源计 ${published} 项，写明 ${named} 项，其余 ${published - named} 项为空`,
      `${what}: ${published} by the source, ${named} named, the other ${published - named} empty`,
    ),
  );
  return [
    say(`基础分 ${list.base}`, `Base ${list.base}`),
    ...(behaviours.length > 0 ? [table(language, ['act', 'points', 'cap', 'years'], behaviours)] : []),
    ...(grades === '' ? [] : [say(`等级：${grades}`, `Grades: ${grades}`)]),
    ...(measures.length > 0 ? [table(language, ['item', 'kind', 'law'], measures)] : []),
    ...termsOf(list, say),
    ...counts,
  ].join('\n');
}

function termsOf(
  { loan, points }: Pick<ReturnType<typeof creditView>, 'loan' | 'points'>,
  say: (zh: string, en: string) => string,
): string[] {
  const loans = loan && [
    say(
      `贷款：信用至多 ${loan.unsecured} 元，担保至多 ${loan.guaranteed} 元，至多 ${loan.years} 年${loan.pledge ? '，须签保护承诺' : ''}`,
      `Loans: up to ${loan.unsecured} yuan unsecured, ${loan.guaranteed} guaranteed, ${loan.years} years${loan.pledge ? ', the pledge signed' : ''}`,
    ),
    ...(loan.byGrade ?? []).map(({ code, unsecured, guaranteed }) =>
      say(`  ${code} 级：${unsecured} 元、${guaranteed} 元`, `  grade ${code}: ${unsecured} yuan, ${guaranteed} yuan`),
    ),
  ];
  const months = points?.months;
  const goods = points && [
    months === null || months === undefined
      ? say('积分可兑换商品，不失效', 'Points buy goods and do not expire')
      : say(`积分可兑换商品，${months} 个月后失效`, `Points buy goods and expire after ${months} months`),
  ];
  return [...(loans ?? []), ...(goods ?? [])];
}
