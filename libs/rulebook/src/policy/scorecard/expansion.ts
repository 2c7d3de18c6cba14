/** What follows from a scorecard, as it is gathered: columns, tables and formulas with the places of the file that they follow from. */
import type { Bilingual } from '@gep/kernel';
import type { NormPath } from '../../yaml/problem-log';
import type { RawColumn, RawFormula, RawTable } from '../raw-rule';

/** An entry that follows from the scorecard, with the place of the file that it follows from. */
export interface Derived<T> {
  readonly path: NormPath;
  readonly raw: T;
}

export interface ExpandedScorecard {
  readonly columns: readonly Derived<RawColumn>[];
  readonly tables: readonly Derived<RawTable>[];
  readonly formulas: readonly Derived<RawFormula>[];
  readonly show: readonly string[];
}

export class Expansion {
  readonly columns: Derived<RawColumn>[] = [];
  readonly tables: Derived<RawTable>[] = [];
  readonly formulas: Derived<RawFormula>[] = [];

  column(path: NormPath, raw: RawColumn): void {
    this.columns.push({ path, raw });
  }

  formula(path: NormPath, code: string, expression: string, name: Bilingual, unit = '1'): void {
    this.formulas.push({ path, raw: { code, name, unit, expression } });
  }
}

export const sumOf = (parts: readonly string[]): string => (parts.length === 0 ? '0' : parts.join(' + '));
