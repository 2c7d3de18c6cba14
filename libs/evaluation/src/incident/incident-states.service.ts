/** Incidents with how each stands. */
import { statesOf } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { IncidentMissing } from './errors';
import { incidentSteps, type IncidentState } from './incident-steps';
import type { Incident } from './incident';
import { type IncidentFilter, listIncidentRows } from './incident.store';

/** By day of the finding. */
export async function findIncidents(
  tx: EntityManager,
  { state, ...filter }: IncidentFilter & { readonly state?: IncidentState },
): Promise<Incident[]> {
  const rows = await listIncidentRows(tx, filter);
  const { kind, first } = incidentSteps;
  const states = await statesOf(
    tx,
    kind,
    rows.map(({ id }) => id),
  );
  return rows
    .map((row) => ({ ...row, state: (states.get(row.id) ?? first) as IncidentState }))
    .filter((one) => state === undefined || one.state === state);
}

/** @throws IncidentMissing */
export async function getIncident(tx: EntityManager, id: string): Promise<Incident> {
  const [found] = /^[0-9a-f-]{36}$/i.test(id) ? await findIncidents(tx, { id }) : [];
  if (!found) throw new IncidentMissing(id);
  return found;
}

/** Confirmed incidents of a territory and below it, by day of the finding; for departing audits and disclosures. */
export function listIncidents(
  tx: EntityManager,
  { territoryPath, from, to }: { readonly territoryPath: string; readonly from?: string; readonly to?: string },
): Promise<Incident[]> {
  return findIncidents(tx, { within: territoryPath, from, to, state: 'confirmed' });
}
