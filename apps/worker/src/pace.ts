/** How often the worker looks for work, and after which silence it takes work for lost. */
import type { QueueWorkerOptions } from '@gep/platform';

export interface Pace {
  /** Pause of the relay when the outbox is empty. */
  readonly idleMs: number;
  /** Time between two looks for runs that the queue has lost. */
  readonly reconcileMs: number;
  /** After a failure the loops rest, so that a database that is away is not asked without pause. */
  readonly restMs: number;
  /** A run in which nothing has moved for so long is issued again. */
  readonly quietSeconds: number;
  /** When a worker is taken for dead; the settings of the platform where absent. */
  readonly queue?: Pick<QueueWorkerOptions, 'lockDuration' | 'stalledInterval'>;
}

export const usualPace: Pace = { idleMs: 250, reconcileMs: 15_000, restMs: 2_000, quietSeconds: 60 };
