/** What the two homes of a queue, PostgreSQL and Redis, have in common. */
import type { BackendFactory } from 'bullmq';

export interface QueueBackend {
  /** Makes BullMQ's side of the connection; undefined means BullMQ's own default, Redis. */
  readonly factory: BackendFactory | undefined;
  /** The `connection` option for queues and flows, which must fail soon when the server is away. */
  readonly producerConnection: unknown;
  /** The `connection` option for workers, which wait. */
  readonly workerConnection: unknown;
  /** Tells apart a lost server from another error of a worker. */
  isLoss(error: Error): boolean;
  /** A worker or queue met such an error. */
  reportLoss(error: Error): void;
  /** Called for each worker, before it connects. */
  makeRoomForWorker(): void;
  close(): Promise<void>;
}
