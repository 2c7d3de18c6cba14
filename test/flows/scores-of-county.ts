/** An incident of the county that was rejected, so that nothing can be done about it. */
import { randomUUID } from 'node:crypto';
import { IncidentService } from '@gep/evaluation';
import type { Officer } from '@gep/procedure';
import { testActor } from '../fixtures/test-database';
import type { Things } from './matrix/matrix-line';
import type { ApiUnderTest } from './api-under-test';

export const incidentOf = (territory: string, documentDigest = 'a'.repeat(64)) => ({
  ...({ territory, kind: 'major-incident', period: '2024', happenedOn: '2024-05-01', foundOn: '2024-06-01' } as const),
  ...{ authority: 'Inspection', finding: 'made up', documentName: 'decision', documentDigest },
});

export async function makeScores({ app }: ApiUnderTest): Promise<Pick<Things, 'incident'>> {
  const held = ['evaluation.prepare', 'evaluation.confirm'].map((one) => [one, ['CN']] as const);
  const actor: Officer = { ...testActor(), permissions: new Map(held) };
  const incidents = app.get(IncidentService, { strict: false });
  const { id: incident } = (await incidents.record(actor, incidentOf('520523'), randomUUID())).result;
  await incidents.act({ ...actor, id: 'another' }, { id: incident, act: 'reject', reason: 'made up' }, randomUUID());
  return { incident };
}
