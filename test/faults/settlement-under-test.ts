/** Entry of a process that goes the way of a settlement when told, and ends itself at one statement of it. */
import 'reflect-metadata';
import { openDatabase } from '@gep/platform';
import { nameOf, StatementWatch, type KillPoint } from './killed-statement';
import { goTheWay } from './settlement-way';

/** Whoever is killed has not said anything: what reaches the parent is that the point was never come to. */
async function goUntil(place: string, point: KillPoint): Promise<void> {
  const database = await openDatabase({ databaseUrl: process.env['DATABASE_URL'] }, { poolSize: 2 });
  const name = nameOf(point);
  const watch = new StatementWatch((statement, moment) => {
    if (nameOf({ ...statement, moment }) === name) process.kill(process.pid, 'SIGKILL');
  });
  await goTheWay(database, place, (useCase) => watch.begin(useCase));
  throw new Error(`the statement was not sent: ${name}`);
}

// A process that was never told to begin ends with its parent.
process.once('disconnect', () => process.exit(0));
process.once('message', ({ place, point }: { place: string; point: KillPoint }) => {
  goUntil(place, point).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  });
});
process.send!({ type: 'loaded' });
