/** What is counted once, seen from elsewhere: bridges between norms close over it, and checks hold recorded lines to their parts. */
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import {
  type Account,
  BridgeService,
  findAccount,
  FlowService,
  type FlowWish,
  listFlows,
  listLines,
  NormBridger,
  QualityService,
} from '@gep/accounting';
import { formatYuan, sumFen } from '@gep/kernel';
import { loadUnits, parseNorm, RulebookFolder, RulebookService } from '@gep/rulebook';
import { type AccountingTest, forest, normText, startAccounting } from './accounting-setup';

const [upper, lower, beside] = ['520521', '520523', '520602'];
const [prefecture, province] = ['520500', '520000'];

let it$: AccountingTest;
let rulebook: RulebookService;
let flows: FlowService;
let quality: QualityService;
let superuser: Client;
const bridger = new NormBridger();
beforeAll(async () => {
  it$ = await startAccounting();
  await it$.publish({ price: '0.0371' });
  rulebook = new RulebookService(it$.test.db);
  flows = new FlowService(it$.test.db, rulebook);
  quality = new QualityService(it$.test.db, rulebook, new RulebookFolder('rulebook'));
  superuser = new Client({ connectionString: it$.test.superuserUrl });
  await superuser.connect();
  await it$.observe([
    { ...forest(upper, 4.123), patch: 'a' },
    { ...forest(lower, 1.741), patch: 'b' },
    { ...forest(lower, 0.3333), type: 'grass', patch: 'g' },
    { ...forest(beside, 0.9), patch: 'c' },
  ]);
  await it$.recompute();
});
afterEach(async () => {
  for (const { id } of await it$.test.db.snapshot(it$.actor, (tx) => listFlows(tx, { standing: true })))
    await withdraw(id);
});
afterAll(async () => {
  await bridger.onModuleDestroy();
  await superuser.end();
  await it$.close();
});

const declare = async (more: Partial<FlowWish> = {}): Promise<string> => {
  const wish: FlowWish = {
    ...{ normId: 'sample', service: 'water', supplier: upper, beneficiary: lower, share: '1/3', from: '2024-01-01' },
    ...{ reason: 'the river leads there', source: 'basin office, letter 7' },
    ...more,
  };
  return (await flows.declareFlow(it$.actor, wish, randomUUID())).id;
};
const withdraw = (id: string) => flows.withdrawFlow(it$.actor, { id, reason: 'measured anew' }, randomUUID());
const read = (territory: string) =>
  it$.test.db.snapshot(it$.actor, async (tx): Promise<Account & { id: string }> => {
    const record = (await findAccount(tx, { territory, period: '2024', norm: { id: 'sample' } }))!;
    return { ...record, lines: (await listLines(tx, [record.id])).get(record.id)!, children: [], baseSums: null };
  });
const backOf = ({ lines }: Account) =>
  sumFen(lines.filter(({ flow }) => flow !== undefined).map(({ valueFen }) => valueFen));
const publishOther = async (change: (text: string) => string) => {
  const { norm } = parseNorm([{ path: 'norm.yaml', text: change(normText()) }], await loadUnits('rulebook'));
  await rulebook.publish(it$.actor, norm!);
  return norm!;
};

const findingsOf = async (territory: string) => quality.findings(it$.actor, (await read(territory)).id);
/** Changes a recorded line behind the back of every guard. */
const plant = async (id: string, change: string, line: string): Promise<void> => {
  await superuser.query('set session_replication_role = replica');
  const { rowCount } = await superuser.query(
    `update accounting.account_line set ${change} where account_id = $1 and service = 'water' and ${line}`,
    [id],
  );
  await superuser.query('set session_replication_role = origin');
  expect(rowCount).toBe(1);
};

it('a recorded line that is not what lies below it is a grave finding with both figures and the difference', async () => {
  const flow = await declare();
  await declare({ beneficiary: beside, share: '0.1' });
  await it$.recompute();
  const wrong = async (territory: string) =>
    (await findingsOf(territory)).filter(({ rule }) => rule === 'lineNotChildren');
  for (const territory of [prefecture, province, 'CN', upper]) expect(await wrong(territory)).toEqual([]);
  const { id, lines } = await read(prefecture);
  const grass = lines.find(({ type, flow: by }) => type === 'grass' && by === undefined)!;
  const back = lines.find(({ type, flow: by }) => type === 'forest' && by === flow)!;

  // One fen on a line, and as much off another: the totals still hold.
  await plant(id, 'value_fen = value_fen + 1', "type = 'grass' and flow is null");
  await plant(id, 'value_fen = value_fen - 1', "type = 'forest' and flow is null");
  await plant(id, 'quantity = quantity * 2', `type = 'forest' and flow = '${flow}'`);
  const found = await wrong(prefecture);
  expect(found.map(({ grade, open, cells }) => [grade, open, ...cells])).toEqual([
    ['A', true, `lines.water.forest.flows.${flow}.quantity`],
    ['A', true, 'lines.water.forest.value'],
    ['A', true, 'lines.water.grass.value'],
  ]);
  expect(found[2]).toMatchObject({
    ...{ service: 'water', type: 'grass', unit: 'yuan' },
    ...{ found: formatYuan(grass.valueFen + 1n), expected: formatYuan(grass.valueFen) },
    cause: { zh: expect.stringContaining('相差 0.01 yuan'), en: expect.stringContaining(': 0.01 yuan apart') },
  });
  expect([Number(found[0].found), Number(found[0].expected)]).toEqual([2 * back.quantity, back.quantity]);
  // The province adds up what now stands below it.
  expect((await wrong(province)).length).toBeGreaterThan(0);

  // A line that nothing below accounts for, and one that is gone.
  await plant(id, "item = 'maize'", "type = 'grass' and flow is null");
  expect((await wrong(prefecture)).map(({ cells, found: own, expected }) => [cells[0], own, expected])).toEqual(
    expect.arrayContaining([
      ['lines.water.grass.value', '0', formatYuan(grass.valueFen)],
      ['lines.water.grass.maize.value', formatYuan(grass.valueFen + 1n), '0'],
    ]),
  );
  await plant(id, 'value_fen = value_fen - 1, item = null', "type = 'grass' and flow is null");
  await plant(id, 'value_fen = value_fen + 1', "type = 'forest' and flow is null");
  await plant(id, 'quantity = quantity / 2', `type = 'forest' and flow = '${flow}'`);
  expect(await wrong(prefecture)).toEqual([]);
});

