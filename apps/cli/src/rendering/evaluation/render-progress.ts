/** Progress of targets as plain text: a year, forecasts, records, and figures from outside. */
import {
  figureSteps,
  type FigureView,
  type PlanForecast,
  type PlanProgress,
  progressSteps,
  type ProgressView,
} from '@gep/evaluation';
import { type Bilingual, formatYuan } from '@gep/kernel';
import type { Language } from '../../terminal/language';
import { partThousands, showYuan } from '../figures';
import { renderTable } from '../text-table';

const headings = {
  progress: {
    zh: ['单位', '指标', '基数', '当年目标', '实绩', '完成率 %', '比上年 %', '核算版次', '说明'],
    en: ['Unit', 'Indicator', 'Base', 'Milestone', 'Actual', 'Attained %', 'On last year %', 'Vintage', 'Note'],
  },
  dual: { zh: ['单位', '比上年', '比基年'], en: ['Unit', 'On last year', 'On the base'] },
  forecast: {
    zh: ['单位', '指标', '年数', '末年目标', '预测', '下限', '上限', '达标概率', '还需年增 %', '说明'],
    en: ['Unit', 'Indicator', 'Years', 'Target', 'Forecast', 'Low', 'High', 'Probability', 'Needed a year %', 'Note'],
  },
  records: {
    zh: ['年份', '次', '状态', '其后重述', '异议', '编号'],
    en: ['Year', 'Round', 'State', 'Restated since', 'Disputed', 'Id'],
  },
  figures: {
    zh: ['地域', '年份', '价格年', '数值（元）', '提供部门', '文件', '状态', '编号'],
    en: ['Territory', 'Year', 'Prices of', 'Value (yuan)', 'Supplied by', 'Document', 'State', 'Id'],
  },
} as const;
const headOf = (plan: string, edition: number, year: number, language: Language): string =>
  language === 'zh' ? `${plan} 第 ${edition} 版 · ${year}` : `${plan}, edition ${edition} · ${year}`;

const verdicts = {
  both: { zh: 'GEP 与 GDP 均增长', en: 'both grew' },
  'gep-only': { zh: '仅 GEP 增长', en: 'GEP alone grew' },
  'gdp-only': { zh: '仅 GDP 增长', en: 'GDP alone grew' },
  neither: { zh: '均未增长', en: 'neither grew' },
} as const;

const columnsOf = (names: readonly string[], numeric: readonly number[]) =>
  names.map((heading, at) => ({ heading, numeric: numeric.includes(at) }));
const twoDecimals = (percent: string): string => {
  const [top, bottom = '1'] = percent.split('/');
  return (Number(top) / Number(bottom)).toFixed(2);
};

/** Names of the indicators of a plan. */
type IndicatorNames = readonly { readonly code: string; readonly name: Bilingual }[];
const nameOfIndicator = (names: IndicatorNames, code: string, language: Language): string =>
  names.find((one) => one.code === code)?.name[language] ?? code;

export function renderProgress(
  { plan, edition, year, rows, dual }: PlanProgress,
  names: IndicatorNames,
  language: Language,
): string {
  // A reason is a sentence or more: it stands once below the table, under its number.
  const reasons = [...new Set(rows.flatMap(({ reason }) => (reason ? [reason[language]] : [])))];
  const table = renderTable(
    columnsOf(headings.progress[language], [2, 3, 4, 5, 6, 7]),
    rows.map((row) => [
      ...[row.units.join('+'), nameOfIndicator(names, row.indicator, language)],
      ...[showYuan(row.base.fen), showYuan(row.milestoneFen)],
      row.actualFen === null ? '–' : showYuan(row.actualFen),
      row.attainmentShown ?? '–',
      row.yearlyGrowth == null ? '–' : twoDecimals(row.yearlyGrowth),
      row.parts.map(({ vintage }) => vintage ?? '–').join('+') || '–',
      row.reason ? `[${reasons.indexOf(row.reason[language]) + 1}]` : '',
    ]),
  );
  const mandate = renderTable(
    columnsOf(headings.dual[language], []),
    dual.map(({ units, onYearBefore, onBase }) => [
      units.join('+'),
      ...[onYearBefore, onBase].map((verdict) => (verdict === null ? '–' : verdicts[verdict][language])),
    ]),
  );
  const notes = reasons.map((reason, at) => `[${at + 1}] ${reason}`).join('\n');
  return [
    ...[headOf(plan, edition, year, language), table],
    ...[...(notes === '' ? [] : [notes]), ...(dual.length > 0 ? [mandate] : [])],
  ].join('\n\n');
}

