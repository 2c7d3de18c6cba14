/** Turns a scorecard into the ordinary columns, tables and formulas of a rule, so that one engine decides both. */
import type { Bilingual } from '@gep/kernel';
import type { NormPath } from '../../yaml/problem-log';
import { Expansion, type ExpandedScorecard, sumOf } from './expansion';
import { placedIndicators } from './placed-indicators';
import type { RawIndicator, RawScorecard } from './raw-scorecard';
import { indicatorStates, ownFacts, type Scorecard, type ScoreIndicator } from './scorecard';
import { usedWeights } from './used-weights';

export function expandScorecard(scorecard: Scorecard, raw: RawScorecard): ExpandedScorecard {
  const into = new Expansion();
  const placed = placedIndicators(raw);
  placed.forEach(({ raw: written, path }, at) => {
    const indicator = scorecard.indicators[at];
    inputsOf(into, path, written);
    stateOf(into, path, indicator, raw);
    scoreOf(into, path, written, indicator, raw);
  });
  usedWeights(into, scorecard);
  sums(into, scorecard, raw);
  grades(into, scorecard);
  const { indicators, themes, groups } = scorecard;
  const show = [
    ...['score', 'ranking', 'grade', 'award', 'refer', 'bindingMissed', 'totalPoints', 'bonusPoints', 'deductedPoints'],
    ...[...themes, ...groups].flatMap(({ code }) => [`${code}_weight`, `${code}_points`]),
    ...indicators.flatMap(({ code }) => [`${code}_applies`, `${code}_weight`, `${code}_score`, `${code}_points`]),
    ...ownFacts(scorecard),
    ...placed.flatMap(({ raw: written }) => written.value ?? []),
  ];
  return { columns: into.columns, tables: into.tables, formulas: into.formulas, show };
}

const and = ({ name }: { readonly name: Bilingual }, zh: string, en: string): Bilingual => ({
  zh: `${name.zh}：${zh}`,
  en: `${name.en}: ${en}`,
});

/** A number with its unit, as the language of rules writes it. */
const quantity = (text: string, unit: string): string =>
  unit === '1' || unit === 'text' || !/^[+-]?[\d.]/.test(text) ? text : `${text} [${unit}]`;

function inputsOf(into: Expansion, path: NormPath, indicator: RawIndicator): void {
  const { code, name, value, score, unit = '1', bands = [], min, max, whole } = indicator;
  if (value === undefined) {
    const words = unit === 'text' ? { values: [...new Set(bands.flatMap(({ when }) => [when].flat()))] } : {};
    const bounds = { ...(min !== undefined && { min }), ...(max !== undefined && { max }), ...(whole && { whole }) };
    into.column(path, { code, name, unit: score === 'yes-no' ? 'yes-no' : unit, ...words, ...bounds });
  }
  into.column(path, {
    ...{ code: `${code}_state`, unit: 'text', values: [...indicatorStates], default: 'given' },
    name: and(indicator, '数据状态', 'state of the data'),
  });
  if (indicator.mean === undefined) return;
  // previous(previous(x)) asks for each of the years, so that a year that is not there is told and not left out.
  const years = Array.from({ length: Number(indicator.mean) }, (_, back) => {
    const whole = value ?? code;
    return Array.from({ length: back }).reduce<string>((text) => `previous(${text})`, whole);
  });
  into.formula(
    path,
    `${code}_value`,
    `(${years.join(' + ')}) / ${years.length}`,
    and(indicator, `${years.length} 年平均`, `mean of ${years.length} years`),
    unit,
  );
}

function stateOf(
  into: Expansion,
  path: NormPath,
  { code, controllable, name }: ScoreIndicator,
  raw: RawScorecard,
): void {
  const state = `${code}_state`;
  const left = raw.weather && !controllable ? ` and not ${raw.weather.when}` : '';
  into.formula(
    path,
    `${code}_applies`,
    `not is(${state}, notApplicable)${left}`,
    and({ name }, '适用', 'applies'),
    'yes-no',
  );
}

