/** A condition account as text: for each period the indicators by type, the indices, and the variables that are missing. */
import type { ConditionAccount, ConditionDirection, ConditionInput, ReferenceKind } from '@gep/accounting';
import { Fraction, type Bilingual } from '@gep/kernel';
import type { Language } from '../../terminal/language';
import { showSigned, showUnit } from '../figures';
import { renderTable } from '../text-table';

const words = {
  type: { zh: '生态系统类型', en: 'Ecosystem type' },
  variable: { zh: '变量', en: 'Variable' },
  class: { zh: '类', en: 'Class' },
  unit: { zh: '单位', en: 'Unit' },
  direction: { zh: '方向', en: 'Direction' },
  value: { zh: '值', en: 'Value' },
  level: { zh: '参照值', en: 'Reference level' },
  indicator: { zh: '指标', en: 'Indicator' },
  measured: { zh: '有值面积（%）', en: 'Area with a value (%)' },
  area: { zh: '面积', en: 'Area' },
  index: { zh: '指数', en: 'Index' },
  missing: { zh: '缺测', en: 'Missing' },
  whole: { zh: '全域', en: 'Whole area' },
  change: { zh: '指数变化', en: 'Change of index' },
  none: { zh: '无', en: 'none' },
} satisfies Record<string, Bilingual>;

const directions: Record<ConditionDirection, Bilingual> = {
  'higher-better': { zh: '越高越好', en: 'higher is better' },
  'lower-better': { zh: '越低越好', en: 'lower is better' },
};
const kinds: Record<ReferenceKind, Bilingual> = {
  undisturbed: { zh: '未受干扰', en: 'undisturbed' },
  historical: { zh: '历史', en: 'historical' },
  'least-disturbed': { zh: '干扰最小', en: 'least disturbed' },
  contemporary: { zh: '当代', en: 'contemporary' },
  'best-attainable': { zh: '最佳可达', en: 'best attainable' },
  target: { zh: '目标', en: 'target' },
};

const figure = (value: Fraction | null, language: Language): string =>
  value === null ? words.none[language] : value.toDecimalText(6);
const percent = (share: Fraction): string => showSigned(share.toNumber() * 100, 2).replace('+', '');

export function renderCondition(account: ConditionAccount, input: ConditionInput, language: Language): string {
  const { kind, period } = account.reference;
  const reference = { zh: '参照状态', en: 'reference condition' }[language];
  const heading = `${account.territory} · ${reference}: ${kinds[kind][language]}${period ? ` ${period}` : ''}`;
  const names = new Map([...input.types, ...input.variables].map(({ code, name }) => [code, name[language]]));
  const periods = account.periods.flatMap((one) => [
    `${one.period}\n${renderVariables(one, input, names, language)}`,
    renderIndices(one, account.unit, names, language),
  ]);
  return [heading, ...periods, ...renderChange(account, names, language)].join('\n\n');
}

type Names = ReadonlyMap<string, string>;
type Period = ConditionAccount['periods'][number];

function renderVariables({ types }: Period, input: ConditionInput, names: Names, language: Language): string {
  const rows = types.flatMap(({ type, variables }) =>
    [...variables].map(([code, result]) => [
      names.get(type)!,
      names.get(code)!,
      result.class,
      showUnit(input.variables.find((one) => one.code === code)!.unit, language),
      directions[result.direction][language],
      result.referenceLevel.toDecimalText(8),
      figure(result.value, language),
      figure(result.indicator, language),
      percent(result.measured),
    ]),
  );
  const { type, variable, class: group, unit, direction, level, value, indicator, measured } = words;
  return renderTable(
    [
      ...[type, variable, group, unit, direction].map((word) => ({ heading: word[language] })),
      ...[level, value, indicator].map((word) => ({ heading: word[language], numeric: 'point' as const })),
      { heading: measured[language], numeric: true },
    ],
    rows,
  );
}

function renderIndices({ types, index }: Period, unit: string, names: Names, language: Language): string {
  const classes = [...new Set(types.flatMap((one) => [...one.classes.keys()]))].sort();
  const separator = language === 'zh' ? '、' : ', ';
  const rows = types.map((one) => [
    names.get(one.type)!,
    one.area.toDecimalText(12),
    ...classes.map((name) => figure(one.classes.get(name) ?? null, language)),
    figure(one.index, language),
    one.missing.map((code) => names.get(code)!).join(separator),
  ]);
  const whole = [words.whole[language], '', ...classes.map(() => ''), figure(index, language), ''];
  return renderTable(
    [
      { heading: words.type[language] },
      { heading: `${words.area[language]} ${showUnit(unit, language)}`, numeric: 'point' },
      ...classes.map((name) => ({ heading: name, numeric: 'point' as const })),
      { heading: words.index[language], numeric: 'point' },
      { heading: words.missing[language] },
    ],
    [...rows, whole],
  );
}

function renderChange({ periods, change }: ConditionAccount, names: Names, language: Language): string[] {
  if (periods.length < 2) return [];
  const heading = `${words.change[language]} ${periods[0].period}–${periods[periods.length - 1].period}`;
  const rows = [...change].map(([type, difference]) => [
    names.get(type)!,
    difference === null ? words.none[language] : showSigned(difference.toNumber(), 6),
  ]);
  return [renderTable([{ heading: words.type[language] }, { heading, numeric: 'point' }], rows)];
}
