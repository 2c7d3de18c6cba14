/** Editions, confirmations and adoptions as they are shown: a path is an inner matter, and people go by their names. */
import type { Adoption, Confirmation, PolicyEditionRecord } from '@gep/rulebook';
import { codesOfPath } from '@gep/territory';
import { wire } from '../answer/wire';
import type { AdoptionBody, ConfirmationBody, PolicyDeedBody, PolicyEditionBody } from './policies.dto';

const territoryOf = (path: string): string => codesOfPath(path).at(-1)!;
const deedBody = ({ name, at }: Adoption['adopted']): PolicyDeedBody => ({ name, at: at.toISOString() });

export function editionBody({ proposed, ...edition }: PolicyEditionRecord): PolicyEditionBody {
  return { ...wire(edition), proposed: deedBody(proposed) };
}

export function confirmationBody({ placePath, by: _, ...confirmation }: Confirmation): ConfirmationBody {
  return { ...wire(confirmation), territory: territoryOf(placePath) };
}

export function adoptionBody({ no: _, placePath, ...adoption }: Adoption): AdoptionBody {
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
