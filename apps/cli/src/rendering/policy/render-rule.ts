/** A rule for people and for programs: columns, parameters with their sources, formulas, tables, payments. */
import { policyView, type PolicyRule } from '@gep/rulebook';
import type { Language } from '../../terminal/language';
import { renderCatalogue } from '../credit/render-credit';
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
    ...(view.scorecard ? renderScorecard(view.scorecard, language) : []),
    ...list(
      say('公式', 'Formulas'),
      view.formulas.map(({ code, expression }) => `${code} = ${expression}`),
    ),
    ...list(say('信用清单', 'List of credit'), view.credit ? renderCatalogue(view.credit, language).split('\n') : []),
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

type ShownScorecard = NonNullable<ReturnType<typeof policyView>['scorecard']>;

/** Levels with what they are worth, indicators below them, grades, vetoes and measures; first of all what is not known. */
function renderScorecard(card: ShownScorecard, language: Language): string[] {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const titled = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), ''];
  const sourceOf = ({ source }: ShownScorecard['indicators'][number]): string =>
    source.kind === 'department' ? source.department : source.kind;
  return [
    ...titled(
      say('还不能计分，缺：', 'Nothing can be scored yet; lacking:'),
      card.lacking.map((one) => one[language]),
    ),
    ...titled(say(`指标（总分 ${card.total}）`, `Indicators (of ${card.total} points)`), [
      ...card.levels.map(({ code, name, weight }) => `${code} ${name[language]}: ${weight}`),
      ...card.indicators.map(
        (one) =>
          `${one.theme} · ${one.code} ${one.name[language]}: ${one.weight ?? '–'} (${one.kind}, ${sourceOf(one)})`,
      ),
    ]),
    ...titled(
      say('等级', 'Grades'),
      card.grades.map(({ code, name, from }) => `${code} ${name[language]}${from === null ? '' : ` ≥ ${from}`}`),
    ),
    ...titled(
      say('一票否决', 'Vetoes'),
      card.vetoes.map(({ fact, grade, award, refer, source }) =>
        [fact, grade, award && say('不得奖励', 'no award'), refer && say('移送', 'referred'), `[${source}]`]
          .filter((one) => one !== undefined)
          .join(' · '),
      ),
    ),
    ...titled(
      say('奖惩', 'Measures'),
      card.measures.map(
        ({ code, name, kind, grades, source }) =>
          `${code} ${name[language]} (${kind}): ${grades.join(', ')} [${source}]`,
      ),
    ),
    ...titled(
      say('供数部门', 'Departments'),
      card.departments.map(({ code, name, due, columns }) => `${code} ${name[language]} ${due}: ${columns.join(', ')}`),
    ),
  ];
}
