/** A rule for people: columns, parameters with their sources, formulas, tables, payments with every expression. */
import type { Bilingual } from '@gep/kernel';
import { policyView, type PolicyRule } from '@gep/rulebook';
import type { Language } from '../../terminal/language';
import { renderCatalogue } from '../credit/render-catalogue';
import { showDecimal, showUnit } from '../figures';
import { gradeNames } from '../render-account';
import { inWords } from './in-words';
import { renderPayment } from './render-payment';

type View = ReturnType<typeof policyView>;

const standings: Readonly<Record<View['sources'][number]['standing'], Bilingual>> = {
  L: { zh: '法律', en: 'law' },
  A: { zh: '官方或经评审', en: 'official or reviewed' },
  B: { zh: '报刊', en: 'press' },
  C: { zh: '转载', en: 'reprint' },
  U: { zh: '未找到', en: 'not found' },
};
const scopes: Readonly<Record<View['columns'][number]['per'], Bilingual>> = {
  total: { zh: '整体一个', en: 'one for the whole' },
  unit: { zh: '每单位', en: 'each unit' },
  row: { zh: '每行', en: 'each row' },
};

/** Everything that the rule decides by; an expression stands as it is written, and after `=` in words where these differ. */
export function renderRule(rule: PolicyRule, language: Language): string {
  const view = policyView(rule);
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const list = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), ''];
  const both = inBoth(rule, language);
  return [
    `${view.id} @ ${view.edition}`,
    `${view.title[language]} · ${view.mechanism} · ${view.valid.from} – ${view.valid.to ?? ''}`,
    '',
    ...list(
      say('来源', 'Sources'),
      view.sources.map((source) => renderSource(source, language)),
    ),
    ...list(
      say('输入的列', 'Columns of the input'),
      view.columns.map((column) => renderColumn(column, language)),
    ),
    ...list(
      say('参数', 'Parameters'),
      view.parameters.flatMap((parameter) => renderParameter(parameter, language)),
    ),
    ...list(
      say('判定表', 'Tables'),
      view.tables.flatMap((table) => renderCases(table, both, language)),
    ),
    ...(view.scorecard ? renderScorecard(view.scorecard, language) : []),
    ...list(
      say('公式', 'Formulas'),
      view.formulas.map(
        ({ code, expression, name, unit = '1' }) =>
          `${code} ${name?.[language] ?? ''} [${showUnit(unit, language) || '1'}]: ${both(expression)}`,
      ),
    ),
    ...list(
      say('核对（不成立则不计算）', 'Checks (nothing is decided unless they hold)'),
      view.checks.map(({ name, expression }) => `${name[language]}: ${both(expression)}`),
    ),
    ...list(say('信用清单', 'List of credit'), view.credit ? renderCatalogue(view.credit, language).split('\n') : []),
    ...list(
      say('支付', 'Payments'),
      view.payments.flatMap((payment) => renderPayment(payment, language, both)),
    ),
    ...list(say('结果中列出', 'Shown in the result'), view.show.length > 0 ? [view.show.map(both).join(', ')] : []),
    ...list(
      say('说明', 'Notes'),
      view.notes.map(({ about, note }) => `${about === '' ? '' : `${about}: `}${note[language]}`),
    ),
    ...list(
      say('不知道或未证实的', 'Not known, or not attested'),
      view.needsConfirmation.length > 0 ? [] : view.incomplete.map((one) => one[language]),
    ),
    ...list(
      say('启用前须由具名的人确认：', 'A named person must confirm before it is put in force:'),
      view.needsConfirmation.map((reason) => reason[language]),
    ),
  ]
    .join('\n')
    .trimEnd();
}

/** An expression in codes, and after it in the names of the things where these differ. */
function inBoth({ names: values, parties }: PolicyRule, language: Language): (text: string) => string {
  const named = [...values].map(([code, { name }]) => [code, name] as const);
  const names = new Map([...named, ...parties.map(({ code, name }) => [code, name] as const)]);
  return (text) => {
    const worded = inWords(text, names, language);
    if (worded === text) return text;
    return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text) ? `${text} ${worded}` : `${text}   = ${worded}`;
  };
}

