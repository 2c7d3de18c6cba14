/** A reservation as a state machine: reserved, approved, posted in whole or in part, void, expired. */
import { type Bilingual, type Fen, formatYuan } from '@gep/kernel';
import { ReservationRefused } from '../errors';

export const reservationActs = ['approve', 'post', 'void', 'expire'] as const;
export type ReservationAct = (typeof reservationActs)[number];

export const reservationStates = ['reserved', 'approved', 'posted', 'void', 'expired'] as const;
/** `approved`: something may be posted. `void` and `expired`: what was not posted is free again. */
export type ReservationState = (typeof reservationStates)[number];

export interface ReservationStep {
  readonly act: ReservationAct;
  readonly amountFen: Fen;
  readonly actorId: string;
}

/** Money held on an account, with what became of it; steps are only ever added. */
export interface Reservation {
  readonly id: string;
  readonly amountFen: Fen;
  readonly reservedBy: string;
  readonly expiresAt: Date;
  readonly steps: readonly ReservationStep[];
}

/** What somebody wishes to do with it. */
export interface ReservationWish {
  readonly act: ReservationAct;
  /** Of approving or posting; what is left when absent. Voiding and expiring release all that is left. */
  readonly amountFen?: Fen;
  readonly actorId: string;
  readonly at: Date;
}

const sumOf = ({ steps }: Reservation, ...acts: ReservationAct[]): Fen =>
  steps.filter(({ act }) => acts.includes(act)).reduce((sum, { amountFen }) => sum + amountFen, 0n);

/** What of it is still held. */
export const heldFen = (reservation: Reservation): Fen =>
  reservation.amountFen - sumOf(reservation, 'post', 'void', 'expire');
export const postedFen = (reservation: Reservation): Fen => sumOf(reservation, 'post');
const approvedFen = (reservation: Reservation): Fen => sumOf(reservation, 'approve');

export function stateOf(reservation: Reservation): ReservationState {
  const last = reservation.steps.at(-1)?.act;
  if (last === 'void') return 'void';
  if (last === 'expire') return 'expired';
  if (heldFen(reservation) === 0n) return 'posted';
  return approvedFen(reservation) > 0n ? 'approved' : 'reserved';
}

/**
 * The step that the wish comes to. Whoever reserved does not approve, and whoever reserved or approved does not pay.
 * @throws ReservationRefused
 */
export function judgeReservation(reservation: Reservation, wish: ReservationWish): ReservationStep {
  const { act, actorId, at } = wish;
  const refuse = (reason: Bilingual): ReservationRefused => new ReservationRefused(reservation.id, reason);
  const [held, state] = [heldFen(reservation), stateOf(reservation)];
  if (held === 0n) throw refuse({ zh: `已了结（${state}）`, en: `it has come to its end (${state})` });
  const due = at >= reservation.expiresAt;
  const day = reservation.expiresAt.toISOString();
  if (act === 'expire' && !due) throw refuse({ zh: `到 ${day} 才到期`, en: `it expires at ${day}, not before` });
  if (act === 'void' || act === 'expire') return { act, amountFen: held, actorId };
  if (due) throw refuse({ zh: `已于 ${day} 到期；请重新预留`, en: `it expired at ${day}; reserve anew` });

  const approvers = reservation.steps.filter((step) => step.act === 'approve').map((step) => step.actorId);
  if (actorId === reservation.reservedBy || (act === 'post' && approvers.includes(actorId)))
    throw refuse({
      zh: '预留、批准、支付应由不同的人办理；请由另一人办理',
      en: 'whoever reserves, approves and pays are three persons; let another one do it',
    });
  const open = approvedFen(reservation) - postedFen(reservation);
  const most = act === 'approve' ? reservation.amountFen - approvedFen(reservation) : open;
  const amountFen = wish.amountFen ?? most;
  if (amountFen > 0n && amountFen <= most) return { act, amountFen, actorId };
  throw refuse(
    act === 'approve'
      ? {
          zh: `尚可批准 ${formatYuan(most)} 元，不能批准 ${formatYuan(amountFen)} 元`,
          en: `${formatYuan(most)} yuan can still be approved, not ${formatYuan(amountFen)}`,
        }
      : {
          zh: `已批准而未支付的为 ${formatYuan(most)} 元，不能支付 ${formatYuan(amountFen)} 元；请先批准`,
          en: `${formatYuan(most)} yuan are approved and not paid, so ${formatYuan(amountFen)} cannot be paid; have it approved first`,
        },
  );
}