/** A forecast in fen, as a whole number of yuan: it has no more digits than that. */
const roughYuan = (fen: number): string =>
  partThousands(formatYuan(BigInt(Math.round(fen / 100)) * 100n).split('.')[0]);

/** An interval whose ends are further apart than this tells next to nothing of where a figure will stand. */
const tellingWidth = 10;

function forecastNotes({ forecast, neededGrowth }: PlanForecast['rows'][number], language: Language): string[] {
  if (forecast.state === 'refused') return [forecast.reason[language]];
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  return [
    ...(forecast.high > tellingWidth * forecast.low
      ? [
          say(
            `区间上限超过下限的 ${tellingWidth} 倍，不足以判断`,
            `the interval is too wide to judge by: its high end is over ${tellingWidth} times the low one`,
          ),
        ]
      : []),
    ...(neededGrowth !== null && neededGrowth <= 0
      ? [say('最近一年已达到末年目标', 'the last year is already at or past the target')]
      : []),
  ];
}

export function renderForecast(
  { plan, edition, until, method, rows }: PlanForecast,
  names: IndicatorNames,
  language: Language,
): string {
  const table = renderTable(
    columnsOf(headings.forecast[language], [2, 3, 4, 5, 6, 7, 8]),
    rows.map((row) => {
      const { units, indicator, points, targetFen, forecast, neededGrowth, measured } = row;
      const made = forecast.state === 'made' ? forecast : undefined;
      const interval = measured && {
        zh: `最后一年核算 ${showYuan(measured.lowFen)} 至 ${showYuan(measured.highFen)}（${measured.draws} 次抽样，种子 ${measured.seed}）`,
        en: `last account ${showYuan(measured.lowFen)} to ${showYuan(measured.highFen)} (${measured.draws} draws, seed ${measured.seed})`,
      };
      return [
        ...[units.join('+'), nameOfIndicator(names, indicator, language), String(points.length), showYuan(targetFen)],
        ...[made?.value, made?.low, made?.high].map((fen) => (fen === undefined ? '–' : roughYuan(fen))),
        made?.probability == null ? '–' : made.probability.toFixed(2),
        neededGrowth === null ? '–' : (100 * neededGrowth).toFixed(2),
        [...forecastNotes(row, language), ...(interval ? [interval[language]] : [])].join(
          language === 'zh' ? '；' : '; ',
        ),
      ];
    }),
  );
  const by = `${method.id} ${method.date}: ${method.text[language]}`;
  return [headOf(plan, edition, until, language), table, by].join('\n\n');
}

export function renderRecords(records: readonly ProgressView[], language: Language): string {
  if (records.length === 0) return language === 'zh' ? '没有登记。' : 'Nothing is recorded.';
  return renderTable(
    columnsOf(headings.records[language], [0, 1]),
    records.map(({ id, year, round, state, restated, disputed }) => [
      ...[String(year), String(round), progressSteps.nameOfState[state][language]],
      restated.map((part) => `${part.territory} ${part.year}`).join(', '),
      ...[disputed.join(', '), id],
    ]),
  );
}

export function renderFigures(figures: readonly FigureView[], language: Language): string {
  if (figures.length === 0) return language === 'zh' ? '没有外来数据。' : 'There is no figure from outside.';
  return renderTable(
    columnsOf(headings.figures[language], [1, 2, 3]),
    figures.map(({ id, territory, year, pricesOf, valueFen, suppliedByBody, document, state }) => [
      ...[territory, String(year), pricesOf ?? '–', showYuan(valueFen), suppliedByBody, document],
      ...[figureSteps.nameOfState[state][language], id],
    ]),
  );
}
