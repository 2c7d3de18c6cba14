/** The names of the patches of one territory × period, kept as their bytes and found again by them. */
import { isAscii } from 'node:buffer';
import { assert } from '@gep/kernel';

/** A name as a stretch of UTF-8 bytes with their hash. */
export interface PatchName {
  bytes: Uint8Array;
  from: number;
  to: number;
  hash: number;
}

/** Hash of some bytes and one more. */
export const hashOn = (hash: number, byte: number): number => (Math.imul(hash, 31) + byte) | 0;

export function patchNameOf(text: string): PatchName {
  const bytes = Buffer.from(text, 'utf8');
  return { bytes, from: 0, to: bytes.length, hash: bytes.reduce(hashOn, 0) };
}

export const textOf = ({ bytes, from, to }: PatchName): string =>
  Buffer.from(bytes.subarray(from, to)).toString('utf8');

export class PatchNames {
  private count = 0;
  private bytes = Buffer.alloc(64);
  /** Where each name ends; it begins where the one before ends. */
  private ends = new Int32Array(8);
  private hashes = new Int32Array(8);
  /** 1 + the position of a name, by hash; 0 is free. At most half of them are taken. */
  private slots = new Int32Array(16);

  /** Position of a name, -1 when it is new. */
  find({ bytes, from, to, hash }: PatchName): number {
    const mask = this.slots.length - 1;
    for (let slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
      const position = this.slots[slot] - 1;
      if (position < 0) return -1;
      if (this.hashes[position] === hash && this.isAt(position, bytes, from, to)) return position;
    }
  }

  add({ bytes, from, to, hash }: PatchName): void {
    if (this.count === this.ends.length) this.grow();
    const begin = this.start(this.count);
    const end = begin + to - from;
    if (end > this.bytes.length) this.bytes = Buffer.concat([this.bytes], 2 * end);
    for (let i = from; i < to; i += 1) this.bytes[begin + i - from] = bytes[i];
    this.ends[this.count] = end;
    this.hashes[this.count] = hash;
    this.place(this.count);
    this.count += 1;
  }

  /** The names that are not refused, in their order. */
  texts(refused: ReadonlySet<number>): string[] {
    const text = this.bytes.toString('latin1', 0, this.start(this.count));
    const plain = isAscii(this.bytes);
    const names: string[] = [];
    for (let i = 0; i < this.count; i += 1) {
      if (refused.has(i)) continue;
      const [from, to] = [this.start(i), this.ends[i]];
      names.push(plain ? text.slice(from, to) : this.bytes.toString('utf8', from, to));
    }
    return names;
  }

  private start(position: number): number {
    return position === 0 ? 0 : this.ends[position - 1];
  }

  private isAt(position: number, bytes: Uint8Array, from: number, to: number): boolean {
    const begin = this.start(position);
    if (this.ends[position] - begin !== to - from) return false;
    for (let i = from; i < to; i += 1) if (this.bytes[begin + i - from] !== bytes[i]) return false;
    return true;
  }

  private place(position: number): void {
    const mask = this.slots.length - 1;
    let slot = spread(this.hashes[position]) & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = position + 1;
  }

  private grow(): void {
    const size = this.ends.length * 2;
    assert(size <= 2 ** 28, 'more patches than a chunk can hold');
    const [ends, hashes] = [new Int32Array(size), new Int32Array(size)];
    ends.set(this.ends);
    hashes.set(this.hashes);
    [this.ends, this.hashes, this.slots] = [ends, hashes, new Int32Array(2 * size)];
    for (let position = 0; position < this.count; position += 1) this.place(position);
  }
}

/** Lets the high bits of a hash take part in the choice of a slot. */
const spread = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x9e3779b1) >>> 7;
