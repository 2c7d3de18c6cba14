/** Which payments are taken back for what a party was given too much: the latest of the period first, never more than it gave. */
import type { Fen } from '@gep/kernel';
import type { SettlementDeed } from '../settlement';
import { smaller } from './settlement-part';

/** What of one payment is taken back. */
export interface TakenBack {
  readonly payment: SettlementDeed;
  readonly amountFen: Fen;
}

/**
 * @param deeds of all settlements of the agreement, in the order in which they were done
 * @param isTaken whether payments of this settlement may be taken back @param isFirst whether they go first
 * @returns what is taken back, and what could not be
 */
export function takeBack(
  deeds: readonly SettlementDeed[],
  { party, fen }: { readonly party: string; readonly fen: Fen },
  isTaken: (settlementId: string) => boolean,
  isFirst: (settlementId: string) => boolean,
): { readonly taken: readonly TakenBack[]; readonly leftFen: Fen } {
  const about = (kind: SettlementDeed['deed'], id: string): SettlementDeed[] =>
    deeds.filter(({ deed, aboutDeed }) => deed === kind && aboutDeed === id);
  const payments = deeds
    .filter((one) => one.deed === 'pay' && one.party === party && one.voucherId !== null)
    .filter(({ id, settlementId }) => isTaken(settlementId) && about('return-payment', id).length === 0)
    .reverse()
    .sort((a, b) => Number(isFirst(b.settlementId)) - Number(isFirst(a.settlementId)));
  let leftFen = fen;
  const taken = payments.flatMap((payment): TakenBack[] => {
    const before = about('claw', payment.id)
      .filter(({ id }) => about('undo', id).length === 0)
      .reduce((sum, { amountFen }) => sum + amountFen, 0n);
    const amountFen = smaller(leftFen, payment.amountFen - before);
    if (amountFen <= 0n) return [];
    leftFen -= amountFen;
    return [{ payment, amountFen }];
  });
  return { taken, leftFen };
}
