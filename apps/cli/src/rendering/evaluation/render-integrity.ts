/** Hints of the checks of integrity as plain text. */
import type { HintsBesideScore, IntegrityAnswer } from '@gep/evaluation';
import type { Language } from '../../terminal/language';

const most = 12;

const note = { zh: '提示不改变评分，须由人核实。', en: 'A hint changes no score; a person has to look.' };
const words = {
  zh: { measured: '测得', threshold: '阈值', method: '方法', more: (left: number) => `另有 ${left} 个` },
  en: { measured: 'measured', threshold: 'threshold', method: 'method', more: (left: number) => `${left} more` },
};

const hintLines = (hints: IntegrityAnswer['hints'], language: Language): string[] =>
  hints.flatMap(({ name, figures, measured, threshold, method, source }) => {
    const say = words[language];
    return [
      `${name[language]}: ${say.measured} ${measured}, ${say.threshold} ${threshold}`,
      ...figures.slice(0, most).map(({ item, value, against, of }) => `  ${item}: ${value} / ${against} (${of})`),
      ...(figures.length > most ? [`  ${say.more(figures.length - most)}`] : []),
      `  ${say.method}: ${method[language]} (${source[language]})`,
    ];
  });

/** Below the points of a unit. */
export function renderHintsBeside({ hints, notCompared }: HintsBesideScore, language: Language): string {
  const head = { zh: '数据提示（不计入评分）', en: 'hints on the figures (not in the score)' }[language];
  const none = { zh: '没有提示。', en: 'There is no hint.' }[language];
  const not = { zh: '未能比较', en: 'not compared' }[language];
  return [
    `${head}:`,
    ...(hints.length === 0 && notCompared.length === 0 ? [none] : []),
    ...hintLines(hints, language),
    ...notCompared.map((why) => `${not}: ${why[language]}`),
    ...(hints.length > 0 ? [note[language]] : []),
  ].join('\n');
}

export function renderIntegrity(
  { territory, year, hints, scores, compared }: IntegrityAnswer,
  language: Language,
): string {
  const said = {
    zh: {
      none: '没有提示。',
      compared: `比较：${compared.territories.length} 个地域，${compared.figures} 个数字，${compared.targets} 个目标；邻县：${compared.neighbours.join('、') || '无'}（${compared.neighbourSource ?? '未声明，取全部并列地域'}）`,
      scores: '有关的评分',
    },
    en: {
      none: 'There is no hint.',
      compared: `compared: ${compared.territories.length} territories, ${compared.figures} figures, ${compared.targets} targets; neighbours: ${compared.neighbours.join(', ') || 'none'} (${compared.neighbourSource ?? 'none declared, all beside it'})`,
      scores: 'scores beside',
    },
  }[language];
  return [
    `${territory} ${year}`,
    ...(hints.length === 0 ? [said.none] : []),
    ...hintLines(hints, language),
    said.compared,
    ...(scores.length > 0 ? [`${said.scores}: ${scores.map(({ run }) => run).join(', ')}`] : []),
    ...(hints.length > 0 ? [note[language]] : []),
  ].join('\n');
}
