/** Heads and cells of report tables as they stand in a file: in one language, or in both beside each other. */
import type { Bilingual } from '@gep/kernel';
import type { ReportCell, ReportColumn } from './report-table';

export type ReportLanguage = keyof Bilingual | 'both';

/** Both languages, once where they are the same. */
export function written(name: Bilingual, language: ReportLanguage): string {
  if (language !== 'both') return name[language];
  return name.zh === name.en ? name.zh : `${name.zh} ${name.en}`;
}

/** The head of a column with its unit. */
export function headOf({ name, unit }: ReportColumn, language: ReportLanguage): string {
  const head = written(name, language);
  if (!unit) return head;
  const of = written(unit, language);
  return language === 'en' ? `${head} (${of})` : `${head}（${of}）`;
}

export function cellText(cell: ReportCell, language: ReportLanguage): string {
  if (cell === null) return '';
  return typeof cell === 'string' ? cell : written(cell, language);
}

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** Columns that a text takes; a Chinese character takes two. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : 1;
  return width;
}
