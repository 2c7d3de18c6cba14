/** Totals as JSON and back: fen as decimal strings, because a JSON number cannot hold every bigint. */
import { Fen } from '@gep/kernel';
import { AccountTotals } from './account';

/** The JSON form of `AccountTotals`. */
export interface TotalsJson {
  readonly totalFen: string;
  readonly byCategory: Readonly<Record<string, string>>;
  readonly byGroup: Readonly<Record<string, string>>;
  readonly byService: Readonly<Record<string, string>>;
  readonly byType: Readonly<Record<string, string>>;
}

const mapValues = <A, B>(map: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));

export function encodeTotals(totals: AccountTotals): TotalsJson {
  const text = (fen: Fen): string => fen.toString();
  return {
    totalFen: text(totals.totalFen),
    byCategory: mapValues(totals.byCategory, text),
    byGroup: mapValues(totals.byGroup, text),
    byService: mapValues(totals.byService, text),
    byType: mapValues(totals.byType, text),
  };
}

export function decodeTotals(json: TotalsJson): AccountTotals {
  return {
    totalFen: BigInt(json.totalFen),
    byCategory: mapValues(json.byCategory, BigInt),
    byGroup: mapValues(json.byGroup, BigInt),
    byService: mapValues(json.byService, BigInt),
    byType: mapValues(json.byType, BigInt),
  };
}
