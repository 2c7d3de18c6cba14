/** A series as text: a row for every year, then what changed the boundary and what each year was made of. */
import { wordsOf, type AccountSeries, type SeriesPoint, type SeriesRefusal, type SeriesWay } from '@gep/accounting';
import { sumInOrder, type Bilingual } from '@gep/kernel';
import { formatQuantity, moneyUnits, showUnit, showWanYuan } from '../rendering/figures';
import { formatRelative } from '../rendering/render-comparison';
import { renderTable } from '../rendering/text-table';
import type { Language } from '../terminal/language';

const words = {
  year: { zh: '年份', en: 'Year' },
  area: { zh: '面积', en: 'Area' },
  value: { zh: '价值量（万元）', en: 'Value (10⁴ yuan)' },
  growth: { zh: '增长率', en: 'Growth' },
  comparable: { zh: '按首年价格（万元）', en: 'At first prices (10⁴ yuan)' },
  index: { zh: '隐含价格指数', en: 'Implied index' },
  currentIndex: { zh: '现价指数', en: 'Index at current prices' },
  comparableIndex: { zh: '可比价指数', en: 'Index at first prices' },
  way: { zh: '由来', en: 'Made by' },
  reported: { zh: '各年按当年边界', en: 'each year within its own boundary' },
  constant: { zh: '各年还原到此日的边界：', en: 'every year within the boundary of ' },
  made: { zh: '由以下账户构成', en: 'made of' },
} satisfies Record<string, Bilingual>;

const ways: Record<SeriesWay, Bilingual> = {
  reported: { zh: '上报', en: 'as reported' },
  addition: { zh: '相加', en: 'addition' },
  area: { zh: '按面积', en: 'by area' },
  map: { zh: '按图斑', en: 'by map' },
  given: { zh: '按给定份额', en: 'by given shares' },
};

export function renderSeries(series: AccountSeries, language: Language, indexed = false): string {
  const { territory, norm, boundaryDay, points } = series;
  const within = boundaryDay === null ? words.reported[language] : `${words.constant[language]}${boundaryDay}`;
  return [
    `${territory} · ${norm} · ${within}`,
    renderPoints(points, language),
    ...(indexed ? [renderIndices(points, language)] : []),
    ...notes(points, language).map((paragraph) => paragraph.join('\n')),
  ].join('\n\n');
}

function renderPoints(points: readonly SeriesPoint[], language: Language): string {
  const unit = points.find(({ account }) => account)?.account?.areaUnit ?? '';
  const rows = points.map(({ period, account, ways: own, growth, comparable, breaks }) => [
    `${breaks.length > 0 ? '┄ ' : ''}${period}`,
    account ? formatQuantity(sumInOrder(Object.values(account.areaByType))) : '',
    account ? showWanYuan(account.totals.totalFen) : '—',
    growth?.refusal ? '×' : relative(growth?.rate ?? null),
    comparable === null || comparable.comparableFen === null ? '' : showWanYuan(comparable.comparableFen),
    comparable?.impliedIndex ?? '',
    own.map((way) => ways[way][language]).join(' + '),
  ]);
  return renderTable(
    [
      { heading: words.year[language] },
      { heading: `${words.area[language]} (${showUnit(unit, language)})`, numeric: 'point' },
      { heading: words.value[language], numeric: true },
      { heading: words.growth[language], numeric: true },
      { heading: words.comparable[language], numeric: true },
      { heading: words.index[language], numeric: 'point' },
      { heading: words.way[language] },
    ],
    rows,
  );
}

function renderIndices(points: AccountSeries['points'], language: Language): string {
  const base = points.find(({ index }) => index)?.index?.base ?? '';
  const shown = (value: string | null | undefined): string => (value ? Number(value).toFixed(2) : '×');
  return renderTable(
    [
      { heading: words.year[language] },
      { heading: `${words.currentIndex[language]} (${base} = 100)`, numeric: 'point' },
      { heading: `${words.comparableIndex[language]} (${base} = 100)`, numeric: 'point' },
    ],
    points.flatMap(({ period, index }) => (index ? [[period, shown(index.current), shown(index.comparable)]] : [])),
  );
}

const relative = (rate: string | null): string => (rate === null ? '' : formatRelative(Number(rate)));

/** Why a year or its growth is missing, and the accounts and steps behind a restated year; one paragraph each. */
function notes(points: readonly SeriesPoint[], language: Language): string[][] {
  const told = new Set<string>();
  const once = (period: string, refusal: SeriesRefusal | null | undefined): string[] => {
    if (!refusal || told.has(refusal.text[language])) return [];
    told.add(refusal.text[language]);
    return [`${period}: ${refusal.text[language]}`];
  };
  const refusals = points.flatMap(({ period, refusal, growth, comparable }) => [
    ...once(period, refusal),
    ...once(period, growth?.refusal),
    // What holds growth back from year to year is told once.
    ...(comparable?.refusal?.code === growth?.refusal?.code ? [] : once(period, comparable?.refusal)),
  ]);
  const made = points
    .filter(({ restated, ways, parts }) => restated.length > 0 || (!ways.includes('reported') && parts.length > 0))
    .map(({ period, parts, restated }) => [
      `${period} ${words.made[language]}:`,
      ...parts.map(
        ({ territory, vintage, totalFen, shares }) =>
          `  ${territory} v${vintage}  ${showWanYuan(totalFen)} ${moneyUnits.wanYuan[language]}${shares.map((share) => ` × ${share}`).join('')}`,
      ),
      ...restated.map((step) => `  ${wordsOf(step)[language]}`),
    ]);
  return [...(refusals.length > 0 ? [refusals] : []), ...made];
}
