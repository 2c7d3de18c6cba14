/** What a report table is: a title, columns whose heads carry their units, rows of text, and notes; in both languages. */
import { formatYuan, Fraction, type Bilingual, type EvidenceGrade, type Fen } from '@gep/kernel';
import { fixed } from './shown-figures';

export interface ReportColumn {
  readonly name: Bilingual;
  /** Stands in the head, so that no cell carries a unit. */
  readonly unit?: Bilingual;
  /** `number` cells are decimal text. */
  readonly kind: 'text' | 'number';
}

/** Text in both languages, decimal text, or nothing. */
export type ReportCell = Bilingual | string | null;

export interface ReportRow {
  readonly cells: readonly ReportCell[];
  /** A sum of rows above: shown apart. */
  readonly level?: 'subtotal' | 'total';
}

export interface ReportTable {
  /** `T1` to `T14`. */
  readonly id: string;
  readonly title: Bilingual;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly ReportRow[];
  readonly notes: readonly Bilingual[];
}

/** The tables of one account vintage. */
export interface AccountReport {
  readonly format: number;
  readonly title: Bilingual;
  readonly territory: string;
  /** As it is called at the end of the period; null where nobody has said. */
  readonly territoryName: Bilingual | null;
  readonly period: string;
  readonly norm: { readonly id: string; readonly edition: string; readonly title: Bilingual };
  readonly accountDigest: string;
  readonly tables: readonly ReportTable[];
}

export const text = (name: Bilingual): ReportColumn => ({ name, kind: 'text' });
export const number = (name: Bilingual, unit?: Bilingual): ReportColumn => ({
  name,
  kind: 'number',
  ...(unit ? { unit } : {}),
});

export const yuan: Bilingual = { zh: '元', en: 'yuan' };
export const percent: Bilingual = { zh: '%', en: '%' };
export const total: Bilingual = { zh: '合计', en: 'Total' };

export const yuanOf = (fen: Fen): string => formatYuan(fen);
/** A double as plain decimal text, the shortest that reads back. */
export const decimalOf = (value: number): string => Fraction.parse(String(value))!.toExactText();

/** Per cent with two decimals; null of nothing. */
export function shareOf(part: Fen, whole: Fen): string | null {
  return whole === 0n ? null : fixed(Fraction.of(part * 100n, whole), 2);
}

export const gradeNames: Readonly<Record<EvidenceGrade, Bilingual>> = {
  published: { zh: '刊载', en: 'published' },
  reported: { zh: '上报', en: 'reported' },
  solved: { zh: '反推', en: 'solved' },
  unverified: { zh: '未核实', en: 'unverified' },
};

export const categoryNames: Readonly<Record<string, Bilingual>> = {
  provisioning: { zh: '物质供给', en: 'Provisioning' },
  regulating: { zh: '调节服务', en: 'Regulating' },
  cultural: { zh: '文化服务', en: 'Cultural' },
};
