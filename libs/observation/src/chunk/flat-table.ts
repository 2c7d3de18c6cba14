/** Reads tables of a FlatBuffer, the form of Arrow's metadata; a place outside of its bytes is refused, never read. */

/** A table: fields by number, each with the default of its type when it is absent. */
export class FlatTable {
  private readonly fields: number;
  private readonly fieldBytes: number;

  /** @throws RangeError, here and in all methods, for a place outside of the bytes */
  private constructor(
    private readonly bytes: DataView,
    private readonly at: number,
  ) {
    this.fields = at - bytes.getInt32(at, true);
    this.fieldBytes = bytes.getUint16(this.fields, true);
  }

  /** The table that a message begins with. */
  static root(bytes: DataView): FlatTable {
    return new FlatTable(bytes, bytes.getUint32(0, true));
  }

  has(field: number): boolean {
    return this.place(field) !== 0;
  }

  byte(field: number): number {
    const at = this.place(field);
    return at === 0 ? 0 : this.bytes.getUint8(at);
  }

  short(field: number): number {
    const at = this.place(field);
    return at === 0 ? 0 : this.bytes.getInt16(at, true);
  }

  int(field: number): number {
    const at = this.place(field);
    return at === 0 ? 0 : this.bytes.getInt32(at, true);
  }

  long(field: number): number {
    const at = this.place(field);
    return at === 0 ? 0 : longAt(this.bytes, at);
  }

  text(field: number): string {
    const at = this.place(field);
    return at === 0 ? '' : this.textAt(this.follow(at));
  }

  table(field: number): FlatTable {
    const at = this.place(field);
    if (at === 0) throw new RangeError(`a table without field ${field}`);
    return new FlatTable(this.bytes, this.follow(at));
  }

  tables(field: number): FlatTable[] {
    return this.entries(field, 4, (at) => new FlatTable(this.bytes, this.follow(at)));
  }

  /** A list of pairs of 64-bit numbers. */
  pairs(field: number): [number, number][] {
    return this.entries(field, 16, (at) => [longAt(this.bytes, at), longAt(this.bytes, at + 8)]);
  }

  private entries<T>(field: number, size: number, read: (at: number) => T): T[] {
    const place = this.place(field);
    if (place === 0) return [];
    const list = this.follow(place);
    const count = this.bytes.getUint32(list, true);
    if (count * size > this.bytes.byteLength) throw new RangeError(`a list of ${count}`);
    return Array.from({ length: count }, (_, index) => read(list + 4 + index * size));
  }

  private place(field: number): number {
    const entry = 4 + field * 2;
    if (entry + 2 > this.fieldBytes) return 0;
    const offset = this.bytes.getUint16(this.fields + entry, true);
    return offset === 0 ? 0 : this.at + offset;
  }

  private follow(at: number): number {
    return at + this.bytes.getUint32(at, true);
  }

  private textAt(at: number): string {
    const { buffer, byteOffset, byteLength } = this.bytes;
    const length = this.bytes.getUint32(at, true);
    if (at + 4 + length > byteLength) throw new RangeError(`a text of ${length} bytes`);
    return Buffer.from(buffer, byteOffset + at + 4, length).toString('utf8');
  }
}

/** Lengths and offsets are signed 64-bit numbers; what is beyond doubles is beyond all bytes as well. */
function longAt(bytes: DataView, at: number): number {
  return bytes.getUint32(at, true) + bytes.getInt32(at + 4, true) * 2 ** 32;
}
