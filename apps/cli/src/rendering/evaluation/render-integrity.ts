/** Hints of the checks of integrity as plain text. */
import type { IntegrityAnswer } from '@gep/evaluation';
import type { Language } from '../../terminal/language';

const most = 12;

export function renderIntegrity(
  { territory, year, hints, scores, compared }: IntegrityAnswer,
  language: Language,
): string {
  const words = {
    zh: {
      none: '没有提示。',
      note: '提示不改变评分，须由人核实。',
      measured: '测得',
      threshold: '阈值',
      method: '方法',
      compared: `比较：${compared.territories.length} 个地域，${compared.figures} 个数字，${compared.targets} 个目标；邻县：${compared.neighbours.join('、') || '无'}（${compared.neighbourSource ?? '未声明，取全部并列地域'}）`,
      scores: '有关的评分',
      more: (left: number) => `另有 ${left} 个`,
    },
    en: {
      none: 'There is no hint.',
      note: 'A hint changes no score; a person has to look.',
      measured: 'measured',
      threshold: 'threshold',
      method: 'method',
      compared: `compared: ${compared.territories.length} territories, ${compared.figures} figures, ${compared.targets} targets; neighbours: ${compared.neighbours.join(', ') || 'none'} (${compared.neighbourSource ?? 'none declared, all beside it'})`,
      scores: 'scores beside',
      more: (left: number) => `${left} more`,
    },
  }[language];
  return [
    `${territory} ${year}`,
    ...(hints.length === 0 ? [words.none] : []),
    ...hints.flatMap(({ name, figures, measured, threshold, method, source }) => [
      `${name[language]}: ${words.measured} ${measured}, ${words.threshold} ${threshold}`,
      ...figures.slice(0, most).map(({ item, value, against, of }) => `  ${item}: ${value} / ${against} (${of})`),
      ...(figures.length > most ? [`  ${words.more(figures.length - most)}`] : []),
      `  ${words.method}: ${method[language]} (${source[language]})`,
    ]),
    words.compared,
    ...(scores.length > 0 ? [`${words.scores}: ${scores.map(({ run }) => run).join(', ')}`] : []),
    ...(hints.length > 0 ? [words.note] : []),
  ].join('\n');
}
