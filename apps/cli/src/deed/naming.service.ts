/** Reads the names that stand beside codes in lists. */
import type { Subject } from '@gep/procedure';
import { listVersions } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import type { Naming, PlaceNames } from '../rendering/deed/naming';
import { codesOf } from './named-subject.service';

/** The last name of each territory; codes of anything else are absent. */
export async function placeNames(tx: EntityManager, codes: readonly string[]): Promise<PlaceNames> {
  const versions = await listVersions(tx, [...new Set(codes)]);
  const last = versions.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  return new Map(last.map(({ code, nameZh, nameEn }) => [code, { zh: nameZh, en: nameEn ?? nameZh }]));
}

/** @param codes of territories and parties */
export const namingOf = async (
  tx: EntityManager,
  subjects: readonly Subject[],
  codes: readonly string[],
): Promise<Naming> => ({ codes: await codesOf(tx, subjects), places: await placeNames(tx, codes) });
