/** Tells which accounts that a value rests on were published anew since. */
import { findDisclosure, findDisclosureById } from '@gep/accounting';
import type { EntityManager } from 'typeorm';
import type { ValuePart } from '../plan/target-row';

/** Accounts that were published in the place of those that a value rests on. */
export async function restatedParts(tx: EntityManager, parts: readonly ValuePart[]): Promise<ValuePart[]> {
  const restated: ValuePart[] = [];
  for (const part of parts) {
    const told = part.disclosureId === null ? undefined : await findDisclosureById(tx, part.disclosureId);
    if (!told) continue;
    const { territory, period, normId } = told;
    const standing = await findDisclosure(tx, { territory, period, normId });
    if (standing && standing.accountId !== part.accountId) restated.push(part);
  }
  return restated;
}
