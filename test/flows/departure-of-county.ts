/** A departing audit of the county whose commission was withdrawn, and a frozen end of a term. */
import { randomUUID } from 'node:crypto';
import { DepartureService, TermSnapshots } from '@gep/evaluation';
import type { Officer } from '@gep/procedure';
import { testActor } from '../fixtures/test-database';
import { norm, period, type Things } from './api-matrix';
import type { ApiUnderTest } from './api-under-test';

export async function makeDeparture({ app }: ApiUnderTest): Promise<Pick<Things, 'departure'>> {
  const held = ['evaluation.prepare', 'evaluation.approve'].map((permission) => [permission, ['CN']] as const);
  const actor: Officer = { ...testActor(), permissions: new Map(held) };
  const [territory, day] = ['520523', `${period}-12-31`];
  await app
    .get(TermSnapshots, { strict: false })
    .freeze(actor, { territory, norm, end: 'departure', day }, randomUUID());
  const departures = app.get(DepartureService, { strict: false });
  const office = { territory, code: 'made-up', office: '县长', holder: 'H-1', normId: norm };
  const term = { appointedOn: `${period}-01-01`, departedOn: day };
  const by = { commissionedBy: '组织部', commissionDigest: 'a'.repeat(64) };
  const { id } = (await departures.commission(actor, { ...office, ...term, ...by }, randomUUID())).result;
  await departures.act(actor, { departure: id, act: 'withdraw', reason: 'made up' }, randomUUID());
  return { departure: id };
}
