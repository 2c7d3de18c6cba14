/** Printed tables of a study beside the computed figures, one line a cell, with deviations and notes. */
import type { ComparedCell, ComparedTable, TablesReproduction } from '@gep/accounting';
import type { Bilingual } from '@gep/kernel';
import { measuresInPoints } from '@gep/rulebook';
import type { Language } from '../terminal/language';
import { showSigned, showUnit } from './figures';
import { categoryNames, gradeNames } from './render-account';
import { renderTable } from './text-table';

/** What every cell of a study is shown with. */
export const cellWords = {
  measure: { zh: '指标', en: 'Measure' },
  unit: { zh: '单位', en: 'Unit' },
  published: { zh: '论文', en: 'Published' },
  computed: { zh: '计算', en: 'Computed' },
  deviation: { zh: '偏差', en: 'Deviation' },
  grade: { zh: '证据', en: 'Evidence' },
  note: { zh: '注', en: 'Note' },
  notes: { zh: '注', en: 'Notes' },
  total: { zh: '合计', en: 'Total' },
} satisfies Record<string, Bilingual>;

const words = {
  ...cellWords,
  none: { zh: '各格取舍后均与印刷一致', en: 'every cell rounds to what was printed' },
  leftOut: { zh: '未对照（其账户被拒绝）', en: 'left out, their account was refused' },
} satisfies Record<string, Bilingual>;

const axes: Record<ComparedTable['columns'], Bilingual> = {
  service: { zh: '服务', en: 'Service' },
  group: { zh: '服务组', en: 'Group' },
  category: { zh: '类别', en: 'Category' },
  type: { zh: '类型', en: 'Type' },
  territory: { zh: '地域', en: 'Territory' },
  period: { zh: '核算期', en: 'Period' },
  item: { zh: '统计项', en: 'Item' },
  formula: { zh: '公式', en: 'Formula' },
  measure: words.measure,
};

export const measureNames: Readonly<Record<ComparedCell['measure'], Bilingual>> = {
  value: { zh: '价值量', en: 'value' },
  quantity: { zh: '实物量', en: 'quantity' },
  area: { zh: '面积', en: 'area' },
  share: { zh: '占比', en: 'share' },
  areaShare: { zh: '面积占比', en: 'share of area' },
  growth: { zh: '增长', en: 'growth' },
  areaGrowth: { zh: '面积增长', en: 'growth of area' },
  difference: { zh: '价值变化量', en: 'difference' },
  areaDifference: { zh: '面积变化量', en: 'difference of area' },
  yearlyChange: { zh: '年变化率', en: 'change a year' },
  yearlyGrowth: { zh: '年均增长率', en: 'yearly growth' },
  dynamicDegree: { zh: '动态度', en: 'dynamic degree' },
  rank: { zh: '位次', en: 'rank' },
  perArea: { zh: '单位面积价值', en: 'value per area' },
  unitValue: { zh: '单位价值', en: 'unit value' },
  price: { zh: '单价', en: 'price' },
  ratio: { zh: '比值', en: 'ratio' },
};

const verdicts: Record<ComparedCell['verdict'], Bilingual> = {
  equal: { zh: '一致', en: 'equal' },
  within: { zh: '容差内', en: 'within' },
  off: { zh: '超差', en: 'off' },
};

/** @param onlyDifferences leaves out the cells that round to what was printed */
export function renderPrintedTables(
  reproduction: TablesReproduction,
  language: Language,
  onlyDifferences = false,
): string {
  const { title, source, norm, tables, notes, counts, leftOut } = reproduction;
  const head = [title[language], source[language], `${norm.id} @ ${norm.edition.slice(0, 12)}`].join('\n');
  const remarks = notes.map(({ cells, text }, at) => `[${at + 1}] ${cells.join(', ')}\n    ${text[language]}`);
  const summary = (Object.keys(verdicts) as ComparedCell['verdict'][])
    .map((verdict) => `${verdicts[verdict][language]} ${counts[verdict]}`)
    .concat(leftOut.length > 0 ? [`${words.leftOut[language]} ${leftOut.length}`] : [])
    .join(' · ');
  return [
    head,
    ...tables.map((table) => renderOne(table, reproduction, language, onlyDifferences)),
    ...(remarks.length > 0 ? [`${words.notes[language]}\n${remarks.join('\n')}`] : []),
    `${summary}\n${legend(reproduction)[language]}`,
  ].join('\n\n');
}

function renderOne(
  { title, rows, columns, cells, notes }: ComparedTable,
  { names }: TablesReproduction,
  language: Language,
  onlyDifferences: boolean,
): string {
  const shown = onlyDifferences ? cells.filter(({ verdict }) => verdict !== 'equal') : cells;
  const heading = title[language] + notes.map((at) => ` [${at + 1}]`).join('');
  if (shown.length === 0) return cells.length === 0 ? heading : `${heading}\n${words.none[language]}`;
  const nameOf = (code: string, axis: string): string =>
    code === 'total'
      ? words.total[language]
      : ((names[`${axis}:${code}`] ?? names[code] ?? categoryNames[code])?.[language] ?? code);
  const mixed = columns !== 'measure' && new Set(cells.map(({ measure }) => measure)).size > 1;
  const lines = shown.map((cell) => [
    nameOf(cell.row, rows),
    columns === 'measure' || mixed ? measureNames[cell.measure][language] : nameOf(cell.column, columns),
    showUnit(cell.unit, language),
    cell.published,
    cell.rounded ?? '',
    deviationOf(cell, language),
    gradeNames[cell.grade][language],
    cell.notes.map((at) => `[${at + 1}]`).join(''),
  ]);
  const columnsShown = [
    { heading: axes[rows][language] },
    { heading: axes[columns][language] },
    { heading: words.unit[language] },
    { heading: words.published[language], numeric: 'point' as const },
    { heading: words.computed[language], numeric: 'point' as const },
    { heading: words.deviation[language], numeric: true },
    { heading: words.grade[language] },
    { heading: words.note[language] },
  ];
  return `${heading}\n${renderTable(columnsShown, lines)}`;
}

function deviationOf({ verdict, deviation, measure }: ComparedCell, language: Language): string {
  const mark = { equal: '=', within: '', off: verdicts.off[language] }[verdict];
  return `${mark} ${deviation === null ? '' : amountOf(deviation, measure, language)}`.trim();
}

function amountOf(deviation: number, measure: ComparedCell['measure'], language: Language): string {
  if (measure === 'rank') return showSigned(deviation, 0);
  if (measuresInPoints.has(measure)) return `${showSigned(deviation, 2)} ${language === 'zh' ? '百分点' : 'pt'}`;
  return `${showSigned(deviation * 100, 3)} %`;
}

const legend = ({ tolerance: { relative, points } }: TablesReproduction): Bilingual => ({
  zh: `“=”：按印刷位数取舍后一致；“超差”：不一致且偏差大于容差（${relative * 100} %，占比为 ${points} 个百分点，至少为末位的半个单位）。\n证据：计算值所依据的最弱一项。“[n]”见注。`,
  en: `"=": rounds to the printed digits; "off": does not, and is beyond the tolerance (${relative * 100} %, shares ${points} points, at least half a unit of the last digit).\nEvidence: the weakest value behind the computed figure. [n]: see the notes.`,
});
