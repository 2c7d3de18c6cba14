/** Use cases of the book: each is one transaction, acts once per key, and leaves its row in the trail. */
import { Injectable } from '@nestjs/common';
import { parsePeriod, periodEnd } from '@gep/kernel';
import { type Actor, answerOnce, appendAudit, Database } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { type AccountDraft, checkAccountDraft } from './book/book-account';
import { insertAccount } from './book/book.store';
import { insertClosing, readCalendar } from './closing/closing.store';
import { ClosingRefused } from './errors';
import type { ReservationAct } from './reservation/reservation';
import { listReservations, type ReservationDraft } from './reservation/reservation.store';
import { actOnReservation, getReservation, reserve } from './reservation/reserve.store';
import { getVoucher, postVoucher } from './voucher/post-voucher.store';
import { checkReversalByHand } from './voucher/correct-voucher';
import { reverseVoucher } from './voucher/reverse-voucher.store';
import type { VoucherDraft } from './voucher/voucher';

/** `replayed`: the same command had been carried out before, and this is its answer of that time. */
export interface LedgerAnswer {
  readonly id: string;
  readonly replayed: boolean;
}

/** What somebody decides about a reservation. */
export interface ReservationDecision {
  readonly reservationId: string;
  readonly act: Exclude<ReservationAct, 'post' | 'expire'>;
  readonly amountFen?: bigint;
  readonly reason: string;
}

interface Deed {
  readonly id: string;
  readonly replayed?: boolean;
  readonly territoryPath: string;
}

const expiredAtOnce = 500;

@Injectable()
export class LedgerService {
  constructor(private readonly database: Database) {}

  /** Opens an account, or gives the one of this code and territory that is there. @throws BookAccountRefused */
  openAccount(actor: Actor, draft: AccountDraft, key: string): Promise<LedgerAnswer> {
    checkAccountDraft(draft);
    return this.once(actor, 'ledger.account.open', draft, key, async (tx) => ({
      id: await insertAccount(tx, draft),
      territoryPath: draft.territoryPath,
    }));
  }

  /** @throws what `postVoucher` throws */
  post(actor: Actor, draft: VoucherDraft, key: string): Promise<LedgerAnswer> {
    return this.once(actor, 'ledger.voucher.post', draft, key, async (tx) => ({
      ...(await postVoucher(tx, actor, draft)),
      territoryPath: draft.territoryPath,
    }));
  }

  /** By another person than posted it, and not what a mechanism undoes itself. @throws what `reverseVoucher` throws */
  reverse(
    actor: Actor,
    wish: { readonly voucherId: string; readonly memo: string; readonly effectiveDate?: string },
    key: string,
  ): Promise<LedgerAnswer> {
    return this.once(actor, 'ledger.voucher.reverse', wish, key, async (tx) => {
      const original = await getVoucher(tx, wish.voucherId);
      checkReversalByHand(original, actor.id);
      return { ...(await reverseVoucher(tx, actor, wish)), territoryPath: original.territoryPath };
    });
  }

  /** @throws what `reserve` throws */
  reserve(actor: Actor, draft: ReservationDraft, key: string): Promise<LedgerAnswer> {
    return this.once(actor, 'ledger.reservation.make', draft, key, async (tx) => {
      const answer = await reserve(tx, actor, draft);
      const { territoryPath } = await getReservation(tx, answer.id);
      return { ...answer, territoryPath };
    });
  }

  /** Approves a reservation or voids it. @throws LedgerMissing, ReservationRefused */
  decide(actor: Actor, decision: ReservationDecision, key: string): Promise<LedgerAnswer> {
    const { reservationId: id, ...wish } = decision;
    return this.once(actor, `ledger.reservation.${decision.act}`, decision, key, async (tx) => {
      await actOnReservation(tx, actor, id, wish);
      const { territoryPath } = await getReservation(tx, id);
      return { id, territoryPath };
    });
  }

  /** Frees what is held by reservations whose time has come; for the schedule. @returns how many expired */
  async expireReservations(actor: Actor): Promise<number> {
    for (let expired = 0; ;) {
      const due = await this.database.snapshot(actor, (tx) =>
        listReservations(tx, { due: true, limit: expiredAtOnce }),
      );
      for (const { id, territoryPath } of due) {
        const deed = { id, territoryPath };
        const wish = { act: 'expire', reason: 'its time has come' } as const;
        await this.database.transaction(actor, async (tx) => {
          const [still] = await listReservations(tx, { ids: [id], due: true });
          if (!still) return;
          await actOnReservation(tx, actor, id, wish);
          await trail(tx, actor, 'ledger.reservation.expire', deed, wish);
        });
      }
      expired += due.length;
      if (due.length < expiredAtOnce) return expired;
    }
  }

  /** Closes all days through the end of a period for a territory and all below it. @throws InvalidPeriod, ClosingRefused */
  closePeriod(
    actor: Actor,
    wish: { readonly territoryPath: string; readonly period: string },
    key: string,
  ): Promise<LedgerAnswer> {
    return this.once(actor, 'ledger.period.close', wish, key, async (tx) => {
      const { territoryPath } = wish;
      const period = parsePeriod(wish.period);
      const closedThrough = periodEnd(period);
      const { today } = await readCalendar(tx, [territoryPath]);
      if (closedThrough >= today)
        throw new ClosingRefused(period, {
          zh: `该期 ${closedThrough} 才结束；请在其后结账`,
          en: `it ends on ${closedThrough}; close it after that day`,
        });
      if (!(await insertClosing(tx, { within: territoryPath, period, closedThrough })))
        throw new ClosingRefused(period, { zh: '该期已经结账', en: 'it has been closed before' });
      return { id: period, territoryPath };
    });
  }

  private once(
    actor: Actor,
    action: string,
    body: object,
    key: string,
    work: (tx: EntityManager) => Promise<Deed>,
  ): Promise<LedgerAnswer> {
    return this.database.transaction(actor, async (tx) => {
      const { response, replayed } = await answerOnce(tx, { actor, key, action, body }, async () => {
        const deed = await work(tx);
        if (!deed.replayed) await trail(tx, actor, action, deed, body);
        return { id: deed.id, replayed: deed.replayed ?? false };
      });
      return { id: response.id, replayed: replayed || response.replayed };
    });
  }
}

async function trail(tx: EntityManager, actor: Actor, action: string, deed: Deed, after: object): Promise<void> {
  await appendAudit(tx, { actor, action, subject: deed.id, territoryPath: deed.territoryPath, after });
}
