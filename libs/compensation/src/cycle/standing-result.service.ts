/** The result of a period that stands, and whether somebody has confirmed it. */
import { type SettlementView, viewSettlement } from '@gep/settlement';
import type { EntityManager } from 'typeorm';
import { findAgreement } from '../agreement/agreement.store';
import { type Cycle, listCycleSettlements } from './cycle.store';

export const isConfirmed = ({ state }: Pick<SettlementView, 'state'>): boolean =>
  state !== null && !['computed', 'returned', 'withdrawn'].includes(state);

/** The result of a period that nobody has withdrawn. */
export async function standingResult(tx: EntityManager, cycle: Cycle): Promise<SettlementView | undefined> {
  for (const link of await listCycleSettlements(tx, { cycleId: cycle.id })) {
    if (link.kind === 'advance') continue;
    const { terms } = (await findAgreement(tx, link.agreementId))!;
    const view = await viewSettlement(tx, link.settlementId);
    if (view.gist.policyId === terms.policy.id && view.state !== 'withdrawn') return view;
  }
  return undefined;
}
