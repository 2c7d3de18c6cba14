/** How a measure stands: its state, and whether an objection pauses it. */
import { getSubject } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { measureSteps, type MeasureState } from './measure-steps';
import { countOpenObjections, listCausesOf, type MeasureCause, type MeasureRow } from './measure.store';

export interface MeasureView extends MeasureRow {
  readonly state: MeasureState;
  /** An objection to it, or to an entry it rests on, is open: it is not carried out meanwhile. */
  readonly paused: boolean;
  readonly causes: readonly MeasureCause[];
}

export async function stateOfMeasure(tx: EntityManager, id: string): Promise<MeasureState> {
  return (await getSubject(tx, { kind: measureSteps.kind, id })).state as MeasureState;
}

export async function viewMeasures(tx: EntityManager, measures: readonly MeasureRow[]): Promise<MeasureView[]> {
  const views: MeasureView[] = [];
  for (const measure of measures) {
    const causes = await listCausesOf(tx, measure.id);
    const disputed = causes.some(({ objections }) => objections > 0);
    const paused = disputed || (await countOpenObjections(tx, measure.id)) > 0;
    views.push({ ...measure, causes, paused, state: await stateOfMeasure(tx, measure.id) });
  }
  return views;
}
