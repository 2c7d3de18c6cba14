/** A stated account: figures as printed or as computed, in a form that the checks read wherever they come from. */
import type { MissingSheet } from '../sheet/sheet-status';
import type { Bilingual } from '@gep/kernel';
import type { IdleReason } from '../flow/idle-flows';
import type { StatedMisprint, StatedPrint } from './printed/stated-print';

/**
 * Figures are decimal text with the digits that were stated; a figure that was not stated is absent.
 * Each row names its place (`at`); the place of a figure in it is `at` and the name of the measure.
 */
export interface StatedAccount {
  readonly territory: string;
  /** Sums of exact figures hold to the last digit; those of printed figures within half a unit of each last digit. */
  readonly exact: boolean;
  /** Only the sums that are listed must hold; else those that the tables imply must, too. */
  readonly onlyStatedSums?: boolean;
  readonly valueUnit: string;
  /** Yuan in one unit of value. */
  readonly yuanPerValue: string;
  /** In the order of time. */
  readonly periods: readonly StatedPeriod[];
  readonly types: readonly StatedName[];
  readonly services: readonly StatedName[];
  /** What rows call themselves, by their places, where a place says no more than a number. */
  readonly labels?: ReadonlyMap<string, string>;
}

export interface StatedName {
  readonly code: string;
  readonly name: Bilingual;
  /** Land under buildings, mines and roads, which is not expected to regulate anything. */
  readonly built?: boolean;
}

export interface StatedPeriod {
  readonly period: string;
  /** Share of the year; bounds of rates hold for a whole one. */
  readonly shareOfYear: string;
  readonly people?: string;
  readonly areas: readonly StatedArea[];
  readonly areaTotal?: StatedFigure;
  readonly services: readonly StatedService[];
  /** Values of services or groups by ecosystem type. */
  readonly cells: readonly StatedCell[];
  readonly types: readonly StatedType[];
  /** Every place where the whole is stated. */
  readonly totals: readonly StatedFigure[];
  /** Further sums that must hold. */
  readonly sums: readonly StatedSum[];
  readonly misprints: readonly StatedMisprint[];
  readonly claims: readonly StatedClaim[];
  readonly inputs: readonly StatedInput[];
  readonly stocks: readonly StatedStock[];
  readonly means: readonly StatedMean[];
  readonly indicators: readonly StatedIndicator[];
  readonly discounts: readonly StatedDiscount[];
  readonly entries: readonly StatedEntry[];
  readonly derived: readonly StatedDerived[];
  readonly shares: readonly StatedShares[];
  /** Ranks of one list each. */
  readonly ranks: readonly (readonly StatedRank[])[];
  readonly dayGaps: readonly StatedDayGap[];
  readonly setAside: readonly StatedSetAside[];
  readonly addedUp: readonly StatedAddedUp[];
  readonly idleFlows: readonly StatedIdleFlow[];
  readonly missingSheets: readonly MissingSheet[];
}

/** A line of an aggregate, and what the accounts below it come to less what declared flows take back. */
export interface StatedAddedUp {
  readonly at: string;
  readonly service: string;
  readonly type?: string;
  /** Decimal text in `unit`; 0 where there is no such line. */
  readonly stated: string;
  readonly below: string;
  readonly unit: string;
}

/** A flow that was declared between parts of the account and takes nothing back from it. */
export interface StatedIdleFlow {
  readonly at: string;
  readonly service: string;
  readonly supplier: string;
  readonly beneficiary: string;
  readonly why: IdleReason;
}

/** A price that was reported and that the norm does not take. */
export interface StatedSetAside {
  readonly at: string;
  readonly item: string;
  readonly type?: string;
  readonly price: string;
  readonly unit: string;
  /** Parameter or formula that priced the item instead, with what it gave in the same unit, where there is one. */
  readonly by?: string;
  readonly taken?: string;
}

/** A daily series that lacks days. */
export interface StatedDayGap {
  readonly at: string;
  readonly series: StatedName;
  readonly days: number;
  readonly missing: number;
}

export interface StatedFigure {
  readonly at: string;
  readonly text: string;
}

export interface StatedArea {
  readonly at: string;
  readonly type: string;
  /** Hectares; the share is per cent of the whole. */
  readonly area?: string;
  readonly share?: string;
}

