/** An extent account as text: its entries by class, its change matrix, and what rounding keeps apart. */
import { outside, type ExtentAccount, type ExtentRow } from '@gep/accounting';
import { Fraction, type Bilingual } from '@gep/kernel';
import type { Language } from '../../terminal/language';
import { partThousands, showUnit } from '../figures';
import { renderTable, type TableColumn } from '../text-table';

const words = {
  class: { zh: '类别', en: 'Class' },
  opening: { zh: '期初', en: 'Opening' },
  managedAdditions: { zh: '人为增加', en: 'Managed additions' },
  unmanagedAdditions: { zh: '自然增加', en: 'Unmanaged additions' },
  unstatedAdditions: { zh: '未述因增加', en: 'Additions, cause not stated' },
  managedReductions: { zh: '人为减少', en: 'Managed reductions' },
  unmanagedReductions: { zh: '自然减少', en: 'Unmanaged reductions' },
  unstatedReductions: { zh: '未述因减少', en: 'Reductions, cause not stated' },
  come: { zh: '边界变化划入', en: 'From outside by boundary' },
  gone: { zh: '边界变化划出', en: 'To outside by boundary' },
  net: { zh: '净变化', en: 'Net change' },
  closing: { zh: '期末', en: 'Closing' },
  total: { zh: '合计', en: 'Total' },
  unknown: { zh: '不详', en: 'unknown' },
  outside: { zh: '区外', en: 'outside' },
  side: { zh: '项', en: 'Entry' },
  stated: { zh: '刊载', en: 'Printed' },
  summed: { zh: '合计值', en: 'Sum' },
  difference: { zh: '差', en: 'Difference' },
  tolerance: { zh: '容差', en: 'Tolerance' },
} satisfies Record<string, Bilingual>;

const matrixTitle = { zh: '转移矩阵（行为期初，列为期末）', en: 'Change matrix (rows: opening, columns: closing)' };
const differencesTitle = {
  zh: '四舍五入所致差异（账户取各项合计）',
  en: 'Differences from rounding (the account takes the sums)',
};

export function renderExtent(account: ExtentAccount, language: Language): string {
  const { part, from, to, unit } = account;
  return [
    `${part} · ${from}–${to} · ${showUnit(unit, language)}`,
    renderRows(account, language),
    ...(account.matrix ? [`${matrixTitle[language]}\n${renderMatrix(account, language)}`] : []),
    ...(account.differences.length > 0
      ? [`${differencesTitle[language]}\n${renderDifferences(account, language)}`]
      : []),
  ].join('\n\n');
}

const show = (figure: Fraction): string => partThousands(figure.toDecimalText(12));

function renderRows({ classes, rows, total, crossed }: ExtentAccount, language: Language): string {
  const causes = ['managed', 'unmanaged', 'unstated'] as const;
  const all = [...rows.values(), total];
  const entries = (['additions', 'reductions'] as const).flatMap((side) =>
    causes
      .filter((cause) => all.some((row) => (cause === 'unstated' && !row[side]) || row[side]?.[cause].numerator))
      .map((cause) => ({ side, cause, word: words[`${cause}${side === 'additions' ? 'Additions' : 'Reductions'}`] })),
  );
  const over = crossed ? (['come', 'gone'] as const) : [];
  const columns: TableColumn[] = [
    { heading: words.class[language] },
    { heading: words.opening[language], numeric: 'point' },
    ...entries.map(({ word }) => ({ heading: word[language], numeric: 'point' as const })),
    ...over.map((side) => ({ heading: words[side][language], numeric: 'point' as const })),
    { heading: words.net[language], numeric: 'point' },
    { heading: words.closing[language], numeric: 'point' },
  ];
  const line = (name: string, row: ExtentRow, ofClass?: string): string[] => {
    const known = entries.map(({ side, cause }) => {
      const change = row[side];
      return change ? show(change[cause]) : words.unknown[language];
    });
    const moved = over.map((side) => show(crossedBy(crossed!, side, ofClass)));
    return [name, show(row.opening), ...known, ...moved, show(row.net), show(row.closing)];
  };
  const named = classes.map(({ code, name }) => line(name[language], rows.get(code)!, code));
  return renderTable(columns, [...named, line(words.total[language], total)]);
}

/** Of a class, or of all of them. */
function crossedBy(
  crossed: NonNullable<ExtentAccount['crossed']>,
  side: 'come' | 'gone',
  ofClass: string | undefined,
): Fraction {
  if (ofClass !== undefined) return crossed.get(ofClass)![side];
  return [...crossed.values()].reduce((sum, one) => sum.plus(one[side]), Fraction.zero);
}

function renderMatrix({ classes, matrix, rows, total }: ExtentAccount, language: Language): string {
  const names = new Map([
    ...classes.map(({ code, name }) => [code, name[language]] as const),
    [outside, words.outside[language]],
  ]);
  const codes = [...matrix!.keys()];
  const columns: TableColumn[] = [
    { heading: '' },
    ...codes.map((code) => ({ heading: names.get(code)!, numeric: 'point' as const })),
    { heading: words.opening[language], numeric: 'point' },
  ];
  const cells = codes.map((row) => [
    names.get(row)!,
    ...[...matrix!.get(row)!.values()].map(show),
    row === outside ? '' : show(rows.get(row)!.opening),
  ]);
  const closing = codes.map((code) => (code === outside ? '' : show(rows.get(code)!.closing)));
  return renderTable(columns, [
    ...cells,
    [words.closing[language], ...closing, codes.includes(outside) ? '' : show(total.opening)],
  ]);
}

function renderDifferences({ classes, differences }: ExtentAccount, language: Language): string {
  const nameOf = (code: string | null): string =>
    classes.find((one) => one.code === code)?.name[language] ?? words.total[language];
  return renderTable(
    [
      { heading: words.class[language] },
      { heading: words.side[language] },
      { heading: words.stated[language], numeric: 'point' },
      { heading: words.summed[language], numeric: 'point' },
      { heading: words.difference[language], numeric: 'point' },
      { heading: words.tolerance[language], numeric: 'point' },
    ],
    differences.map((one) => [
      nameOf(one.class),
      words[one.side][language],
      show(one.stated),
      show(one.summed),
      show(one.difference),
      show(one.tolerance),
    ]),
  );
}