it('a flow that takes nothing back is a finding to be explained, with the end that lacks', async () => {
  const idle = async (territory: string) =>
    (await findingsOf(territory)).flatMap(({ rule, grade, open, cells, cause }) =>
      rule === 'flowTakesNothing' ? [[grade, open, cells[0], cause.en, cause.zh]] : [],
    );
  const lacking = await declare({ supplier: '530102', share: '0.1' });
  const crops = await declare({ service: 'crops', share: '0.1' });
  const working = await declare();
  await it$.recompute();
  expect(await idle(prefecture)).toEqual([
    [
      'C',
      true,
      `flows.${crops}`,
      expect.stringContaining(`the account of the supplier ${upper} has nothing`),
      expect.stringContaining(`供给地 ${upper}`),
    ],
  ]);
  expect(await idle('CN')).toEqual([
    [
      'C',
      true,
      `flows.${lacking}`,
      expect.stringContaining('the supplier 530102 has no account in the sum'),
      expect.stringContaining('没有账户'),
    ],
  ]);
  expect(await idle(province)).toEqual([]);
  // What the vintage was computed with counts, not what has been withdrawn or declared since.
  await withdraw(crops);
  await declare({ beneficiary: '530102', share: '0.2' });
  expect((await idle(prefecture)).map(([, , at]) => at)).toEqual([`flows.${crops}`]);
  expect(await idle('CN')).toHaveLength(1);
  await it$.recompute();
  expect(await idle(prefecture)).toEqual([]);
  expect(await idle('CN')).toHaveLength(2);
  expect(backOf(await read(prefecture))).toBeLessThan(0n);
  expect(working).not.toBe(crops);
});

it('bridges lead from the recorded total to what the other norm has with its own declarations, to the fen', async () => {
  const bridges = new BridgeService(it$.test.db, rulebook, bridger);
  const ask = (territory: string, to: { id: string; edition?: string }) =>
    bridges.bridge(it$.actor, { territory, period: '2024', norm: { id: 'sample' }, to });
  await declare();
  await declare({ beneficiary: beside, share: '0.1' });
  await it$.recompute();
  const other = await publishOther((text) =>
    text.replace('id: sample', 'id: other').replace('value: 0.5', 'value: 0.3'),
  );
  const dear = await publishOther((text) => text.replace('value: 2,', 'value: 0.0911,'));
  const sums = (fens: readonly bigint[]) => sumFen([...fens]);
  for (const territory of [prefecture, province]) {
    const whole = await read(territory);
    const back = backOf(whole);
    expect(back).toBeLessThan(0n);
    // Nothing is declared for the other norm.
    const plain = await ask(territory, { id: 'other' });
    expect([plain.from.totalFen, plain.from.takenBackFen]).toEqual([whole.totals.totalFen, back]);
    expect(plain.to.takenBackFen).toBe(0n);
    expect(plain.steps.at(-1)).toMatchObject({ kind: 'flows', code: 'water', fen: -back, byService: { water: -back } });
    // Another edition of the norm has its declarations.
    const same = await ask(territory, { id: 'sample', edition: dear.edition });
    expect([same.from.totalFen, same.from.takenBackFen]).toEqual([whole.totals.totalFen, back]);
    expect(Number(same.to.takenBackFen) / Number(back)).toBeCloseTo(0.0911 / 0.0371, 3);
    for (const { from, to, steps, differenceFen } of [plain, same]) {
      expect(sums(steps.map(({ fen }) => fen))).toBe(differenceFen);
      expect(from.totalFen + differenceFen).toBe(to.totalFen);
      expect(steps.at(-1)!.totalFen).toBe(to.totalFen);
    }
  }
  // And with a declaration of its own, the other norm takes that back.
  await declare({ normId: 'other', share: '1' });
  const own = await ask(prefecture, { id: other.id });
  expect(own.to.takenBackFen).toBeLessThan(0n);
  expect(own.from.totalFen + sums(own.steps.map(({ fen }) => fen))).toBe(own.to.totalFen);
  // What a recomputation by the other edition records is where the bridge led.
  const led = await ask(province, { id: 'sample', edition: dear.edition });
  await it$.recompute();
  expect((await read(province)).totals.totalFen).toBe(led.to.totalFen);
  expect(backOf(await read(province))).toBe(led.to.takenBackFen);
});
