/** Bridges norms in a worker thread: every parameter that differs costs an account. */
import { join } from 'node:path';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { createThreadPool, type ThreadPool } from '@gep/platform';
import type { NormBridge } from './bridge-norms';
import type { BridgeTask } from './bridge.thread';

/** As long as a caller may be kept waiting. */
const timeLimitMs = 60_000;

@Injectable()
export class NormBridger implements OnModuleDestroy {
  private readonly pool: ThreadPool<BridgeTask, NormBridge> = createThreadPool(join(__dirname, 'bridge.thread'), {
    size: 1,
    timeLimitMs,
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  });

  /** @throws RefusedInThread for what computeAccount refuses under either norm; TaskTooLong */
  async bridge(task: BridgeTask): Promise<NormBridge> {
    return this.pool.run(task);
  }

  async onModuleDestroy(): Promise<void> {
    await this.pool.close();
  }
}
