/** The pace of workers under faults: a dead one is noticed within a second, a silent run within two. */
import type { Pace } from '../../apps/worker/src/pace';

export const quickPace: Pace = {
  idleMs: 20,
  reconcileMs: 200,
  restMs: 100,
  quietSeconds: 2,
  queue: { lockDuration: 1_000, stalledInterval: 400 },
};
