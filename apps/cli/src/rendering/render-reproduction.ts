/** Computed figures beside the tables a study printed, with deviations and the notes of each cell. */
import type { CaseReproduction, ReproducedCell, ReproducedTable, Verdict } from '@gep/accounting';
import type { Bilingual } from '@gep/kernel';
import type { Language } from '../terminal/language';
import { showSigned, showUnit } from './figures';
import { gradeNames } from './render-account';
import { cellWords, measureNames } from './render-printed-tables';
import { renderTable } from './text-table';

const words = {
  row: { zh: '项目', en: 'Row' },
  type: { zh: '地类', en: 'Type' },
  ...cellWords,
  before: { zh: '修复前', en: 'Before' },
  after: { zh: '修复后', en: 'After' },
  section: { zh: '正文第', en: 'text, section' },
} satisfies Record<string, Bilingual>;

const verdicts: Record<Verdict, Bilingual> = {
  equal: { zh: '一致', en: 'equal' },
  within: { zh: '容差内', en: 'within' },
  off: { zh: '超差', en: 'off' },
};

const legend: Bilingual = {
  zh: '“=”：按论文的印刷位数取舍后一致，其后为未取舍的偏差；“超差”：不一致且偏差大于容差（0.5 %，占比为 0.5 个百分点，至少为末位的半个单位）。\n证据：计算值所依据的最弱一项（刊载、反推、未核实）；修复前后不同时用“/”分开。“[n]”见注。',
  en: '"=": rounds to the printed digits, the deviation after it is that before rounding; "off": does not, and is beyond the tolerance (0.5 %, shares half a point, at least half a unit of the last digit).\nEvidence: the weakest value behind the computed figures (published, solved, unverified); before / after where they differ. [n]: see the notes.',
};

/** Where the texts are that the numbers of the notes stand for. */
const whereNotes = (study: string): Bilingual => ({
  zh: `各注的全文：npm run gep -- reproduce ${study}`,
  en: `The notes in full: npm run gep -- reproduce ${study}`,
});

/** Relative deviations in per cent, those of shares in points, those of ranks in places. */
export function formatDeviation(
  { deviation, measure }: Pick<ReproducedCell, 'deviation' | 'measure'>,
  language: Language,
): string {
  if (deviation === null) return '';
  if (measure === 'rank') return showSigned(deviation, 0);
  if (measure === 'share') return `${showSigned(deviation, 2)} ${language === 'zh' ? '百分点' : 'pt'}`;
  return `${showSigned(deviation * 100, 3)} %`;
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
  const names = namesIn(reproduction, language);
  const remarks = notes.map(({ cells, text }, at) => {
    const places = cells.map((cell) => placeOf(cell, names, language));
    return `[${at + 1}] ${places.join(language === 'zh' ? '；' : '; ')}\n    ${text[language]}`;
  });
  const summary = (Object.keys(verdicts) as Verdict[])
    .map((verdict) => `${verdicts[verdict][language]} ${counts[verdict]}`)
    .join(' · ');
  return [
    head,
    ...reproduction.tables
      .filter(({ id }) => tables?.includes(id) ?? true)
      .map((table) => renderReproducedTable(table, names, language)),
    ...(tables ? [] : [`${words.notes[language]}\n${remarks.join('\n')}`]),
    [summary, legend[language], ...(tables ? [whereNotes(reproduction.case)[language]] : [])].join('\n'),
  ].join('\n\n');
}

type NameOf = (code: string) => string;

/** Names of services, groups and types, from the rows of the tables. */
function namesIn({ tables }: CaseReproduction, language: Language): NameOf {
  const names = new Map(tables.flatMap(({ rows }) => rows.map(({ code, name }) => [code, name[language]] as const)));
  return (code) => names.get(code) ?? code;
}

