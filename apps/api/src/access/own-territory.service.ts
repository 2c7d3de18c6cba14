/** The path of a territory in which somebody may do what the route does. */
import { OutsideOwnTerritory } from '@gep/access';
import type { Actor } from '@gep/platform';
import { getTerritory } from '@gep/territory';
import type { EntityManager } from 'typeorm';

/** @param actor narrowed to what the route permits. @throws TerritoryMissing, OutsideOwnTerritory */
export async function getOwnPath(tx: EntityManager, actor: Actor, territory: string, day: string): Promise<string> {
  const { path } = await getTerritory(tx, territory, day);
  if (actor.scope.some((own) => path === own || path.startsWith(`${own}.`))) return path;
  throw new OutsideOwnTerritory(territory);
}
