/** Checks the scorecard of a rule: levels, weights that sum to the total, what each kind of score needs, grades, vetoes, measures. */
import { Fraction, type Bilingual } from '@gep/kernel';
import { sumFractions } from '../expression/exact-numbers';
import type { NormPath } from '../../yaml/problem-log';
import type { RawRule } from '../raw-rule';
import type { RuleDraft } from '../rule-draft';
import { checkReferences, checkTwins, checkWeights, hasTwins } from './check-scorecard';
import { placedIndicators, type PlacedIndicator } from './placed-indicators';
import type { RawAddition, RawIndicator, RawScorecard, RawTheme } from './raw-scorecard';
import type { IndicatorSource, ScoreAddition, Scorecard, ScoreGrade, ScoreIndicator, ScoreLevel } from './scorecard';

export function buildScorecard(draft: RuleDraft, rule: RawRule, raw: RawScorecard): Scorecard {
  const indicators = placedIndicators(raw).map((placed) => buildIndicator(draft, rule, placed));
  const total = draft.numberAt(['scorecard', 'total'], raw.total) ?? Fraction.zero;
  const grades = buildGrades(draft, raw);
  const levelsOf = (list: readonly (readonly [Pick<RawTheme, 'code' | 'name'>, string])[], by: 'theme' | 'group') =>
    list.map(([{ code, name }, theme]): ScoreLevel => ({ code, name, theme, weight: weightOf(indicators, by, code) }));
  const themes = levelsOf(
    (raw.themes ?? []).map((theme) => [theme, theme.code]),
    'theme',
  );
  const groups = levelsOf(
    (raw.themes ?? []).flatMap((theme) => (theme.groups ?? []).map((group) => [group, theme.code] as const)),
    'group',
  );
  const whole = (key: keyof Scorecard['published']) =>
    raw.published?.[key] === undefined ? {} : { [key]: Number(raw.published[key]) };
  const scorecard: Scorecard = {
    ...{ total, themes, groups, indicators, grades, ...(raw.level !== undefined && { level: raw.level }) },
    published: { ...whole('themes'), ...whole('groups'), ...whole('indicators'), ...whole('departments') },
    departments: (raw.departments ?? []).map(({ code, name, due, columns = [] }) => ({
      ...{ code, name, due },
      columns: [...columns, ...indicators.flatMap((one) => suppliedBy(one, code)), ...additionsOf(raw, code)],
    })),
    reminders: (raw.reminders ?? ['30', '7', '0']).map(Number),
    missing: raw.missing ?? 'last-approved',
    reweight: raw.reweight ?? 'all',
    bonuses: (raw.bonuses ?? []).map((one, at) => buildAddition(draft, one, ['scorecard', 'bonuses', at])),
    deductions: (raw.deductions ?? []).map((one, at) => buildAddition(draft, one, ['scorecard', 'deductions', at])),
    vetoes: raw.vetoes ?? [],
    measures: raw.measures ?? [],
    ...(raw.term && { term: { years: Number(raw.term.years), last: Number(raw.term.last) } }),
    due: raw.due ?? {},
    lacking: [],
  };
  if (!hasTwins(raw)) checkWeights(draft, raw, scorecard);
  checkTwins(draft, raw);
  checkReferences(draft, rule, raw, scorecard);
  const lacking = lackingOf(scorecard);
  refuseUsable(draft, rule, lacking);
  return { ...scorecard, lacking };
}

/** What cannot be scored by is put in force by nobody. */
function refuseUsable({ log }: RuleDraft, { status }: RawRule, lacking: readonly Bilingual[]): void {
  if (lacking.length === 0 || status === 'skeleton') return;
  const said = (language: keyof Bilingual): string => lacking.map((one) => one[language]).join('; ');
  log.add(
    ['status'],
    'policy.scorecard-lacking',
    { zh: `还不能计分：${said('zh')}`, en: `nothing can be scored by it: ${said('en')}` },
    { zh: '请补全，或写 status: skeleton', en: 'fill it in, or write status: skeleton' },
  );
}

