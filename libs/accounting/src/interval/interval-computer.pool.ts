/** Draws intervals in worker threads, so that they keep nobody waiting. */
import { join } from 'node:path';
import { type OnModuleDestroy } from '@nestjs/common';
import { createThreadPool, type ThreadPool } from '@gep/platform';
import type { NormEdition } from '@gep/rulebook';
import type { ObservedPeriod } from '../account/observed-period';
import { flowTreeTexts } from '../flow/flow-texts';
import type { FlowTree } from '../flow/roll-up-lines';
import { type AccountInterval, type IntervalRequest, runsOf, type WholeAccount } from './account-interval';
import { buffersOf, type DrawnParts, type DrawPart } from './draw-parts';
import type { DrawTask, SummaryTask } from './interval.thread';

/** Far more than 100,000 draws of a county need. */
const usualTimeLimitMs = 600_000;

/** Close it when done. The number of threads changes no bit. */
export class IntervalComputer implements OnModuleDestroy {
  private readonly pool: ThreadPool<DrawTask | SummaryTask, DrawnParts | AccountInterval>;

  constructor(
    private readonly threads: number,
    timeLimitMs = usualTimeLimitMs,
  ) {
    const resourceLimits = { maxOldGenerationSizeMb: 1024 };
    this.pool = createThreadPool(join(__dirname, 'interval.thread'), { size: threads, timeLimitMs, resourceLimits });
  }

  /** @throws RefusedInThread for what computeAccount and the draws refuse */
  async interval(norm: NormEdition, observed: ObservedPeriod, request: IntervalRequest): Promise<AccountInterval> {
    return this.intervalOf([{ norm, observed }], request);
  }

  /**
   * The interval of a sum of observed accounts.
   * @param whole the recorded account; that of the only part when absent
   * @param flows what declared flows between the parts take back is drawn as well
   * @throws RefusedInThread for what computeAccount and the draws refuse; TaskTooLong
   */
  async intervalOf(
    parts: readonly DrawPart[],
    request: IntervalRequest,
    whole?: WholeAccount,
    flows?: FlowTree,
  ): Promise<AccountInterval> {
    const editions = new Map(parts.map(({ norm }) => [norm.edition, norm]));
    const norms = [...editions.values()].map(({ edition, files, units }) => {
      return { edition, files, units: units.definitions };
    });
    const named = parts.map(({ norm, observed }) => ({ edition: norm.edition, observed }));
    const texts = flows && flowTreeTexts(flows);
    const runs = await Promise.all(
      runsOf(request, Math.min(this.threads, request.draws)).map(async (run) => {
        return (await this.pool.run({ kind: 'draw', norms, parts: named, run, flows: texts })) as DrawnParts;
      }),
    );
    const task: SummaryTask = { kind: 'summary', runs, request, whole };
    return (await this.pool.run(task, runs.flatMap(buffersOf))) as AccountInterval;
  }

  async close(): Promise<void> {
    await this.pool.close();
  }

  async onModuleDestroy(): Promise<void> {
    await this.close();
  }
}
