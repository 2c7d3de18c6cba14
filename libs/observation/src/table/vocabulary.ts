/** The words and units that a norm lets observations use. */
import { Bilingual, Unit, UnitTable } from '@gep/kernel';

export interface ObservationVocabulary {
  readonly types: readonly ObservedType[];
  readonly attributes: readonly ObservedAttribute[];
  readonly products: readonly ObservedItem[];
  readonly series: readonly ObservedSeries[];
  readonly units: UnitTable;
}

export interface ObservedType {
  readonly code: string;
  /** For messages. */
  readonly name?: Bilingual;
  readonly aliases: readonly string[];
}

/** A column of the rows; `area` is one of them. */
export interface ObservedAttribute {
  readonly code: string;
  readonly name?: Bilingual;
  /** Unit in which values are kept. */
  readonly unit: Unit;
  readonly aliases: readonly string[];
  readonly required: boolean;
  /** Bounds of what can be true, in `unit`. */
  readonly min?: number;
  readonly max?: number;
}

/** What is measured of a territory on each day. */
export type ObservedSeries = Omit<ObservedAttribute, 'required'>;

/** A product or another measured item of the statistics. */
export interface ObservedItem {
  readonly code: string;
  readonly name?: Bilingual;
  readonly unit: Unit;
  /** Unit of its price; absent when the norm takes no price from the observation. */
  readonly priceUnit?: Unit;
  /** The norm sets a reported price aside; `by` prices the item instead, null where nothing does. */
  readonly ownPrice?: { readonly by: string | null };
  readonly type?: string;
  /** Types in which services of the norm count it, none where no service does; absent where it is read otherwise. */
  readonly countedIn?: readonly string[];
  readonly aliases: readonly string[];
}
