/** Draws intervals in worker threads, so that they keep nobody waiting. */
import { join } from 'node:path';
import { createThreadPool, type ThreadPool } from '@gep/platform';
import type { NormEdition } from '@gep/rulebook';
import type { ObservedPeriod } from '../account/observed-period';
import { type AccountInterval, type IntervalRequest, joinDraws, runsOf, summariseDraws } from './account-interval';
import { drawModel } from './draw-model';
import type { DrawTask } from './interval.thread';
import type { Draws } from './run-draws';

/** Far more than 100,000 draws of a county need. */
const timeLimitMs = 600_000;

/** Close it when done. The number of threads changes no bit. */
export class IntervalComputer {
  private readonly pool: ThreadPool<DrawTask, Draws>;

  constructor(private readonly threads: number) {
    const resourceLimits = { maxOldGenerationSizeMb: 1024 };
    this.pool = createThreadPool(join(__dirname, 'interval.thread'), { size: threads, timeLimitMs, resourceLimits });
  }

  /** @throws as computeAccount; RefusedInThread for a refusal of the draws */
  async interval(norm: NormEdition, observed: ObservedPeriod, request: IntervalRequest): Promise<AccountInterval> {
    const model = drawModel(norm, observed);
    const texts = { edition: norm.edition, files: norm.files, units: norm.units.definitions };
    const runs = runsOf(request, Math.min(this.threads, request.draws));
    const draws = await Promise.all(runs.map(async (run) => this.pool.run({ norm: texts, observed, run })));
    return summariseDraws(model, request, joinDraws(draws));
  }

  async close(): Promise<void> {
    await this.pool.close();
  }
}
