/** What the measures that stand against parties of an agreement do to a period. */
import type { Period } from '@gep/kernel';
import { getSubject, todayOf } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { type AgreementEdition } from '../agreement/agreement.store';
import { type BreachEffect, type BreachMeasure, effectOf } from './breach-effect';
import { breachSteps, type BreachState } from './breach-steps';
import { type Breach, listBreaches, listBreachMeasures } from './breach.store';

export interface BreachView extends Breach {
  readonly state: BreachState;
  readonly measures: readonly BreachMeasure[];
}

export async function viewBreaches(tx: EntityManager, breaches: readonly Breach[]): Promise<BreachView[]> {
  const measures = await listBreachMeasures(
    tx,
    breaches.map(({ id }) => id),
  );
  const views: BreachView[] = [];
  for (const breach of breaches) {
    const state = (await getSubject(tx, { kind: breachSteps.kind, id: breach.id })).state as BreachState;
    const own = measures.filter(({ breachId }) => breachId === breach.id);
    views.push({ ...breach, state, measures: own.map((measure) => ({ ...measure, party: breach.party, state })) });
  }
  return views;
}

export async function effectOn(
  tx: EntityManager,
  { territoryPath, code }: Pick<AgreementEdition, 'territoryPath' | 'code'>,
  period: Period,
): Promise<BreachEffect> {
  const views = await viewBreaches(tx, await listBreaches(tx, { territoryPath, agreement: code }));
  return effectOf(
    views.flatMap(({ measures }) => measures),
    period,
    await todayOf(tx),
  );
}
