/** Writes workbooks in a worker thread, so that a large one keeps nobody waiting. */
import { join } from 'node:path';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { createThreadPool, type ThreadPool } from '@gep/platform';
import type { AccountReport } from './report-table';
import type { WorkbookTask } from './report.thread';
import type { ReportLanguage } from './written-cells';

/** Far more than the tables of a province need. */
const timeLimitMs = 60_000;

@Injectable()
export class ReportWriter implements OnModuleDestroy {
  private readonly pool: ThreadPool<WorkbookTask, Uint8Array> = createThreadPool(join(__dirname, 'report.thread'), {
    size: 1,
    timeLimitMs,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });

  async workbook(report: AccountReport, language: ReportLanguage): Promise<Uint8Array> {
    return this.pool.run({ report, language });
  }

  async onModuleDestroy(): Promise<void> {
    await this.pool.close();
  }
}