function scoreOf(
  into: Expansion,
  path: NormPath,
  raw: RawIndicator,
  indicator: ScoreIndicator,
  { cap = '100' }: RawScorecard,
): void {
  const { code } = indicator;
  if (raw.score === 'bands')
    into.tables.push({
      path: [...path, 'bands'],
      raw: {
        ...{ code: `${code}_bands`, name: and(indicator, '分档', 'bands'), inputs: [indicator.value] },
        outputs: { [`${code}_band`]: '1' },
        rows: (raw.bands ?? []).map(({ when, score }) => ({
          when: { [indicator.value]: when },
          then: { [`${code}_band`]: score },
        })),
      },
    });
  const bounded = `max(${raw.floor ?? '0'}, min(${raw.cap ?? cap}, ${plainScore(raw, indicator, raw.cap ?? cap)}))`;
  into.formula(
    path,
    `${code}_score`,
    `if(${code}_applies, if(is(${code}_state, ownFault), 0, ${bounded}), 0)`,
    and(indicator, '得分率', 'score, per cent'),
  );
  into.formula(path, `${code}_points`, `${code}_weight * ${code}_score / 100`, and(indicator, '得分', 'points'));
}

/** Of 100; what is bounded and weighted afterwards. */
function plainScore(raw: RawIndicator, indicator: ScoreIndicator, cap: string): string {
  const { code, kind, value, better, weight, unit } = indicator;
  const nought = quantity('0', unit);
  const counted = `${code}_applies and not is(${code}_state, ownFault)`;
  switch (kind) {
    case 'attain':
      return attainment(indicator, cap);
    case 'improve': {
      const gain = `100 ${better === 'more' ? '+' : '-'} ${raw.rate} * (${value} - previous(${value})) / previous(${value})`;
      return raw.noBase === undefined ? gain : `if(previous(${value}, ${nought}) = ${nought}, ${raw.noBase}, ${gain})`;
    }
    case 'rank': {
      const place = `rank(${better === 'more' ? value : `-${value}`}, ${counted})`;
      const others = `(count(${counted}) - 1)`;
      return `if(${others} <= 0, ${raw.best}, ${raw.best} - (${raw.best} - ${raw.worst}) * (${place} - 1) / ${others})`;
    }
    case 'range': {
      const [low, high] = [`lowest(${value}, ${counted})`, `highest(${value}, ${counted})`];
      const above = better === 'more' ? `(${value} - ${low})` : `(${high} - ${value})`;
      return `if(${high} = ${low}, ${raw.best}, ${raw.worst} + (${raw.best} - ${raw.worst}) * ${above} / (${high} - ${low}))`;
    }
    case 'points':
      return `100 * ${value} / ${weight!.toExactText()}`;
    case 'bands':
      return `${code}_band`;
    default:
      return `if(${value}, 100, 0)`;
  }
}

/** Part of the target that was reached; with a base, part of the way from there to the target. */
function attainment({ value, better, target = '1', base, unit }: ScoreIndicator, cap: string): string {
  const wanted = quantity(target, unit);
  if (base !== undefined) {
    const start = quantity(base, unit);
    const isMet = `${value} ${better === 'more' ? '>=' : '<='} ${wanted}`;
    return `if(${wanted} = ${start}, if(${isMet}, 100, 0), 100 * (${value} - ${start}) / (${wanted} - ${start}))`;
  }
  return better === 'more'
    ? `100 * ${value} / ${wanted}`
    : `if(${value} <= ${quantity('0', unit)}, ${cap}, 100 * ${wanted} / ${value})`;
}

function sums(
  into: Expansion,
  { indicators, themes, groups, bonuses, deductions }: Scorecard,
  raw: RawScorecard,
): void {
  const path = ['scorecard'];
  for (const level of [...themes, ...groups]) {
    const by = themes.includes(level) ? 'theme' : 'group';
    const parts = indicators.filter((one) => one[by] === level.code).map(({ code }) => `${code}_points`);
    into.formula(path, `${level.code}_points`, sumOf(parts), and(level, '得分', 'points'));
  }
  for (const [key, list] of [['bonuses', bonuses] as const, ['deductions', deductions] as const])
    list.forEach(({ code, name }, at) =>
      into.column(['scorecard', key, at], { code, name, unit: '1', default: '0', min: '0' }),
    );
  const limited = bonuses.map(({ code, most }) => (most ? `min(${code}, ${most.toExactText()})` : code));
  const bonus = sumOf(limited);
  into.formula(path, 'bonusPoints', raw.bonusMost === undefined ? bonus : `min(${raw.bonusMost}, ${bonus})`, {
    zh: '加分',
    en: 'bonus',
  });
  const deducted = deductions.map(({ code, most }) => (most ? `min(${code}, ${most.toExactText()})` : code));
  into.formula(path, 'deductedPoints', sumOf(deducted), { zh: '扣分', en: 'deductions' });
  const points = sumOf(themes.map(({ code }) => `${code}_points`));
  into.formula(path, 'totalPoints', `${points} + bonusPoints - deductedPoints`, {
    zh: '总分（未取整）',
    en: 'total, exact',
  });
  const upTo = raw.most === undefined ? 'totalPoints' : `min(${raw.most}, totalPoints)`;
  // The one rounding: rank and grade rest on the figure that is published.
  into.formula(path, 'score', `round(max(0, ${upTo}), ${raw.rounding?.to ?? '0.01'})`, { zh: '总分', en: 'score' });
}

