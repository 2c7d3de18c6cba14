/** Report tables as text for a terminal. */
import { headOf, type AccountReport, type ReportCell } from '@gep/accounting';
import type { Language } from '../../terminal/language';
import { partThousands } from '../figures';
import { renderTable } from '../text-table';

/** Every table with its title, units in the heads, and its notes. */
export function renderReport({ title, norm, tables }: AccountReport, language: Language): string {
  const shown = (cell: ReportCell): string => (cell === null ? '' : typeof cell === 'string' ? cell : cell[language]);
  const rendered = tables.map((table) =>
    [
      `${table.id} ${table.title[language]}`,
      renderTable(
        table.columns.map((column) => ({
          heading: headOf(column, language),
          ...(column.kind === 'number' ? { numeric: 'point' as const } : {}),
        })),
        table.rows.map(({ cells }) =>
          cells.map((cell, at) => (table.columns[at].kind === 'number' ? partThousands(shown(cell)) : shown(cell))),
        ),
      ),
      ...table.notes.map((note) => note[language]),
    ].join('\n'),
  );
  return [`${title[language]} · ${norm.title[language]}`, ...rendered].join('\n\n');
}
