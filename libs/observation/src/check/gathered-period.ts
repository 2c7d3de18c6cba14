/** Gathers the accepted rows of one territory × period as growing columns and closes them into a chunk. */
import { assert } from '@gep/kernel';
import { SheetAddress } from '../table/cell-problem';
import { PatchChunk, StatisticRow } from '../chunk/patch-chunk';
import { ObservationVocabulary } from '../table/vocabulary';

/** A value that the attributes table gives to a type, or to all types (`*`). */
export interface GivenAttribute {
  readonly value: number;
  /** The cell that says what the value is for, so that an unused one can be pointed at. */
  readonly at: SheetAddress;
  readonly index: number;
  readonly row: number;
}

export class GatheredPeriod {
  rows = 0;
  refusedRows = 0;
  /** First sheet and row seen, and whether rows name patches. */
  sheet = '';
  firstRow = 0;
  namesPatches: boolean | undefined;
  readonly seen = new Map<string, number>();
  readonly statistics: StatisticRow[] = [];
  readonly statisticRows = new Map<string, number>();
  /** `attribute type` → value. */
  readonly given = new Map<string, GivenAttribute>();
  readonly columns: Float64Array[];
  typeIndex = new Uint16Array(16);
  sourceRow = new Int32Array(16);
  private readonly patchIds: string[] = [];

  constructor(
    readonly territory: string,
    readonly period: string,
    private readonly v: ObservationVocabulary,
  ) {
    this.columns = v.attributes.map(() => new Float64Array(16).fill(NaN));
  }

  /** @param values one per attribute of the vocabulary, NaN where absent */
  add(row: number, type: number, patch: string, values: Float64Array): void {
    if (this.rows === this.typeIndex.length) this.grow();
    this.typeIndex[this.rows] = type;
    this.sourceRow[this.rows] = row;
    for (let i = 0; i < values.length; i += 1) this.columns[i][this.rows] = values[i];
    if (this.namesPatches) this.patchIds.push(patch);
    this.rows += 1;
  }

  /** Puts values of the attributes table where the rows have none; a value for one type goes before one for all. */
  fill(): void {
    this.v.attributes.forEach(({ code }, attribute) => {
      const ofType = this.v.types.map(
        (type) => this.given.get(givenKey(code, type.code)) ?? this.given.get(givenKey(code, '*')),
      );
      if (ofType.every((given) => given === undefined)) return;
      const column = this.columns[attribute];
      for (let row = 0; row < this.rows; row += 1) {
        if (Number.isNaN(column[row])) column[row] = ofType[this.typeIndex[row]]?.value ?? NaN;
      }
    });
  }

  /** Takes rows out again. */
  remove(refused: ReadonlySet<number>): void {
    if (refused.size === 0) return;
    let kept = 0;
    for (let row = 0; row < this.rows; row += 1) {
      if (refused.has(row)) continue;
      this.typeIndex[kept] = this.typeIndex[row];
      this.sourceRow[kept] = this.sourceRow[row];
      for (const column of this.columns) column[kept] = column[row];
      if (this.namesPatches) this.patchIds[kept] = this.patchIds[row];
      kept += 1;
    }
    this.refusedRows += this.rows - kept;
    this.rows = kept;
    if (this.namesPatches) this.patchIds.length = kept;
  }

  /** The rows as a chunk: only types that occur, and only columns with a value. */
  close(): PatchChunk {
    const occurs = new Array<boolean>(this.v.types.length).fill(false);
    for (let row = 0; row < this.rows; row += 1) occurs[this.typeIndex[row]] = true;
    const types = this.v.types.map(({ code }) => code).filter((_, i) => occurs[i]);
    const position = this.v.types.map(({ code }) => types.indexOf(code));
    const columns: Record<string, Float64Array> = {};
    this.v.attributes.forEach(({ code }, i) => {
      const column = this.columns[i].slice(0, this.rows);
      if (code === 'area' || column.some((value) => !Number.isNaN(value))) columns[code] = column;
    });
    return {
      rows: this.rows,
      types,
      typeIndex: this.typeIndex.slice(0, this.rows).map((type) => position[type]),
      patchIds: this.namesPatches ? this.patchIds : null,
      sourceRow: this.sourceRow.slice(0, this.rows),
      sourceSheet: this.sheet,
      columns,
    };
  }

  private grow(): void {
    const size = this.typeIndex.length * 2;
    assert(size <= 2 ** 28, 'more rows than a chunk can hold');
    const types = new Uint16Array(size);
    types.set(this.typeIndex);
    const sources = new Int32Array(size);
    sources.set(this.sourceRow);
    [this.typeIndex, this.sourceRow] = [types, sources];
    this.columns.forEach((column, i) => {
      const wider = new Float64Array(size);
      wider.set(column);
      this.columns[i] = wider;
    });
  }
}

export const givenKey = (attribute: string, type: string): string => `${attribute} ${type}`;