function grades(into: Expansion, scorecard: Scorecard): void {
  const { grades: list, vetoes, indicators } = scorecard;
  const path = ['scorecard', 'grades'];
  const yesNo = 'yes-no';
  into.column(path, {
    code: 'falsification',
    name: { zh: '查实弄虚作假', en: 'Proven falsification' },
    unit: yesNo,
    default: 'no',
  });
  into.column(path, {
    code: 'majorIncident',
    name: { zh: '重大生态环境事件', en: 'Major incident' },
    unit: yesNo,
    default: 'no',
  });
  const missed = indicators.filter(({ binding }) => binding).map((one) => `${one.code}_applies and ${missedOf(one)}`);
  into.formula(
    path,
    'bindingMissed',
    missed.length === 0 ? 'score < 0' : missed.map((one) => `(${one})`).join(' or '),
    { zh: '约束性目标未完成', en: 'binding target missed' },
    yesNo,
  );
  const byScore = list
    .slice(0, -1)
    .reduceRight((rest, { from }, at) => `if(score >= ${from!.toExactText()}, ${at + 1}, ${rest})`, `${list.length}`);
  into.formula(path, 'gradeByScore', byScore, { zh: '按分数的等级', en: 'grade by score' });
  into.formula(path, 'gradeNumber', afterVetoes(scorecard), { zh: '等级序号', en: 'number of the grade' });
  const [words, lowest] = [list.slice(0, -1), list.at(-1)!];
  into.tables.push({
    path,
    raw: {
      ...{
        code: 'gradeTable',
        name: { zh: '等级', en: 'Grades' },
        inputs: ['gradeNumber'],
        outputs: { grade: 'text' },
      },
      rows: words.map(({ code }, at) => ({ when: { gradeNumber: `${at + 1}` }, then: { grade: code } })),
      otherwise: { grade: lowest.code },
    },
  });
  const held = vetoes.filter(({ award }) => award === 'no').map(({ fact }) => ` and not ${fact}`);
  const awarded = list.flatMap(({ award }, at) => (award ? [`gradeNumber = ${at + 1}`] : []));
  const earned = awarded.length === 0 ? 'gradeNumber < 1' : awarded.join(' or ');
  into.formula(path, 'award', `(${earned})${held.join('')}`, { zh: '可获奖励', en: 'eligible for awards' }, yesNo);
  const referring = vetoes.filter(({ refer }) => refer === 'yes').map(({ fact }) => fact);
  const referred = referring.length === 0 ? 'gradeNumber < 1' : referring.join(' or ');
  into.formula(path, 'refer', referred, { zh: '移送', en: 'to be referred' }, yesNo);
  // Who falsified has no place among those who did not; by us, as no source says it.
  const ranked = vetoes.some(({ fact }) => fact === 'falsification') ? 'rank(score, not falsification)' : 'rank(score)';
  into.formula(path, 'ranking', ranked, { zh: '名次', en: 'rank' });
}

/** Number of the grade: capped where a veto names one, and then so many lower. */
function afterVetoes({ grades: list, vetoes }: Scorecard): string {
  const capped = vetoes
    .filter(({ grade }) => grade !== undefined)
    .reduce((before, { fact, grade }) => {
      const at = grade === 'lowest' ? list.length : list.findIndex(({ code }) => code === grade) + 1;
      return `max(${before}, if(${fact}, ${at}, 1))`;
    }, 'gradeByScore');
  const lowered = vetoes.flatMap(({ fact, lower }) => (lower === undefined ? [] : [`if(${fact}, ${lower}, 0)`]));
  return lowered.length === 0 ? capped : `min(${list.length}, ${capped} + ${lowered.join(' + ')})`;
}

function missedOf({ code, kind, value, better, target = '1', unit }: ScoreIndicator): string {
  const short =
    kind === 'yes-no' ? `not ${value}` : `${value} ${better === 'more' ? '<' : '>'} ${quantity(target, unit)}`;
  return `(is(${code}_state, ownFault) or ${short})`;
}
