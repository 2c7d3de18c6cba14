/** The values of an account that are drawn, each with a stream of its own, and the look-up of one draw. */
import type { ParameterKey, ParameterLookup, ParameterValue } from '@gep/formula';
import { digestOfValue, Fraction } from '@gep/kernel';
import type { NormParameterValue } from '@gep/rulebook';
import { uniformAt } from './philox';
import { quantileOf, type NumericSpread } from './spread-quantile';

/** What a drawn value is: a parameter of the norm, or a quantity or price that was reported. */
export type DrawnKind = 'parameter' | 'quantity' | 'price';

/** A value with a spread that reaches the account. */
export interface DrawnValue {
  readonly kind: DrawnKind;
  /** The parameter, or the item of the statistic. */
  readonly code: string;
  /** Everywhere, or the territory as a whole, when absent. */
  readonly type?: string;
  /** Where a value of the norm holds, everywhere when absent; the territory that reported a figure. */
  readonly place?: string;
  /** The day from which a value of the norm holds; the period of a reported figure. */
  readonly from: string;
  readonly unit: string;
  readonly spread: NumericSpread;
  /** What it may mean; draws beyond are cut to these ends. */
  readonly least: number | null;
  readonly most: number | null;
}

/** What a value is used for, as far as that bounds what it may be. */
export type DrawnUse = 'price' | 'gamma' | 'other';

/** A figure that a territory reported, in `unit`. */
export interface DrawnFigure {
  readonly kind: 'quantity' | 'price';
  readonly item: string;
  readonly type: string | null;
  readonly unit: string;
  readonly spread: NumericSpread;
}

type FoundValue = ParameterValue & Pick<NormParameterValue, 'from' | 'type' | 'place' | 'spread'>;

/** The name of a drawn value: the same in every territory that shares it. */
export const drawnName = ({ kind, code, type, place, from }: DrawnValue): string =>
  kind === 'parameter'
    ? JSON.stringify([code, type ?? null, place ?? null, from])
    : JSON.stringify([kind, code, type ?? null, place ?? null, from]);

/**
 * Finds and numbers the values that are drawn. One value is drawn once: types, formulas and territories that share it move
 * together; two values are independent. The stream follows from what the value is, so that a further spread leaves it as it was.
 */
export class DrawnValues {
  readonly list: DrawnValue[] = [];
  private readonly streams: (readonly [number, number])[] = [];
  private readonly found = new Map<ParameterValue, number>();
  private readonly reported = new Map<string, number>();

  /** @param lookup gives the same object for the same value */
  constructor(
    private readonly lookup: ParameterLookup,
    private readonly at: { readonly territory: string; readonly period: string },
  ) {}

  /** The number of the value found for a key; undefined when it is not drawn. */
  enter(code: string, key: ParameterKey, use: DrawnUse): number | undefined {
    const value = this.lookup(code, key) as FoundValue | undefined;
    if (!value?.spread) return undefined;
    const known = this.found.get(value);
    if (known !== undefined) return this.bound(known, use);
    const { type, place, from, spread } = value;
    const [low, high] = [spread.low.toNumber(), spread.high.toNumber()];
    const numbers = { low, value: value.value.toNumber(), high, distribution: spread.distribution };
    const least = low >= 0 ? 0 : null;
    const at = this.add({
      ...{ kind: 'parameter', code, type, place, from, unit: value.unit.text },
      ...{ spread: numbers, least, most: null },
    });
    this.found.set(value, at);
    return this.bound(at, use);
  }

  /** The number of a reported figure. */
  enterFigure({ kind, item: code, type, unit, spread }: DrawnFigure): number {
    const name = JSON.stringify([kind, code, type]);
    const known = this.reported.get(name);
    if (known !== undefined) return known;
    const { territory: place, period: from } = this.at;
    const at = this.add({ kind, code, ...(type && { type }), place, from, unit, spread, least: 0, most: null });
    this.reported.set(name, at);
    return at;
  }

  /**
   * The values of a draw, in the order of `list`; call it when all have been entered.
   * @returns what fills `numbers` for a draw and tells which values were cut
   */
  drawer(seed: number, numbers: Float64Array): (draw: number, onCut: (at: number) => void) => void {
    const all = this.list.map(({ spread, least, most }, at) => {
      return {
        quantile: quantileOf(spread),
        stream: this.streams[at],
        least: least ?? -Infinity,
        most: most ?? Infinity,
      };
    });
    return (draw, onCut) => {
      for (let at = 0; at < all.length; at++) {
        const { quantile, stream, least, most } = all[at];
        const number = quantile(uniformAt(seed, stream, draw));
        const kept = number < least ? least : number > most ? most : number;
        numbers[at] = kept;
        if (kept !== number) onCut(at);
      }
    };
  }

  /** Looks up as the account does, with the drawn values in place of those of the norm. */
  lookupOf(drawn: Float64Array): ParameterLookup {
    const replaced = new Map(
      [...this.found].map(([value, at]) => [value, { ...value, value: Fraction.parse(String(drawn[at]))! }]),
    );
    return (code, key) => {
      const value = this.lookup(code, key);
      return value && (replaced.get(value) ?? value);
    };
  }

  private add(value: DrawnValue): number {
    this.streams.push(streamOf(drawnName(value)));
    return this.list.push(value) - 1;
  }

  /** A price below zero and a share outside 0 and 1 mean nothing, whatever the range says. */
  private bound(at: number, use: DrawnUse): number {
    const value = this.list[at];
    if (use !== 'other') this.list[at] = { ...value, least: 0, most: use === 'gamma' ? 1 : value.most };
    return at;
  }
}

function streamOf(name: string): readonly [number, number] {
  const digest = digestOfValue(name);
  return [parseInt(digest.slice(0, 8), 16), parseInt(digest.slice(8, 16), 16)];
}
