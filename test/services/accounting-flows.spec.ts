/** Declared flows on the real database: counties keep their figures, those above count once, and a changed declaration is a new account. */
import { randomUUID } from 'node:crypto';
import {
  type Account,
  ChangeService,
  checkQuality,
  type ExplainNode,
  findAccount,
  FlowService,
  IntervalComputer,
  IntervalService,
  type FlowWish,
  listFlows,
  listLines,
  stateAccounts,
  TreeAccountsService,
} from '@gep/accounting';
import { sumFen } from '@gep/kernel';
import { verifyAuditChain } from '@gep/platform';
import { loadQualityRules, type NormEdition, RulebookService } from '@gep/rulebook';
import { TreeService } from '@gep/territory';
import { testActor } from '../fixtures/test-database';
import { type AccountingTest, forest, startAccounting } from './accounting-setup';

const [upper, lower, beside, far] = ['520521', '520523', '520602', '530102'];
const [prefecture, province] = ['520500', '520000'];

let it$: AccountingTest;
let norm: NormEdition;
let flows: FlowService;
beforeAll(async () => {
  it$ = await startAccounting();
  // A price that leaves fen to round, so that a sum of rounded lines is not quantity times price.
  norm = await it$.publish({ price: '0.0371, low: 0.02, high: 0.06, distribution: uniform' });
  flows = new FlowService(it$.test.db, new RulebookService(it$.test.db));
  for (const period of ['2023', '2024']) {
    const more = period === '2023' ? 1.1 : 1;
    const grass = { ...forest(lower, 0.3333, { period }), type: 'grass', patch: 'g' };
    await it$.observe([
      { ...forest(upper, 4.123 * more, { period }), patch: 'a' },
      { ...forest(lower, 1.741, { period }), patch: 'b' },
      grass,
      { ...forest(beside, 0.9 * more, { period }), patch: 'c' },
      { ...forest(far, 3, { period }), patch: 'd' },
    ]);
    await it$.recompute(period);
  }
});
afterEach(async () => {
  for (const { id } of await it$.test.db.snapshot(it$.actor, (tx) => listFlows(tx, { standing: true })))
    await withdraw(id);
});
afterAll(() => it$.close());

const wish = (more: Partial<FlowWish> = {}): FlowWish => ({
  ...{ normId: 'sample', service: 'water', supplier: upper, beneficiary: lower, share: '1/3', from: '2024-01-01' },
  ...{ reason: 'the river leads there', source: 'basin office, letter 7' },
  ...more,
});
const declare = async (more: Partial<FlowWish> = {}, actor = it$.actor): Promise<string> =>
  (await flows.declareFlow(actor, wish(more), randomUUID())).id;
const withdraw = async (id: string, actor = it$.actor) =>
  flows.withdrawFlow(actor, { id, reason: 'measured anew' }, randomUUID());
const read = (territory: string, period = '2024') =>
  it$.test.db.snapshot(it$.actor, async (tx): Promise<Account & { id: string; vintage: number }> => {
    const record = (await findAccount(tx, { territory, period, norm: { id: 'sample' } }))!;
    return { ...record, lines: (await listLines(tx, [record.id])).get(record.id)!, children: [], baseSums: null };
  });
const totalsOf = async (...codes: string[]) =>
  Promise.all(codes.map(async (code) => (await read(code)).totals.totalFen));
const backOf = ({ lines }: Account, ...ids: string[]) =>
  sumFen(lines.filter(({ flow }) => flow !== undefined && ids.includes(flow)).map(({ valueFen }) => valueFen));
const nodesOf = (node: ExplainNode): ExplainNode[] => [node, ...node.children.flatMap(nodesOf)];

