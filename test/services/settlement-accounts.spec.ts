/** Settlements from published accounts: which figures may carry money, which are refused, and what a restatement leaves alone. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { ChangeService } from '@gep/accounting';
import { FundService } from '@gep/ledger';
import { ClockBooks } from '@gep/procedure';
import { PolicyService, readPolicyText, RulebookFolder, RulebookService } from '@gep/rulebook';
import {
  type ColumnBinding,
  listDependents,
  SettlementService,
  SettlementTools,
  type SettlementDraft,
} from '@gep/settlement';
import { testActor } from '../fixtures/test-database';
import { forest } from './accounting-setup';
import { holder, reviewsOfEachTest, way } from './review-setup';

const rulebookDir = path.resolve(__dirname, '../../rulebook');
const place = reviewsOfEachTest();
const county = '520523';
const [one, another] = [testActor(['CN'], 'one'), testActor(['CN'], 'another')];
const rule = `
id: increments
title: { zh: 增量, en: Increments }
mechanism: increment-procurement
status: usable
valid: { from: 2020-01-01 }
sources: [{ id: A, text: contract, standing: A }]
parties: [{ code: fund, name: { zh: 资金, en: Fund } }]
columns: [{ code: gep, unit: yuan, name: { zh: 数字, en: Figure } }]
payments:
  - { code: pay, name: { zh: 采购, en: Purchase }, from: fund, to: units, amount: gep * 0.01, negative: nothing }
`;

let settlements: SettlementService;
let fundId: string;
beforeEach(async () => {
  const { db } = place.place().accounting.test;
  const folder = new RulebookFolder(rulebookDir);
  const tools = new SettlementTools(folder, new ClockBooks(folder), new ChangeService(db, new RulebookService(db)));
  settlements = new SettlementService(db, tools);
  const names = { nameZh: '资金', nameEn: 'fund', shortfallPolicy: 'pro-rata' } as const;
  const funds = new FundService(db);
  fundId = (await funds.openFund(one, { code: 'eco', territoryPath: 'CN.520000', ...names }, randomUUID())).id;
  const policies = new PolicyService(db);
  const read = await readPolicyText({ path: 'rule.yaml', text: rule }, rulebookDir);
  await policies.propose(one, read, randomUUID());
  const wish = { edition: read.edition, territoryPath: 'CN.520000', from: '2020-01-01', reason: 'resolution 1' };
  await policies.adopt(another, wish, randomUUID());
});

/** Publishes an account of the county for a year; a forest of 1 hm² is worth 10,000 yuan of water. */
async function publish(period: string, hectares: number): Promise<void> {
  const { accounting, reviews } = place.place();
  await accounting.observe([forest(county, hectares, { period })]);
  await accounting.recompute(period);
  for (const [act, role] of way)
    await reviews.act(
      holder(role),
      { territory: county, period, normId: 'sample' },
      { act, reason: 'the rain' },
      randomUUID(),
    );
}

const binding = (figure: ColumnBinding['figure'], prices: ColumnBinding['prices'] = 'current'): ColumnBinding => ({
  ...{ column: 'gep', norm: 'sample', figure, prices },
});
const draftOf = (columns: readonly ColumnBinding[], periods: readonly string[] = ['2024']): SettlementDraft => ({
  ...{ code: `s-${randomUUID().slice(0, 8)}`, territoryPath: 'CN.520000', mechanism: 'increment-procurement' },
  ...{ kind: 'settlement', agreement: randomUUID(), period: '2024', policy: { id: 'increments', edition: '' }, fundId },
  ...{ purpose: 'purchase', parties: { fund: 'fund:eco' }, trueUp: { way: 'clawback' } },
  input: { kind: 'accounts', periods, units: [county], columns },
});
const compute = async (draft: SettlementDraft) => {
  const { id } = await settlements.compute(one, draft, randomUUID());
  return settlements.explain(one, id, { unit: county });
};
const refusal = (doing: Promise<unknown>): Promise<string> =>
  doing.then(
    () => 'done',
    ({ message }: Error) => message,
  );

it('takes totals, services and increments of published accounts, and notes account, disclosure and digest of each', async () => {
  expect(await refusal(compute(draftOf([binding('total')])))).toMatch(/no account by the norm sample is published/);
  await publish('2023', 1);
  await publish('2024', 3);
  const total = await compute(draftOf([binding('total')]));
  expect(total.lines[0].amountFen).toBe(300_00n);
  const [figure] = total.figures;
  expect(figure).toMatchObject({ unit: county, column: 'gep', period: '2024', value: '30000.00', normId: 'sample' });
  expect(total.parts[0].vintageId).toBe(figure.accountId);
  const water = await compute(draftOf([binding({ services: ['water'] })]));
  expect(water.lines[0].amountFen).toBe(300_00n);
  const crops = await compute(draftOf([binding({ categories: ['provisioning'] })]));
  expect(crops.lines[0].amountFen).toBe(0n);
  const grown = await compute(draftOf([binding({ payableIncrement: { effects: ['area'] } })]));
  expect(grown.lines[0].amountFen).toBe(200_00n);
  expect(grown.figures.map(({ period, value }) => [period, value])).toEqual([
    ['2023', '10000.00'],
    ['2024', '20000.00'],
  ]);
  const dependents = await place.inDatabase((tx) => listDependents(tx, { accountId: grown.figures[0].accountId }));
  expect(dependents.map(({ dependent }) => dependent.id)).toEqual([grown.gist.id]);
});

it('refuses what does not compare, and says which differs and how to mend it', async () => {
  await publish('2023', 1);
  await publish('2024', 3);
  const twoYears = draftOf([binding('total')], ['2023', '2024']);
  expect(await refusal(compute(twoYears))).toMatch(/at their own prices.*constant: '2023'/);
  expect(await refusal(compute(draftOf([binding({ payableIncrement: { effects: ['price'] } })])))).toMatch(
    /price.*do not count/,
  );
  const constant = await compute(draftOf([binding('total', { constant: '2023' })], ['2023', '2024']));
  expect(constant.lines[0].amountFen).toBe(300_00n);
  const { accounting } = place.place();
  await accounting.publish({ share: '0.25' });
  await publish('2025', 3);
  const later = { ...draftOf([binding({ payableIncrement: { effects: ['area'] } })], ['2025']), period: '2025' };
  expect(await refusal(compute(later))).toMatch(/edition of the norm is not that of 2024.*gep bridge/s);
});

it('decides the same from its snapshot after the account was restated, and refuses to pay by what was restated', async () => {
  await publish('2024', 3);
  const { gist } = await compute(draftOf([binding('total')]));
  await place.act('restate', holder('approver'));
  const { accounting } = place.place();
  await accounting.observe([forest(county, 5)]);
  await accounting.recompute('2024');
  await place.goUp();
  expect(await settlements.verify(one, gist.id)).toMatchObject({ holds: true });
  const confirmed = settlements.act(another, { id: gist.id, act: 'confirm' }, randomUUID());
  expect(await refusal(confirmed)).toMatch(/restated/);
});
