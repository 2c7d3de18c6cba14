/** Lists for a terminal: under heads in one of both languages, or a sentence where there is nothing. */
import type { Bilingual } from '@gep/kernel';
import type { Language } from '../terminal/language';
import { renderTable, type TableColumn } from './text-table';

/** A column with its heading in both languages. */
export interface Head extends Omit<TableColumn, 'heading'> {
  readonly zh: string;
  readonly en: string;
}

export const columnsOf = (heads: readonly Head[], language: Language): TableColumn[] =>
  heads.map(({ numeric, most, ...heading }) => ({ heading: heading[language], numeric, most }));

/** @param nothing what is said of a list without rows, and by which verb there would be one */
export const renderList = (
  language: Language,
  heads: readonly Head[],
  rows: readonly (readonly string[])[],
  nothing: Bilingual,
): string => (rows.length === 0 ? nothing[language] : renderTable(columnsOf(heads, language), rows));
