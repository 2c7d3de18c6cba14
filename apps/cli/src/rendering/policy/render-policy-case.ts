/** A published case of a policy: each printed figure beside ours, to the fen, with the remarks on it. */
import type { ComparedFigure, PolicyCase } from '@gep/rulebook';
import type { Language } from '../../terminal/language';
import { showDecimal } from '../figures';
import { renderTable } from '../text-table';

/** @param figures those that are shown of the case */
export function renderPolicyCase(
  { case: name, title, source, notes, runs }: PolicyCase,
  figures: readonly ComparedFigure[],
  language: Language,
): string {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const table = renderTable(
    [
      { heading: say('项目', 'Figure') },
      { heading: say('规则', 'Rule') },
      { heading: say('刊载', 'Printed'), numeric: 'point' },
      { heading: say('本平台', 'Ours'), numeric: 'point' },
      { heading: say('差', 'Difference'), numeric: 'point' },
      { heading: '' },
    ],
    figures.map((figure) => [
      ...[figure.name[language], figure.rule, showDecimal(figure.printed), showDecimal(figure.ours)],
      showDecimal(figure.difference),
      [
        figure.isEqual ? say('一致', 'equal') : say('不一致', 'differs'),
        ...(figure.isDerived ? [say('由刊载数推得', 'follows from what is printed')] : []),
      ].join(say('；', '; ')),
    ]),
  );
  const rules = [...new Set(runs.map(({ rule }) => rule))]
    .map((rule) => `gep policy show ${rule}`)
    .join(say('；', '; '));
  return [
    `${name} · ${title[language]}\n${source[language]}`,
    `${say('金额单位为元，比较到分', 'money in yuan, compared to the fen')}\n${table}`,
    notes.map((note, at) => `[${at + 1}] ${note[language]}`).join('\n'),
    say(`规则全文：${rules}`, `The rule in full: ${rules}`),
  ].join('\n\n');
}
