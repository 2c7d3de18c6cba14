/** BullMQ on PostgreSQL or Redis behind one door: queues, flows and workers with the settings that our jobs need. */
import { FlowProducer, Queue, Worker, type Job, type Processor, type WorkerOptions } from 'bullmq';
import type { Config } from '../config/config';
import type { JsonLogger } from '../logging/logger.service';
import { createLogger } from '../logging/logger.service';
import { BackendWatch } from './backend-watch.service';
import { openPostgresBackend } from './postgres-backend.service';
import type { QueueBackend } from './queue-backend';
import { openRedisBackend } from './redis-backend.service';

export interface QueuesOptions {
  readonly logger?: JsonLogger;
  /** What happens when the server stays away longer than `backendLossSeconds`; the default ends the process with 1. */
  readonly giveUp?: (seconds: number) => void;
}

/** Settings of a worker that differ from ours. */
export type QueueWorkerOptions = Pick<
  WorkerOptions,
  'concurrency' | 'limiter' | 'lockDuration' | 'stalledInterval' | 'maxStalledCount' | 'name'
>;

/**
 * Our jobs act once per key, so doing one again is always right, and giving up on one because its worker died is always
 * wrong: a dead worker is noticed soon, and its jobs come back without limit. What kills its worker each time is counted by
 * who does the work, in the database, where the loss of the queue does not forget it.
 */
const workerDefaults = {
  lockDuration: 10_000,
  stalledInterval: 5_000,
  maxStalledCount: 1_000_000,
  runRetryDelay: 1000,
};

/** Tried again for about ten minutes; kept when done for a day, when given up for a month, with the reason. */
const jobDefaults = {
  attempts: 10,
  backoff: { type: 'exponential', delay: 1000, jitter: 0.5 },
  removeOnComplete: { age: 86_400 },
  removeOnFail: { age: 30 * 86_400 },
};

const longestPauseMs = 5000;
const busyCloseLimitMs = 20_000;
const idleCloseLimitMs = 1000;

/** What BullMQ keeps to itself, and closes only after a wait that may never end. */
interface WorkerInside {
  readonly backend: { close(force: boolean): Promise<void> };
  readonly lockManager: { close(): Promise<void> };
}

/** Waits for something to end, but not longer than this; false when it did not end in time. Its failure is not ours. */
async function within(limitMs: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), limitMs)));
  const ended = work.then(
    () => true,
    () => true,
  );
  return Promise.race([ended, limit]).finally(() => clearTimeout(timer));
}

export class Queues {
  private readonly queues = new Map<string, Queue>();
  private readonly workers: Worker[] = [];
  /** Jobs being done now, by queue. */
  private readonly running = new Map<string, number>();
  private flowProducer: FlowProducer | undefined;
  private closing = false;

  constructor(
    private readonly backend: QueueBackend,
    private readonly watch: BackendWatch,
    private readonly concurrency: number,
  ) {}

  /** Where jobs are added. Ask again each time: a queue that could not connect is replaced. */
  queue(name: string): Queue {
    const known = this.queues.get(name);
    if (known) return known;
    const made = new Queue(name, { ...this.producerOptions(), defaultJobOptions: jobDefaults }, this.factory());
    made.on('error', (error) => this.noteError(error));
    made.waitUntilReady().catch((error: Error) => {
      this.noteError(error);
      this.queues.delete(name);
    });
    this.queues.set(name, made);
    return made;
  }

  /** Adds trees of jobs. Its jobs do not take the defaults of a queue: give `opts: queues.jobOptions`. */
  get flow(): FlowProducer {
    if (!this.flowProducer) {
      this.flowProducer = new FlowProducer(this.producerOptions(), this.factory());
      this.flowProducer.on('error', (error) => this.noteError(error));
    }
    return this.flowProducer;
  }

  /** Tries, back-off and keeping of a job. */
  get jobOptions(): typeof jobDefaults {
    return structuredClone(jobDefaults);
  }

