/** What the checks of integrity know of the counties of a region in a year. */
import type { Fen } from '@gep/kernel';

/** A figure as it was reported or recorded. */
export interface CountyValue {
  readonly item: string;
  /** `quantity`: differs from year to year and place to place; `intensity`: of a hectare; `price`: of a unit. */
  readonly kind: 'quantity' | 'intensity' | 'price';
  /** Decimal text, digit for digit. */
  readonly text: string;
}

/** What a hectare gives of an item is an item of its own. */
export const perHectare = (item: string): string => `${item} per hectare`;

/** What was set and reached, of one indicator in one year. */
export interface CountyTarget {
  readonly indicator: string;
  readonly year: string;
  readonly targetFen: Fen;
  readonly actualFen: Fen;
  /** Of the total of the account. */
  readonly isTotal?: boolean;
}

/** A vintage of the account, in the order in which they were recorded. */
export interface CountyVintage {
  /** Milliseconds. */
  readonly at: number;
  readonly totalFen: Fen;
}

export interface CountyFacts {
  readonly territory: string;
  readonly values: readonly CountyValue[];
  readonly lastYear: readonly CountyValue[];
  /** Up to and with this year. */
  readonly targets: readonly CountyTarget[];
  readonly vintages: readonly CountyVintage[];
  /** When the account was approved; null while it is not. */
  readonly approvedAt: number | null;
  /** What the total was to reach this year; null where nothing was set. */
  readonly totalTargetFen: Fen | null;
}

/** Counties of a region in one year; `neighbours` names for each the counties that it borders. */
export interface RegionFacts {
  readonly year: string;
  readonly counties: readonly CountyFacts[];
  readonly neighbours: ReadonlyMap<string, readonly string[]>;
}