const suppliedBy = ({ source, code }: ScoreIndicator, department: string): string[] =>
  source.kind === 'department' && source.department === department ? [code] : [];
const additionsOf = ({ bonuses = [], deductions = [] }: RawScorecard, department: string): string[] =>
  [...bonuses, ...deductions].filter((one) => one.department === department).map(({ code }) => code);

function weightOf(indicators: readonly ScoreIndicator[], by: 'theme' | 'group', code: string): Fraction {
  return sumFractions(indicators.filter((one) => one[by] === code).map(({ weight }) => weight ?? Fraction.zero));
}

const needed: Readonly<Record<RawIndicator['score'], readonly (keyof RawIndicator)[]>> = {
  ...{ attain: ['target'], improve: ['rate'], rank: ['best', 'worst'], range: ['best', 'worst'], bands: ['bands'] },
  ...{ points: [], 'yes-no': [] },
};

function buildIndicator(draft: RuleDraft, rule: RawRule, { raw, path, theme, group }: PlacedIndicator): ScoreIndicator {
  const { code, name, score: kind } = raw;
  for (const key of needed[kind])
    if (raw[key] === undefined && !(key === 'target' && raw.from?.target !== undefined))
      draft.log.add(
        path,
        'policy.missing-key',
        { zh: `计分方式 ${kind} 需要 ${key}`, en: `a score of kind ${kind} needs ${key}` },
        { zh: `请补上 ${key}`, en: `add ${key}` },
      );
  for (const key of ['weight', 'rate', 'noBase', 'best', 'worst', 'cap', 'floor', 'min', 'max'] as const)
    if (raw[key] !== undefined) draft.numberAt([...path, key], raw[key]);
  const bound = (['min', 'max', 'whole'] as const).find((key) => raw[key] !== undefined);
  if (bound && (raw.value !== undefined || kind === 'yes-no' || raw.unit === 'text'))
    draft.log.add(
      [...path, bound],
      'policy.scorecard-bounds',
      {
        zh: `${bound} 限定指标自己的数值列，此处没有这样的列`,
        en: `${bound} bounds a column of numbers of the indicator's own, and there is none here`,
      },
      { zh: `请去掉，或写在 columns 中`, en: 'leave it out, or write it in columns' },
    );
  if (raw.binding === 'yes' && kind !== 'attain' && kind !== 'yes-no')
    draft.log.add(
      [...path, 'binding'],
      'policy.scorecard-binding',
      { zh: '约束性指标须按 attain 或 yes-no 计分', en: 'a binding indicator is scored by attain or yes-no' },
      { zh: '请改计分方式，或去掉 binding', en: 'change its kind of score, or leave binding out' },
    );
  const weight = raw.weight === undefined ? undefined : draft.numberAt([...path, 'weight'], raw.weight);
  return {
    ...{ code, name, theme, group, kind, ...(weight && { weight }) },
    unit: kind === 'yes-no' ? 'yes-no' : (raw.unit ?? '1'),
    value: raw.mean === undefined ? (raw.value ?? code) : `${code}_value`,
    better: raw.better ?? 'more',
    target: raw.target ?? (raw.from?.target === undefined ? undefined : '1'),
    ...(raw.base !== undefined && { base: raw.base }),
    source: sourceOf(draft, rule, raw, path),
    binding: raw.binding === 'yes',
    controllable: raw.controllable === 'yes',
    mean: Number(raw.mean ?? '1'),
  };
}

