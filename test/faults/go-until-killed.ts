/** A process that goes a way when told, and ends itself at one statement of it. */
import { type Database, openDatabase } from '@gep/platform';
import { nameOf, StatementWatch, type KillPoint } from './killed-statement';

/** Goes a way in a place; `begin` is told of each use case before its first statement. */
export type Way = (database: Database, place: string, begin: (useCase: string) => void) => Promise<void>;

/** Whoever is killed has not said anything: what reaches the parent is that the point was never come to. */
async function goUntil(way: Way, place: string, point: KillPoint): Promise<void> {
  const database = await openDatabase({ databaseUrl: process.env['DATABASE_URL'] }, { poolSize: 2 });
  const name = nameOf(point);
  const watch = new StatementWatch((statement, moment) => {
    if (nameOf({ ...statement, moment }) === name) process.kill(process.pid, 'SIGKILL');
  });
  await way(database, place, (useCase) => watch.begin(useCase));
  throw new Error(`the statement was not sent: ${name}`);
}

export function goUntilKilled(way: Way): void {
  // A process that was never told to begin ends with its parent.
  process.once('disconnect', () => process.exit(0));
  process.once('message', ({ place, point }: { place: string; point: KillPoint }) => {
    goUntil(way, place, point).catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exit(1);
    });
  });
  process.send!({ type: 'loaded' });
}
