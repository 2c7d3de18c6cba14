/** The outcome of a check in the form in which it crosses from a thread: chunks as bytes, and plain values. */
import { Unit, UnitDefinition, UnitTable } from '@gep/kernel';
import { CheckCounts, CheckOutcome } from '../check/check-tables';
import { encodeChunk } from '../chunk/chunk-codec';
import { chunkDigest, observationDigest, StatisticRow, TerritoryPeriodData } from '../chunk/patch-chunk';
import { deliveryDigest } from '../delivery/delivery';
import type { GivenValue } from '../delivery/given-value';
import { CellProblem } from '../table/cell-problem';
import { ObservationVocabulary } from '../table/vocabulary';

/** A territory × period, its chunk encoded. */
export interface CheckedPeriod {
  readonly territory: string;
  readonly period: string;
  readonly patches: number;
  readonly refusedRows: number;
  readonly chunkDigest: string;
  readonly digest: string;
  readonly statistics: StatisticRow[];
  readonly bytes: Uint8Array;
  /** Of a department's data sheet: values for rows that any sheet brings. The digest is of the sheet alone then. */
  readonly given?: readonly GivenValue[];
}

export interface CheckedFile {
  readonly accepted: CheckedPeriod[];
  readonly problems: CellProblem[];
  readonly counts: CheckCounts;
  readonly territoryColumns: CheckOutcome['territoryColumns'];
}

export function packOutcome({ accepted, problems, counts, territoryColumns }: CheckOutcome): CheckedFile {
  return { accepted: accepted.map(packPeriod), problems, counts, territoryColumns };
}

function packPeriod({ territory, period, chunk, statistics, refusedRows, given }: TerritoryPeriodData): CheckedPeriod {
  const content = chunkDigest(chunk);
  return {
    territory,
    period,
    patches: chunk.rows,
    refusedRows,
    chunkDigest: content,
    digest: given
      ? deliveryDigest({ chunk, given, statistics, refusedRows })
      : observationDigest({ chunks: [content], statistics, refusedRows }),
    statistics,
    bytes: encodeChunk(chunk),
    ...(given && { given }),
  };
}

/** A vocabulary without its unit table, for the way into a thread: units are written out and read again there. */
export interface PlainVocabulary {
  readonly units: readonly UnitDefinition[];
  readonly types: ObservationVocabulary['types'];
  readonly attributes: readonly (Omit<ObservationVocabulary['attributes'][number], 'unit'> & { unit: string })[];
  readonly series: readonly (Omit<ObservationVocabulary['series'][number], 'unit'> & { unit: string })[];
  readonly products: readonly (Omit<ObservationVocabulary['products'][number], 'unit' | 'priceUnit'> & {
    unit: string;
    priceUnit?: string;
  })[];
}

export function writeVocabulary({
  units,
  types,
  attributes,
  series,
  products,
}: ObservationVocabulary): PlainVocabulary {
  return {
    units: units.definitions,
    types,
    attributes: attributes.map((attribute) => ({ ...attribute, unit: attribute.unit.text })),
    series: series.map((one) => ({ ...one, unit: one.unit.text })),
    products: products.map(({ unit, priceUnit, ...product }) => ({
      ...product,
      unit: unit.text,
      ...(priceUnit && { priceUnit: priceUnit.text }),
    })),
  };
}

export function readVocabulary({ units, types, attributes, series, products }: PlainVocabulary): ObservationVocabulary {
  const table = new UnitTable(units);
  const read = (text: string): Unit => table.parse(text);
  return {
    units: table,
    types,
    attributes: attributes.map((attribute) => ({ ...attribute, unit: read(attribute.unit) })),
    series: series.map((one) => ({ ...one, unit: read(one.unit) })),
    products: products.map(({ unit, priceUnit, ...product }) => ({
      ...product,
      unit: read(unit),
      ...(priceUnit !== undefined && { priceUnit: read(priceUnit) }),
    })),
  };
}
