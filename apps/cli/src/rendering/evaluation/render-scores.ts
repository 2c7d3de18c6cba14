/** Scores for people: the ranking, every point of a unit, what departments owe, runs, incidents. */
import type { Completeness, Incident, ScoreDelivery, ScoreReplay, ScoreRun, StandingScore } from '@gep/evaluation';
import { incidentSteps, scoreDeliverySteps, scoreRunSteps } from '@gep/evaluation';
import { Fraction, type Bilingual } from '@gep/kernel';
import type { Scorecard, UnitScore } from '@gep/rulebook';
import type { Language } from '../../terminal/language';
import { renderTable, type TableColumn } from '../text-table';

type Titles = readonly (readonly [zh: string, en: string, numeric?: 'point'])[];
const columnsOf = (titles: Titles, language: Language): TableColumn[] =>
  titles.map(([zh, en, numeric]) => ({ heading: language === 'zh' ? zh : en, ...(numeric && { numeric }) }));

const yes = (is: boolean, language: Language): string => (is ? { zh: '是', en: 'yes' }[language] : '');
const nameOf = (
  list: readonly { readonly code: string; readonly name: Bilingual }[],
  code: string,
  language: Language,
): string => list.find((one) => one.code === code)?.name[language] ?? code;
/** To four decimals, for reading; what is kept is exact. */
const shown = (exact: string): string => {
  const value = Fraction.parse(exact);
  return value === undefined ? exact : String(Number(value.toNumber().toFixed(4)));
};

export function renderRanking(
  scores: readonly UnitScore[],
  scorecard: Scorecard | undefined,
  language: Language,
): string {
  const { grades = [], measures = [] } = scorecard ?? {};
  const titles: Titles = [
    ['名次', 'Rank', 'point'],
    ['单位', 'Unit'],
    ['得分', 'Score', 'point'],
    ['等级', 'Grade'],
    ['可获奖', 'Award'],
    ['移送', 'Refer'],
    ['一票否决', 'Vetoes'],
    ['奖惩', 'Measures'],
  ];
  const rows = scores
    .toSorted((a, b) => (a.rank || 1e9) - (b.rank || 1e9) || (a.unit < b.unit ? -1 : 1))
    .map(({ rank, unit, name, score, grade, award, refer, vetoes, measures: taken }) => [
      ...[
        rank === 0 ? '–' : String(rank),
        name === '' ? unit : `${unit} ${name}`,
        score,
        nameOf(grades, grade, language),
      ],
      ...[yes(award, language), yes(refer, language), vetoesSaid(vetoes, language)],
      taken.map((code) => nameOf(measures, code, language)).join(', '),
    ]);
  return renderTable(columnsOf(titles, language), rows);
}

export function renderUnitScore(unit: UnitScore, scorecard: Scorecard | undefined, language: Language): string {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const titles: Titles = [
    ['指标', 'Indicator'],
    ['状态', 'State'],
    ['实际', 'Value', 'point'],
    ['目标', 'Target', 'point'],
    ['上年', 'Year before', 'point'],
    ['权重', 'Weight', 'point'],
    ['所用权重', 'used', 'point'],
    ['得分率', 'Score %', 'point'],
    ['得分', 'Points', 'point'],
  ];
  const rows = unit.indicators.map((one) => [
    ...[
      nameOf(scorecard?.indicators ?? [], one.indicator, language),
      one.applies ? nameOfIndicatorState[one.state][language] : say('不适用', 'does not apply'),
    ],
    ...[shown(one.value ?? ''), shown(one.target ?? ''), shown(one.previous ?? '')],
    ...[shown(one.weightAsked), shown(one.weightUsed), shown(one.score), shown(one.points)],
  ]);
  const levels = unit.levels.map(
    ({ code, weightUsed, points }) =>
      `${nameOf([...(scorecard?.themes ?? []), ...(scorecard?.groups ?? [])], code, language)}: ${shown(points)} / ${shown(weightUsed)}`,
  );
  return [
    `${unit.unit} ${unit.name}`.trim(),
    renderTable(columnsOf(titles, language), rows),
    ...levels,
    say(
      `加分 ${shown(unit.bonus)}，扣分 ${shown(unit.deducted)}；合计 ${shown(unit.exact)}，取整后 ${unit.score}`,
      `bonus ${shown(unit.bonus)}, deductions ${shown(unit.deducted)}; in all ${shown(unit.exact)}, rounded ${unit.score}`,
    ),
    say(
      `等级 ${nameOf(scorecard?.grades ?? [], unit.grade, language)}${unit.vetoes.length > 0 ? `（${vetoesSaid(unit.vetoes, language)}）` : ''}`,
      `grade ${nameOf(scorecard?.grades ?? [], unit.grade, language)}${unit.vetoes.length > 0 ? ` (${vetoesSaid(unit.vetoes, language)})` : ''}`,
    ),
  ].join('\n');
}

