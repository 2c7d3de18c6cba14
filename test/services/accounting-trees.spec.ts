/** Parallel trees over the ten demonstration counties on the real database: import, editions, sums to the fen, and who sees what. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import {
  AccountComputer,
  findAccount,
  listLines,
  RecomputeService,
  RecomputeTasks,
  TreeAccountsService,
  type FlowNode,
  type TreeAnswer,
} from '@gep/accounting';
import { sumFen } from '@gep/kernel';
import { ObservationService } from '@gep/observation';
import { verifyAuditChain } from '@gep/platform';
import { loadNorm, loadUnits, parseNorm, RulebookService } from '@gep/rulebook';
import {
  findTree,
  listTreeMembership,
  listTreeNodes,
  listTrees,
  loadTerritoryFile,
  TerritoryService,
  TreeService,
  type TreeTable,
} from '@gep/territory';
import { loadTreeTables } from '../../apps/cli/src/tree/tree-tables.loader';
import { inventDemonstration } from '../../tools/generate/demonstration';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';

const normId = 'cn-terrestrial';
const actor = testActor();
const files = ['demonstration-qing', 'demonstration-vep'].map((name) => `rulebook/territories/${name}.json`);
const codes = ['demonstration-basins', 'demonstration-vep'];

const computer = new AccountComputer(2);
let test: TestDatabase;
let trees: TreeService;
let accounts: TreeAccountsService;
beforeAll(async () => {
  test = await createTestDatabase();
  const rulebook = new RulebookService(test.db);
  trees = new TreeService(test.db);
  accounts = new TreeAccountsService(test.db, rulebook);
  const rows = await loadTerritoryFile('rulebook/territories/demonstration.yaml');
  await new TerritoryService(test.db).importTerritories(actor, rows);
  await rulebook.publish(actor, await loadNorm(normId, 'rulebook'));
  const { extentCsv, statisticsCsv } = inventDemonstration();
  await new ObservationService(test.db, rulebook).importFile(actor, {
    ...{ bytes: Buffer.from(yearsOf(extentCsv)), fileName: 'extent.csv', normId },
    alongside: [{ bytes: Buffer.from(yearsOf(statisticsCsv)), fileName: 'statistics.csv' }],
  });
  for (const period of ['2020', '2024']) await compute(period, '990000');
  for (const file of files) await importFile(file);
});
afterAll(() => test.drop());

/** Two of the five years are enough here. */
const yearsOf = (csv: string): string =>
  csv
    .split('\n')
    .filter((line, at) => at < 2 || /,(2020|2024),/.test(line))
    .join('\n');

async function compute(period: string, territory: string): Promise<void> {
  const runs = new RecomputeService(test.db);
  const tasks = new RecomputeTasks(test.db, new RulebookService(test.db), computer);
  const work = async (nodes: readonly FlowNode[]): Promise<void> => {
    for (const { name, data, children = [] } of nodes) {
      await work(children);
      if (name === 'recomputeBatch') await tasks.runBatch(data.runId, data.taskNo);
      else await tasks.runLevel(data.runId, data.taskNo);
    }
  };
  const { runId } = await runs.requestRecompute(actor, { period, normId, territory }, randomUUID());
  await work(await runs.flowOf(runId));
}

async function importFile(file: string) {
  const { tables, problems } = await loadTreeTables([file]);
  return trees.importTree(actor, tables, problems);
}
const ask = (
  tree: string,
  more: { period?: string; node?: string; asOf?: Date } = {},
  as = actor,
): Promise<TreeAnswer> => accounts.accounts(as, { tree, period: '2024', norm: normId, ...more });
const administrative = (territory: string, period = '2024') =>
  test.db.snapshot(actor, async (tx) => {
    const record = (await findAccount(tx, { territory, period, norm: { id: normId } }))!;
    return { ...record, lines: (await listLines(tx, [record.id])).get(record.id)! };
  });
const nodeOf = (answer: TreeAnswer, code: string) => answer.nodes.find((one) => one.code === code)!;

it('has, in every tree, the administrative total at the root: every service, type and category to the fen', async () => {
  for (const period of ['2020', '2024']) {
    const whole = await administrative('990000', period);
    for (const tree of codes) {
      const { node, whole: seesAll, divided } = await ask(tree, { period });
      expect([seesAll, divided.map(({ accountId }) => accountId)]).toEqual([true, [whole.id]]);
      expect(node.totals).toEqual(whole.totals);
      const lineOf = ({ service, type, item, valueFen }: (typeof whole.lines)[number]) => [
        service,
        type,
        item,
        valueFen,
      ];
      expect(node.lines.map(lineOf)).toEqual(whole.lines.map(lineOf));
      node.lines.forEach(({ quantity }, at) =>
        expect(Math.abs(quantity / whole.lines[at].quantity - 1)).toBeLessThan(1e-15 * 4),
      );
      for (const [type, area] of Object.entries(whole.areaByType)) expect(node.areaByType[type]).toBeCloseTo(area, 6);
      // Each unit is in the parts with all that it has.
      for (const unit of new Set(node.parts.map(({ territory }) => territory))) {
        const own = node.parts.filter(({ territory }) => territory === unit).map(({ totalFen }) => totalFen);
        expect(sumFen(own)).toBe((await administrative(unit, period)).totals.totalFen);
      }
    }
  }
});

