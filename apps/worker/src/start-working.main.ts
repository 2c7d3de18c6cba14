/** Puts the worker together on an open database and queue: the process and the flow tests use it. */
import { NestFactory } from '@nestjs/core';
import { accountingJobNames, accountingQueue } from '@gep/accounting';
import { creditJobNames, creditQueue } from '@gep/credit';
import { evaluationJobNames, evaluationQueue } from '@gep/evaluation';
import { checkProcessors } from '@gep/platform';
import { procedureJobNames, procedureQueue } from '@gep/procedure';
import { dividendJobNames, dividendQueue } from '@gep/procurement';
import { settlementJobNames, settlementQueue } from '@gep/settlement';
import { DividendProcessor } from './dividend.processor';
import { CreditProcessor } from './credit.processor';
import { EvaluationProcessor } from './evaluation.processor';
import { OutboxRelay } from './outbox-relay.service';
import { ProcedureProcessor } from './procedure.processor';
import { RecomputeProcessor } from './recompute.processor';
import { RelaySettings } from './relay-settings';
import { SettlementProcessor } from './settlement.processor';
import { WorkerModule, type WorkerParts } from './worker.module';

export interface Working {
  /** Lets running jobs end; the database and the queue stay open for whoever opened them. */
  stop(): Promise<void>;
}

/** @throws ProcessorsMismatch when a declared job has no processor, or two */
export async function startWorking(parts: WorkerParts, given: Partial<RelaySettings> = {}): Promise<Working> {
  const settings = new RelaySettings(given);
  const app = await NestFactory.createApplicationContext(WorkerModule.with(parts, settings), {
    logger: parts.log,
    abortOnError: false,
  });
  const processor = app.get(RecomputeProcessor);
  checkProcessors(accountingJobNames, Object.keys(processor.handlers));
  await parts.queues.worker(accountingQueue, (job) => processor.process(job), settings.pace.queue);
  const procedures = app.get(ProcedureProcessor);
  checkProcessors(procedureJobNames, Object.keys(procedures.handlers));
  await parts.queues.worker(procedureQueue, (job) => procedures.process(job), settings.pace.queue);
  const settlements = app.get(SettlementProcessor);
  checkProcessors(settlementJobNames, Object.keys(settlements.handlers));
  await parts.queues.worker(settlementQueue, (job) => settlements.process(job), settings.pace.queue);
  const dividends = app.get(DividendProcessor);
  checkProcessors(dividendJobNames, Object.keys(dividends.handlers));
  await parts.queues.worker(dividendQueue, (job) => dividends.process(job), settings.pace.queue);
  const evaluations = app.get(EvaluationProcessor);
  checkProcessors(evaluationJobNames, Object.keys(evaluations.handlers));
  await parts.queues.worker(evaluationQueue, (job) => evaluations.process(job), settings.pace.queue);
  const credits = app.get(CreditProcessor);
  checkProcessors(creditJobNames, Object.keys(credits.handlers));
  await parts.queues.worker(creditQueue, (job) => credits.process(job), settings.pace.queue);
  const relay = app.get(OutboxRelay);
  relay.start();
  return {
    async stop() {
      await relay.stop();
      await parts.queues.close();
      await app.close();
    },
  };
}
