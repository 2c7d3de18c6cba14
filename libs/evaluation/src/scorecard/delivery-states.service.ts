/** Deliveries of departments with how each stands. */
import { statesOf } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { type DeliveryFilter, type DeliveryRow, listDeliveryRows } from './delivery.store';
import { ScoreMissing } from './errors';
import { scoreDeliverySteps, type ScoreDeliveryState } from './score-steps';

export interface ScoreDelivery extends DeliveryRow {
  readonly state: ScoreDeliveryState;
}

/** The earliest first. */
export async function listDeliveries(
  tx: EntityManager,
  { state, ...filter }: DeliveryFilter & { readonly state?: ScoreDeliveryState },
): Promise<ScoreDelivery[]> {
  const rows = await listDeliveryRows(tx, filter);
  const { kind, first } = scoreDeliverySteps;
  const states = await statesOf(
    tx,
    kind,
    rows.map(({ id }) => id),
  );
  return rows
    .map((row) => ({ ...row, state: (states.get(row.id) ?? first) as ScoreDeliveryState }))
    .filter((one) => state === undefined || one.state === state);
}

/** @throws ScoreMissing */
export async function getDelivery(tx: EntityManager, id: string): Promise<ScoreDelivery> {
  const [found] = /^[0-9a-f-]{36}$/i.test(id) ? await listDeliveries(tx, { id }) : [];
  if (!found) throw new ScoreMissing({ zh: '报送', en: 'delivery' }, id);
  return found;
}
