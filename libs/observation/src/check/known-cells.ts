/** What the cells of a column mean, found again by their bytes: no text is made for a cell that was met a short time ago. */
import type { ByteRows } from '../file/byte-rows';

const slots = 4096;

export class KnownCells<T extends string | number> {
  /** Meaning of the cell that was found last. */
  found: T | undefined;
  /** By hash, where the cell stands that was met last, and its meaning. */
  private readonly from = new Int32Array(slots);
  private readonly to = new Int32Array(slots);
  private readonly meanings = new Array<T | undefined>(slots).fill(undefined);

  /** @param read meaning of a text, undefined when it has none */
  constructor(
    private readonly source: ByteRows,
    private readonly read: (text: string) => T | undefined,
  ) {}

  /** Finds the meaning of a cell. @returns whether it has one */
  find(from: number, to: number, hash: number): boolean {
    const slot = (hash ^ (hash >>> 12)) & (slots - 1);
    if (!this.isAt(slot, from, to)) {
      const meaning = this.read(this.source.text(from, to));
      if (meaning === undefined) return false;
      this.from[slot] = from;
      this.to[slot] = to;
      this.meanings[slot] = meaning;
    }
    this.found = this.meanings[slot];
    return true;
  }

  private isAt(slot: number, from: number, to: number): boolean {
    const { bytes } = this.source;
    const earlier = this.from[slot];
    if (from === to || this.to[slot] - earlier !== to - from) return false;
    for (let i = to - from - 1; i >= 0; i -= 1) if (bytes[earlier + i] !== bytes[from + i]) return false;
    return true;
  }
}
