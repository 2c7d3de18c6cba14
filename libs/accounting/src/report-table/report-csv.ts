/** A report as CSV for spreadsheets: UTF-8 with its byte order mark, lines ended by CRLF, its head, then tables one below the other. */
import type { Bilingual } from '@gep/kernel';
import type { AccountReport, ReportTable } from './report-table';
import { cellText, headOf, written, type ReportLanguage } from './written-cells';

/**
 * Six lines say what the report is of (title, territory, period, norm, edition, digest of the account); an empty line parts
 * them from the tables, and each table from the next.
 * @param only id of the one table that is wanted; all of them when absent
 */
export function reportCsv(report: AccountReport, language: ReportLanguage, only?: string): string {
  const tables = report.tables.filter(({ id }) => only === undefined || id === only);
  return `\uFEFF${[headCsv(report, language), ...tables.map((table) => tableCsv(table, language))].join('\r\n')}`;
}

function headCsv(
  { title, territory, territoryName, period, norm, accountDigest }: AccountReport,
  language: ReportLanguage,
): string {
  const fact = (what: Bilingual, ...values: (string | Bilingual)[]): string[] => [
    written(what, language),
    ...values.map((value) => guarded(cellText(value, language))),
  ];
  return csvOf([
    [guarded(written(title, language))],
    fact({ zh: '核算地域', en: 'Territory' }, territory, ...(territoryName ? [territoryName] : [])),
    fact({ zh: '核算期', en: 'Period' }, period),
    fact({ zh: '规范', en: 'Norm' }, norm.id, norm.title),
    fact({ zh: '规范版本', en: 'Edition of the norm' }, norm.edition),
    fact({ zh: '账户指纹', en: 'Digest of the account' }, accountDigest),
  ]);
}

function tableCsv({ id, title, columns, rows, notes }: ReportTable, language: ReportLanguage): string {
  return csvOf([
    [`${id} ${written(title, language)}`],
    columns.map((column) => headOf(column, language)),
    ...rows.map(({ cells }) =>
      cells.map((cell, at) => (columns[at].kind === 'number' ? cellText : guardedCell)(cell, language)),
    ),
    ...notes.map((note) => [written(note, language)]),
  ]);
}

const csvOf = (lines: readonly (readonly string[])[]): string =>
  lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');

const guardedCell: typeof cellText = (cell, language) => guarded(cellText(cell, language));
/** A spreadsheet runs a text that begins like a formula; an apostrophe keeps it a text. */
const guarded = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
