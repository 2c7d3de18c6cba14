/** Gathers the accepted rows of one territory × period as growing columns and closes them into a chunk. */
import { assert } from '@gep/kernel';
import { PatchName, PatchNames } from './patch-names';
import { SheetAddress } from '../table/cell-problem';
import { PatchChunk, StatisticRow } from '../chunk/patch-chunk';
import { GatheredDays } from './gathered-days';
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
  /** By type: the row that stands for the whole type, 0 when none does. */
  readonly rowOfType: Int32Array;
  readonly statistics: StatisticRow[] = [];
  readonly statisticRows = new Map<string, number>();
  /** `attribute type` → value. */
  readonly given = new Map<string, GivenAttribute>();
  /** Per attribute; all are views of one memory, of which a large file would otherwise ask many pieces. */
  columns: Float64Array[] = [];
  typeIndex = new Uint16Array(16);
  sourceRow = new Int32Array(16);
  /** Rows of daily values, and where the first of them stands. */
  dayRows = 0;
  firstDay: { readonly at: SheetAddress; readonly row: number } | undefined;
  private gatheredDays: GatheredDays | undefined;
  private patches: PatchNames | undefined;
  private removed: ReadonlySet<number> = new Set();

  constructor(
    readonly territory: string,
    readonly period: string,
    private readonly v: ObservationVocabulary,
  ) {
    this.columns = this.columnsOf(this.typeIndex.length);
    this.rowOfType = new Int32Array(v.types.length);
  }

  get days(): GatheredDays {
    return (this.gatheredDays ??= new GatheredDays(this.period));
  }

  noteDay(at: SheetAddress, row: number): void {
    this.dayRows += 1;
    this.firstDay ??= { at, row };
  }

  /** The row that already gave a patch, or a type as a whole. */
  earlier(type: number, patch: PatchName | undefined): number | undefined {
    if (patch === undefined) return this.rowOfType[type] || undefined;
    const position = this.patches?.find(patch) ?? -1;
    return position < 0 ? undefined : this.sourceRow[position];
  }

  /** @param values one per attribute of the vocabulary, NaN where absent */
  add(row: number, type: number, patch: PatchName | undefined, values: Float64Array): void {
    if (this.rows === this.typeIndex.length) this.grow();
    this.typeIndex[this.rows] = type;
    this.sourceRow[this.rows] = row;
    for (let i = 0; i < values.length; i += 1) this.columns[i][this.rows] = values[i];
    if (patch) (this.patches ??= new PatchNames()).add(patch);
    else this.rowOfType[type] = row;
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

  /** Takes rows out again; once, and no row is added afterwards. */
  remove(refused: ReadonlySet<number>): void {
    if (refused.size === 0) return;
    this.removed = refused;
    let kept = 0;
    for (let row = 0; row < this.rows; row += 1) {
      if (refused.has(row)) continue;
      this.typeIndex[kept] = this.typeIndex[row];
      this.sourceRow[kept] = this.sourceRow[row];
      for (const column of this.columns) column[kept] = column[row];
      kept += 1;
    }
    this.refusedRows += this.rows - kept;
    this.rows = kept;
  }

  /** The rows as a chunk: only types that occur, only columns with a value; patch names become text when they are asked for. */
  close(): PatchChunk {
    const occurs = new Array<boolean>(this.v.types.length).fill(false);
    for (let row = 0; row < this.rows; row += 1) occurs[this.typeIndex[row]] = true;
    const types = this.v.types.map(({ code }) => code).filter((_, i) => occurs[i]);
    const position = this.v.types.map(({ code }) => types.indexOf(code));
    const columns: Record<string, Float64Array> = {};
    this.v.attributes.forEach(({ code }, i) => {
      const column = this.columns[i].subarray(0, this.rows);
      if (code === 'area' || column.some((value) => !Number.isNaN(value))) columns[code] = column;
    });
    const { patches, removed } = this;
    const series = this.gatheredDays?.close() ?? [];
    let patchIds: string[] | undefined;
    return {
      rows: this.rows,
      types,
      typeIndex: this.typeIndex.slice(0, this.rows).map((type) => position[type]),
      get patchIds() {
        return patches ? (patchIds ??= patches.texts(removed)) : null;
      },
      sourceRow: this.sourceRow.subarray(0, this.rows),
      sourceSheet: this.sheet,
      columns,
      ...(series.length > 0 && { series }),
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
    const wider = this.columnsOf(size);
    this.columns.forEach((column, i) => wider[i].set(column));
    this.columns = wider;
  }

  private columnsOf(size: number): Float64Array[] {
    const all = new Float64Array(size * this.v.attributes.length);
    return this.v.attributes.map((_, i) => all.subarray(i * size, (i + 1) * size));
  }
}

export const givenKey = (attribute: string, type: string): string => `${attribute} ${type}`;
