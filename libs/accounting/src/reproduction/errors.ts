/** What stands in the way of setting accounts beside printed tables, and how to mend it. */
import { DomainError, type Bilingual } from '@gep/kernel';

/** Cells of printed tables that no account can answer; all of them are listed. */
export class CellsUnanswerable extends DomainError {
  readonly code = 'accounting.cells-unanswerable';
  readonly kind = 'invalid';
  constructor(study: string, reasons: readonly { readonly cell: string; readonly text: Bilingual }[]) {
    const shown = reasons.slice(0, 20);
    const more = reasons.length - shown.length;
    const list = (language: keyof Bilingual): string =>
      shown.map(({ cell, text }) => `\n  ${cell}: ${text[language]}`).join('');
    super(
      {
        zh: `“${study}”的印刷表有 ${reasons.length} 处无法对照：${list('zh')}${more > 0 ? `\n  另有 ${more} 处` : ''}`,
        en: `${reasons.length} places of the printed tables of "${study}" cannot be set beside the accounts:${list('en')}${more > 0 ? `\n  and ${more} more` : ''}`,
      },
      { case: study, cells: reasons.map(({ cell }) => cell) },
    );
  }
}
