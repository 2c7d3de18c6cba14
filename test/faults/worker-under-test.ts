/** Entry of a worker process that loads first and begins to work when told, with a pace for people who wait. */
import 'reflect-metadata';
import { runWorker } from '../../apps/worker/src/run-worker.main';
import { quickPace } from './quick-pace';

// A worker that was never told to begin ends with its parent.
process.once('disconnect', () => process.exit(0));
process.once('message', () => {
  runWorker(process.env, { pace: quickPace }).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  });
});
process.send!({ type: 'loaded' });
