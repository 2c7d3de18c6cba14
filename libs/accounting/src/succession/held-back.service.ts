/** Tells which successors wait because an account that they share in is locked under the code of a predecessor that goes on. */
import type { EntityManager } from 'typeorm';
import { findAccountsById } from '../account/account.store';
import type { AccountLocked } from '../review/errors';
import { refusedByLock } from '../review/new-vintages.service';
import { listLocks } from '../review/review.store';
import { overtakesItself } from './carried-parts';
import type { Carried } from './carried.store';

/** What of a run, and of a successor with the accounts it is made of, it takes. */
interface Norm {
  readonly period: string;
  readonly norm: { readonly id: string };
}
interface Successor {
  readonly parent: string;
  readonly parts: readonly { readonly territory: string }[];
}

/**
 * While a code that goes on is approved or published with what was observed within the boundary of before, nothing is taken from
 * its account for others, nor added to it: the ground would be counted twice.
 * @returns why, by successor
 */
export async function listHeldBack(
  tx: EntityManager,
  { period, norm }: Norm,
  carried: Carried,
  successors: readonly Successor[],
): Promise<Map<string, AccountLocked>> {
  const codes = new Set(successors.flatMap(({ parts }) => parts.map(({ territory }) => territory)));
  const goingOn = [...codes].filter((code) => overtakesItself(carried.parts, code));
  if (goingOn.length === 0) return new Map();
  const locks = await listLocks(tx, period, norm.id, goingOn);
  const reviewed = await findAccountsById(
    tx,
    [...locks.values()].map(({ vintage }) => vintage.accountId),
  );
  const observed = new Set(reviewed.filter(({ origin }) => origin === 'observed').map(({ id }) => id));
  return new Map(
    successors.flatMap(({ parent, parts }) => {
      const holding = parts
        .map(({ territory }) => locks.get(territory))
        .find((lock) => lock && observed.has(lock.vintage.accountId));
      const refusal = refusedByLock(holding, '');
      return refusal ? [[parent, refusal] as const] : [];
    }),
  );
}
