/** The faults of an imported file as text, each at the cell the person sees. */
import type { CellProblem } from '@gep/observation';
import type { Language } from '../terminal/language';

/** `extent!B7 (area) "abc": not a number. Write … [observation.…]`, one line per fault. */
export function renderProblems(problems: readonly CellProblem[], language: Language): string {
  const levels = { error: { zh: '错误', en: 'error' }, warning: { zh: '警告', en: 'warning' } };
  return problems
    .map(({ sheet, row, column, value, severity, code, text, mend }) => {
      const place = `${sheet}:${row}${column ? ` ${column}` : ''}`;
      const shown = value === '' ? '' : ` “${value}”`;
      const line = `${place}${shown}  ${levels[severity][language]}: ${text[language]} → ${mend[language]} [${code}]`;
      // What was typed into a cell may have lines of its own.
      return line.replace(/\s*[\r\n]+\s*/g, ' ⏎ ');
    })
    .join('\n');
}
