/** An agreement of the county, terminated, so that whoever may see it is told that nothing can be done about it. */
import { randomUUID } from 'node:crypto';
import { AgreementService } from '@gep/compensation';
import type { Officer } from '@gep/procedure';
import { testActor } from '../fixtures/test-database';
import type { Things } from './api-matrix';
import type { ApiUnderTest } from './api-under-test';

const text = { zh: '测试', en: 'made up' };
const document = JSON.stringify({
  ...{ code: 'county-2025', title: text, place: '520523', scope: text, target: text, monitoring: text, breach: text },
  ...{ term: { from: '2025-01-01', to: '2025-12-31' }, policy: { id: 'gep-share' } },
  ...{ fund: { code: 'county', purpose: 'compensation' }, input: { kind: 'accounts', column: 'gep', norm: 'none' } },
  parties: [
    { code: 'county', role: 'payer', place: '520523', rule: 'fund', book: 'fund:county', name: text },
    { code: 'town', role: 'receiver', units: ['town-a'], book: 'town:a', name: text },
  ],
});

export async function makeAgreement({ app }: ApiUnderTest): Promise<Pick<Things, 'agreement'>> {
  const held = ['agreement.manage', 'settlement.approve'].map((permission) => [permission, ['CN']] as const);
  const actor: Officer = { ...testActor(), permissions: new Map(held) };
  const agreements = app.get(AgreementService, { strict: false });
  const { id } = (await agreements.draft(actor, document, randomUUID())).result;
  await agreements.end(actor, { agreement: id, act: 'terminate', reason: 'made up' }, randomUUID());
  return { agreement: id };
}