export function renderScoreRuns(runs: readonly ScoreRun[], language: Language): string {
  if (runs.length === 0) return language === 'zh' ? '没有评分。' : 'There are no scores.';
  const titles: Titles = [
    ['编号', 'Id'],
    ['规则', 'Scorecard'],
    ['年份', 'Year'],
    ['版次', 'Version', 'point'],
    ['状态', 'State'],
    ['结果摘要', 'Result digest'],
  ];
  const rows = runs.map(({ id, scorecard, period, versionNo, state, resultDigest }) => [
    ...[
      id,
      scorecard,
      period,
      String(versionNo),
      scoreRunSteps.nameOfState[state][language],
      resultDigest.slice(0, 12),
    ],
  ]);
  return renderTable(columnsOf(titles, language), rows);
}

/** @param grades names of grades, by code, of each scorecard edition */
export function renderStandings(
  scores: readonly StandingScore[],
  grades: ReadonlyMap<string, readonly { readonly code: string; readonly name: Bilingual }[]>,
  language: Language,
): string {
  if (scores.length === 0) return language === 'zh' ? '没有已告知的评分。' : 'No scores were notified.';
  const titles: Titles = [
    ['规则', 'Scorecard'],
    ['年份', 'Year'],
    ['版次', 'Version', 'point'],
    ['名次', 'Rank', 'point'],
    ['单位', 'Unit'],
    ['得分', 'Score', 'point'],
    ['等级', 'Grade'],
    ['可获奖', 'Award'],
    ['移送', 'Refer'],
    ['一票否决', 'Vetoes'],
    ['状态', 'Standing'],
    ['自', 'since'],
  ];
  // What another version took the place of stands below what counts.
  const inForce = scores.toSorted((a, b) => Number(a.standing === 'superseded') - Number(b.standing === 'superseded'));
  const rows = inForce.map(({ gist, unit, detail, standing, since }) => [
    ...[gist.scorecard, gist.period, String(gist.versionNo), detail.rank === 0 ? '–' : String(detail.rank), unit],
    ...[detail.score, nameOf(grades.get(gist.ruleEdition) ?? [], detail.grade, language)],
    ...[yes(detail.award, language), yes(detail.refer, language), vetoesSaid(detail.vetoes, language)],
    ...[nameOfStanding[standing][language], since],
  ]);
  return renderTable(columnsOf(titles, language), rows);
}

const nameOfStanding: Readonly<Record<StandingScore['standing'], Bilingual>> = {
  notified: { zh: '已告知', en: 'notified' },
  final: { zh: '已生效', en: 'final' },
  superseded: { zh: '已被取代', en: 'superseded' },
};
const nameOfIndicatorState: Readonly<Record<UnitScore['indicators'][number]['state'], Bilingual>> = {
  given: { zh: '已报', en: 'given' },
  lastApproved: { zh: '沿用上次核定', en: 'last approved' },
  ownFault: { zh: '因自身原因缺报', en: 'missing by own fault' },
  notApplicable: { zh: '不适用', en: 'does not apply' },
};
const nameOfFact: Readonly<Record<string, Bilingual>> = {
  falsification: { zh: '查实弄虚作假', en: 'proven falsification' },
  majorIncident: { zh: '重大生态环境事件', en: 'major incident' },
  bindingMissed: { zh: '约束性目标未完成', en: 'binding target missed' },
};
const vetoesSaid = (facts: readonly string[], language: Language): string =>
  facts.map((fact) => nameOfFact[fact]?.[language] ?? fact).join(language === 'zh' ? '、' : ', ');

