/** A rule for people and for programs: columns, parameters with their sources, formulas, tables, payments. */
import { policyView, type PolicyRule } from '@gep/rulebook';
import type { Language } from '../../terminal/language';
import { showDecimal } from '../figures';

export function renderRule(rule: PolicyRule, language: Language): string {
  const view = policyView(rule);
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const list = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), ''];
  return [
    `${view.id} @ ${view.edition}`,
    `${view.title[language]} · ${view.mechanism} · ${view.valid.from} – ${view.valid.to ?? ''}`,
    '',
    ...list(
      say('来源', 'Sources'),
      view.sources.map(({ id, text, standing }) => `${id} [${standing}] ${text}`),
    ),
    ...list(
      say('输入的列', 'Columns of the input'),
      view.columns.map(({ code, name, unit, per }) => `${code} [${unit}] ${name[language]} (${per})`),
    ),
    ...list(
      say('参数', 'Parameters'),
      view.parameters.flatMap(({ code, name, unit, values }) =>
        values.map(
          ({ value, from, grade, source }) =>
            `${code} = ${showDecimal(value)} ${unit} ${say('自', 'from')} ${from} · ${grade} · ${source} (${name[language]})`,
        ),
      ),
    ),
    ...list(
      say('判定表', 'Tables'),
      view.tables.map(
        ({ code, inputs, outputs, rows, hit }) =>
          `${code}: ${inputs.join(', ')} → ${outputs.join(', ')} (${rows}, ${hit})`,
      ),
    ),
    ...list(
      say('公式', 'Formulas'),
      view.formulas.map(({ code, expression }) => `${code} = ${expression}`),
    ),
    ...list(
      say('支付', 'Payments'),
      view.payments.map(({ code, name, kind, from, to }) => `${code} (${kind}): ${from} → ${to} · ${name[language]}`),
    ),
    ...list(
      say('说明', 'Notes'),
      view.notes.map(({ about, note }) => `${about === '' ? '' : `${about}: `}${note[language]}`),
    ),
    ...list(
      say('启用前须由具名的人确认：', 'A named person must confirm before it is put in force:'),
      view.needsConfirmation.map((reason) => reason[language]),
    ),
  ]
    .join('\n')
    .trimEnd();
}