it('adds nodes from what lies below them, and traces every part to its vintage', async () => {
  const answer = await ask('demonstration-basins', { node: 'qing-upper' });
  const totalOf = (code: string) => nodeOf(answer, code).totals.totalFen;
  expect(totalOf('qing')).toBe(totalOf('qing-upper') + totalOf('qing-lower'));
  expect(totalOf('demonstration-basins')).toBe(totalOf('qing') + totalOf('lakes') + totalOf('outside'));
  for (const code of ['qing-upper', 'qing-lower', 'lakes', 'outside']) expect(totalOf(code) > 0n).toBe(true);
  expect(answer.node.parts.map(({ territory, node, basis }) => [territory, node, basis])).toEqual([
    ['991201', 'qing-upper', 'patch'],
    ['991202', 'qing-upper', 'patch'],
  ]);
  const county = await administrative('991201');
  expect(answer.node.parts[0]).toMatchObject({ accountId: county.id, vintage: 1, digest: county.digest });
});

it('gives a node the water that its own patches keep, not their share of the land', async () => {
  const { node, norm } = await ask('demonstration-basins', { node: 'qing-upper' });
  const [part] = node.parts;
  const whole = await administrative('991201');
  const areas = Object.entries(part.areaByType).map(([type, area]) => [type, area / whole.areaByType[type]] as const);
  const water = (lines: typeof node.lines, type: string) =>
    lines.find((line) => line.service === 'waterRetention' && line.type === type)?.quantity ?? 0;
  expect(norm.id).toBe(normId);
  const only = await ask('demonstration-basins', { node: 'qing-upper' }, testActor(['CN.990000.991200.991201']));
  const differing = areas.filter(([type, share]) => {
    const kept = water(only.node.lines, type) / water(whole.lines, type);
    return Number.isFinite(kept) && share < 1 && Math.abs(kept - share) > 1e-6;
  });
  expect(differing.length).toBeGreaterThan(0);
});

it('holds as the tree was on the last day of the period', async () => {
  const [before, after] = [await ask('demonstration-vep', { period: '2020' }), await ask('demonstration-vep')];
  const shown = ({ nodes }: TreeAnswer) => nodes.map(({ code }) => code);
  expect(shown(before)).toEqual(['demonstration-vep', 'wetland', 'forest-farm', 'outside']);
  expect(shown(after)).toEqual([
    ...['demonstration-vep', 'restoration', 'bingling', 'genggu', 'wetland', 'forest-farm', 'outside'],
  ]);
});

it('shows people of a county their part, and says so; strangers find nothing', async () => {
  const county = testActor(['CN.990000.991200.991201'], 'county');
  const seen = await ask('demonstration-basins', {}, county);
  const own = await administrative('991201');
  expect([seen.whole, seen.scope.en, seen.scope.zh]).toEqual([
    false,
    expect.stringMatching('991201'),
    expect.stringMatching('991201'),
  ]);
  expect(seen.node.totals.totalFen).toBe(own.totals.totalFen);
  expect(new Set(seen.node.parts.map(({ territory }) => territory))).toEqual(new Set(['991201']));
  expect(JSON.stringify(seen, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))).not.toMatch(
    /99110\d|991202/,
  );
  const both = await ask(
    'demonstration-basins',
    {},
    testActor(['CN.990000.991200.991201', 'CN.990000.991100', 'CN.990000.991100.991101']),
  );
  const city = await administrative('991100');
  expect(both.node.totals.totalFen).toBe(own.totals.totalFen + city.totals.totalFen);
  await expect(ask('demonstration-basins', {}, testActor(['CN.520000']))).rejects.toMatchObject({
    code: 'accounting.account-missing',
  });
});

const table = (sheet: string, ...lines: string[]): TreeTable => ({
  sheet,
  rows: lines.map((line, at) => ({ row: at + 1, cells: line.split(',') })),
});
const reserves = (...rows: string[]): TreeTable[] => [
  table('t.csv', 'code,name,kind,covers,source,from', 'reserves,保护地,reserve,991100,order 5,2020-01-01'),
  table('n.csv', 'node,parent,name', 'core,,核心区', 'buffer,,缓冲区'),
  table('m.csv', 'unit,node,patch,type,share', ...rows),
];

