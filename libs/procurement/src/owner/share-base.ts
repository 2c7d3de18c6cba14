/** Shares the base-year account of a territory among parcels: of each ecosystem type, the value of their part of its area. */
import { allocate, type Fen, Fraction } from '@gep/kernel';
import type { ParcelBatch } from './register-rows';

/** What an account counts, by ecosystem type. */
export interface BaseAccount {
  readonly fenByType: Readonly<Record<string, Fen>>;
  readonly hectaresByType: Readonly<Record<string, Fraction>>;
}

/** A parcel whose base GEP its area tells. */
export interface MeasuredParcel {
  readonly code: string;
  readonly territory: string;
  readonly baseYear: string;
  readonly type: string;
  readonly hectares: Fraction;
}

/** Why an account cannot be shared so: it has no such type, or parcels have more of the type than it has. */
export interface BaseShareFault {
  readonly type: string;
  readonly fault: 'no-type' | 'too-large';
}

/**
 * Parcels that come later go on where the earlier ones ended: the value of the area up to here, less that of the area before,
 * each rounded down, is shared out by area. So parts never exceed the account, however many times land is taken in.
 * @param taken hectares of each type that parcels have already
 */
export function shareBase(
  { fenByType, hectaresByType }: BaseAccount,
  parcels: readonly MeasuredParcel[],
  taken: Readonly<Record<string, Fraction>>,
): Map<string, Fen> | BaseShareFault {
  const parts = new Map<string, Fen>();
  for (const type of new Set(parcels.map((parcel) => parcel.type))) {
    const whole = hectaresByType[type] ?? Fraction.zero;
    const worth = fenByType[type] ?? 0n;
    if (whole.numerator <= 0n || worth < 0n) return { type, fault: 'no-type' };
    const own = parcels.filter((parcel) => parcel.type === type);
    const before = taken[type] ?? Fraction.zero;
    const after = own.reduce((sum, { hectares }) => sum.plus(hectares), before);
    if (after.compare(whole) > 0) return { type, fault: 'too-large' };
    const upTo = ({ numerator, denominator }: Fraction): Fen =>
      (worth * numerator * whole.denominator) / (denominator * whole.numerator);
    const weights = own.map(({ code, hectares }) => ({ code, weight: hectares }));
    for (const [code, fen] of allocate(upTo(after) - upTo(before), weights)) parts.set(code, fen);
  }
  return parts;
}

/** Hectares in the unit of an account; undefined for a unit that is no area. */
export function hectaresOf(area: number, unit: string): Fraction | undefined {
  const inUnit = { hm2: Fraction.one, ha: Fraction.one, km2: Fraction.of(100n), m2: Fraction.of(1n, 10_000n) }[unit];
  const exact = Fraction.parse(area.toFixed(9));
  return inUnit && exact?.times(inUnit);
}

/** Parcels of a register that give type and area in place of base GEP. */
export const measuredParcels = (batches: readonly ParcelBatch[]): MeasuredParcel[] =>
  batches.flatMap(({ code, territory, baseYear, type, area }) => {
    const [codes, territories, years, areas] = [code, territory, baseYear, area].map((column) => column.split('\n'));
    return type.split('\n').flatMap((each, at) =>
      each === ''
        ? []
        : [
            {
              ...{ code: codes[at], territory: territories[at], baseYear: years[at], type: each },
              hectares: Fraction.parse(areas[at])!,
            },
          ],
    );
  });

/** The register with base GEP where parcels gave their area. */
export const withBase = (batches: readonly ParcelBatch[], base: ReadonlyMap<string, Fen>): ParcelBatch[] =>
  batches.map((batch) => {
    const codes = batch.code.split('\n');
    const fens = batch.baseFen.split('\n').map((fen, at) => (fen === '' ? base.get(codes[at])!.toString() : fen));
    return { ...batch, baseFen: fens.join('\n') };
  });