it('is taken back where both ends meet and above, and nowhere else; withdrawn, the accounts of before stand again', async () => {
  const everywhere = [upper, lower, beside, prefecture, '520600', province, '530000', 'CN'];
  const before = await Promise.all(everywhere.map((code) => read(code)));
  const near = await declare();
  const across = await declare({ beneficiary: beside, share: undefined, quantity: '4', unit: 'kt*m3/kt' });
  const run = await it$.recompute();
  // Prefecture, province and nation.
  expect([run.state, run.progress.territories.computed, run.progress.territories.refused]).toEqual(['done', 3, 0]);
  const after = await Promise.all(everywhere.map((code) => read(code)));
  expect(everywhere.filter((_, at) => after[at].digest !== before[at].digest)).toEqual([prefecture, province, 'CN']);

  const [first, second] = [await read(prefecture), await read(province)];
  const [a, b, c] = await totalsOf(upper, lower, beside);
  expect(backOf(first, near)).toBeLessThan(0n);
  expect([backOf(first, across), first.totals.totalFen]).toEqual([0n, a + b + backOf(first, near)]);
  expect(backOf(second, near)).toBe(backOf(first, near));
  expect(second.totals.totalFen).toBe(first.totals.totalFen + c + backOf(second, across));
  // 4 m³ of 4500 m³ at 0.0371 yuan.
  expect(backOf(second, across)).toBe(-15n);
  // A third of 20615 m³, from forest and grass as they are counted there, never more than each has.
  const taken = first.lines.filter(({ flow }) => flow === near).map(({ type, quantity }) => [type, quantity]);
  expect(taken.map(([type]) => type)).toEqual(['forest', 'grass']);
  expect(taken.reduce((sum, [, quantity]) => sum + (quantity as number), 0)).toBeCloseTo(-20_615 / 3, 6);

  // Again: nothing to do.
  expect((await it$.recompute()).progress.territories.computed).toBe(0);
  await withdraw(near);
  await withdraw(across);
  expect((await it$.recompute()).progress.territories.computed).toBe(3);
  const last = await Promise.all(everywhere.map((code) => read(code)));
  expect(last.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  expect((await it$.test.db.snapshot(it$.actor, (tx) => verifyAuditChain(tx))).broken).toBeUndefined();
});

it('the account above tells the flow, its change still splits without a rest, and the checks find nothing in it', async () => {
  const rules = await loadQualityRules('rulebook');
  const grave = (account: Account) => {
    const { findings } = checkQuality(stateAccounts([account], norm, rules), rules);
    return findings.filter(({ grade }) => grade === 'A' || grade === 'B');
  };
  expect(grave(await read(prefecture))).toEqual([]);
  const id = await declare({ share: '0.2', from: '2024-01-01' });
  await it$.recompute();
  const account = await read(prefecture);
  const nodes = nodesOf(await it$.accounting.explain(it$.actor, { accountId: account.id, service: 'water' }));
  expect(nodes.filter(({ kind }) => kind === 'flow')).toEqual([
    expect.objectContaining({
      code: id,
      from: '2024-01-01',
      text: expect.objectContaining({ en: expect.stringMatching(/520521.*520523.*0\.2.*letter 7/s) }),
    }),
    expect.objectContaining({ code: id }),
  ]);
  const above = await read('CN');
  const shown = nodesOf(await it$.accounting.explain(it$.actor, { accountId: above.id }));
  expect(shown.filter(({ kind, code }) => kind === 'flow' && code === id)).toHaveLength(2);

  const changes = new ChangeService(it$.test.db, new RulebookService(it$.test.db));
  const asked = { territory: province, from: '2023', to: '2024', norm: 'sample', indices: [] };
  const { change, comparable } = await changes.decompose(it$.actor, asked);
  const [then, now] = [await read(province, '2023'), await read(province)];
  expect(backOf(now, id)).toBeLessThan(0n);
  expect(change.changeFen).toBe(now.totals.totalFen - then.totals.totalFen);
  expect(Object.values(change.effects).reduce((sum, fen) => sum + fen, 0n)).toBe(change.changeFen);
  expect([comparable!.currentFen, comparable!.baseFen]).toEqual([change.afterFen, change.beforeFen]);

  expect(grave(account)).toEqual([]);
});

it('is drawn with the lines at its ends, at every level, whatever was declared since', async () => {
  const computer = new IntervalComputer(2);
  const intervals = new IntervalService(it$.test.db, new RulebookService(it$.test.db), computer);
  const ask = (territory: string, draws = 101) =>
    intervals.interval(it$.actor, { territory, period: '2024', norm: { id: 'sample' } }, { draws, seed: 3 });
  const whole = await ask(province, 100);
  const near = await declare();
  const across = await declare({ beneficiary: beside, share: undefined, quantity: '90000', unit: 'm3' });
  await it$.recompute();
  for (const [territory, ids] of [
    [prefecture, [near]],
    [province, [near, across]],
  ] as const) {
    const account = await read(territory);
    const { fixedFen, total } = await ask(territory);
    expect([fixedFen, total.accountFen]).toEqual([0n, account.totals.totalFen]);
    // One uniform price: every draw is the account by it, but for the rounding of lines and parts.
    const expected = (Number(account.totals.totalFen) / 0.0371) * 0.0222;
    expect(Number(total.lowFen) / expected).toBeGreaterThan(0.9);
    expect(Number(total.lowFen) / expected).toBeLessThan(1.1);
    expect(backOf(account, ...ids)).toBeLessThan(0n);
  }
  const drawn = await ask(province);
  // Declared or withdrawn since: the vintage is drawn as it was computed.
  await withdraw(near);
  await declare({ share: '0.9' });
  expect((await ask(province, 102)).total.accountFen).toBe(drawn.total.accountFen);
  expect(drawn.total.highFen).toBeLessThan(whole.total.highFen);
  await computer.close();
});

it('a territory that observed its own ground counts nothing twice, so nothing is taken back above it', async () => {
  const id = await declare({ supplier: prefecture, beneficiary: '520600', share: '0.01' });
  const inside = await declare({ beneficiary: beside, share: '0.01' }).catch((error: { code: string }) => error.code);
  // The wider declaration covers it.
  expect(inside).toBe('accounting.flow-refused');
  await it$.recompute();
  expect(backOf(await read(province), id)).toBeLessThan(0n);
  await withdraw(id);
  const narrow = await declare({ beneficiary: beside, share: '0.01' });
  await it$.observe([{ ...forest('520600', 1), patch: 'own' }]);
  await it$.recompute();
  expect(backOf(await read(province), narrow)).toBe(0n);
  expect((await read(province)).lines.some(({ flow }) => flow !== undefined)).toBe(false);
});

it('is seen by both ends and those above, declared and withdrawn only from above both', async () => {
  const id = await declare({ share: '0.1', until: '2025-01-01' });
  const path = (...codes: string[]) => ['CN', province, prefecture, ...codes].join('.');
  const seen = async (...scope: string[]) =>
    (await it$.test.db.snapshot(testActor(scope), (tx) => listFlows(tx, { standing: true }))).map((flow) => flow.id);
  expect(await seen(path(lower))).toEqual([id]);
  expect(await seen(path(upper), path())).toEqual([id]);
  expect(await seen('CN')).toEqual([id]);
  expect(await seen(`CN.${province}.520600`)).toEqual([]);
  const county = testActor([path(lower)]);
  await expect(declare({ share: '0.2', from: '2025-01-01' }, county)).rejects.toMatchObject({
    code: 'accounting.flow-outside-territory',
    kind: 'forbidden',
  });
  await expect(withdraw(id, county)).rejects.toMatchObject({ code: 'accounting.flow-outside-territory' });
  await expect(withdraw(id, testActor([`CN.${province}.520600`]))).rejects.toMatchObject({
    code: 'accounting.flow-missing',
  });
  // The same words with the same key are one deed.
  const key = randomUUID();
  const [once, twice] = [
    await flows.withdrawFlow(it$.actor, { id, reason: 'r' }, key),
    await flows.withdrawFlow(it$.actor, { id, reason: 'r' }, key),
  ];
  expect([once.replayed, twice.replayed]).toEqual([false, true]);
  await expect(withdraw(id)).rejects.toMatchObject({ code: 'accounting.flow-withdrawn' });
  const rows = await it$.test.db.snapshot(it$.actor, (tx) => listFlows(tx, { ids: [id] }));
  expect(rows[0].withdrawn).toMatchObject({ reason: 'r', by: { id: it$.actor.id } });
});

it.each<[string, Partial<FlowWish>, RegExp]>([
  ['a service that the norm does not have', { service: 'pollination' }, /no such service; it has water, crops/],
  ['an item of a modelled service', { item: 'maize' }, /leave the item out/],
  ['an item that the service does not have', { service: 'crops', item: 'waterUse' }, /it has maize/],
  ['a share above 1', { share: '1.01' }, /at most 1/],
  ['a share that is no number', { share: 'half' }, /"half" is no number/],
  ['no amount', { share: undefined }, /give a share, or a quantity/],
  ['a unit of something else', { share: undefined, quantity: '3', unit: 't' }, /"t" does not convert to m3/],
  ['an end before the beginning', { until: '2024-01-01' }, /must be after 2024-01-01/],
  ['a county within the other', { beneficiary: prefecture }, /neither of the two may lie within the other/],
  ['itself', { beneficiary: upper }, /neither of the two may lie within the other/],
  ['a site', { supplier: '520523-pit', beneficiary: upper }, /not added into what lies above/],
])('refuses %s', async (_, more, reason) => {
  await expect(declare(more)).rejects.toMatchObject({
    code: 'accounting.flow-refused',
    text: { en: expect.stringMatching(reason), zh: expect.stringMatching(/\p{Script=Han}/u) },
  });
});

it('refuses what has been declared already, more than all, and one amount at two levels', async () => {
  const id = await declare({ share: '0.7', until: '2026-01-01' });
  await expect(declare({ share: '0.1' })).rejects.toThrow(id);
  await expect(declare({ beneficiary: beside, share: '0.4' })).rejects.toThrow(/come to 1\.1 of the supply/);
  // What lies wholly inside one of its ends is another matter; what crosses it is not.
  const wide = await declare({ supplier: prefecture, beneficiary: '520600', share: '0.1' });
  await expect(declare({ beneficiary: '520600', share: '0.1' })).rejects.toThrow(`an end of ${wide}`);
  await expect(declare({ supplier: '999999', share: '0.1' })).rejects.toMatchObject({ code: 'territory.missing' });
  await declare({ share: '0.4', from: '2026-01-01' });
});

it('is taken back in the node of a tree that has both ends, and at the root as in the nation', async () => {
  const [near, across] = [await declare(), await declare({ beneficiary: far })];
  await it$.recompute();
  const table = (sheet: string, header: string[], ...rows: string[][]) => ({
    ...{ sheet, header },
    rows: rows.map((cells, at) => ({ row: at + 1, cells })),
  });
  await new TreeService(it$.test.db).importTree(it$.actor, [
    table(
      'tree',
      ['code', 'name', 'kind', 'covers', 'source', 'from'],
      [...['basins', '流域', 'watershed', 'CN', 'map', '2020-01-01']],
    ),
    table('nodes', ['node', 'name'], ['west', '西'], ['east', '东']),
    table('membership', ['unit', 'node'], [upper, 'west'], [lower, 'west'], [far, 'east']),
  ]);
  const trees = new TreeAccountsService(it$.test.db, new RulebookService(it$.test.db));
  const { nodes, node } = await trees.accounts(it$.actor, { tree: 'basins', period: '2024', norm: 'sample' });
  const whole = await read('CN');
  const [a, b, c] = await totalsOf(upper, lower, far);
  expect(node.totals).toEqual(whole.totals);
  expect([backOf(whole, near) < 0n, backOf(whole, across) < 0n]).toEqual([true, true]);
  expect(nodes.slice(1, 3).map(({ code, totals }) => [code, totals.totalFen])).toEqual([
    ['west', a + b + backOf(whole, near)],
    ['east', c],
  ]);
});
