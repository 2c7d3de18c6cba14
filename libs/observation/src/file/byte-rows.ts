/** Where the reading of a CSV file stands: its bytes in UTF-8, the next row, and the text of any stretch of them. */

const lineFeed = 10;
const stretchLength = 2 ** 16;

export class ByteRows {
  readonly bytes: Buffer;
  /** The byte that separates cells. */
  readonly separator: number;
  /** Where the next row begins, and the number of the row before it. */
  at = 0;
  row = 0;
  /** From here on a row may end without a line end. */
  readonly lastLineEnd: number;
  /** The characters of a stretch of the bytes, one per byte. */
  private stretch = '';
  private stretchFrom = 0;

  constructor(
    bytes: Uint8Array,
    delimiter: string,
    readonly limits: { readonly rows: number; readonly columns: number },
  ) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.separator = delimiter.charCodeAt(0);
    this.lastLineEnd = this.bytes.lastIndexOf(lineFeed);
    while (this.bytes[this.at] === 0xef && this.bytes[this.at + 1] === 0xbb && this.bytes[this.at + 2] === 0xbf)
      this.at += 3;
  }

  text(from: number, to: number): string {
    for (let at = from; at < to; at += 1) if (this.bytes[at] > 127) return this.bytes.toString('utf8', from, to);
    // A piece of a long string costs a fifth of what the decoder takes for a few bytes.
    if (from < this.stretchFrom || to > this.stretchFrom + this.stretch.length) {
      this.stretchFrom = from;
      this.stretch = this.bytes.toString('latin1', from, Math.max(to, from + stretchLength));
    }
    return this.stretch.slice(from - this.stretchFrom, to - this.stretchFrom);
  }
}
