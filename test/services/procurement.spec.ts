/** Purchases of increments on the real database: a whole year, every wrong order, high-water marks, supplements, money used. */
import { randomUUID } from 'node:crypto';
import { listClocks, listDuties } from '@gep/procedure';
import { readBookFacts, reportInvariants } from '@gep/ledger';
import { contractPackage, getCompany, listAgreedDays, listSaleRights, viewPurchase } from '@gep/procurement';
import {
  approver,
  cashier,
  checker,
  clerk,
  county,
  dayang,
  digest,
  preparer,
  ProcurementTest,
  refusal,
} from './procurement-setup';

let it$: ProcurementTest;
beforeAll(async () => {
  it$ = await ProcurementTest.start({ '2021': 100, '2022': 90, '2023': 100, '2024': 105 });
}, 120_000);
afterAll(() => it$.close());

it('reserves nothing where the fund has no money of the year, and says why', async () => {
  await it$.open('poor-2023', '2023');
  expect(await it$.measure('poor-2023')).toBe(200_000n);
  expect(await refusal(it$.act(preparer, 'poor-2023', 'reserve', { on: '2025-02-20' }))).toMatch(
    /^procurement.contract-held: .*main is of the budget of 2024 \(what is due of 2023/,
  );
  await it$.act(checker, 'poor-2023', 'rescind', { reason: 'no money of the year' });
});

it('buys what is above the high-water mark of 100, 90, 100, 105, and records the deficits before', async () => {
  const marks = { reference: 'highWaterMark', baseYear: '2021', conservationShare: '1' } as const;
  const due: (bigint | null)[] = [];
  for (const year of ['2022', '2023', '2024']) {
    await it$.open(`mark-${year}`, year, marks);
    due.push(await it$.measure(`mark-${year}`));
    if (year === '2024') continue;
    expect(await refusal(it$.act(preparer, `mark-${year}`, 'reserve'))).toMatch(/nothing to pay/);
    await it$.act(preparer, `mark-${year}`, 'conclude');
  }
  // 2 % of 50,000 yuan.
  expect(due).toEqual([0n, 0n, 100_000n]);
  expect((await it$.view('mark-2022')).state).toBe('closed');
  await it$.act(checker, 'mark-2024', 'rescind', { reason: 'another contract is made instead' });
});

it('takes a year from the budget to the money used, and lets nothing overtake', async () => {
  await it$.open('dajun-2024', '2024');
  const act = (...wish: Parameters<ProcurementTest['act']>) => refusal(it$.act(...wish));
  expect(await act(preparer, 'dajun-2024', 'sign')).toMatch(/^procedure.not-now: .*budget/);
  expect(await act(clerk, 'dajun-2024', 'budget')).toMatch(/^procedure.not-yours/);
  expect(await it$.measure('dajun-2024')).toBe(100_000n);
  expect(await act(cashier, 'dajun-2024', 'pay')).toMatch(/^procedure.not-now/);
  await it$.act(preparer, 'dajun-2024', 'reserve', { on: '2025-02-20' });
  const where = { where: 'https://notice.example.cn' };
  expect(await act(preparer, 'dajun-2024', 'notice', { on: '2025-02-19', facts: where })).toMatch(
    /before the step before/,
  );
  expect(await act(preparer, 'dajun-2024', 'notice', { on: '2099-01-01', facts: where })).toMatch(/after today/);
  await it$.act(preparer, 'dajun-2024', 'notice', { on: '2025-03-03', facts: where });
  const award = { facts: { opinions: 'none came' } };
  // Five working days end with 10 March.
  expect(await act(preparer, 'dajun-2024', 'award', { on: '2025-03-10', ...award })).toMatch(
    /^procedure.clock-refused.*2025-03-10/,
  );
  await it$.act(preparer, 'dajun-2024', 'award', { on: '2025-03-11', ...award });
  expect(
    await act(preparer, 'dajun-2024', 'sign', {
      on: '2025-03-12',
      facts: { bondFen: '10001' },
      documentDigest: digest,
    }),
  ).toMatch(/at most a tenth/);
  await it$.act(preparer, 'dajun-2024', 'sign', {
    on: '2025-03-12',
    facts: { bondFen: '10000' },
    documentDigest: digest,
  });
  const contract = { where: 'https://contract.example.cn' };
  await it$.act(preparer, 'dajun-2024', 'publish', { on: '2025-03-17', facts: contract });
  await it$.act(preparer, 'dajun-2024', 'file', { on: '2025-03-21', facts: { authority: 'finance', number: '7' } });
  const accepted = { users: '3', opinions: 'clear', where: 'https://accepted.example.cn' };
  expect(await act(preparer, 'dajun-2024', 'accept', { facts: accepted, documentDigest: digest })).toMatch(
    /^procedure.not-yours/,
  );
  await it$.act(checker, 'dajun-2024', 'accept', { on: '2025-04-10', facts: accepted, documentDigest: digest });
  const invoice = { number: '24442000000012345678', amountFen: '100000', issuedOn: '2025-04-12' };
  expect(await act(clerk, 'dajun-2024', 'invoice', { facts: invoice })).toMatch(/^procedure.not-now/);
  await it$.act(preparer, 'dajun-2024', 'disclose', { on: '2025-04-11' });
  expect(await act(cashier, 'dajun-2024', 'pay')).toMatch(/^procedure.not-now/);
  await it$.act(clerk, 'dajun-2024', 'invoice', { on: '2025-04-14', facts: invoice });
  expect(await refusal(it$.spendings.spend(clerk, { ...spending(), contract: 'dajun-2024' }, randomUUID()))).toMatch(
    /nothing has been paid/,
  );
  await it$.act(approver, 'dajun-2024', 'approve', { on: '2025-04-20' });
  await it$.act(cashier, 'dajun-2024', 'pay', { on: '2025-04-25' });
  expect(await act(checker, 'dajun-2024', 'close')).toMatch(/1000.00 yuan unspent, 700.00 lacking for conservation/);
});

const spending = (amountFen = 70_000n, evidence = 'invoice 3001') => ({
  use: 'conservation' as const,
  ...{ purpose: 'planting', amountFen, evidence, documentDigest: digest, on: '2025-06-01' },
});

it('follows the money into conservation, and a late company is paid nothing until it mends', async () => {
  const contract = 'dajun-2024';
  const agreed = async () =>
    (await it$.db.snapshot(clerk, (tx) => listAgreedDays(tx, { on: '2026-11-01' }))).map(({ code, dueOn }) => [
      code,
      dueOn,
    ]);
  expect(await agreed()).toEqual([['spend-by', '2026-06-30']]);
  const spend = (more: object) =>
    refusal(it$.spendings.spend(clerk, { ...spending(), ...more, contract } as never, randomUUID()));
  expect(await spend({ amountFen: 100_001n })).toMatch(/1000.00 yuan are unspent/);
  expect(await spend({ use: 'allowed', purpose: 'banquets' })).toMatch(/no purpose that the contract allows \(wages\)/);
  expect(await spend({})).toBe('done');
  expect(await spend({ amountFen: 1n })).toMatch(/proves another spending/);
  expect((await it$.view(contract)).spent).toMatchObject({
    unspentFen: 30_000n,
    statementsLacking: ['2025'],
    isLate: true,
  });
  const measure = (draft: object) =>
    it$.spendings.measure(preparer, { contract, reason: 'late by the day agreed', ...draft } as never, randomUUID());
  expect(await refusal(measure({ kind: 'cut' }))).toMatch(/amount above zero/);
  const { id: delay } = await measure({ kind: 'delay' });
  await it$.publishYear('2025', 106);
  await it$.open('dajun-2025', '2025');
  expect(await it$.measure('dajun-2025')).toBe(20_000n);
  await it$.buy('dajun-2025', '24442000000012345679');
  expect(await refusal(it$.act(approver, 'dajun-2025', 'approve'))).toMatch(/payments to the company are delayed/);
  const statement = { contract, year: '2025', documentDigest: digest };
  const state = (on: string) => it$.spendings.state(clerk, { ...statement, on }, randomUUID());
  expect(await refusal(state('2025-12-31'))).toMatch(/the year 2025 is not over.*2026-01-01 or later/);
  expect(await state('2026-01-20')).toEqual({ edition: 1, conservationFen: '70000', allowedFen: '0' });
  expect(await refusal(state('2026-01-21'))).toMatch(/nothing was spent or taken back since/);
  expect(await spend({ use: 'allowed', purpose: 'wages', amountFen: 30_000n, evidence: 'payroll 2025-06' })).toBe(
    'done',
  );
  expect(await refusal(it$.act(checker, contract, 'close'))).toMatch(/no longer right: 2025 .*gep contract state/);
  expect(await agreed()).toEqual([]);
  expect(await state('2025-12-31')).toEqual({ edition: 2, conservationFen: '70000', allowedFen: '30000' });
  await measure({ kind: 'lift', lifts: delay });
  expect(await refusal(measure({ kind: 'lift', lifts: delay }))).toMatch(/still holds/);
  await it$.act(checker, contract, 'close');
  expect((await it$.view(contract)).state).toBe('closed');
  await it$.act(approver, 'dajun-2025', 'approve');
});

it('takes an invoice once, whoever brings it', async () => {
  await it$.act(checker, 'dajun-2025', 'rescind', { reason: 'to be bought anew' });
  await it$.open('again-2025', '2025');
  await it$.measure('again-2025');
  expect(await refusal(it$.buy('again-2025', '24442000000012345678'))).toMatch(/^procurement.invoice-taken/);
});

it('takes off what was sold elsewhere and what is recovered, and measures anew after a return', async () => {
  const gain = { territory: county, parcel: null, service: 'water', year: '2025', amountFen: 250_000n };
  const sold = { ...gain, soldTo: 'buyer (invented)', credit: 'vep-1', reason: 'sold', documentDigest: null };
  await it$.gains.record(clerk, sold, randomUUID());
  expect(await refusal(it$.gains.record(clerk, sold, randomUUID()))).toMatch(/is retired for water of 2025 already/);
  await it$.spendings.measure(
    preparer,
    { contract: 'dajun-2024', kind: 'recover', amountFen: 5_000n, reason: 'banquets' },
    randomUUID(),
  );
  expect(await refusal(it$.act(checker, 'again-2025', 'return', { reason: 'a credit was retired meanwhile' }))).toMatch(
    /^procedure.not-now/,
  );
  await it$.act(checker, 'again-2025', 'rescind', { reason: 'a credit was retired meanwhile' });
  await it$.open('third-2025', '2025');
  // 2 % of 10,000 − 2,500 yuan, less 50.
  expect(await it$.measure('third-2025')).toBe(10_000n);
  await it$.act(checker, 'third-2025', 'return', { reason: 'measured anew' });
  await it$.act(preparer, 'third-2025', 'measure');
  expect((await it$.view('third-2025')).money.dueFen).toBe(10_000n);
  // A day that was forgotten holds nothing up once the step is returned.
  await it$.act(checker, 'third-2025', 'return', { reason: 'the day was left out' });
  expect(await refusal(it$.act(preparer, 'third-2025', 'measure', { on: '2025-02-09' }))).toMatch(/2025-02-10/);
  await it$.act(preparer, 'third-2025', 'measure', { on: '2025-02-11' });
});

it('supplements a contract by a tenth in all, and no fen more', async () => {
  const supplement = (amountFen: bigint, settlementId?: string) =>
    it$.contracts.supplement(
      preparer,
      { contract: 'dajun-2024', settlementId, amountFen, reason: 'restated', documentDigest: digest },
      randomUUID(),
    );
  expect(await refusal(supplement(10_001n))).toMatch(
    /^procurement.supplement-too-large: .*100.00 yuan are left, not 100.01/,
  );
  expect(await refusal(supplement(1n, randomUUID()))).toMatch(/does not correct/);
  expect(await supplement(6_000n)).toEqual({ no: 1 });
  expect(await refusal(supplement(4_001n))).toMatch(/40.00 yuan are left/);
  expect(await supplement(4_000n)).toEqual({ no: 2 });
});

it('lets each gain be sold by one company', async () => {
  await it$.recordCompany('rival');
  expect(await refusal(it$.grant('rival'))).toMatch(/^procurement.sale-right-taken: .*"dajun"/);
  expect(await refusal(it$.recordCompany('dajun'))).toMatch(/^procurement.company-code-taken/);
  expect(await refusal(it$.open('rival-2025', '2025', { company: 'rival' }))).toMatch(/no right to sell of 520523/);
  expect(await refusal(it$.open('dajun-x', '2024'))).toMatch(/has a contract dajun-2024/);
});

it('names the year that cannot be compared, and how to mend it', async () => {
  await it$.open('far-2020', '2020', {});
  await it$.act(preparer, 'far-2020', 'budget', { facts: { line: '1', amountFen: '1' } });
  expect(await refusal(it$.act(preparer, 'far-2020', 'measure'))).toMatch(
    /no account by the norm sample is published.*publish it first/,
  );
});

it('sells services of a site on the market in 25 instalments and matches what comes in (Dayang)', async () => {
  const sign = (more: object) => refusal(it$.market.sign(clerk, { ...dayang, ...more }, randomUUID()));
  const gain = (more: object) => sign({ gains: [{ ...dayang.gains[0], ...more }] });
  expect(await gain({ service: 'noSuch' })).toMatch(/^procurement.sold-gain-refused: .*no service "noSuch"/);
  expect(await gain({ amountFen: '99999999999999' })).toMatch(/are left, not 999999999999.99/);
  expect(await gain({ year: '2020' })).toMatch(/no account of 520523 of 2020 is published/);
  expect(await gain({ year: '2024' })).toMatch(/bought by the contract dajun-2024/);
  expect(await it$.market.sign(clerk, dayang, randomUUID())).toMatchObject({ priceFen: '279280000' });
  expect(await sign({ code: 'dayang-2' })).toMatch(/the same valuation paper in dayang;/);
  const other = { ...dayang.valuation, documentDigest: 'e'.repeat(64) };
  expect(await sign({ code: 'dayang-2', valuation: other })).toMatch(/sold by the market purchase dayang,/);
  const view = () => it$.db.snapshot(clerk, (tx) => viewPurchase(tx, 'dayang', '2022-02-01'));
  const { instalments } = await view();
  expect([instalments.length, instalments[24].amountFen, instalments[24].dueOn]).toEqual([
    25,
    11_171_200n,
    '2045-01-31',
  ]);
  const receive = (amountFen: bigint, bankReference: string) =>
    it$.market.receive(clerk, { purchase: 'dayang', amountFen, bankReference, on: '2021-01-30' }, randomUUID());
  expect(await receive(11_000_000n, 'slip-0001')).toMatchObject({ instalmentNo: 1, openFen: '171200' });
  expect(await refusal(receive(1n, 'slip-0001'))).toMatch(/was matched before/);
  expect(await refusal(receive(171_201n, 'slip-0002'))).toMatch(/1712.00 yuan of instalment 1 are open/);
  expect(await receive(171_200n, 'slip-0002')).toMatchObject({ instalmentNo: 1, openFen: '0' });
  expect((await view()).instalments.filter(({ isOverdue }) => isOverdue).map(({ no }) => no)).toEqual([2]);
  const agreed = await it$.db.snapshot(clerk, (tx) => listAgreedDays(tx, { on: '2022-02-01' }));
  expect(agreed.map(({ code, dueOn, subject }) => [code, dueOn, subject.id])).toEqual([
    ['instalment', '2022-01-31', 'dayang 2'],
    ['instalment', '2023-01-31', 'dayang 3'],
  ]);
});

it('buys by chosen effects from whoever has the right since', async () => {
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const [right] = await it$.db.snapshot(clerk, async (tx) =>
    listSaleRights(tx, { companyId: (await getCompany(tx, 'dajun')).id }),
  );
  const end = { company: 'dajun', rightId: right.id, validTo: today, reason: 'entrusted to another' };
  await it$.companies.endRight(clerk, end, randomUUID());
  expect(await refusal(it$.companies.endRight(clerk, end, randomUUID()))).toMatch(/^procurement.sale-right-missing/);
  await it$.grant('rival', today);
  const due = async (code: string, effects: readonly string[]) => {
    await it$.open(code, '2024', { company: 'rival', policy: 'increment-effects', effects });
    await it$.act(preparer, code, 'budget', { facts: { line: '1', amountFen: '100000' } });
    await it$.act(preparer, code, 'measure');
    const { dueFen } = (await it$.view(code)).money;
    await it$.act(checker, code, 'rescind', { reason: 'tried only' });
    return dueFen;
  };
  expect([await due('by-area', ['area']), await due('by-use', ['use'])]).toEqual([100_000n, 0n]);
  await it$.open('by-price', '2024', { company: 'rival', policy: 'increment-effects', effects: ['price'] });
  await it$.act(preparer, 'by-price', 'budget', { facts: { line: '1', amountFen: '1' } });
  expect(await refusal(it$.act(preparer, 'by-price', 'measure'))).toMatch(/price of column change do not count/);
});

it('publishes the contract openly, keeps its clocks, and the book holds', async () => {
  const settings = { prefix: 'ocds-000000', address: 'https://gep.example.cn', publisher: 'Two Mountains' };
  const pack = await it$.db.snapshot(preparer, (tx) => contractPackage(tx, 'dajun-2024', settings, true));
  expect(pack).toMatchObject({
    releases: [{ contracts: [{ value: { amount: 1000, currency: 'CNY' }, status: 'terminated' }] }],
  });
  expect(await refusal(it$.db.snapshot(preparer, (tx) => contractPackage(tx, 'far-2020', settings, true)))).toMatch(
    /contract-missing/,
  );
  const subject = { kind: 'contract', id: (await it$.view('dajun-2024')).contract.id };
  const clocks = await it$.db.snapshot(preparer, (tx) => listClocks(tx, { subject }));
  expect(clocks.map(({ code, dueOn, metOn, isLate }) => [code, dueOn, metOn, isLate])).toEqual(
    expect.arrayContaining([
      ['single-source-notice', '2025-03-10', '2025-03-11', false],
      ['contract-publication', '2025-03-14', '2025-03-17', true],
      ['contract-filing', '2025-03-21', '2025-03-21', false],
    ]),
  );
  const duties = await it$.db.snapshot(preparer, (tx) => listDuties(tx, { subject }));
  expect(duties.map(({ rule, publishedOn }) => [rule, publishedOn !== null]).sort()).toEqual([
    ['acceptance', true],
    ['contract', true],
    ['single-source', true],
  ]);
  const results = reportInvariants(await it$.db.snapshot({ ...preparer, scope: ['CN'] }, readBookFacts));
  expect(results.filter(({ holds }) => holds === false)).toEqual([]);
});
