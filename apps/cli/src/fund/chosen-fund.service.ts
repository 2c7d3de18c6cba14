/** The fund that a command names by its territory and code. */
import { type Fund, getFund } from '@gep/ledger';
import type { Deed } from '../machine/person-deed.service';
import { codeOfPath } from '../rendering/deed/naming';

/** @param name territory and code, `990101/eco`; or the id. @throws LedgerMissing */
export const fundOf = ({ database, actor }: Deed, name: string): Promise<Fund> =>
  database.snapshot(actor, (tx) => getFund(tx, name));

export const nameOfFund = ({ territoryPath, code }: Pick<Fund, 'territoryPath' | 'code'>): string =>
  `${codeOfPath(territoryPath)}/${code}`;
