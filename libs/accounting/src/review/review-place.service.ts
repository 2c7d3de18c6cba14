/** Reads which account is meant, and sees to it that it lies where the person who asks may look. */
import { parsePeriod, parseTerritoryCode, periodEnd } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import { getTerritory, isWithin, TerritoryMissing } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import type { ReviewKey } from './review-step';

/** @throws InvalidPeriod, InvalidTerritoryCode */
export function checkedKey({ territory, period, normId }: ReviewKey): ReviewKey {
  return { territory: parseTerritoryCode(territory), period: parsePeriod(period), normId };
}

/** Path of the territory at the end of the period. Not there and not yours are one answer. @throws TerritoryMissing */
export async function placeOf(tx: EntityManager, { scope }: Actor, { territory, period }: ReviewKey): Promise<string> {
  const date = periodEnd(period);
  const { code, path } = await getTerritory(tx, territory, date);
  if (!scope.some((each) => isWithin(path, each))) throw new TerritoryMissing(code, date);
  return path;
}
