/** What a settlement paid to somebody, for whoever books it as income. */
import type { Fen } from '@gep/kernel';
import { lockSubject } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { standingPayments } from '../compute/standing.service';
import { listDeeds } from '../deed.store';
import { SettlementMissing } from '../errors';
import { listHeads, listParts } from '../settlement.store';

/**
 * Payments to a party, or to it as the successor of another, that did not come back. What is claimed back later stays paid: giving
 * it back is a deed of its own. The settlement is held until the end of the transaction, so that no payment comes back in between.
 * @throws SettlementMissing also when the actor sees nothing of it
 */
export async function paidTo(tx: EntityManager, settlementId: string, payee: string): Promise<Fen> {
  if (!/^[0-9a-f-]{36}$/.test(settlementId)) throw missing(settlementId);
  await lockSubject(tx, { kind: 'settlement', id: settlementId });
  const deeds = await listDeeds(tx, [settlementId]);
  const ids = [settlementId];
  const isSeen = deeds.length > 0 || (await listHeads(tx, { ids })).length > 0;
  if (!isSeen && (await listParts(tx, { settlementIds: ids })).length === 0) throw missing(settlementId);
  return standingPayments(deeds)
    .filter((paid) => (paid.payee ?? paid.party) === payee)
    .reduce((sum, { amountFen }) => sum + amountFen, 0n);
}

const missing = (id: string): SettlementMissing => new SettlementMissing({ zh: '结算', en: 'settlement' }, id);
