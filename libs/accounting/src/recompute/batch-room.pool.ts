/** Lends memory for the chunks of a batch, which kernels read in place, and keeps it for the next batch. */
import { Arena } from '@gep/formula';
import type { RoomFor } from '@gep/observation';

/** An arena that has become larger than this is not kept. */
const mostKeptBytes = 192 * 1024 * 1024;
const mostKept = 2;

const ownMemory = (bytes: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(bytes));

/** The rooms of one process. */
export class BatchRooms {
  private readonly kept: Arena[] = [];

  /**
   * Lends room while `work` runs: in an arena as long as it lasts, else in shared memory of its own.
   * When `work` fails, a thread may still compute over the arena; then nobody else ever gets it.
   */
  async lend<T>(work: (roomFor: RoomFor) => Promise<T>): Promise<T> {
    const arena = this.kept.pop() ?? Arena.open();
    const result = await work((bytes) => arena?.take(bytes) ?? ownMemory(bytes));
    if (arena && arena.taken <= mostKeptBytes && this.kept.length < mostKept) {
      arena.empty();
      this.kept.push(arena);
    }
    return result;
  }
}
