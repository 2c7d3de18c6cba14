/** Shows a piece of a transaction what was published anywhere, as anybody may read it, whoever the actor is. */
import type { EntityManager } from 'typeorm';
import { rootPath, scopeText } from './actor';

const setScope = (tx: EntityManager, scope: string): Promise<unknown> =>
  tx.query(`select set_config('gep.published_scope', $1, true)`, [scope]);

/** Rows that are not published stay as hidden as they were; nothing more may be written. */
export async function inPublishedView<T>(tx: EntityManager, work: () => Promise<T>): Promise<T> {
  const [{ before }] = await tx.query<[{ before: string }]>(
    `select current_setting('gep.published_scope', true) as before`,
  );
  await setScope(tx, scopeText([rootPath]));
  try {
    return await work();
  } finally {
    // A transaction that failed has no settings left to restore, and its own error is the one to tell.
    await setScope(tx, before).catch(() => undefined);
  }
}
