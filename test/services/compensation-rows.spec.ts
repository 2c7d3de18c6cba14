/** Agreements whose rule names payers and payees row by row, and advances that the rule itself gives. */
import { agreementOf, checker, clerk, CompensationTest } from './compensation-setup';
import { resultRule } from './settlement-setup';
import { randomUUID } from 'node:crypto';

const rowsRule = `
id: shared
title: { zh: 按行拨付, en: By rows }
mechanism: eco-compensation
status: usable
valid: { from: 2020-01-01 }
sources: [{ id: A, text: agreement, standing: A }]
rows: [beneficiary]
parties: [{ code: fund, name: { zh: 资金, en: Fund } }]
columns:
  - { code: beneficiary, unit: text, name: { zh: 受益方, en: Beneficiary } }
  - { code: amount, unit: yuan, name: { zh: 金额, en: Amount } }
payments:
  - { code: pay, name: { zh: 补偿, en: Compensation }, from: fund, to: beneficiary, amount: amount, negative: bill }
`;
const advancingRule = resultRule
  .replace('id: result', 'id: advancing')
  .replace('name: { zh: 金额', 'default: 0, name: { zh: 金额')
  .replace('negative: bill', 'negative: bill, advance: 50');

let place: CompensationTest;
beforeAll(async () => {
  place = await CompensationTest.start();
  await place.money.openFund('eco', 10_000_000n);
  await place.money.adopt(rowsRule, 'rows');
  await place.money.adopt(advancingRule, 'ruled');
  await place.adoptOwnRules();
});
afterAll(() => place.close());

const partsOf = async (agreement: string, period: string, at = 0) =>
  (await place.cycles.list(clerk, agreement, period))[0].settlements[at].view.parts.map(
    ({ party, state, claimFen, paidFen }) => `${party} ${state} ${claimFen} paid ${paidFen}`,
  );

it('pays whom rows name, lets all of a disputed unit wait and nothing else, and advances by what each was given', async () => {
  const advances = [{ code: 'half', day: '06-30', by: 'share', share: '50%' }];
  await place.conclude(agreementOf('rows', { policy: { id: 'shared' }, advances }));
  const header = ['unit', 'period', 'beneficiary', 'amount'];
  const rows = [
    ['990101', '2025', '990101', 60],
    ['990101', '2025', '990102', 40],
    ['990101', '2025', 'company:trees', 7],
    ['990102', '2025', '990102', 100],
    ['990103', '2025', '990103', 10],
  ];
  await place.measureTable('rows', '2025', header, rows);
  const id = await place.compute('rows', '2025');
  const { lines } = await place.money.settlements.explain(clerk, id, { unit: '990101' });
  expect(lines.map(({ fromParty, toParty, amountFen }) => [fromParty, toParty, amountFen])).toEqual([
    ['fund:eco', '990101', 6000n],
    ['fund:eco', '990102', 4000n],
    ['fund:eco', 'company:trees', 700n],
  ]);
  const appeal = await place.money.object(id, '990101', 10700n);
  await place.carryOut(id);
  expect(await partsOf('rows', '2025')).toEqual([
    '990101 disputed 6000 paid 0',
    '990102 disputed 14000 paid 10000',
    '990103 paid 1000 paid 1000',
    'company:trees disputed 700 paid 0',
  ]);
  expect((await place.money.settlements.verify(clerk, id)).holds).toBe(true);
  await place.money.endObjection(appeal, '990101');
  await place.carryOn(id);
  expect((await partsOf('rows', '2025')).map((told) => told.split(' paid ')[1] ?? told)).toEqual([
    ...['6000', '14000', '1000', '700'],
  ]);
  await place.compute('rows', '2026', 'advance:half');
  expect(await partsOf('rows', '2026')).toEqual([
    '990101 open 3000 paid 0',
    '990102 open 7000 paid 0',
    '990103 open 500 paid 0',
  ]);
  expect(await place.money.brokenInvariants()).toEqual([]);
});

it('advances what the rule advances, and settles against it', async () => {
  const advances = [{ code: 'first', day: '03-31', by: 'rule' }];
  await place.conclude(agreementOf('ruled', { policy: { id: 'advancing' }, advances, trueUp: { way: 'clawback' } }));
  await place.carryOut(await place.compute('ruled', '2025', 'advance:first'));
  expect(await partsOf('ruled', '2025')).toEqual([
    '990101 paid 5000 paid 5000',
    '990102 paid 5000 paid 5000',
    '990103 paid 5000 paid 5000',
  ]);
  await place.measure('ruled', '2025', { '990101': 80, '990102': 50, '990103': 20 });
  const result = await place.compute('ruled', '2025');
  await place.carryOut(result);
  const { parts } = (await place.cycles.list(checker, 'ruled', '2025'))[0].settlements[1].view;
  expect(parts.map(({ party, paidFen, clawedFen }) => [party, paidFen, clawedFen])).toEqual([
    ['990101', 3000n, 0n],
    ['990102', 0n, 0n],
    ['990103', 0n, 3000n],
  ]);
  await place.cycles.act(
    clerk,
    { id: result, act: 'collect', of: 'clawback', party: '990103', amountFen: 3000n },
    randomUUID(),
  );
  expect(await place.stateOf('ruled', '2025')).toBe('settled');
  expect(await place.money.brokenInvariants()).toEqual([]);
});
