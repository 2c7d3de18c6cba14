/** A pool shared by published GEP: over ten counties, and over ecosystem asset units of two of them, down to the vintages it rests on. */
import { randomUUID } from 'node:crypto';
import { ChangeService, findAccount, listLines, TreeAccountsService } from '@gep/accounting';
import { AgreementService, CycleService } from '@gep/compensation';
import { sumFen } from '@gep/kernel';
import { FundService } from '@gep/ledger';
import { ClockBooks } from '@gep/procedure';
import { loadPolicy, PolicyService, RulebookFolder, RulebookService } from '@gep/rulebook';
import { getSettlement, listDependents, SettlementTools } from '@gep/settlement';
import { levelOfCode, parentOfCode, TerritoryService, TreeService } from '@gep/territory';
import { forest } from './accounting-setup';
import { officer } from './procedure-setup';
import { holder, startReviews, way, type ReviewsTest } from './review-setup';

const prefecture = 'CN.520000.520500';
const [clerk, checker, approver, cashier] = [
  officer('preparer', prefecture, 'agreement.manage', 'settlement.prepare'),
  officer('checker', prefecture, 'settlement.confirm'),
  officer('approver', prefecture, 'settlement.approve'),
  officer('payer', prefecture, 'settlement.pay'),
];
const counties = Array.from({ length: 10 }, (_, at) => `5205${41 + at}`);
const pathOf = (territory: string): string => (territory === '520500' ? prefecture : `${prefecture}.${territory}`);

let place: ReviewsTest;
let agreements: AgreementService;
let cycles: CycleService;
beforeAll(async () => {
  place = await startReviews();
  const { db } = place.accounting.test;
  const rows = counties.map((code) => ({
    ...{
      code,
      nameZh: `县${code}`,
      nameEn: `county ${code}`,
      level: levelOfCode(code),
      parentCode: parentOfCode(code),
    },
    ...{ validFrom: '2000-01-01', validTo: null, source: 'made up' },
  }));
  await new TerritoryService(db).importTerritories(place.accounting.actor, rows);
  await place.accounting.observe([...counties, '520521', '520523'].map((code, at) => forest(code, 100 + 37 * at)));
  await place.accounting.recompute('2024');
  for (const territory of counties.slice(1)) await goUp(territory);
  const folder = new RulebookFolder('rulebook');
  const tools = new SettlementTools(folder, new ClockBooks(folder), new ChangeService(db, new RulebookService(db)));
  agreements = new AgreementService(db);
  cycles = new CycleService(db, tools, new TreeAccountsService(db, new RulebookService(db)), new ClockBooks(folder));
  const [funds, policies] = [new FundService(db), new PolicyService(db)];
  const names = { nameZh: '生态资金', nameEn: 'eco' };
  const { id: fundId } = await funds.openFund(
    clerk,
    { code: 'eco', territoryPath: prefecture, ...names, shortfallPolicy: 'pro-rata' },
    randomUUID(),
  );
  await funds.addSource(
    clerk,
    { fundId, code: 'main', department: 'finance', purposes: [], budgetYear: 2024 },
    randomUUID(),
  );
  await funds.receive(
    clerk,
    {
      fundId,
      source: 'main',
      amountFen: 9_000_000_00n,
      effectiveDate: '2024-03-01',
      memo: 'received',
      businessKey: 'r',
    },
    randomUUID(),
  );
  const rule = await loadPolicy('gep-share', 'rulebook');
  await policies.propose(clerk, rule, randomUUID());
  await policies.adopt(
    approver,
    { edition: rule.edition, from: '2020-01-01', territoryPath: prefecture, reason: 'resolution 1', slot: '' },
    randomUUID(),
  );
});
afterAll(() => place.accounting.close());

async function goUp(territory: string): Promise<void> {
  for (const [wish, role] of way) await place.act(wish, holder(role, territory, pathOf(territory)), territory);
}

const text = { zh: '测试', en: 'made up' };
async function conclude(code: string, input: object, parties: readonly object[]): Promise<void> {
  const payer = { code: 'city', role: 'payer', place: '520500', rule: 'fund', book: 'fund:eco', name: text };
  const document = {
    ...{ code, title: text, place: '520500', scope: text, target: text, monitoring: text, breach: text },
    ...{ term: { from: '2024-01-01', to: '2030-12-31' }, policy: { id: 'gep-share' }, totals: { pool: '1000000.01' } },
    ...{
      fund: { code: 'eco', purpose: 'compensation' },
      input: { kind: 'accounts', column: 'gep', norm: 'sample', ...input },
    },
    parties: [payer, ...parties],
  };
  const { id } = (await agreements.draft(clerk, JSON.stringify(document), randomUUID())).result;
  for (const party of (await agreements.show(clerk, id)).unsigned)
    await agreements.sign(
      clerk,
      { agreement: id, party, signatory: party, signedOn: '2024-01-02', documentDigest: null },
      randomUUID(),
    );
  await agreements.enter(approver, id, randomUUID());
}
const compute = async (agreement: string): Promise<string> =>
  (await cycles.compute(clerk, { agreement, period: '2024', what: 'result' }, randomUUID())).result.id;
const gepOf = (territory: string): Promise<bigint> =>
  place.inDatabase(async (tx) => {
    const account = await findAccount(tx, { territory, period: '2024', norm: { id: 'sample' }, published: true });
    return account!.totals.totalFen;
  });
