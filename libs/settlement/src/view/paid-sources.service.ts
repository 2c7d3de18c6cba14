/** Every payment of a settlement with the sources of the fund that it was taken from. */
import type { Fen } from '@gep/kernel';
import { listReservations, listSources } from '@gep/ledger';
import type { EntityManager } from 'typeorm';
import { listDeeds, listShares } from '../deed.store';
import type { PaymentView, SettlementHead } from '../settlement';

/** The first one first. @param head null to a party, which sees its payments and not what paid them */
export async function listPayments(
  tx: EntityManager,
  id: string,
  head: Pick<SettlementHead, 'fundId'> | null,
): Promise<PaymentView[]> {
  const deeds = await listDeeds(tx, [id]);
  const paid = deeds.filter(({ deed }) => deed === 'pay');
  if (paid.length === 0) return [];
  const shares = new Map((await listShares(tx, [id])).map((share) => [`${share.party} ${share.round}`, share]));
  const heldFor = ({ party, round }: (typeof paid)[number]): readonly string[] =>
    shares.get(`${party} ${round}`)?.reservationIds ?? [];
  const sources = new Map((head ? await listSources(tx, head.fundId) : []).map((one) => [one.accountId, one]));
  const reservations = head ? await listReservations(tx, { ids: paid.flatMap(heldFor) }) : [];
  const held = new Map(reservations.map((one) => [one.id, one]));
  const returned = new Set(deeds.filter((one) => one.deed === 'return-payment').map(({ aboutDeed }) => aboutDeed));
  return paid.map((deed) => {
    const drawn = new Map<string, Fen>();
    for (const reservationId of heldFor(deed)) {
      const reservation = held.get(reservationId);
      if (reservation)
        drawn.set(reservation.accountId, (drawn.get(reservation.accountId) ?? 0n) + reservation.amountFen);
    }
    const { party, payee, amountFen, voucherId, doneName, doneAt } = deed;
    return {
      ...{ party, payee: payee ?? party, amountFen, voucherId, paidBy: doneName, paidAt: doneAt },
      isReturned: returned.has(deed.id),
      sources: [...drawn].flatMap(([accountId, fen]) => {
        const source = sources.get(accountId);
        return source ? [{ code: source.code, department: source.department, amountFen: fen }] : [];
      }),
    };
  });
}
