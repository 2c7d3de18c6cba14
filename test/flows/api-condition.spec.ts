/** The condition account over HTTP: the example of the documentation, as it stands there, over a county of the demonstration. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { AccountComputer, RecomputeService, RecomputeTasks, type FlowNode } from '@gep/accounting';
import { ObservationService } from '@gep/observation';
import { RulebookService } from '@gep/rulebook';
import { loadTerritoryFile, TerritoryService } from '@gep/territory';
import { parse } from 'yaml';
import { inventDemonstration } from '../../tools/generate/demonstration';
import { testActor } from '../fixtures/test-database';
import { list, startApi, type ApiUnderTest } from './api-under-test';

const root = resolve(__dirname, '../..');
const county = '991103';
const actor = testActor();

let api: ApiUnderTest;
let token: string;
beforeAll(async () => {
  api = await startApi();
  const { db } = api.database;
  await api.publish('cn-terrestrial');
  await new TerritoryService(db).importTerritories(
    actor,
    (await loadTerritoryFile(resolve(root, 'rulebook/territories/demonstration.yaml'))).filter(
      ({ code }) => code !== 'CN',
    ),
  );
  const rulebook = new RulebookService(db);
  const rows = inventDemonstration().extentCsv.replace(/^(?!991103,202[14],)\d{6},.*\n/gm, '');
  const file = { bytes: Buffer.from(rows), fileName: 'extent.csv', normId: 'cn-terrestrial' };
  await new ObservationService(db, rulebook).importFile(actor, file);
  const runs = new RecomputeService(db);
  const computer = new AccountComputer(1);
  const tasks = new RecomputeTasks(db, rulebook, computer);
  const work = async (nodes: readonly FlowNode[]): Promise<void> => {
    for (const { name, data, children = [] } of nodes) {
      await work(children);
      if (name === 'recomputeBatch') await tasks.runBatch(data.runId, data.taskNo);
    }
  };
  for (const period of ['2021', '2024']) {
    const wish = { period, normId: 'cn-terrestrial', territory: county };
    await work(await runs.flowOf((await runs.requestRecompute(actor, wish, randomUUID())).runId));
  }
  await computer.onModuleDestroy();
  token = await api.person('condition-reader', 'accountant', 'CN');
});
afterAll(() => api.stop());

const docs = readFileSync(resolve(root, 'docs/seea-accounts.md'), 'utf8');
const example = JSON.parse(/`POST \/api\/v1\/condition`[^]*?```json\n([^]*?)```/.exec(docs)![1]) as {
  variables: readonly object[];
};
const post = (body: object) => api.call('POST', '/api/v1/condition', { token, body });

it('answers the example of the documentation, with a value and an index for all of the area', async () => {
  const { status, body } = await post(example);
  expect(status).toBe(200);
  for (const { types, index, measured } of list(body.periods)) {
    expect([Number(index) > 0, Number(index) < 1, String(measured)]).toEqual([true, true, '1']);
    for (const { missing } of list(types)) expect(list(missing)).toEqual([]);
  }
});

it('takes the document of the terminal as it is, which the example has word for word', async () => {
  const sample: unknown = parse(
    readFileSync(resolve(root, 'libs/accounting/samples/condition-variables.yaml'), 'utf8'),
  );
  const place = { territory: county, period: '2024', since: '2021', norm: 'cn-terrestrial' };
  expect({ ...place, ...(sample as object) }).toEqual(example);
});

it('takes words for names and references and text for numbers, and weights by class', async () => {
  const variables = example.variables.map((one) => ({ ...one, low: '0', reference: 'least-disturbed', name: 'one' }));
  const [plain, weighted] = await Promise.all([
    post({ ...example, variables }),
    post({ ...example, variables, classWeights: { A1: 0, B2: 1 } }),
  ]);
  expect([plain.status, weighted.status]).toEqual([200, 200]);
  expect(String(list(plain.body.periods)[0].index)).not.toBe(String(list(weighted.body.periods)[0].index));
});

it.each([
  ['a number that is none', { low: 'much' }],
  ['a reference that is none', { reference: { kind: 'golden' } }],
  ['a field that is not known', { lowest: 1 }],
])('refuses %s by its field', async (_, wrong) => {
  const { status, text } = await post({ ...example, variables: [{ ...example.variables[0], ...wrong }] });
  expect([status, text]).toEqual([422, expect.stringContaining(`variables[0].${Object.keys(wrong)[0]}`)]);
});
