/** A yearly disclosure of the county, withdrawn, so that whoever may see it is told that nothing can be done about it. */
import { randomUUID } from 'node:crypto';
import { YearlyDisclosureService } from '@gep/evaluation';
import type { Officer } from '@gep/procedure';
import { testActor } from '../fixtures/test-database';
import { period, type Things } from './api-matrix';
import type { ApiUnderTest } from './api-under-test';

export async function makeDisclosure({ app }: ApiUnderTest): Promise<Pick<Things, 'yearlyDisclosure'>> {
  const actor: Officer = { ...testActor(), permissions: new Map([['evaluation.prepare', ['CN']]]) };
  const disclosures = app.get(YearlyDisclosureService, { strict: false });
  const { id } = await disclosures.draft(actor, { territory: '520523', year: Number(period) }, randomUUID());
  await disclosures.act(actor, { id, act: 'withdraw', reason: 'made up' }, randomUUID());
  return { yearlyDisclosure: id };
}