  /**
   * Starts to work on a queue. The processor may see a job again after a crash, or at the same time as a worker that was
   * taken for dead: its effect must be keyed.
   */
  async worker<Data = unknown, Result = unknown>(
    name: string,
    processor: (job: Job<Data, Result>, token?: string) => Promise<Result>,
    options: QueueWorkerOptions = {},
  ): Promise<Worker<Data, Result>> {
    this.backend.makeRoomForWorker();
    const connection = this.backend.workerConnection as WorkerOptions['connection'];
    const settings = { ...workerDefaults, concurrency: this.concurrency, ...options, connection, autorun: false };
    const count = (change: number) => this.running.set(name, (this.running.get(name) ?? 0) + change);
    const counted: Processor<Data, Result> = async (job, token) => {
      count(1);
      return processor(job, token).finally(() => count(-1));
    };
    const worker = new Worker<Data, Result>(name, counted, settings, this.factory());
    this.soften(worker as Worker);
    this.workers.push(worker as Worker);
    await worker.waitUntilReady();
    this.watch.arm();
    worker.run().catch((error: Error) => this.noteError(error));
    return worker;
  }

  /** Jobs by queue and state, for every queue this process has touched. */
  async counts(): Promise<Record<string, Record<string, number>>> {
    const names = new Set([...this.queues.keys(), ...this.workers.map(({ name }) => name)]);
    const entries = [...names].map(async (name) => [name, await this.queue(name).getJobCounts()] as const);
    return Object.fromEntries(await Promise.all(entries));
  }

  /** Waits for running jobs, a while; one that does not end is done again by another worker. */
  async close(): Promise<void> {
    this.closing = true;
    this.watch.close();
    await Promise.all(this.workers.map((worker) => this.closeWorker(worker)));
    const producers = [...this.queues.values(), ...(this.flowProducer ? [this.flowProducer] : [])];
    await Promise.all(producers.map((producer) => within(idleCloseLimitMs, producer.close())));
    await within(idleCloseLimitMs, this.backend.close());
  }

  /**
   * BullMQ may wait for ever for a connection that was just being mended. Then its connections are torn down from below;
   * its own `disconnect` would let it connect again.
   */
  private async closeWorker(worker: Worker): Promise<void> {
    const limit = this.running.get(worker.name) ? busyCloseLimitMs : idleCloseLimitMs;
    if (await within(limit, worker.close())) return;
    const { backend, lockManager } = worker as unknown as WorkerInside;
    await within(idleCloseLimitMs, Promise.all([backend.close(true), lockManager.close()]));
  }

  private producerOptions(): { connection: WorkerOptions['connection'] } {
    return { connection: this.backend.producerConnection as WorkerOptions['connection'] };
  }

  /** BullMQ's classes are typed for Redis unless told otherwise; nothing we use differs. */
  private factory(): undefined {
    return this.backend.factory as unknown as undefined;
  }

  private noteError(error: Error): void {
    if (this.closing) return;
    if (this.backend.isLoss(error)) this.backend.reportLoss(error);
    else this.watch.complain(error);
  }

  /** A worker that meets errors in a row rests between tries instead of asking again at once. */
  private soften(worker: Worker): void {
    let errors = 0;
    let resting = false;
    worker.on('active', () => (errors = 0));
    worker.on('drained', () => (errors = 0));
    worker.on('error', (error) => {
      this.noteError(error);
      if (resting || this.backend.isLoss(error) || ++errors < 3) return;
      resting = true;
      void worker.pause(true);
      setTimeout(
        () => {
          resting = false;
          if (!worker.closing) void worker.resume();
        },
        Math.min(longestPauseMs, 100 * 2 ** Math.min(errors, 6)),
      );
    });
  }
}

/**
 * Opens the queue where the settings say: on Redis when there is a REDIS_URL, else in the database.
 * @throws QueueRefused when jobs could get lost there, or the tables are missing
 */
export async function openQueues(
  config: Pick<Config, 'databaseUrl' | 'redisUrl' | 'workerConcurrency' | 'backendLossSeconds' | 'logLevel'>,
  options: QueuesOptions = {},
): Promise<Queues> {
  const giveUp = options.giveUp ?? (() => process.exit(1));
  const watch = new BackendWatch(options.logger ?? createLogger(config), config.backendLossSeconds, giveUp);
  if (!config.redisUrl && !config.databaseUrl) throw new TypeError('openQueues needs redisUrl or databaseUrl');
  const backend = config.redisUrl
    ? await openRedisBackend(config.redisUrl, watch)
    : await openPostgresBackend(config.databaseUrl!, watch);
  return new Queues(backend, watch, config.workerConcurrency);
}