const renderSource = ({ id, text, standing, url }: View['sources'][number], language: Language): string =>
  `${id} [${standing} ${standings[standing][language]}] ${text}${url === undefined ? '' : ` ${url}`}`;

const renderParameter = (
  { code, name, unit, values }: View['parameters'][number],
  language: Language,
): readonly string[] =>
  values.map(({ value, from, grade, source }) => {
    const since = { zh: '自', en: 'from' }[language];
    const amount = `${showDecimal(value)} ${showUnit(unit, language)}`.trim();
    return `${code} ${name[language]} = ${amount} ${since} ${from} · ${gradeNames[grade][language]} · ${source}`;
  });

/** A word may be nothing at all. */
const whenEmpty = (fallback: string): Bilingual =>
  fallback === ''
    ? { zh: '可空缺', en: 'may be left empty' }
    : { zh: `空缺时 ${fallback}`, en: `${fallback} when empty` };

function renderColumn(column: View['columns'][number], language: Language): string {
  const { code, name, unit, per, min, max, values, default: fallback } = column;
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const more = [
    scopes[per][language],
    ...(min === undefined && max === undefined ? [] : [`${min ?? '…'} – ${max ?? '…'}`]),
    ...(values ? [values.join(say('、', ', '))] : []),
    ...(fallback === undefined ? [] : [whenEmpty(fallback)[language]]),
  ];
  return `${code} [${unit}] ${name[language]} (${more.join(say('；', '; '))})`;
}

/** A table as sentences: when this, then that. */
function renderCases(
  { code, name, hit, inputs, outputs, rows, cases, otherwise, units }: View['tables'][number],
  both: (text: string) => string,
  language: Language,
): string[] {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const unitOf = (output: string): string => {
    const unit = units?.[output] ?? '';
    return unit === 'text' || unit === 'yes-no' ? '' : ` ${showUnit(unit, language)}`.trimEnd();
  };
  const conditions = (when: Readonly<Record<string, string | readonly string[]>>): string =>
    Object.entries(when)
      .map(([input, cell]) => `${both(input)}: ${[cell].flat().join(say(' 或 ', ' or '))}`)
      .join(say('；', '; ')) || say('任何情形', 'anything');
  const results = (then: Readonly<Record<string, string>>): string =>
    Object.entries(then)
      .map(([output, value]) => `${output} = ${both(value)}${/^[-\d./%]+$/.test(value) ? unitOf(output) : ''}`)
      .join(say('；', '; '));
  return [
    `${code} ${name[language]}: ${inputs.join(', ')} → ${outputs.join(', ')}${cases ? '' : ` (${rows})`}${hit === 'first' ? say('；先列者先取', '; the earlier row is taken') : ''}`,
    ...(cases ?? []).map(({ when, then }) => `  ${conditions(when)} → ${results(then)}`),
    ...(otherwise ? [`  ${say('其余', 'otherwise')} → ${results(otherwise)}`] : []),
  ];
}

type ShownScorecard = NonNullable<View['scorecard']>;

/** Levels with what they are worth, indicators below them, grades, vetoes and measures; first of all what is not known. */
function renderScorecard(card: ShownScorecard, language: Language): string[] {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const titled = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), ''];
  const sourceOf = ({ source }: ShownScorecard['indicators'][number]): string =>
    source.kind === 'department'
      ? source.department
      : source.kind === 'scores'
        ? `scores: ${source.scorecard}`
        : source.kind;
  const { term } = card;
  return [
    ...(term
      ? [
          say(
            `一次考核 ${term.years} 年，期末如 ${term.last} 年`,
            `Judges ${term.years} years at once, as those up to ${term.last}`,
          ),
          '',
        ]
      : []),
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
      card.vetoes.map(({ fact, grade, lower, award, refer, source }) =>
        [
          ...[fact, grade, lower && say(`降 ${lower} 级`, `lower by ${lower}`)],
          ...[award && say('不得奖励', 'no award'), refer && say('移送', 'referred'), `[${source}]`],
        ]
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