/** `table4.before.so2.quantity` in words: Table 4, before, the row, what of it. */
function placeOf(cell: string, names: NameOf, language: Language): string {
  const [table, ...rest] = cell.split('.');
  if (table === 'text')
    return `${words.section[language]}${language === 'zh' ? '' : ' '}${rest.join('.')}${language === 'zh' ? '节' : ''}`;
  const known: Record<string, Bilingual> = {
    ...measureNames,
    before: words.before,
    after: words.after,
    total: words.total,
  };
  const parts = rest.map((part) => known[part]?.[language] ?? names(part));
  const number = table.replace('table', '');
  return language === 'zh' ? [`表${number}`, ...parts].join(' ') : [`Table ${number}`, ...parts].join(', ');
}

const periods = ['before', 'after'] as const;

/** Both periods of a figure on one line, each with its deviation and the notes of its cells. */
function renderReproducedTable(table: ReproducedTable, names: NameOf, language: Language): string {
  const cells = [...table.rows.flatMap((row) => row.cells), ...table.totals];
  const withTypes = table.rows.some(({ type }) => type !== undefined);
  const noted = periods.filter((period) => cells.some((cell) => cell.period === period && cell.notes.length > 0));
  const rows = [
    ...table.rows.flatMap(({ name, type, cells: own }) => {
      const typeName = type === undefined ? '' : names(type);
      return pairLines(withTypes ? [name[language], typeName] : [name[language]], own, noted, language);
    }),
    ...pairLines(withTypes ? [words.total[language], ''] : [words.total[language]], table.totals, noted, language),
  ];
  const columns = [
    { heading: words.row[language] },
    ...(withTypes ? [{ heading: words.type[language] }] : []),
    { heading: words.measure[language] },
    { heading: words.unit[language] },
    ...periods.flatMap((period) => [
      { heading: `${words[period][language]}: ${words.published[language]}`, numeric: 'point' as const },
      { heading: words.computed[language], numeric: 'point' as const },
      { heading: words.deviation[language], numeric: true },
      ...(noted.includes(period) ? [{ heading: words.note[language] }] : []),
    ]),
    { heading: words.grade[language] },
  ];
  const columnNotes = periods.flatMap((period) =>
    table.columnNotes[period].map((at) => `${words[period][language]} [${at + 1}]`),
  );
  const separator = language === 'zh' ? '，' : ', ';
  const heading = table.title[language] + (columnNotes.length > 0 ? ` · ${columnNotes.join(separator)}` : '');
  return `${heading}\n${renderTable(columns, rows)}`;
}

function pairLines(
  names: readonly string[],
  cells: readonly ReproducedCell[],
  noted: readonly ReproducedCell['period'][],
  language: Language,
): string[][] {
  const kinds = [...new Set(cells.map(({ measure }) => measure))];
  return kinds.map((measure) => {
    const own = cells.filter((cell) => cell.measure === measure);
    return [
      ...names,
      measureNames[measure][language],
      showUnit(own[0].unit, language),
      ...periods.flatMap((period) => {
        const cell = own.find((each) => each.period === period);
        const figures = cell ? [cell.published, cell.rounded, markedDeviation(cell, language)] : ['', '', ''];
        return noted.includes(period) ? [...figures, noteNumbers(cell)] : figures;
      }),
      [...new Set(own.map(({ grade }) => gradeNames[grade][language]))].join(' / '),
    ];
  });
}

const noteNumbers = (cell: ReproducedCell | undefined): string =>
  [...(cell?.notes ?? [])]
    .sort((a, b) => a - b)
    .map((at) => `[${at + 1}]`)
    .join('');

/** A figure that does not round to what was printed, and is beyond the tolerance, is pointed at. */
function markedDeviation(cell: ReproducedCell, language: Language): string {
  const mark = cell.verdict === 'off' ? `${verdicts.off[language]} ` : cell.verdict === 'equal' ? '= ' : '';
  return `${mark}${formatDeviation(cell, language)}`.trimEnd();
}