/** A row by service, or by service and type. */
export interface StatedService {
  readonly at: string;
  readonly code: string;
  readonly group?: string;
  readonly category?: string;
  readonly type?: string;
  readonly quantity?: string;
  readonly unit?: string;
  /** The quantity in a unit that bounds are written in, where `unit` is another. */
  readonly plain?: { readonly quantity: string; readonly unit: string };
  /** As printed, where that is not `unit`; `fits` says whether it can be the unit of the quantity at all. */
  readonly printedUnit?: { readonly text: string; readonly fits: boolean };
  /** Yuan for one unit of quantity, γ included. */
  readonly unitValue?: string;
  /** How the price was printed; absent where it is exact. */
  readonly print?: StatedPrint;
  /** Of a sum of values that were rounded one by one: quantity times price may differ from it by that rounding. */
  readonly summed?: boolean;
  readonly value?: string;
  readonly share?: string;
  /** What the stated formula gives with the stated inputs; `most` when an input was set to the most it can be. */
  readonly predicted?: { readonly quantity: string; readonly most: boolean };
  readonly priceYear?: string;
  /** The year is that of a parameter of the norm, which an account by it cannot choose. */
  readonly pricedByNorm?: boolean;
  readonly dataYear?: string;
  /** What becomes of a value below nought: `keep` is legal. */
  readonly negative?: 'zero' | 'keep' | 'refuse';
}

export interface StatedCell {
  readonly at: string;
  /** Service or group. */
  readonly row: string;
  readonly type: string;
  readonly value: string;
}

export interface StatedType {
  readonly at: string;
  readonly type: string;
  readonly value?: string;
  readonly share?: string;
  readonly rank?: string;
  /** The area that the value table was computed with, where stated. */
  readonly area?: string;
}

export interface StatedSum {
  readonly total: StatedFigure;
  readonly parts: readonly StatedFigure[];
  /** The two sides come from different tables. */
  readonly acrossTables?: boolean;
  /** Unit of both sides, where that is not the unit of value. */
  readonly unit?: string;
  /** Another place that the total agrees with, so that a part is wrong and not the total. */
  readonly totalHoldsAt?: string;
}

/** A figure that is one stated figure divided by another: growth, a value per area or head, a ratio to GDP. */
export interface StatedDerived extends StatedFigure {
  readonly unit: string;
  /** One is taken off the quotient. */
  readonly isGrowth: boolean;
  readonly of: StatedFigure;
  readonly by: StatedFigure;
  /** What the quotient of the texts is multiplied by to be in `unit`. */
  readonly factor: string;
  readonly service?: string;
  readonly type?: string;
}

/** Shares of one whole, in per cent. */
export interface StatedShares {
  readonly whole: StatedFigure;
  readonly shares: readonly {
    readonly at: string;
    readonly share: string;
    readonly part: string;
    readonly service?: string;
    readonly type?: string;
  }[];
}

export interface StatedRank {
  readonly at: string;
  readonly rank: string;
  readonly value: string;
  readonly type?: string;
  /** Of another territory: it is counted among those ranked, and judged there. */
  readonly beside?: boolean;
}

/** What the text says of two figures. */
export interface StatedClaim {
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly direction: 'up' | 'down';
}

export interface StatedInput {
  readonly at: string;
  readonly code: string;
  readonly type?: string;
  readonly value: string;
  readonly unit?: string;
}

/** A stock that stands in the territory, to be told from what a year yields. */
export interface StatedStock {
  readonly at: string;
  readonly quantity: string;
  readonly unit: string;
}

/** A mean over classes of a quantity per area. */
export interface StatedMean {
  readonly at: string;
  readonly mean: string;
  readonly classes: readonly { readonly mean: string; readonly area: string }[];
}

/** An index between two references: 0 at `low` and 1 at `high` when more is better. */
export interface StatedIndicator {
  readonly at: string;
  readonly value: string;
  readonly low: string;
  readonly high: string;
  readonly direction: 'up' | 'down';
  readonly index: string;
}

export interface StatedDiscount {
  readonly at: string;
  readonly rate: string;
  /** Years from the date of the balance. */
  readonly year: number;
  /** `end`: 1/(1+r)^year. `start`: 1/(1+r)^(year−1). */
  readonly timing: 'end' | 'start';
  readonly factor: string;
}

/** An entry of the asset account beside what moved: SEEA EA, decision table of volume changes. */
export interface StatedEntry {
  readonly at: string;
  readonly volume: 'up' | 'down';
  readonly condition: 'up' | 'down';
  readonly demand: 'up' | 'down';
  readonly entry: 'enhancement' | 'degradation' | 'upwardReappraisal' | 'downwardReappraisal';
}

/** A period with nothing in it, to be filled. */
export const emptyPeriod: Omit<StatedPeriod, 'period'> = {
  shareOfYear: '1',
  areas: [],
  services: [],
  cells: [],
  types: [],
  totals: [],
  sums: [],
  misprints: [],
  claims: [],
  inputs: [],
  stocks: [],
  means: [],
  indicators: [],
  discounts: [],
  entries: [],
  derived: [],
  shares: [],
  ranks: [],
  dayGaps: [],
  missingSheets: [],
  setAside: [],
  addedUp: [],
  idleFlows: [],
};
