/**
 * Accepts rows of a CSV extent table straight from their bytes, without text for each cell. Only rows in which nothing is
 * wrong: at any other it stops, for that row to be read and refused by the rules that all formats share (`checkRow`).
 */
import { assert } from '@gep/kernel';
import type { ByteRows } from '../file/byte-rows';
import { CheckRun } from './check-run';
import { acceptRow, boundsOf, MeasuredColumn, misplaced, PlacedRow, readValue } from './extent-row';
import { KnownCells } from './known-cells';
import { hashOn, PatchName, patchNameOf } from './patch-names';
import { OpenTable } from '../table/open-table';
import { cellText } from '../table/raw-table';

const [lineFeed, carriageReturn, space, quote, apostrophe, minus, point, zero, nine, equalSign] = [
  10, 13, 32, 34, 39, 45, 46, 48, 57, 61,
];
const exactInteger = 2 ** 53;
const mostDigits = 15;
const tens = Float64Array.from({ length: mostDigits + 1 }, (_, power) => 10 ** power);
/** Where a cell ends that cannot be accepted here. */
const odd = -1;

export class PlainRows {
  /** By position in the row: what to do with a number, and with a key; neither for a column that is not read. */
  private readonly measured: (MeasuredColumn | undefined)[];
  /** Of each column of numbers: both integers of its factor, and its bounds. */
  private readonly scales: Float64Array;
  private readonly keys: (KnownCells<string | number> | undefined)[];
  private readonly territory: KnownCells<string>;
  private readonly period: KnownCells<string>;
  private readonly type: KnownCells<number>;
  private readonly patchIndex: number;
  /** The row that is being read; used again for each. */
  private readonly placed: PlacedRow = { type: 0, patch: undefined };
  private readonly name: PatchName;
  private readonly values: Float64Array;

  constructor(
    private readonly run: CheckRun,
    private readonly open: OpenTable,
    private readonly source: ByteRows,
    columns: readonly MeasuredColumn[],
  ) {
    const { v, types, readTerritory, readPeriod } = run;
    const textOnly = (read: unknown): string | undefined => (typeof read === 'string' ? read : undefined);
    this.territory = new KnownCells(source, (text) => textOnly(readTerritory(text)));
    this.period = new KnownCells(source, (text) => textOnly(readPeriod(text)));
    this.type = new KnownCells(source, (text) => {
      const type = cellText(text) === '' ? undefined : types.find(cellText(text));
      return type && v.types.indexOf(type);
    });
    const width = open.at.header.length;
    this.keys = new Array<undefined>(width).fill(undefined);
    for (const role of ['territory', 'period', 'type'] as const) {
      const index = open.roles.get(role);
      assert(index !== undefined, `extent table without ${role}`);
      this.keys[index] = this[role];
    }
    this.measured = new Array<undefined>(width).fill(undefined);
    this.scales = new Float64Array(width * 4);
    for (const column of columns) {
      const { numerator, denominator } = column.factor;
      const { low, high } = boundsOf(column.attribute);
      this.measured[column.index] = column;
      this.scales.set([Number(numerator), Number(denominator), low, high], column.index * 4);
    }
    this.patchIndex = open.roles.get('patch') ?? -1;
    this.name = { bytes: source.bytes, from: 0, to: 0, hash: 0 };
    this.values = new Float64Array(v.attributes.length).fill(NaN);
  }

  /** Accepts the rows that follow, up to the first that has to be read the long way. */
  acceptAll(): void {
    const { source } = this;
    while (source.at <= source.lastLineEnd && source.row < source.limits.rows && this.acceptNext());
  }

  private acceptNext(): boolean {
    const { bytes, separator } = this.source;
    const last = this.measured.length - 1;
    let { at } = this.source;
    for (let i = 0; i <= last; i += 1) {
      const quoted = bytes[at] === quote;
      const stop = quoted ? quote : separator;
      if (quoted) at += 1;
      at = this.measured[i] === undefined ? this.readText(at, stop, i) : this.readNumber(at, stop, i);
      if (at === odd) return false;
      if (quoted && bytes[at++] !== quote) return false;
      if (i < last && bytes[at++] !== separator) return false;
    }
    if (bytes[at] === carriageReturn && bytes[at + 1] === lineFeed) at += 1;
    else if (bytes[at] !== lineFeed && bytes[at] !== carriageReturn) return false;
    return this.accept(at + 1);
  }

