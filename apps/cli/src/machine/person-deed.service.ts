/** Deeds in money at the terminal: done by a person who signs in, with what they are permitted, never by the operator. */
import { type Permission, requirePermission } from '@gep/access';
import type { Actor, Database } from '@gep/platform';
import { getTerritory } from '@gep/territory';
import { withDatabase } from './opened-database.service';
import { actingAs, type ActingOptions, passwordOf } from './signed-in.service';
import { today } from './today.service';

export interface DeedOptions extends ActingOptions {
  readonly as: string;
}

/** What a deed has at hand: the database, who acts, and the path of a territory as it is today. */
export interface Deed {
  readonly database: Database;
  readonly actor: Actor;
  pathOf(territory: string): Promise<string>;
}

/** @throws Forbidden, LoginRefused and what `work` throws */
export async function deedAs<T>(
  options: DeedOptions,
  permission: Permission,
  work: (deed: Deed) => Promise<T>,
): Promise<T> {
  const password = await passwordOf(options);
  return withDatabase(({ database }) =>
    actingAs(database, { login: options.as, password }, (person) => {
      const actor = requirePermission(person, permission);
      const pathOf = async (territory: string): Promise<string> =>
        (await database.snapshot(actor, (tx) => getTerritory(tx, territory, today()))).path;
      return work({ database, actor, pathOf });
    }),
  );
}
