/** What a higher government sets its lower ones to reach: indicators, and where each unit is to stand in each year. */
import type { Bilingual } from '@gep/kernel';
import type { TargetPath } from './milestones';

/** `gep`: of all or of chosen services; `gep-effects`: the base and what chosen effects added since; GDP comes from outside. */
export type TargetMeasure = 'gep' | 'gep-effects' | 'gep-per-area' | 'gdp';
export const targetMeasures: readonly TargetMeasure[] = ['gep', 'gep-effects', 'gep-per-area', 'gdp'];

/** A price index as it was stated, with its source. */
export interface StatedIndex {
  /** A price year, a product or a service. */
  readonly of: string;
  /** Price of `pricesOf` over the price that is moved, exact text. */
  readonly factor: string;
  readonly source: string;
}

export interface TargetIndicator {
  readonly code: string;
  readonly name: Bilingual;
  readonly measure: TargetMeasure;
  /** Year whose prices count; null: each year at its own prices. */
  readonly pricesOf: string | null;
  /** Moves prices of other years into the money of `pricesOf`, where the norm has such. */
  readonly indices: readonly StatedIndex[];
  /** Counted services or categories; all where both are empty. */
  readonly services: readonly string[];
  readonly categories: readonly string[];
  /** Of `gep-effects`. */
  readonly effects: readonly string[];
}

/** Where the target of the last year comes from; exactly one of the four is given. */
export interface TargetEnd {
  /** Yuan, or yuan for a hectare. */
  readonly target: string | null;
  /** Proportion over the whole term, exact text. */
  readonly growth: string | null;
  /** Proportion in each year, exact text. */
  readonly yearly: string | null;
  /** Of a path that is set: every year's milestone in yuan. */
  readonly years: Readonly<Record<string, string>> | null;
}

export interface TargetEntry extends TargetEnd {
  readonly indicator: string;
  /** Null: every unit without an entry of its own. */
  readonly unit: string | null;
  readonly path: TargetPath;
}

export interface PlanTerms {
  readonly code: string;
  readonly title: Bilingual;
  /** Territory whose government sets the targets. */
  readonly place: string;
  readonly term: { readonly first: number; readonly last: number };
  /** Year from which this edition holds; later than the first one in an amendment. */
  readonly from: number;
  readonly base: number;
  readonly norm: string;
  /** Day whose boundary every figure is of. */
  readonly boundaryDay: string;
  readonly indicators: readonly TargetIndicator[];
  /** Codes of the indicators that must both grow; they are never added. */
  readonly dual: { readonly gep: string; readonly gdp: string } | null;
  readonly units: readonly string[];
  readonly entries: readonly TargetEntry[];
}

export const unitOfMeasure = (measure: TargetMeasure): 'yuan' | 'yuan/hm2' =>
  measure === 'gep-per-area' ? 'yuan/hm2' : 'yuan';

/** Figures of this measure add up over units. */
export const isAdditive = (measure: TargetMeasure): boolean => measure !== 'gep-per-area';

/** The entry that holds for a unit; undefined when it has no target of this indicator. */
export function entryOf(terms: PlanTerms, indicator: string, unit: string): TargetEntry | undefined {
  const own = terms.entries.find((entry) => entry.indicator === indicator && entry.unit === unit);
  const general = unit === terms.place ? undefined : null;
  return own ?? terms.entries.find((entry) => entry.indicator === indicator && entry.unit === general);
}
