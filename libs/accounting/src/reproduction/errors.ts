/** What stands in the way of setting accounts beside printed tables, and how to mend it. */
import { DomainError, type Bilingual } from '@gep/kernel';

/** Cells of printed tables that no account can answer; all of them are listed, those of one reason together. */
export class CellsUnanswerable extends DomainError {
  readonly code = 'accounting.cells-unanswerable';
  readonly kind = 'invalid';
  constructor(study: string, reasons: readonly { readonly cell: string; readonly text: Bilingual }[]) {
    const byText = new Map<string, { text: Bilingual; cells: string[] }>();
    for (const { cell, text } of reasons) {
      const known = byText.get(text.en) ?? { text, cells: [] };
      byText.set(text.en, { text, cells: [...known.cells, cell] });
    }
    const shown = [...byText.values()].slice(0, 20);
    const more = byText.size - shown.length;
    const few = 3;
    const list = (language: keyof Bilingual, andMore: (count: number) => string): string =>
      shown
        .map(({ cells, text }) => {
          const beyond = cells.length - few;
          return `\n  ${cells.slice(0, few).join(', ')}${beyond > 0 ? andMore(beyond) : ''}: ${text[language]}`;
        })
        .join('');
    const zh = list('zh', (count) => ` 等另 ${count} 处`);
    const en = list('en', (count) => ` and ${count} more`);
    super(
      {
        zh: `“${study}”的印刷表有 ${reasons.length} 处无法对照：${zh}${more > 0 ? `\n  另有 ${more} 种原因` : ''}`,
        en: `${reasons.length} places of the printed tables of "${study}" cannot be set beside the accounts:${en}${more > 0 ? `\n  and ${more} more reasons` : ''}`,
      },
      { case: study, cells: reasons.map(({ cell }) => cell) },
    );
  }
}

/** Why one cell cannot be answered; `CellsUnanswerable` lists it. */
export class CellUnanswerable extends DomainError {
  readonly code = 'accounting.cell-unanswerable';
  readonly kind = 'invalid';
  constructor(text: Bilingual) {
    super(text, {});
  }
}

/** A figure of a formula was asked for by something that it does not go by. */
export class FormulaNotHere extends DomainError {
  readonly code = 'accounting.formula-not-here';
  readonly kind = 'invalid';
  /** @param held the axis it was asked for by; absent where it has no figure at all */
  constructor(formula: string, scope: string, held: string | undefined) {
    super(
      held === undefined
        ? {
            zh: `公式“${formula}”的范围是 ${scope}，每个统计项各有一值，不能加总；请写用到它的服务`,
            en: `formula "${formula}" has the scope ${scope}: a number for each statistic, which nothing adds up; name the service that reads it`,
          }
        : {
            zh: `公式“${formula}”（范围 ${scope}）没有按 ${held} 的数；请写在 total 列，或去掉 where 中的 ${held}`,
            en: `formula "${formula}" (scope ${scope}) has no figure by ${held}; write it in the column total, or take ${held} out of where`,
          },
      { formula, scope },
    );
  }
}
