/** Single rows of an observation, as a person names them and the exact walker reads them. */
import type { ExactPatch, ParameterLookup } from '@gep/formula';
import { conversionFactor, Decimal } from '@gep/kernel';
import type { PatchChunk } from '@gep/observation';
import type { NormEdition } from '@gep/rulebook';
import { ObservedPeriod } from '../account/observed-period';
import { AccountLineMissing } from '../lacking/errors';

/** A row with the place it was read from. Attributes that it lacks have the norm's stand-in. */
export interface ObservedPatch extends ExactPatch {
  /** The name of the patch, or `sheet:row`. */
  readonly label: string;
  readonly chunk: number;
  readonly row: number;
}

/** Patches that are named where one is not found. */
const mostLabels = 1000;

export class ObservedPatches {
  constructor(
    private readonly norm: NormEdition,
    private readonly observed: ObservedPeriod,
    private readonly lookup: ParameterLookup,
  ) {}

  /** Number of rows of a type. */
  count(type: string): number {
    let rows = 0;
    for (const { types, typeIndex } of this.observed.chunks) {
      const code = types.indexOf(type);
      for (const each of typeIndex) if (each === code) rows += 1;
    }
    return rows;
  }

  /** Rows of a type in the order of the observation. */
  page(type: string, offset: number, limit: number): ObservedPatch[] {
    const found: ObservedPatch[] = [];
    let position = 0;
    for (const [chunk, row] of this.rowsOf(type)) {
      if (found.length >= limit) break;
      if (position >= offset) found.push(this.patchAt(chunk, row, type));
      position += 1;
    }
    return found;
  }

  /** @throws AccountLineMissing when no row of the type bears the name */
  named(type: string, name: string): ObservedPatch {
    for (const [chunk, row] of this.rowsOf(type)) {
      if (namesOf(this.observed.chunks[chunk], row).includes(name)) return this.patchAt(chunk, row, type);
    }
    const labels = [...this.page(type, 0, mostLabels)].map(({ label }) => ({ type, patch: label }));
    throw new AccountLineMissing(this.observed.territory, this.observed.period, { type, patch: name }, labels);
  }

  private *rowsOf(type: string): Generator<[number, number]> {
    for (const [chunk, { types, typeIndex, rows }] of this.observed.chunks.entries()) {
      const code = types.indexOf(type);
      for (let row = 0; row < rows; row++) if (typeIndex[row] === code) yield [chunk, row];
    }
  }

  private patchAt(index: number, row: number, type: string): ObservedPatch {
    const chunk = this.observed.chunks[index];
    const attributes = this.norm.attributes.map(({ code, unit, fallback }) => {
      if (!isAbsent(chunk.columns[code], row)) return [code, decimalText(chunk.columns[code][row])] as const;
      const found = fallback === undefined ? undefined : this.lookup(fallback, { type });
      return [code, found && found.value.times(conversionFactor(found.unit, unit)).toExactText()] as const;
    });
    const [label] = namesOf(chunk, row);
    return { type, label, chunk: index, row, attributes: Object.fromEntries(attributes) };
  }
}

/** True when a row has no value in a column, or the observation has no such column. */
export function isAbsent(column: Float64Array | undefined, row: number): boolean {
  return column === undefined || Number.isNaN(column[row]);
}

/** A double as its shortest decimal, never in exponential form. */
export function decimalText(value: number): string {
  return new Decimal(value).toFixed();
}

function namesOf({ patchIds, sourceSheet, sourceRow }: PatchChunk, row: number): string[] {
  return [...(patchIds ? [patchIds[row]] : []), `${sourceSheet}:${sourceRow[row]}`];
}