it('keeps editions: a correction is the next one, and what was known before stays', async () => {
  const first = await trees.importTree(actor, reserves('991101,core'));
  expect(first).toMatchObject({ edition: 1, changed: true, nodes: 2, membership: 1 });
  expect(await trees.importTree(actor, reserves('991101,core'))).toMatchObject({ edition: 1, changed: false });
  const known = await ask('reserves');
  const recorded = await test.db.snapshot(actor, (tx) => findTree(tx, 'reserves'));
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await trees.importTree(actor, reserves('991101,core,,forestless', '991101,buffer,,*,1/3'))).toMatchObject({
    edition: 2,
  });
  const now = await ask('reserves');
  expect(now.tree.edition).toBe(2);
  expect(now.idle).toEqual([expect.objectContaining({ type: 'forestless', reason: 'no-type' })]);
  const tops = (answer: TreeAnswer) => answer.nodes.map(({ code, totals }) => [code, totals.totalFen]);
  expect(tops(now)).not.toEqual(tops(known));
  const then = await test.db.snapshot(actor, (tx) => findTree(tx, 'reserves', recorded!.recordedAt));
  expect(then!.edition).toBe(1);
  expect(tops(await ask('reserves', { asOf: recorded!.recordedAt }))).toEqual(tops(known));
  await test.db.snapshot(actor, async (tx) => {
    expect((await listTrees(tx)).map(({ code, edition }) => [code, edition])).toEqual([
      ...codes.map((code) => [code, 1]),
      ['reserves', 2],
    ]);
    expect(await listTreeMembership(tx, then!)).toHaveLength(1);
    expect((await listTreeMembership(tx, now.tree))[1].share.toString()).toBe('1/3');
    expect(await listTreeNodes(tx, then!)).toHaveLength(2);
    expect((await verifyAuditChain(tx)).broken).toBeUndefined();
  });
});

it('tells rows that decide nothing, of the reader’s own territories', async () => {
  const rows = [
    '991100,core',
    '991101,buffer,nowhere-*',
    '991102,buffer',
    '991103,buffer',
    '991104,buffer',
    '991105,buffer',
  ];
  await trees.importTree(actor, reserves(...rows));
  const { idle, idleCount, node } = await ask('reserves');
  expect([idleCount, idle.map(({ unit, reason }) => [unit, reason])]).toEqual([
    2,
    [
      ['991100', 'overruled'],
      ['991101', 'no-patch'],
    ],
  ]);
  expect(node.totals).toEqual((await administrative('991100')).totals);
});

it('reads a workbook, and tells what is wrong with a file at its cell', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gep-tree-'));
  const book = new ExcelJS.Workbook();
  for (const { sheet, rows } of reserves('991101,core,,forest,0.25'))
    for (const { cells } of rows) (book.getWorksheet(sheet) ?? book.addWorksheet(sheet)).addRow([...cells]);
  await book.xlsx.writeFile(join(folder, 'reserves.xlsx'));
  expect(await importFile(join(folder, 'reserves.xlsx'))).toMatchObject({ nodes: 2, membership: 1 });
  writeFileSync(join(folder, 'bad.json'), '{"tree": {"code": "x"}, "colour": []}');
  await expect(importFile(join(folder, 'bad.json'))).rejects.toMatchObject({
    code: 'territory.tree-refused',
    text: { zh: expect.stringMatching('tree'), en: expect.stringMatching('colour') },
  });
  rmSync(folder, { recursive: true });
});

it.each<[string, string[], string]>([
  ['a unit that is not there', ['991199,core'], 'tree-unit-unknown'],
  ['a unit that lies elsewhere', ['991201,core'], 'tree-unit-elsewhere'],
  ['two nodes on one patch', ['991101,core,a-*', '991101,buffer,a-1'], 'tree-claim-overlap'],
])('refuses %s, and records nothing', async (_what, rows, code) => {
  const before = await test.db.snapshot(actor, (tx) => listTrees(tx));
  await expect(trees.importTree(actor, reserves(...rows))).rejects.toMatchObject({
    code: 'territory.tree-refused',
    facts: { problems: [expect.objectContaining({ code: `territory.${code}` })] },
  });
  expect(await test.db.snapshot(actor, (tx) => listTrees(tx))).toEqual(before);
});

it('refuses what is not there', async () => {
  await expect(ask('nowhere')).rejects.toMatchObject({ code: 'territory.tree-missing' });
  await expect(ask('demonstration-vep', { period: '2020', node: 'bingling' })).rejects.toMatchObject({
    code: 'territory.tree-node-missing',
  });
  await expect(ask('demonstration-vep', { period: '2021' })).rejects.toMatchObject({
    code: 'accounting.account-missing',
  });
  await expect(ask('demonstration-vep', { period: '2010' })).rejects.toMatchObject({ code: 'territory.tree-missing' });
});

it('refuses to add what rests on different editions of the norm', async () => {
  const { files } = await loadNorm(normId, 'rulebook');
  const retitled = files.map(({ path, text }) => ({ path, text: text.replace('核算通用方法', '核算通用方法（改）') }));
  const { norm } = parseNorm(retitled, await loadUnits('rulebook'));
  await new RulebookService(test.db).publish(actor, norm!);
  await compute('2024', '991101');
  const two = testActor(['CN.990000.991100.991101', 'CN.990000.991200.991201']);
  await expect(ask('demonstration-basins', {}, two)).rejects.toMatchObject({ code: 'accounting.tree-editions-differ' });
});
