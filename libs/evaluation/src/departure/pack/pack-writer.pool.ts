/** Writes the PDF of a term pack in a worker thread, so that a long one keeps nobody waiting. */
import { join } from 'node:path';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { createThreadPool, type ThreadPool } from '@gep/platform';
import type { PageDescription } from './pack-pages';

/** A term pack is asked for within this time (row N17). */
const timeLimitMs = 30_000;

@Injectable()
export class PackWriter implements OnModuleDestroy {
  private readonly pool: ThreadPool<PageDescription, Uint8Array> = createThreadPool(join(__dirname, 'pack.thread'), {
    ...{ size: 1, timeLimitMs },
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });

  async pdf(pages: PageDescription): Promise<Uint8Array> {
    return this.pool.run(pages);
  }

  async onModuleDestroy(): Promise<void> {
    await this.pool.close();
  }
}
