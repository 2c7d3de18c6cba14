/** Columns and amounts of the tables of a term pack. */
import type { ReportTable } from '@gep/accounting';
import { formatYuan, type Bilingual } from '@gep/kernel';

type Column = ReportTable['columns'][number];

export const textColumn = (zh: string, en: string): Column => ({ name: { zh, en }, kind: 'text' });
export const numberColumn = (name: Bilingual, unit?: Bilingual): Column => ({
  ...{ name, kind: 'number' },
  ...(unit && { unit }),
});
export const yuan: Bilingual = { zh: '元', en: 'yuan' };
export const yuanOf = (fen: string): string => formatYuan(BigInt(fen));

/** Digits in threes, where an amount stands among texts. */
export const grouped = (amount: string): string =>
  amount.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
