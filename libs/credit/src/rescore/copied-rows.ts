/** Reads what PostgreSQL copies out in binary form: rows of fields, with nothing made for a row. */
import { assert } from '@gep/kernel';

export const headerBytes = 19;

/** Walks over the rows of a piece, which may end in the middle of one; after each `next`, `at` and `size` say where each field lies, a size below zero being null. */
export class CopiedRows {
  readonly at: Int32Array;
  readonly size: Int32Array;
  private place = 0;

  constructor(
    readonly bytes: Buffer,
    private readonly fields: number,
  ) {
    this.at = new Int32Array(fields);
    this.size = new Int32Array(fields);
  }

  /** False after the last whole row. */
  next(): boolean {
    const { bytes, fields } = this;
    const { length } = bytes;
    if (this.place + 2 > length) return false;
    const count = bytes.readInt16BE(this.place);
    if (count < 0) {
      this.place += 2;
      return false;
    }
    assert(count === fields, `a row of ${fields} fields, not of ${count}`);
    let place = this.place + 2;
    for (let field = 0; field < fields; field++) {
      if (place + 4 > length) return false;
      const size = bytes.readInt32BE(place);
      place += 4;
      this.at[field] = place;
      this.size[field] = size;
      if (size > 0) place += size;
    }
    if (place > length) return false;
    this.place = place;
    return true;
  }

  /** What was begun and has not arrived whole. */
  rest(): Buffer {
    return this.bytes.subarray(this.place);
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
}
