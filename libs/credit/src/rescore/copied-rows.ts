/** Reads what PostgreSQL copies out in binary form: rows of fields, with nothing made for a row. */
import { assert } from '@gep/kernel';

const headerBytes = 19;

/** Walks over rows; after each `next`, `at` and `size` say where each field lies, a size below zero being null. */
export class CopiedRows {
  readonly at: Int32Array;
  readonly size: Int32Array;
  private place = headerBytes;

  constructor(
    readonly bytes: Buffer,
    private readonly fields: number,
  ) {
    this.at = new Int32Array(fields);
    this.size = new Int32Array(fields);
  }

  /** False after the last row. */
  next(): boolean {
    const { bytes, fields } = this;
    const count = bytes.readInt16BE(this.place);
    this.place += 2;
    if (count < 0) return false;
    assert(count === fields, `a row of ${fields} fields, not of ${count}`);
    for (let field = 0; field < fields; field++) {
      const size = bytes.readInt32BE(this.place);
      this.place += 4;
      this.at[field] = this.place;
      this.size[field] = size;
      if (size > 0) this.place += size;
    }
    return true;
  }

  /** The same rows from the first one. */
  again(): CopiedRows {
    return new CopiedRows(this.bytes, this.fields);
  }

  int(field: number): number {
    return this.bytes.readInt32BE(this.at[field]);
  }

  /** NaN when null. */
  double(field: number): number {
    return this.size[field] < 0 ? Number.NaN : this.bytes.readDoubleBE(this.at[field]);
  }

  text(field: number): string {
    return this.bytes.toString('utf8', this.at[field], this.at[field] + this.size[field]);
  }

  /** Whether two fields, of this row and of other rows, hold the same bytes. */
  equals(field: number, other: CopiedRows, otherField: number): boolean {
    const [from, till] = [this.at[field], this.at[field] + this.size[field]];
    const [start, end] = [other.at[otherField], other.at[otherField] + other.size[otherField]];
    return this.bytes.compare(other.bytes, start, end, from, till) === 0;
  }

  uuid(field: number): string {
    const hex = this.bytes.toString('hex', this.at[field], this.at[field] + 16);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }
}