export function renderCompleteness(status: Completeness & { readonly scorecard: string }, language: Language): string {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const titles: Titles = [
    ['部门', 'Department'],
    ['期限', 'Due'],
    ['应报', 'Owed', 'point'],
    ['已核实', 'Verified', 'point'],
    ['待核实', 'Waiting', 'point'],
    ['', ''],
  ];
  const rows = status.departments.map(({ name, dueOn, owed, verified, waiting, isComplete, isOverdue }) => [
    ...[name[language], dueOn, String(owed), String(verified), String(waiting)],
    isComplete ? say('齐', 'complete') : isOverdue ? say('逾期', 'overdue') : '',
  ]);
  const missing = status.departments.flatMap(({ name, missing: columns }) =>
    columns.map(({ column, units }) => `${name[language]} · ${column}: ${units.join(', ')}`),
  );
  return [
    `${status.scorecard} ${status.period}: ${status.verified} / ${status.owed} (${status.percent} %)`,
    ...(status.resultDueOn === null
      ? []
      : [say(`结果应于 ${status.resultDueOn} 前作出`, `result due by ${status.resultDueOn}`)]),
    renderTable(columnsOf(titles, language), rows),
    ...missing,
  ].join('\n');
}

export function renderDeliveries(deliveries: readonly ScoreDelivery[], language: Language): string {
  if (deliveries.length === 0) return language === 'zh' ? '没有报送。' : 'Nothing was supplied.';
  const titles: Titles = [
    ['编号', 'Id'],
    ['部门', 'Department'],
    ['年份', 'Year'],
    ['数据', 'Figures', 'point'],
    ['文件', 'Document'],
    ['状态', 'State'],
    ['报送人', 'By'],
  ];
  const rows = deliveries.map(({ id, department, period, cells, documentName, state, suppliedName }) => [
    ...[
      id,
      department,
      period,
      String(cells.length),
      documentName,
      scoreDeliverySteps.nameOfState[state][language],
      suppliedName,
    ],
  ]);
  return renderTable(columnsOf(titles, language), rows);
}

export function renderReplay(
  { isSame, resultDigest, replayedDigest, differing }: ScoreReplay,
  language: Language,
): string {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  return isSame
    ? say(`重算一致：${resultDigest}`, `the same again: ${resultDigest}`)
    : say(
        `重算不一致：存 ${resultDigest}，算得 ${replayedDigest}；${differing.join('、')}`,
        `NOT the same: kept ${resultDigest}, computed ${replayedDigest}; ${differing.join(', ')}`,
      );
}

export function renderIncidents(incidents: readonly Incident[], language: Language): string {
  if (incidents.length === 0) return language === 'zh' ? '没有登记的事件。' : 'No incident is recorded.';
  const titles: Titles = [
    ['编号', 'Id'],
    ['地域', 'Territory'],
    ['种类', 'Kind'],
    ['年份', 'Year'],
    ['认定日', 'Found on'],
    ['机关', 'Authority'],
    ['状态', 'State'],
    ['事实', 'Finding'],
  ];
  const rows = incidents.map((one) => [
    ...[
      one.id,
      one.territory,
      one.kind,
      one.period,
      one.foundOn,
      one.authority,
      incidentSteps.nameOfState[one.state][language],
      one.finding,
    ],
  ]);
  return renderTable(columnsOf(titles, language), rows);
}
