/** What data sheets announce. */

/** A department's sheet is late. Its key is territory, period, norm, sheet and day: once a day each. */
export const sheetOverdue = 'accounting.sheet-overdue';

export interface SheetOverdue {
  readonly territory: string;
  readonly period: string;
  readonly normId: string;
  readonly sheet: string;
  /** The day on which it was noticed, and the last day on which it was not late. */
  readonly day: string;
  readonly due: string;
  readonly missing: readonly string[];
}
