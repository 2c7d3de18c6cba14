/** What a monetary asset account is made from: assets, the services expected of them, and how the future is discounted. */
import type { Bilingual, Fraction } from '@gep/kernel';
import type { Discount, DiscountTiming } from './discount-factors';

/** Which way something went between the two dates. */
export type ChangeDirection = 'up' | 'down' | 'unchanged';
export const changeDirections: readonly ChangeDirection[] = ['up', 'down', 'unchanged'];

/** Yearly flows that are expected: the list, or one number for every year. */
export interface Expectation {
  readonly quantity: readonly Fraction[] | Fraction;
  /** Yuan (or the currency of the document) for one unit. */
  readonly unitPrice: readonly Fraction[] | Fraction;
}

export interface Asset {
  readonly code: string;
  readonly name: Bilingual;
  readonly areaUnit: string;
  readonly opening: Fraction;
  /** Absent where only a value at one date is wanted. */
  readonly closing?: Fraction;
  readonly condition?: ChangeDirection;
}

export interface AssetService {
  readonly code: string;
  readonly name: Bilingual;
  readonly asset: string;
  readonly opening: Expectation;
  readonly closing?: Expectation;
  readonly demand?: 'up' | 'down';
  /** Value lost in a catastrophe, zero or more; taken out of the volume effect. */
  readonly catastrophicLoss?: Fraction;
}

export interface AssetInput {
  readonly title: Bilingual;
  readonly source: string | null;
  readonly currency: string;
  readonly horizon: number;
  readonly discount: Discount;
  /** Yearly inflation, where prices are nominal; values are in the money of the valuation date. */
  readonly inflation: Fraction | null;
  /** `three`: area apart, as conversions; `two`: area and yield together, as volume. */
  readonly split: 'two' | 'three';
  readonly assets: readonly Asset[];
  readonly services: readonly AssetService[];
  readonly sensitivity: SensitivityChoice;
}

export interface SensitivityChoice {
  readonly rates: readonly Fraction[];
  readonly horizons: readonly number[];
  readonly timings: readonly DiscountTiming[];
}
