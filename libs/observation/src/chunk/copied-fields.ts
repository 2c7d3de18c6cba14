/** Takes the single bytea column out of a PostgreSQL binary copy, piece by piece, straight to its place. */
import { assert } from '@gep/kernel';

/** Signature, flags, and length of an extension that is not used. */
const headerLength = 19;
/** Number of fields of the row, and length of the one field. */
const rowStart = 6;

/**
 * Gives room for so many bytes, at a multiple of eight so that the numbers of a chunk can be read in place. Room may hold
 * anything before it is filled.
 */
export type RoomFor = (bytes: number) => Uint8Array;

/** Shared memory of its own for each, so that threads can read in place too. */
export const ownRoom: RoomFor = (bytes) => new Uint8Array(new SharedArrayBuffer(bytes));

/** Collects the fields in the order of the rows. What the socket gave is moved once, to where it will be read. */
export class CopiedFields {
  readonly fields: Uint8Array[] = [];
  private readonly fixed = new Uint8Array(headerLength);
  private wanted = headerLength;
  private have = 0;
  private field: Uint8Array | undefined;
  private filled = 0;
  private atHeader = true;
  private ended = false;

  constructor(private readonly roomFor: RoomFor) {}

  /** Takes the next piece of the stream, however it was cut. */
  push(piece: Uint8Array): void {
    for (let at = 0; at < piece.length && !this.ended;) {
      at += this.field ? this.fillField(piece, at) : this.fillFixed(piece, at);
    }
  }

  /** The fields, once the stream has ended. */
  finish(): Uint8Array[] {
    assert(this.ended, 'the copy broke off');
    return this.fields;
  }

  private fillField(piece: Uint8Array, at: number): number {
    const field = this.field!;
    const part = piece.subarray(at, at + field.length - this.filled);
    field.set(part, this.filled);
    this.filled += part.length;
    if (this.filled === field.length) this.closeField();
    return part.length;
  }

  private fillFixed(piece: Uint8Array, at: number): number {
    const part = piece.subarray(at, at + this.wanted - this.have);
    this.fixed.set(part, this.have);
    this.have += part.length;
    const view = new DataView(this.fixed.buffer);
    if (!this.atHeader && this.have >= 2 && view.getInt16(0) === -1) this.ended = true;
    else if (this.have === this.wanted) {
      if (!this.atHeader) this.openField(view.getInt16(0), view.getInt32(2));
      [this.atHeader, this.wanted, this.have] = [false, rowStart, 0];
    }
    return part.length;
  }

  private openField(count: number, length: number): void {
    assert(count === 1 && length >= 0, `a copied row of ${count} fields, ${length} bytes`);
    this.field = this.roomFor(length);
    this.filled = 0;
    if (length === 0) this.closeField();
  }

  private closeField(): void {
    this.fields.push(this.field!);
    this.field = undefined;
  }
}
