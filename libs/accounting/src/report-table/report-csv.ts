/** A report as CSV for spreadsheets: UTF-8 with its byte order mark, lines ended by CRLF, tables one below the other. */
import type { AccountReport, ReportTable } from './report-table';
import { cellText, headOf, written, type ReportLanguage } from './written-cells';

/** @param only id of the one table that is wanted; all of them when absent */
export function reportCsv(report: AccountReport, language: ReportLanguage, only?: string): string {
  const tables = report.tables.filter(({ id }) => only === undefined || id === only);
  return `\uFEFF${tables.map((table) => tableCsv(table, language)).join('\r\n')}`;
}

function tableCsv({ id, title, columns, rows, notes }: ReportTable, language: ReportLanguage): string {
  const lines = [
    [`${id} ${written(title, language)}`],
    columns.map((column) => headOf(column, language)),
    ...rows.map(({ cells }) =>
      cells.map((cell, at) => guarded(cellText(cell, language), columns[at].kind === 'number')),
    ),
    ...notes.map((note) => [written(note, language)]),
  ];
  return lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

/** A spreadsheet runs a text that begins like a formula; an apostrophe keeps it a text. */
const guarded = (text: string, isNumber: boolean): string =>
  !isNumber && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
