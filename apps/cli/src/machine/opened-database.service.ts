/** The database of a command: opened as the settings say, closed when the command ends, also when it is interrupted. */
import { constants } from 'node:os';
import { operator } from '@gep/access';
import { openLocalDatabase, type LocalDatabase } from '@gep/platform';
import { RulebookService } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { readSettings } from './settings.loader';

let interrupted = false;

/** True once Ctrl-C or a signal has asked for the end: what fails from then on fails because of it. */
export const wasInterrupted = (): boolean => interrupted;

/** Runs `work` with the database and closes it afterwards. @throws what `openLocalDatabase` and `work` throw */
export async function withDatabase<T>(work: (local: LocalDatabase) => Promise<T>): Promise<T> {
  const opening = openLocalDatabase(readSettings(), { applicationName: 'gep-cli' });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= opening.then((local) => local.close()));
  const interrupt = (signal: NodeJS.Signals): void => {
    interrupted = true;
    void close()
      .catch(() => undefined)
      .finally(() => process.exit(128 + constants.signals[signal]));
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, interrupt);
  try {
    return await work(await opening);
  } finally {
    if (!interrupted) for (const signal of signals) process.off(signal, interrupt);
    await opening.then(close, () => undefined);
  }
}

/** Reads as the operator, on one unchanging view of the database. */
export function reading<T>(work: (tx: EntityManager, rulebook: RulebookService) => Promise<T>): Promise<T> {
  return withDatabase(({ database }) => database.snapshot(operator, (tx) => work(tx, new RulebookService(database))));
}
