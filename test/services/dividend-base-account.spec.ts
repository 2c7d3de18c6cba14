/** Base GEP that parcels have from a published account, and the dividend that is found when that account is restated. */
import { randomUUID } from 'node:crypto';
import { LedgerService } from '@gep/ledger';
import { ClockBooks, DisputedFigures, type Officer } from '@gep/procedure';
import {
  CompanyBookService,
  CompanyService,
  DividendRuns,
  DividendService,
  listLines,
  listParcels,
  RegisterRefused,
  RegisterService,
} from '@gep/procurement';
import { loadPolicy, RulebookFolder } from '@gep/rulebook';
import { testActor } from '../fixtures/test-database';
import { here, startRestatements, type RestatementsTest } from './restatement-setup';
import { paths } from './review-setup';

const clerk: Officer = { ...testActor(['CN'], 'clerk'), permissions: new Map([['owner.manage', ['CN']]]) };
const digest = 'd'.repeat(64);
let it$: RestatementsTest;
beforeEach(async () => {
  it$ = await startRestatements();
  await it$.publish(here, 3);
  await it$.adopt(await loadPolicy('two-mountains-dividend', 'rulebook'), 'two-mountains-dividend');
  const names = { nameZh: '林业', nameEn: 'forest', payeeName: 'forest', bank: 'bank', accountNo: '99000001' };
  const company = { code: 'forest', territory: here, validFrom: '2024-01-01', ...names, legalForm: 'company' } as const;
  const rest = { creditCode: null, status: 'active', reason: 'registered', documentDigest: null } as const;
  await new CompanyService(it$.db).record(clerk, { ...company, ...rest }, randomUUID());
});
afterEach(() => it$.close());

const owner = (code: string) => ({ code, name: code, kind: 'household', territory: here, shares: '' });
const parcel = (code: string, area: string, type = 'forest') => ({
  ...{ code, territory: here, baseYear: '2024', baseGep: '', type, area, owner: code.slice(0, 1), share: '' },
});
const baseFrom = { territory: here, period: '2024', norm: 'sample' };
const register = (parcels: ReturnType<typeof parcel>[], owners: string[] = [], from: object | null = baseFrom) => {
  const lists = { owners: owners.map(owner), parcels };
  const wish = { company: 'forest', since: '2024-12-31', lists, ...(from && { baseFrom: { ...baseFrom, ...from } }) };
  return new RegisterService(it$.db).register(clerk, wish, randomUUID());
};
const companyId = async (): Promise<string> =>
  (
    await it$.db.snapshot(clerk, (tx) =>
      tx.query<[{ id: string }]>(`select id from procurement.company where code = 'forest'`),
    )
  )[0].id;

it('shares the value of a type by area, and refuses what the account does not have', async () => {
  await register([parcel('a1', '1'), parcel('b1', '0.5')], ['a', 'b']);
  const refused = (parcels: ReturnType<typeof parcel>[], from: object | null = baseFrom) =>
    expect(register(parcels, [], from)).rejects.toThrow(RegisterRefused);
  await refused([parcel('a2', '1.6')]);
  await refused([parcel('a2', '1', 'lake')]);
  await refused([{ ...parcel('a2', '1'), baseYear: '2023' }]);
  await refused([parcel('a2', '1')], null);
  await refused([parcel('a2', '1')], { period: '2019' });
  await refused([parcel('a2', '1')], { categories: ['cultural'], territory: '520521' });
  await register([parcel('a2', '1.5')]);
  const page = { companyId: await companyId(), limit: 9, on: '2025-01-01' };
  const parcels = await it$.db.snapshot(clerk, (tx) => listParcels(tx, page));
  // Three hectares of forest are worth 30,000 yuan.
  expect(parcels.map(({ code, baseGepFen }) => [code, baseGepFen])).toEqual([
    ['a1', 1_000_000n],
    ['a2', 1_500_000n],
    ['b1', 500_000n],
  ]);
});

it('lists the dividend in the impact when the account of the base year is restated', async () => {
  await register([parcel('a1', '2'), parcel('b1', '1')], ['a', 'b']);
  const books = new CompanyBookService(it$.db);
  const entry = { kind: 'income', amountFen: 30_000n, on: '2025-03-01', period: '2025', agreement: null } as const;
  const paper = { settlementId: null, memo: 'sold', documentDigest: digest, evidence: 'slip-1' };
  await books.record(clerk, { company: 'forest', ...entry, ...paper }, randomUUID());
  await new LedgerService(it$.db).closePeriod(clerk, { territoryPath: paths[here], period: '2025' }, randomUUID());
  const clocks = new ClockBooks(new RulebookFolder('rulebook'));
  const dividends = new DividendService(it$.db, clocks);
  const plan = { company: 'forest', period: '2025', policy: 'two-mountains-dividend', reserveShare: '0', memo: 'plan' };
  const dates = { counting: 'record-date', recordDate: '2026-05-31', unclaimedAfter: 90 } as const;
  const { id } = await dividends.plan(clerk, { ...plan, ...dates }, randomUUID());
  await dividends.notice(clerk, { id, on: '2026-04-16', documentDigest: digest }, randomUUID());
  const vote = { members: 9, attended: 7, inFavour: 6, against: 1, online: true, heldOn: '2026-04-27' };
  await dividends.vote(clerk, { id, ...vote, documentDigest: digest }, randomUUID());
  const runs = new DividendRuns(it$.db, clocks, new DisputedFigures());
  const { taskId } = await runs.request(clerk, { id, act: 'allot' }, randomUUID());
  await runs.run(taskId);
  const lines = await it$.db.snapshot(clerk, (tx) => listLines(tx, id, 'allotted'));
  expect(lines.map(({ amountFen }) => amountFen)).toEqual([20_000n, 10_000n]);

  const restated = await it$.restate(here, 4);
  const { others } = await it$.trueUps.impactOf(clerk, restated);
  expect(others).toMatchObject([
    { dependent: { kind: 'dividend', id }, amountFen: 30_000n, upstreamTerritory: here, period: '2024' },
  ]);
});
