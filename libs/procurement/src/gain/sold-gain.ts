/** A gain that was sold elsewhere: a retired credit takes it off what is bought of the same place, service and year (E14). */
import type { Fen } from '@gep/kernel';

export interface SoldGain {
  readonly id: string;
  /** ltree text of the place. */
  readonly territoryPath: string;
  readonly territory: string;
  readonly parcel: string | null;
  readonly service: string;
  readonly year: string;
  readonly amountFen: Fen;
  readonly soldTo: string;
  /** Number of the credit or of the sale; it is retired once for a service and a year. */
  readonly credit: string;
  /** Of a row that takes another one back: its id. */
  readonly cancels: string | null;
  readonly reason: string;
  readonly documentDigest: string | null;
}

/** What of the counted services was sold elsewhere, by year. */
export function soldByYear(gains: readonly SoldGain[], services: readonly string[]): Map<string, Fen> {
  const sums = new Map<string, Fen>();
  for (const { service, year, amountFen } of gains)
    if (services.includes(service)) sums.set(year, (sums.get(year) ?? 0n) + amountFen);
  return new Map([...sums].filter(([, fen]) => fen > 0n));
}