function sourceOf(
  draft: RuleDraft,
  rule: RawRule,
  { from = {}, value }: RawIndicator,
  path: NormPath,
): IndicatorSource {
  const { department, account, target, scores } = from;
  if ([department, account, target, scores].filter((one) => one !== undefined).length > 1)
    draft.log.add(
      [...path, 'from'],
      'policy.scorecard-source',
      { zh: '一个指标只有一个数据来源', en: 'an indicator has one source' },
      {
        zh: '请只写 department、account、target、scores 之一',
        en: 'give one of department, account, target and scores',
      },
    );
  if (department !== undefined) {
    const known = (rule.scorecard?.departments ?? []).map(({ code }) => code);
    if (!known.includes(department))
      draft.log.unknown([...path, 'from', 'department'], { zh: '部门', en: 'department' }, department, known);
    return { kind: 'department', department };
  }
  if (account) {
    const { norm, services = [], categories = [], effects = [], prices } = account;
    return { kind: 'account', norm, services, categories, effects, ...(prices !== undefined && { prices }) };
  }
  if (target !== undefined && value === undefined) return { kind: 'target', indicator: target };
  if (scores !== undefined) return { kind: 'scores', scorecard: scores };
  return { kind: 'rule' };
}

function buildAddition(draft: RuleDraft, { code, name, most }: RawAddition, path: NormPath): ScoreAddition {
  const limit = most === undefined ? undefined : draft.numberAt([...path, 'most'], most);
  return { code, name, ...(limit && { most: limit }) };
}

function buildGrades(draft: RuleDraft, { grades = [] }: RawScorecard): ScoreGrade[] {
  const built = grades.map(({ code, name, from, award }, at): ScoreGrade => {
    const path = ['scorecard', 'grades', at];
    const bound = from === undefined ? undefined : draft.numberAt([...path, 'from'], from);
    return { code, name, award: award === 'yes', ...(bound && { from: bound }) };
  });
  const falls = built.every(
    ({ from }, at) =>
      at === 0 || at === built.length - 1 || (from && built[at - 1].from && from.compare(built[at - 1].from!) < 0),
  );
  const ends = built.every(({ from }, at) => (from === undefined) === (at === built.length - 1));
  // A source may name grades and not their bounds.
  if (built.length > 0 && built.some(({ from }) => from) && (!falls || !ends))
    draft.log.add(
      ['scorecard', 'grades'],
      'policy.scorecard-grades',
      {
        zh: '等级由高到低排列，各写 from，只有最低一级不写',
        en: 'grades stand from the best to the lowest, each with from, and the lowest alone without',
      },
      { zh: '请调整次序或分数线', en: 'correct their order or their bounds' },
    );
  return built;
}

/** What has to be filled in before anything can be scored. */
function lackingOf({ published, themes, groups, indicators, grades, departments }: Scorecard): Bilingual[] {
  const found: Bilingual[] = [];
  const counted = { themes, groups, indicators, departments };
  const names: Readonly<Record<keyof typeof counted, Bilingual>> = {
    themes: { zh: '一级指标', en: 'first-level indicators' },
    groups: { zh: '二级指标', en: 'second-level indicators' },
    indicators: { zh: '计分指标', en: 'scored indicators' },
    departments: { zh: '供数部门', en: 'departments that supply data' },
  };
  for (const [key, count] of Object.entries(published) as [keyof typeof counted, number][])
    if (counted[key].length < count)
      found.push({
        zh: `来源所计${names[key].zh} ${count} 项，已写 ${counted[key].length} 项`,
        en: `the source counts ${count} ${names[key].en}, ${counted[key].length} are written`,
      });
  const bare = indicators.filter(({ weight }) => weight === undefined);
  if (bare.length > 0)
    found.push({
      zh: `没有权重的指标：${bare.map(({ code }) => code).join('、')}`,
      en: `indicators without a weight: ${bare.map(({ code }) => code).join(', ')}`,
    });
  if (indicators.length === 0) found.push({ zh: '没有写出任何指标', en: 'no indicator is written' });
  if (grades.length === 0 || grades.slice(0, -1).some(({ from }) => from === undefined))
    found.push({ zh: '没有等级分数线', en: 'grades have no bounds' });
  return found;
}
