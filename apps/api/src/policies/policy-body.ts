/** Editions, confirmations and adoptions as they are shown: a path is an inner matter, and people go by their names. */
import type { Adoption, Confirmation, PolicyEditionRecord } from '@gep/rulebook';
import { codesOfPath } from '@gep/territory';
import { wire } from '../answer/wire';

const territoryOf = (path: string): string => codesOfPath(path).at(-1)!;
const deedBody = ({ name, at }: Adoption['adopted']) => ({ name, at: at.toISOString() });

export function editionBody({ proposed, ...edition }: PolicyEditionRecord) {
  return { ...wire(edition), proposed: deedBody(proposed) };
}

export function confirmationBody({ placePath, by: _, ...confirmation }: Confirmation) {
  return { ...wire(confirmation), territory: territoryOf(placePath) };
}

export function adoptionBody({ no: _, placePath, ...adoption }: Adoption) {
  const { proposed, adopted, confirmation, withdrawal, ...rest } = adoption;
  return {
    ...rest,
    territory: territoryOf(placePath),
    proposed: deedBody(proposed),
    adopted: deedBody(adopted),
    confirmation: confirmation && confirmationBody(confirmation),
    withdrawal: withdrawal && { from: withdrawal.from, reason: withdrawal.reason, ...deedBody(withdrawal) },
  };
}
