/** Refuses a round in which nothing can move, and says whose money it would wait for, why, and until when. */
import { findAppeals, listAppealIds, listClocks } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { RoundIdle, type WaitedFor } from '../errors';
import type { SettlementCase } from './settlement-case.service';

/** @throws RoundIdle */
export async function refuseIdleRound(tx: EntityManager, own: SettlementCase): Promise<void> {
  const waited = own.waitedFor;
  if (waited.length === 0) return;
  const { id, code, about } = own.head;
  const appeals: WaitedFor[] = [];
  for (const subject of [id, ...(about === null ? [] : [about])].map((one) => ({ kind: 'settlement', id: one })))
    for (const appeal of await findAppeals(tx, await listAppealIds(tx, { subject, open: true }))) {
      const [clock] = await listClocks(tx, { subject: { kind: 'appeal', id: appeal.id }, open: true });
      appeals.push({ appeal: appeal.id, figure: appeal.figure, state: appeal.state, nextOn: clock?.dueOn ?? null });
    }
  throw new RoundIdle(code, waited, waited.some((party) => own.isDisputed(party)) ? appeals : []);
}
