/** What a restatement took the place of, vintage by vintage, and what rests on any of them. */
import { findDisclosureById, firstDisclosureOf, listRestating, type Disclosure } from '@gep/accounting';
import type { EntityManager } from 'typeorm';
import type { Dependent } from '../reliance/reliance';
import { listDependents } from '../reliance/reliance.store';
import { RestatementMissing } from './errors';

export interface Restatement {
  /** The one that stands; a first publication when nothing took its place yet. */
  readonly disclosure: Disclosure;
  /** Ids of the accounts that it replaced, the latest first; its own account when it replaced none. */
  readonly vintages: readonly string[];
}

/**
 * @param id of a disclosure, or of an account: then what took the place of that account
 * @throws RestatementMissing
 */
export async function getRestatement(tx: EntityManager, id: string): Promise<Restatement> {
  if (!/^[0-9a-f-]{36}$/i.test(id)) throw new RestatementMissing(id);
  const named = await findDisclosureById(tx, id);
  const given = named ?? (await firstDisclosureOf(tx, id));
  if (!given) throw new RestatementMissing(id);
  const disclosure = named?.restates != null ? named : ((await listRestating(tx, [given.id]))[0] ?? given);
  const vintages: string[] = [];
  for (let before = disclosure.restates; before !== null;) {
    const replaced: Disclosure | undefined = await findDisclosureById(tx, before);
    if (!replaced) break;
    vintages.push(replaced.accountId);
    before = replaced.restates;
  }
  return { disclosure, vintages: vintages.length > 0 ? vintages : [disclosure.accountId] };
}

/** What rests on any of the vintages, each figure once: who was paid by the first may never have been corrected by the second. */
export async function listResting(tx: EntityManager, vintages: readonly string[]): Promise<Dependent[]> {
  const found = new Map<string, Dependent>();
  for (const accountId of vintages)
    for (const one of await listDependents(tx, { accountId })) {
      const key = `${one.dependent.kind} ${one.dependent.id} ${one.figure}`;
      const known = found.get(key);
      if (!known || known.steps > one.steps) found.set(key, one);
    }
  return [...found.values()].sort((a, b) => a.steps - b.steps);
}
