/** Computed figures beside the tables a study printed, with deviations and the notes of each cell. */
import type { CaseReproduction, ReproducedCell, ReproducedTable, Verdict } from '@gep/accounting';
import type { Bilingual } from '@gep/kernel';
import { gradeNames } from './render-account';
import type { Language } from '../terminal/language';
import { renderTable } from './text-table';

const words = {
  row: { zh: '行', en: 'Row' },
  type: { zh: '类型', en: 'Type' },
  measure: { zh: '指标', en: 'Measure' },
  unit: { zh: '单位', en: 'Unit' },
  published: { zh: '论文', en: 'Published' },
  computed: { zh: '计算', en: 'Computed' },
  deviation: { zh: '偏差', en: 'Deviation' },
  grade: { zh: '证据', en: 'Evidence' },
  notes: { zh: '注', en: 'Notes' },
  total: { zh: '合计', en: 'Total' },
  before: { zh: '修复前', en: 'before' },
  after: { zh: '修复后', en: 'after' },
} satisfies Record<string, Bilingual>;

const measures: Record<string, Bilingual> = {
  area: { zh: '面积', en: 'area' },
  quantity: { zh: '实物量', en: 'quantity' },
  value: { zh: '价值量', en: 'value' },
  share: { zh: '占比', en: 'share' },
  rank: { zh: '位次', en: 'rank' },
};

const verdicts: Record<Verdict, Bilingual> = {
  equal: { zh: '一致', en: 'equal' },
  within: { zh: '容差内', en: 'within' },
  off: { zh: '超差', en: 'off' },
};

/** Relative deviations in per cent, those of shares in points, those of ranks in places. */
export function formatDeviation({ deviation, measure }: Pick<ReproducedCell, 'deviation' | 'measure'>): string {
  if (deviation === null) return '';
  const sign = deviation > 0 ? '+' : '';
  if (measure === 'rank') return deviation === 0 ? '0' : `${sign}${deviation}`;
  if (measure === 'share') return `${sign}${deviation.toFixed(2)} pt`;
  return `${sign}${(deviation * 100).toFixed(3)} %`;
}

/** What is shown of a reproduction; everything with the texts of its notes when `tables` is absent. */
export interface ReproductionView {
  /** Only these tables, and the numbers of the notes without their texts. */
  readonly tables?: readonly string[];
}

export function renderReproduction(
  reproduction: CaseReproduction,
  language: Language,
  { tables }: ReproductionView = {},
): string {
  const { title, source, norm, periods, notes, counts } = reproduction;
  const head = [
    title[language],
    source[language],
    `${norm.id} @ ${norm.edition.slice(0, 12)} · ${words.before[language]} = ${periods.before}, ${words.after[language]} = ${periods.after}`,
  ].join('\n');
  const remarks = notes.map(({ cells, text }, at) => `[${at + 1}] ${cells.join(', ')}\n    ${text[language]}`);
  const summary = (Object.keys(verdicts) as Verdict[]).map(
    (verdict) => `${verdicts[verdict][language]} ${counts[verdict]}`,
  );
  return [
    head,
    ...reproduction.tables
      .filter(({ id }) => tables?.includes(id) ?? true)
      .map((table) => renderReproducedTable(table, language)),
    ...(tables ? [] : [`${words.notes[language]}\n${remarks.join('\n')}`]),
    summary.join(' · '),
  ].join('\n\n');
}

/** Both periods of a figure on one line. */
function renderReproducedTable(table: ReproducedTable, language: Language): string {
  const withTypes = table.rows.some(({ type }) => type !== undefined);
  const rows = [
    ...table.rows.flatMap(({ name, type, cells }) => pairLines([name[language], type ?? ''], cells, language)),
    ...pairLines([words.total[language], ''], table.totals, language),
  ].map(([name, type, ...rest]) => (withTypes ? [name, type, ...rest] : [name, ...rest]));
  const periodColumns = (['before', 'after'] as const).flatMap((period) => [
    { heading: `${words[period][language]}: ${words.published[language]}`, numeric: true },
    { heading: words.computed[language], numeric: true },
    { heading: words.deviation[language], numeric: true },
  ]);
  const columns = [
    { heading: words.row[language] },
    ...(withTypes ? [{ heading: words.type[language] }] : []),
    { heading: words.measure[language] },
    { heading: words.unit[language] },
    ...periodColumns,
    { heading: words.grade[language] },
    { heading: words.notes[language] },
  ];
  const columnNotes = (['before', 'after'] as const).flatMap((period) =>
    table.columnNotes[period].map((at) => `${words[period][language]} [${at + 1}]`),
  );
  const heading = `${table.id}: ${table.title[language]}${columnNotes.length > 0 ? ` (${columnNotes.join(', ')})` : ''}`;
  return `${heading}\n${renderTable(columns, rows)}`;
}

function pairLines(names: readonly string[], cells: readonly ReproducedCell[], language: Language): string[][] {
  const kinds = [...new Set(cells.map(({ measure }) => measure))];
  return kinds.map((measure) => {
    const of = (period: ReproducedCell['period']) =>
      cells.find((cell) => cell.measure === measure && cell.period === period);
    const pair = [of('before'), of('after')];
    const present = pair.filter((cell) => cell !== undefined);
    const notes = [...new Set(present.flatMap((cell) => cell.notes))].map((at) => `[${at + 1}]`);
    return [
      ...names,
      measures[measure][language],
      language === 'en' ? present[0].unit.replace('万元', '10⁴ yuan') : present[0].unit,
      ...pair.flatMap((cell) =>
        cell ? [cell.published, cell.rounded, markedDeviation(cell, language)] : ['', '', ''],
      ),
      [...new Set(present.map(({ grade }) => gradeNames[grade][language]))].join(' / '),
      notes.join(''),
    ];
  });
}

/** A figure that does not round to what was printed, and is beyond the tolerance, is pointed at. */
function markedDeviation(cell: ReproducedCell, language: Language): string {
  const mark = cell.verdict === 'off' ? `${verdicts.off[language]} ` : cell.verdict === 'equal' ? '= ' : '';
  return `${mark}${formatDeviation(cell)}`.trimEnd();
}
