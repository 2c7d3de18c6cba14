/** Indicators of one account as text: values, what each was made of, and how areas changed. */
import type { DynamicDegree, Indicator } from '@gep/accounting';
import type { Bilingual } from '@gep/kernel';
import type { Language } from '../../terminal/language';
import { formatQuantity, showDecimal, showUnit } from '../figures';
import { formatRelative } from '../render-comparison';
import { gradeNames, type Names } from '../render-account';
import { renderTable } from '../text-table';

const words = {
  indicator: { zh: '指标', en: 'Indicator' },
  formula: { zh: '算式', en: 'Formula' },
  value: { zh: '数值', en: 'Value' },
  unit: { zh: '单位', en: 'Unit' },
  grade: { zh: '证据等级', en: 'Evidence' },
  missing: { zh: '缺', en: 'needs' },
  sources: { zh: '出处', en: 'Sources' },
  type: { zh: '生态系统类型', en: 'Ecosystem type' },
  before: { zh: '期初面积', en: 'Area before' },
  after: { zh: '期末面积', en: 'Area after' },
  degree: { zh: '动态度（每年）', en: 'Dynamic degree (per year)' },
} satisfies Record<string, Bilingual>;

interface ShownIndicators {
  readonly territory: string;
  readonly period: string;
  readonly norm: { readonly id: string };
  readonly indicators: readonly Indicator[];
  readonly dynamicDegrees?: readonly DynamicDegree[];
  readonly refusal?: { readonly text: Bilingual };
}

export function renderIndicators(shown: ShownIndicators, names: Names, language: Language): string {
  const { territory, period, norm, indicators, dynamicDegrees, refusal } = shown;
  const rows = indicators.map(({ name, expression, value, unit, missing, grade }) => [
    name[language],
    expression,
    value === null ? `${words.missing[language]} ${missing.join(', ')}` : showDecimal(value),
    value === null ? '' : showUnit(unit, language),
    grade === null ? '' : gradeNames[grade][language],
  ]);
  const sources = new Map(indicators.flatMap((indicator) => Object.entries(indicator.sources)));
  return [
    `${territory} · ${period} · ${norm.id}`,
    renderTable(
      [
        { heading: words.indicator[language] },
        { heading: words.formula[language] },
        { heading: words.value[language], numeric: 'point' },
        { heading: words.unit[language] },
        { heading: words.grade[language] },
      ],
      rows,
    ),
    [`${words.sources[language]}:`, ...[...sources].map(([name, source]) => `  ${name}: ${source}`)].join('\n'),
    ...(refusal ? [`${words.degree[language]}: ${refusal.text[language]}`] : []),
    ...(dynamicDegrees ? [renderDegrees(dynamicDegrees, names, language)] : []),
  ].join('\n\n');
}

function renderDegrees(degrees: readonly DynamicDegree[], names: Names, language: Language): string {
  return renderTable(
    [
      { heading: words.type[language] },
      { heading: words.before[language], numeric: 'point' },
      { heading: words.after[language], numeric: 'point' },
      { heading: words.degree[language], numeric: true },
    ],
    degrees.map(({ type, before, after, perYear }) => [
      names(type),
      formatQuantity(before),
      formatQuantity(after),
      perYear === null ? '—' : formatRelative(Number(perYear)),
    ]),
  );
}
