/** Whether the accounts that a settlement rests on still stand: money moves by figures in force, and by no others. */
import { listRestating, type Disclosure } from '@gep/accounting';
import type { EntityManager } from 'typeorm';
import { FiguresRestated } from './errors';

/**
 * Publications that took the place of those that a settlement took its figures from, oldest first. It looks at the accounts
 * themselves, so that it is true from the moment of the restatement on, before anybody was told.
 */
export async function listRestatedFigures(tx: EntityManager, settlementId: string): Promise<Disclosure[]> {
  const rows = await tx.query<{ id: string }[]>(
    `select distinct disclosure_id as id from settlement.figure where settlement_id = $1`,
    [settlementId],
  );
  return rows.length === 0
    ? []
    : listRestating(
        tx,
        rows.map(({ id }) => id),
      );
}

/** @throws FiguresRestated when an account was restated after its figures were taken */
export async function refuseIfRestated(
  tx: EntityManager,
  settlement: { readonly id: string; readonly code: string },
): Promise<void> {
  const restated = await listRestatedFigures(tx, settlement.id);
  if (restated.length > 0) throw new FiguresRestated(settlement, restated);
}
