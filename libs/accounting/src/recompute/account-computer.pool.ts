/** Computes accounts in worker threads: territories shared out among them, large ones by runs of blocks. */
import { join } from 'node:path';
import { Injectable, OnModuleDestroy } from '@nestjs/common';
import { blockRows, PartialSums } from '@gep/formula';
import { assert } from '@gep/kernel';
import { decodeChunk, type RoomFor } from '@gep/observation';
import { createThreadPool, type ThreadPool } from '@gep/platform';
import { BatchRooms } from './batch-room.pool';
import { AccountOutcome, ComputeResult, ComputeTask, NormTexts, ObservedBytes } from './compute-batch';
import { shareOut } from './share-out';
import { type CarriedTask, carryTask } from './task-memory';

/** Chunk bytes from which on a territory is worth more than one thread. */
const worthSeveralThreads = 16 * 1024 * 1024;

/** Memory of one thread for objects; chunks lie outside of it, in shared memory. */
const heapMegabytes = 1024;

@Injectable()
export class AccountComputer implements OnModuleDestroy {
  private readonly pool: ThreadPool<CarriedTask, ComputeResult>;
  private readonly rooms = new BatchRooms();

  /**
   * @param threads worker threads; they start with the first task
   * @param largeBytes chunk bytes from which on a territory is divided
   */
  constructor(
    private readonly threads: number,
    private readonly largeBytes = worthSeveralThreads,
  ) {
    const resourceLimits = { maxOldGenerationSizeMb: heapMegabytes };
    this.pool = createThreadPool(join(__dirname, 'compute.thread'), { size: threads, resourceLimits });
  }

  /**
   * Lends room for the chunks of a batch while they are read and computed: there the kernels take them without a copy.
   */
  async lendRoom<T>(work: (roomFor: RoomFor) => Promise<T>): Promise<T> {
    return this.rooms.lend(work);
  }

  /** One outcome for each observation, in the same order. Chunks from a lent room are read in place, others copied. */
  async compute(norm: NormTexts, observed: readonly ObservedBytes[]): Promise<AccountOutcome[]> {
    const isLarge = (one: ObservedBytes): boolean => one.kept === null && sizeOf(one) >= this.largeBytes;
    const large = observed.filter(isLarge);
    const small = observed.filter((one) => !isLarge(one));
    const outcomes = await Promise.all([
      ...shareOut(small, sizeOf, this.threads).map(async (part) => {
        return this.run<readonly AccountOutcome[]>({ kind: 'accounts', norm, observed: part.map(inSharedMemory) });
      }),
      ...large.map(async (one) => this.computeLarge(norm, inSharedMemory(one))),
    ]);
    const byTerritory = new Map(outcomes.flat().map((outcome) => [outcome.territory, outcome]));
    return observed.map(({ territory }) => {
      const outcome = byTerritory.get(territory);
      assert(outcome, `no thread answered for ${territory}`);
      return outcome;
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.pool.close();
  }

  private async computeLarge(norm: NormTexts, observed: ObservedBytes): Promise<readonly AccountOutcome[]> {
    const rows = rowsOf(observed);
    // Whoever reads all of it says what is wrong with it.
    if (rows === undefined) return this.run({ kind: 'accounts', norm, observed: [observed] });
    const blocks = shareOut(
      Array.from({ length: Math.ceil(rows / blockRows) }, (_, block) => block),
      () => 1,
      this.threads * 2,
    );
    const partials = await Promise.all(
      blocks.map(async (run) => {
        const range = { from: run[0], to: run[run.length - 1] + 1 };
        return this.run<PartialSums | readonly AccountOutcome[]>({ kind: 'blocks', norm, observed, blocks: range });
      }),
    );
    const refused = partials.find((partial): partial is readonly AccountOutcome[] => Array.isArray(partial));
    if (refused) return refused;
    return this.run({ kind: 'finish', norm, observed, partials: partials as PartialSums[] });
  }

  private async run<Result extends ComputeResult>(task: ComputeTask): Promise<Result> {
    return (await this.pool.run(carryTask(task))) as Result;
  }
}

const sizeOf = ({ chunks }: ObservedBytes): number => chunks.reduce((sum, bytes) => sum + bytes.byteLength, 0);

/** Undefined when its bytes are no chunks. */
function rowsOf({ chunks }: ObservedBytes): number | undefined {
  try {
    return chunks.reduce((sum, bytes) => sum + decodeChunk(bytes).rows, 0);
  } catch {
    return undefined;
  }
}

/** The same observation with its bytes in shared memory, each chunk at a multiple of eight: threads read them in place. */
function inSharedMemory(observed: ObservedBytes): ObservedBytes {
  if (observed.kept) return observed;
  const chunks = observed.chunks.map((bytes) => {
    if (bytes.buffer instanceof SharedArrayBuffer) return bytes;
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.byteLength));
    shared.set(bytes);
    return shared;
  });
  return { ...observed, chunks };
}
