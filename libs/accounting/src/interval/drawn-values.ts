/** The parameter values of an account that are drawn, each with a stream of its own, and the look-up of one draw. */
import type { ParameterKey, ParameterLookup, ParameterValue } from '@gep/formula';
import { digestOfValue, Fraction } from '@gep/kernel';
import type { NormParameterValue } from '@gep/rulebook';
import { uniformAt } from './philox';
import { spreadQuantile, type NumericSpread } from './spread-quantile';

/** A value with a spread that reaches the account; absent `type` and `place` mean everywhere. */
export interface DrawnValue {
  readonly parameter: string;
  readonly type?: string;
  readonly place?: string;
  readonly from: string;
  readonly unit: string;
  readonly spread: NumericSpread;
}

type FoundValue = ParameterValue & Pick<NormParameterValue, 'from' | 'type' | 'place' | 'spread'>;

/**
 * Finds and numbers the values that are drawn. One value is drawn once: types and formulas that share it move together;
 * two values are independent. The stream follows from what the value is, so that a further spread leaves it as it was.
 */
export class DrawnValues {
  readonly list: DrawnValue[] = [];
  private readonly streams: (readonly [number, number])[] = [];
  private readonly found: ParameterValue[] = [];
  private readonly places = new Map<ParameterValue, number>();

  /** @param lookup gives the same object for the same value */
  constructor(private readonly lookup: ParameterLookup) {}

  /** The number of the value found for a key; undefined when it is not drawn. */
  enter(code: string, key: ParameterKey): number | undefined {
    const value = this.lookup(code, key) as FoundValue | undefined;
    if (!value?.spread) return undefined;
    const known = this.places.get(value);
    if (known !== undefined) return known;
    const { type, place, from, spread } = value;
    const [low, high] = [spread.low.toNumber(), spread.high.toNumber()];
    const numbers = { low, value: value.value.toNumber(), high, distribution: spread.distribution };
    this.list.push({ parameter: code, type, place, from, unit: value.unit.text, spread: numbers });
    this.streams.push(streamOf(JSON.stringify([code, type ?? null, place ?? null, from])));
    this.found.push(value);
    this.places.set(value, this.found.length - 1);
    return this.found.length - 1;
  }

  /** The values of one draw, in the order of `list`. */
  draw(seed: number, draw: number): Float64Array {
    return Float64Array.from(this.list, ({ spread }, at) => {
      return spreadQuantile(spread, uniformAt(seed, this.streams[at], draw));
    });
  }

  /** Looks up as the account does, with the drawn values in place of those of the norm. */
  lookupOf(drawn: Float64Array): ParameterLookup {
    const replaced = this.found.map((value, at) => ({ ...value, value: Fraction.parse(String(drawn[at]))! }));
    return (code, key) => {
      const value = this.lookup(code, key);
      const at = value && this.places.get(value);
      return at === undefined ? value : replaced[at];
    };
  }
}

function streamOf(name: string): readonly [number, number] {
  const digest = digestOfValue(name);
  return [parseInt(digest.slice(0, 8), 16), parseInt(digest.slice(8, 16), 16)];
}
