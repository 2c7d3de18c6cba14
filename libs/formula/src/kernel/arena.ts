/** Memory that kernels read in place: a shared WebAssembly memory that hands out room from its start until it is emptied. */

/** A shared `WebAssembly.Memory`: what passes between threads. */
export interface ArenaMemory {
  readonly buffer: SharedArrayBuffer;
  /** Adds pages of 64 KiB; nothing moves. @throws RangeError beyond the maximum */
  grow(pages: number): number;
}

/** The part of the WebAssembly interface that is used; the type libraries of Node 20 do not declare it. */
declare const WebAssembly: {
  Memory: new (limits: { initial: number; maximum: number; shared: true }) => ArenaMemory;
};

const pageBytes = 65_536;
/** Most that an arena may become, in pages: 1 GiB, the most that PostgreSQL has in one value. */
export const mostPages = 16_384;
/** Pages that an arena grows by at least; they cost nothing before they are written. */
const pagesAtOnce = 512;
/** What is handed out begins at a multiple of this, which suits any column. */
const step = 16;
/** A kernel that takes two rows at a time reads so far beyond the last column of an odd number of rows. */
const slack = 16;
/** Words at the start of the memory: where free room begins, and how often the arena was emptied. */
const word = { free: 0, epoch: 1 };

/** The arena of each memory that this thread knows. */
const arenas = new WeakMap<ArenaMemory, Arena>();
/** Whose buffer it is; a memory that grows has several, one after the other, over the same bytes. */
const owners = new WeakMap<object, Arena>();

/** The arena that an array lies in, as far as this thread knows it. */
export function arenaOf(buffer: ArrayBufferLike): Arena | undefined {
  return owners.get(buffer);
}

/**
 * Room for the columns of a batch. Any thread that has the memory may take room; all of it is given back at once.
 * Not to be emptied while a thread computes over it.
 */
export class Arena {
  private readonly words: Int32Array;

  private constructor(readonly memory: ArenaMemory) {
    this.words = new Int32Array(memory.buffer, 0, 2);
    Atomics.compareExchange(this.words, word.free, 0, step);
    arenas.set(memory, this);
  }

  /** The arena of a memory, which another thread may have opened. */
  static over(memory: ArenaMemory): Arena {
    return arenas.get(memory) ?? new Arena(memory);
  }

  /** A new one; undefined where there is no WebAssembly or not enough address space. */
  static open(): Arena | undefined {
    if (typeof WebAssembly !== 'object') return undefined;
    try {
      return new Arena(new WebAssembly.Memory({ initial: 1, maximum: mostPages, shared: true }));
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }

  /** Bytes that are taken, those of the arena itself included. */
  get taken(): number {
    return Atomics.load(this.words, word.free);
  }

  /** Changes whenever the arena is emptied: what was taken before is not to be used any more. */
  get epoch(): number {
    return Atomics.load(this.words, word.epoch);
  }

  /** Room that nobody else has, with whatever it held before; undefined when the arena is full. */
  take(bytes: number): Uint8Array | undefined {
    const size = Math.ceil(bytes / step) * step;
    for (;;) {
      const start = this.taken;
      const end = start + size;
      if (end + slack > mostPages * pageBytes) return undefined;
      if (Atomics.compareExchange(this.words, word.free, start, end) !== start) continue;
      return this.reach(end + slack) ? this.view(start, bytes) : undefined;
    }
  }

  /** Bytes that were taken here or in another thread. */
  view(address: number, bytes: number): Uint8Array {
    // Another thread may have made the memory longer; growing by nothing shows it here too.
    if (this.memory.buffer.byteLength < address + bytes) this.memory.grow(0);
    const { buffer } = this.memory;
    owners.set(buffer, this);
    return new Uint8Array(buffer, address, bytes);
  }

  /** Gives everything back. The pages stay, so that the next batch does not wait for the system to make new ones. */
  empty(): void {
    Atomics.add(this.words, word.epoch, 1);
    Atomics.store(this.words, word.free, step);
  }

  private reach(bytes: number): boolean {
    const lacking = Math.ceil((bytes - this.memory.buffer.byteLength) / pageBytes);
    if (lacking <= 0) return true;
    for (const pages of [Math.max(lacking, pagesAtOnce), lacking]) {
      try {
        this.memory.grow(pages);
        return true;
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
      }
    }
    // Both are refused also when another thread has grown it in the meantime.
    this.memory.grow(0);
    return this.memory.buffer.byteLength >= bytes;
  }
}
