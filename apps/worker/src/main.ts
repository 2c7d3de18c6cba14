/** The worker process: does the jobs of the queue and carries announcements to it, until it is told to stop. */
import 'reflect-metadata';
import { runWorker } from './run-worker.main';

runWorker(process.env).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