const receivers = (codes: readonly string[]) =>
  codes.map((code) => ({ code: `c${code}`, role: 'receiver', place: code, name: text }));

it('shares a pool over ten counties in proportion to their published GEP, to the fen, from account to payment', async () => {
  await conclude('ten', {}, receivers(counties));
  await expect(compute('ten')).rejects.toThrow(counties[0]);
  await goUp(counties[0]);
  const id = await compute('ten');
  for (const [actor, act] of [
    [checker, 'confirm'],
    [clerk, 'reserve'],
    [approver, 'approve'],
    [cashier, 'pay'],
  ] as const)
    await cycles.act(actor, { id, act }, randomUUID());
  const [{ state, settlements }] = await cycles.list(clerk, 'ten');
  expect(state).toBe('settled');
  const paid = new Map(settlements[0].view.parts.map((part) => [part.party, part.paidFen]));
  expect(sumFen(paid.values())).toBe(1_000_000_01n);
  const gep = new Map<string, bigint>();
  for (const county of counties) gep.set(county, await gepOf(county));
  const whole = sumFen(gep.values());
  for (const [county, fen] of gep) {
    const exact = (1_000_000_01n * fen) / whole;
    expect([county, paid.get(county)! - exact === 0n || paid.get(county)! - exact === 1n]).toEqual([county, true]);
  }
  const account = await place.inDatabase((tx) =>
    findAccount(tx, { territory: counties[3], period: '2024', norm: { id: 'sample' }, published: true }),
  );
  const dependents = await place.inDatabase((tx) => listDependents(tx, { accountId: account!.id }));
  const direct = dependents.filter(({ steps }) => steps === 1);
  expect(direct).toMatchObject([{ dependent: { kind: 'settlement', id }, figure: counties[3] }]);
});

it('shares by ecosystem asset unit: lines of a type of ecosystem, whoever answers for it', async () => {
  const [one, other] = counties;
  const assets = [one, other].map((unit) => ({ unit: `forest-${unit}`, place: unit, types: ['forest'] }));
  const parties = assets.map(({ unit, place: county }) => ({
    ...{ code: unit, role: 'receiver', units: [unit], book: `steward:${county}`, name: text },
  }));
  await conclude('assets', { assets: [...assets, { unit: 'lake', place: one, types: ['lake'] }] }, [
    ...parties,
    { code: 'lake', role: 'receiver', units: ['lake'], book: 'steward:lake', name: text },
  ]);
  const id = await compute('assets');
  const settlement = await place.inDatabase((tx) => getSettlement(tx, id));
  const forests = await Promise.all(
    [one, other].map((territory) =>
      place.inDatabase(async (tx) => {
        const account = await findAccount(tx, { territory, period: '2024', norm: { id: 'sample' }, published: true });
        const lines = (await listLines(tx, [account!.id])).get(account!.id)!;
        return sumFen(lines.filter(({ type }) => type === 'forest').map(({ valueFen }) => valueFen));
      }),
    ),
  );
  expect(forests.every((fen) => fen > 0n)).toBe(true);
  const got = new Map(settlement.parts.map((part) => [part.party, part.claimFen]));
  expect(sumFen(got.values())).toBe(1_000_000_01n);
  expect(got.get('steward:lake')).toBe(0n);
  const exact = (1_000_000_01n * forests[0]) / sumFen(forests);
  expect([0n, 1n]).toContain(got.get(`steward:${one}`)! - exact);
  const account = await place.inDatabase((tx) =>
    findAccount(tx, { territory: one, period: '2024', norm: { id: 'sample' }, published: true }),
  );
  const dependents = await place.inDatabase((tx) => listDependents(tx, { accountId: account!.id }));
  expect(dependents.map(({ figure }) => figure)).toEqual(expect.arrayContaining([`forest-${one}`, 'lake']));
});

it('shares by the nodes of a parallel tree over published accounts', async () => {
  const [one, other, third] = counties;
  const tables = Object.entries({
    tree: [{ code: 'basin', name: '流域', kind: 'watershed', covers: '520500', source: 'made up', from: '2020-01-01' }],
    nodes: [
      { node: 'up', name: '上游' },
      { node: 'down', name: '下游' },
    ],
    membership: [...[one, other].map((unit) => ({ unit, node: 'up' })), { unit: third, node: 'down' }],
  }).map(([sheet, found]) => ({
    ...{ sheet, header: Object.keys(found[0]) },
    rows: found.map((row, at) => ({ row: at + 2, cells: Object.values(row) })),
  }));
  await new TreeService(place.accounting.test.db).importTree(place.accounting.actor, tables);
  const parties = ['up', 'down'].map((node) => ({
    ...{ code: node, role: 'receiver', units: [node], book: `basin:${node}`, name: text },
  }));
  await conclude('basin', { tree: 'basin' }, parties);
  await expect(compute('basin')).rejects.toThrow('520500');
  for (const county of ['520521', '520523']) await goUp(county);
  await goUp('520500');
  const id = await compute('basin');
  const settlement = await place.inDatabase((tx) => getSettlement(tx, id));
  const [up, down] = [(await gepOf(one)) + (await gepOf(other)), await gepOf(third)];
  const got = new Map(settlement.parts.map((part) => [part.party, part.claimFen]));
  expect(sumFen(got.values())).toBe(1_000_000_01n);
  expect([0n, 1n]).toContain(got.get('basin:up')! - (1_000_000_01n * up) / (up + down));
});
