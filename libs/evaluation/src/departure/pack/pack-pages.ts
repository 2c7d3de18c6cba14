/** The pages of a term pack for a printer of PDF: a document description made of its tables, and nothing else. */
import { type AccountReport, headOf, type ReportCell, type ReportLanguage, type ReportTable } from '@gep/accounting';
import { grouped } from './pack-columns';

interface PageCell {
  readonly text: string;
  readonly style?: string;
  readonly colSpan?: number;
  readonly bold?: boolean;
  readonly fillColor?: string;
  readonly alignment?: 'right';
}

interface PagePart {
  readonly stack: readonly (
    | { readonly text: string; readonly style: string }
    | {
        readonly table: {
          readonly headerRows: number;
          readonly keepWithHeaderRows: number;
          readonly dontBreakRows: boolean;
          readonly widths: readonly ('auto' | '*')[];
          readonly body: readonly (readonly PageCell[])[];
        };
        readonly layout: string;
      }
  )[];
  readonly margin: readonly [number, number, number, number];
}

/** What the library draws; plain values alone, so that they pass to a thread. */
export interface PageDescription {
  readonly title: string;
  readonly subtitle: string;
  readonly footer: string;
  readonly parts: readonly PagePart[];
}

export function packPages(report: AccountReport, language: ReportLanguage): PageDescription {
  const said = (cell: ReportCell): string => inLanguage(cell, language);
  const { title, period, norm, accountDigest, tables } = report;
  return {
    title: said(title),
    subtitle: `${report.territory} · ${period} · ${said(norm.title)}`,
    footer: accountDigest,
    parts: tables.map((table) => pagePart(table, language)),
  };
}

const headColor = '#e6efe6';
const totalColor = '#f4f4f4';

function pagePart(table: ReportTable, language: ReportLanguage): PagePart {
  const { id, title, columns, rows, notes } = table;
  const alignOf = (at: number): Pick<PageCell, 'alignment'> =>
    columns[at].kind === 'number' ? { alignment: 'right' } : {};
  const head = columns.map((column, at): PageCell => ({
    text: headOf(column, language),
    ...{ bold: true, fillColor: headColor },
    ...alignOf(at),
  }));
  const body = rows.map(({ cells, level }) =>
    cells.map((cell, at): PageCell => ({
      text: shown(inLanguage(cell, language), columns[at].kind),
      ...(level && { bold: true, fillColor: totalColor }),
      ...alignOf(at),
    })),
  );
  // The title is a row of the head, so that it never stands at the foot of a page alone.
  const heading = { text: `${id}  ${inLanguage(title, language)}`, style: 'heading', colSpan: columns.length };
  const titled = columns.map((_, at): PageCell => (at === 0 ? heading : { text: '' }));
  const empty = columns.map((_, at): PageCell => ({ text: at === 0 ? '–' : '' }));
  return {
    margin: [0, 0, 0, 12],
    stack: [
      {
        table: {
          ...{ headerRows: 2, keepWithHeaderRows: 1, dontBreakRows: true, widths: widthsOf(table) },
          body: [titled, head, ...(body.length > 0 ? body : [empty])],
        },
        layout: 'lightHorizontalLines',
      },
      ...notes.map((note) => ({ text: inLanguage(note, language), style: 'note' })),
    ],
  };
}

/** Numbers are as wide as they are; texts take what is left. */
function widthsOf({ columns }: ReportTable): ('auto' | '*')[] {
  const texts = columns.flatMap(({ kind }, at) => (kind === 'text' ? [at] : []));
  const last = columns.length - 1;
  const wide = texts.at(-1) === last && last > 1 ? [last - 1, last] : [texts.length === 1 ? 0 : texts.at(-1)];
  return columns.map((_, at) => (wide.includes(at) && texts.includes(at) ? '*' : 'auto'));
}

function inLanguage(cell: ReportCell, language: ReportLanguage): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell;
  if (language !== 'both') return cell[language];
  return cell.zh === cell.en ? cell.zh : `${cell.zh} ${cell.en}`;
}

/** Digits in threes; a digest gets places to break a line at. */
function shown(text: string, kind: 'text' | 'number'): string {
  if (kind === 'number') return grouped(text);
  return text.replace(/[0-9a-f]{32,}/g, (run) => run.replace(/.{16}(?=.)/g, '$& '));
}
