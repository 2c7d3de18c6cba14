/** A settlement of the county, withdrawn, so that whoever may see it is told that nothing can be done about it. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { ChangeService } from '@gep/accounting';
import { ClockBooks } from '@gep/procedure';
import { PolicyService, readPolicyText, RulebookFolder, RulebookService } from '@gep/rulebook';
import {
  SettlementRequests,
  SettlementService,
  SettlementTools,
  ShadowService,
  type SettlementDraft,
} from '@gep/settlement';
import { testActor } from '../fixtures/test-database';
import type { Things } from './api-matrix';
import { pathOf, type ApiUnderTest } from './api-under-test';

const rulebookDir = path.resolve(__dirname, '../../rulebook');
const rule = `
id: county-result
title: { zh: 县结果, en: Result of the county }
mechanism: eco-compensation
status: usable
valid: { from: 2020-01-01 }
sources: [{ id: A, text: agreement, standing: A }]
parties: [{ code: fund, name: { zh: 资金, en: Fund } }]
columns: [{ code: amount, unit: yuan, name: { zh: 金额, en: Amount } }]
payments:
  - { code: pay, name: { zh: 补偿, en: Compensation }, from: fund, to: units, amount: amount, negative: refuse }
`;

/** A draft of the county for its fund. */
export function draftOfCounty(code: string, fundId: string): SettlementDraft {
  return {
    ...{ code, agreement: 'county', territoryPath: pathOf('520523'), mechanism: 'eco-compensation' },
    ...{ kind: 'settlement', period: '2024', policy: { id: '', edition: '' }, fundId, purpose: 'compensation' },
    ...{ parties: { fund: 'fund:county' }, trueUp: { way: 'clawback' } },
    input: {
      ...{ kind: 'table', header: ['unit', 'period', 'amount'], rows: [['520523', '2024', '0.5']] },
      document: { name: 'table', digest: '0'.repeat(64) },
    },
  };
}

/** @param fund of the county */
export async function makeSettlement(
  { database: { db } }: ApiUnderTest,
  fund: string,
): Promise<Pick<Things, 'settlement' | 'settlementRequest' | 'shadow'>> {
  const [one, another] = [testActor(), testActor(['CN'], 'another')];
  const policies = new PolicyService(db);
  const read = await readPolicyText({ path: 'rule.yaml', text: rule }, rulebookDir);
  await policies.propose(one, read, randomUUID());
  const wish = { edition: read.edition, territoryPath: pathOf('520523'), from: '2020-01-01', slot: 'county' };
  await policies.adopt(another, { ...wish, reason: 'resolution 1' }, randomUUID());
  const folder = new RulebookFolder(rulebookDir);
  const tools = new SettlementTools(folder, new ClockBooks(folder), new ChangeService(db, new RulebookService(db)));
  const settlements = new SettlementService(db, tools);
  const trial = { name: 'county', drafts: [draftOfCounty('county-2024', fund)] };
  const { id: shadow } = await new ShadowService(db, tools).run(one, trial, randomUUID());
  const { id } = await settlements.compute(one, draftOfCounty('county-2024', fund), randomUUID());
  await settlements.act(one, { id, act: 'withdraw', reason: 'made up' }, randomUUID());
  const requests = new SettlementRequests(db, tools);
  const { requestId } = await requests.request(one, draftOfCounty('county-2024', fund), randomUUID());
  return { settlement: id, settlementRequest: requestId, shadow };
}