  private accept(next: number): boolean {
    const { run, source, placed } = this;
    const { sheet } = this.open.at;
    const gathered = run.gathered(this.territory.found!, this.period.found!);
    placed.type = this.type.found!;
    if (misplaced(run, gathered, sheet, placed)) return false;
    source.at = next;
    source.row += 1;
    run.rows += 1;
    acceptRow(gathered, sheet, source.row, placed, this.values);
    return true;
  }

  /** Reads a cell that is no number. @returns where it ends, or `odd` */
  private readText(from: number, stop: number, index: number): number {
    const { bytes } = this.source;
    if (isGuard(bytes[from])) return odd;
    let at = from;
    let hash = 0;
    for (let c = bytes[at]; c !== stop && c !== lineFeed && c !== carriageReturn; c = bytes[(at += 1)])
      hash = hashOn(hash, c);
    if (index === this.patchIndex) this.readPatch(from, at, hash);
    const key = this.keys[index];
    return key === undefined || key.find(from, at, hash) ? at : odd;
  }

  /** The name of a patch: the bytes as they stand, unless there may be something to trim. */
  private readPatch(from: number, to: number, hash: number): void {
    const { source, placed, name } = this;
    if (from < to && stands(source.bytes[from]) && stands(source.bytes[to - 1])) {
      name.from = from;
      name.to = to;
      name.hash = hash;
      placed.patch = name;
    } else {
      const text = cellText(source.text(from, to));
      placed.patch = text === '' ? undefined : patchNameOf(text);
    }
  }

  /** Reads a number. @returns where its cell ends, or `odd` */
  private readNumber(from: number, stop: number, index: number): number {
    const { bytes } = this.source;
    const { scales } = this;
    let at = from;
    let c = bytes[at];
    const negative = c === minus;
    if (negative) c = bytes[(at += 1)];
    let begun = at;
    let integer = 0;
    for (; c >= zero && c <= nine; c = bytes[(at += 1)]) integer = integer * 10 + (c - zero);
    let digits = at - begun;
    let places = 0;
    if (c === point) {
      begun = at + 1;
      for (c = bytes[(at += 1)]; c >= zero && c <= nine; c = bytes[(at += 1)]) integer = integer * 10 + (c - zero);
      places = at - begun;
      digits += places;
    }
    const ended = c === stop || c === lineFeed || c === carriageReturn;
    if (!ended || digits === 0 || digits > mostDigits) return this.readOddNumber(from, stop, index);
    const numerator = integer * scales[4 * index];
    const denominator = tens[places] * scales[4 * index + 1];
    if (numerator > exactInteger || denominator > exactInteger) return this.readOddNumber(from, stop, index);
    // Both are exact integers, so the division rounds once, as it must.
    const value = numerator / denominator;
    return this.keep(negative ? 0 - value : value, index) ? at : odd;
  }

  /** Reads a number that is not plain decimal digits the way of all formats. @returns where the cell ends, or `odd` */
  private readOddNumber(from: number, stop: number, index: number): number {
    const { bytes } = this.source;
    if (isGuard(bytes[from])) return odd;
    let to = from;
    while (bytes[to] !== stop && bytes[to] !== lineFeed && bytes[to] !== carriageReturn) to += 1;
    const text = this.source.text(from, to);
    const value = readValue(this.run, text, this.measured[index]!, this.open.table.commaIsAmbiguous);
    return typeof value === 'number' && this.keep(value, index) ? to : odd;
  }

  /** Keeps a value of the row unless it is out of bounds; NaN is the absence of one. */
  private keep(value: number, index: number): boolean {
    if (value < this.scales[4 * index + 2] || value > this.scales[4 * index + 3]) return false;
    this.values[this.measured[index]!.position] = value;
    return true;
  }
}

/** Is no part of white space. */
const stands = (byte: number): boolean => byte > space && byte < 128;

/** Begins a text that is guarded against spreadsheets; see `cellOf`. */
const isGuard = (byte: number): boolean => byte === apostrophe || byte === equalSign;
