/** The fund that a command names by its territory and code. */
import { type Fund, LedgerMissing, listFunds } from '@gep/ledger';
import type { EntityManager } from 'typeorm';
import type { Deed } from '../machine/person-deed.service';

/** @param name territory and code, `990101/eco`. @throws LedgerMissing */
export async function findFund(tx: EntityManager, name: string): Promise<Fund> {
  const [territory, code, ...rest] = name.split('/');
  const found = (await listFunds(tx)).filter(
    (fund) => fund.code === code && fund.territoryPath.split('.').at(-1) === territory,
  );
  if (found.length === 0 || rest.length > 0) throw new LedgerMissing({ zh: '资金', en: 'fund' }, name);
  return found[0];
}

export const fundOf = ({ database, actor }: Deed, name: string): Promise<Fund> =>
  database.snapshot(actor, (tx) => findFund(tx, name));
