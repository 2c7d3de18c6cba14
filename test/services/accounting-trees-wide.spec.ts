/** A tree over more observed accounts than one answer divides is refused, and a narrower one over the same land is not. */
import { randomUUID } from 'node:crypto';
import { TreeAccountsService } from '@gep/accounting';
import { RulebookService } from '@gep/rulebook';
import { levelOfCode, parentOfCode, TerritoryService, TreeService, type TreeTable } from '@gep/territory';
import { type AccountingTest, forest, startAccounting } from './accounting-setup';

/** As stated in tree-accounts.service.ts; one village more than this is too many. */
const most = 4000;
const townships = ['520523001', '520523002', '520523003', '520523004', '520523005'];
const villages = Array.from(
  { length: most + 1 },
  (_, at) => `${townships[Math.floor(at / 1000)]}${String(at % 1000).padStart(3, '0')}`,
);

let it$: AccountingTest;
beforeAll(async () => {
  it$ = await startAccounting();
  await it$.publish();
  await new TerritoryService(it$.test.db).importTerritories(
    it$.actor,
    [...townships, ...villages].map((code) => ({
      ...{ code, nameZh: code, nameEn: code, level: levelOfCode(code), parentCode: parentOfCode(code) },
      ...{ validFrom: '2000-01-01', validTo: null, source: 'made up' },
    })),
  );
  await it$.observe(villages.map((code) => forest(code, 1)));
  const { runId } = await it$.runs.requestRecompute(
    it$.actor,
    { period: '2024', normId: 'sample', territory: '520523' },
    randomUUID(),
  );
  expect((await it$.workOff(runId)).state).toBe('done');
}, 240_000);
afterAll(() => it$.close());

const table = (sheet: string, header: string[], cells: string[]): TreeTable => ({
  ...{ sheet, header },
  rows: [{ row: 1, cells }],
});
async function ask(covers: string) {
  const { db } = it$.test;
  await new TreeService(db).importTree(it$.actor, [
    table(
      'tree',
      ['code', 'name', 'kind', 'covers', 'source', 'from'],
      ['basin', '流域', 'watershed', covers, 'map', '2020-01-01'],
    ),
    table('nodes', ['node', 'name'], ['upper', '上游']),
    table('membership', ['unit', 'node'], ['520523005', 'upper']),
  ]);
  const trees = new TreeAccountsService(db, new RulebookService(db));
  return trees.accounts(it$.actor, { tree: 'basin', period: '2024', norm: 'sample' });
}

it(`refuses ${most + 1} observed accounts in both languages, with the way to mend it`, async () => {
  await expect(ask('520523')).rejects.toMatchObject({
    code: 'accounting.tree-too-wide',
    kind: 'too-much',
    facts: { tree: 'basin', period: '2024', most },
    text: {
      zh: expect.stringMatching(/超过 4000 个.*请按较小的范围/),
      en: expect.stringMatching(/more than 4000.*smaller area/),
    },
  });
});

it('divides what lies in one part of the same land', async () => {
  const { nodes, divided } = await ask('520523005');
  expect(divided.map(({ territory }) => territory)).toEqual(['520523005']);
  expect(nodes.map(({ code, totals }) => [code, totals.totalFen])).toEqual([
    ['basin', divided[0].totalFen],
    ['upper', divided[0].totalFen],
    ['outside', 0n],
  ]);
});
