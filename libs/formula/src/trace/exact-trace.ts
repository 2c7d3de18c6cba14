/** What the audit of a single number reads, and the tree of steps that it gives back. */
import { Evidence } from '@gep/kernel';
import { TypedNode } from '../checking/typed-tree';
import { DayTable } from '../days/day-table';
import { ParameterLookup, ProductRow } from '../declarations';

/** A number as it was observed: decimal text, or a double read as its shortest decimal. */
export type ObservedNumber = string | number;

/** One patch row: values in the units of the vocabulary's attributes. */
export interface ExactPatch {
  readonly type: string;
  /** How a person finds the row again (patch id, sheet and row). */
  readonly label?: string;
  readonly attributes: Readonly<Record<string, ObservedNumber | undefined>>;
}

/**
 * Everything that formulas read. Give what the formula's scope needs:
 * one patch – `patch`; a type – `type` with `totals` or `patches`; a product row – `product`; a territory – `totals` or
 * `patches`, and `products` when they are summed. A patch formula with `type` and without `patch` gives its sum.
 */
export interface ExactEnvironment {
  readonly lookup: ParameterLookup;
  readonly patch?: ExactPatch;
  readonly type?: string;
  /** Sums over patches, by type and then by patch formula or `area`; preferred to `patches` where both have a sum. */
  readonly totals?: Readonly<Record<string, Readonly<Record<string, ObservedNumber>>>>;
  readonly patches?: readonly ExactPatch[];
  /** Types that `sum(types, …)` goes over; those of `totals` and `patches` when absent. */
  readonly types?: readonly string[];
  readonly product?: ProductRow;
  readonly products?: readonly ProductRow[];
  /** What `sum(days, …)` goes over. */
  readonly days?: DayTable;
}

/** What a step of a trace is. `item` is one type, product, patch or day of a sum; `total` a sum over patches. */
export type TraceKind = TypedNode['kind'] | 'item';

/** One step of the way to a number, with the steps it comes from. Plain JSON. */
export interface ExactTrace {
  readonly kind: TraceKind;
  /** The formula in whose text the step stands. */
  readonly formula: string;
  /** That part of the text. */
  readonly expression: string;
  /** Name of the attribute, field, parameter, formula, function, operator, type, product or patch. */
  readonly name?: string;
  /** Decimal text of up to 40 digits; `true` or `false` for a condition. */
  readonly value: string;
  /** Unit of the value; empty for a condition. */
  readonly unit: string;
  /** For a parameter: what attests it, and which of its values was used. */
  readonly evidence?: Evidence;
  readonly from?: string;
  readonly type?: string;
  readonly place?: string;
  /** For a parameter: the value as the rulebook writes it, with its unit, where that is not `value`. */
  readonly given?: string;
  /**
   * For a sum over days: days of the period, those summed (all series had a value), and what the terms that are not
   * among `children` add up to; `children` are the largest.
   */
  readonly days?: { readonly of: number; readonly counted: number; readonly rest: string };
  readonly children: readonly ExactTrace[];
}
