/** The size of the nation: townships of 2,700 counties taken in at once, again, and asked for. Made up, so no download. */
import { verifyAuditChain } from '@gep/platform';
import { levelOfCode, listSubtree, parentOfCode, TerritoryService, type TerritoryRow } from '@gep/territory';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const two = (number: number) => String(number).padStart(2, '0');

/** 30 provinces × 10 prefectures × 9 counties × 15 townships: 43,531 rows. */
function madeUpNation(): TerritoryRow[] {
  const codes = ['CN'];
  for (let province = 11; province <= 40; province++) {
    codes.push(`${province}0000`);
    for (let prefecture = 1; prefecture <= 10; prefecture++) {
      codes.push(`${province}${two(prefecture)}00`);
      for (let county = 1; county <= 9; county++) {
        const code = `${province}${two(prefecture)}${two(county)}`;
        codes.push(code);
        for (let township = 1; township <= 15; township++) codes.push(`${code}${String(township).padStart(3, '0')}`);
      }
    }
  }
  const stated = { nameEn: null, validFrom: '2023-06-30', validTo: null, source: 'made up' };
  return codes.map((code) => ({
    ...stated,
    code,
    nameZh: code,
    level: levelOfCode(code),
    parentCode: parentOfCode(code),
  }));
}

it('is taken in within seconds, and the second time nothing is new', async () => {
  const service = new TerritoryService(test.db);
  const rows = madeUpNation();
  expect(rows.length).toBe(43_531);
  const begun = performance.now();
  expect(await service.importTerritories(testActor(), rows)).toMatchObject({ added: rows.length });
  const first = performance.now() - begun;
  expect(await service.importTerritories(testActor(), rows)).toMatchObject({ added: 0, unchanged: rows.length });
  const second = performance.now() - begun - first;
  // Generous: two cores shared with everything else still must not turn seconds into minutes.
  expect(first).toBeLessThan(30_000);
  expect(second).toBeLessThan(15_000);
  expect((await test.db.snapshot(testActor(), (tx) => verifyAuditChain(tx))).rows).toBe(1);
  const county = await test.db.snapshot(testActor(), (tx) => listSubtree(tx, '250503', '2024-01-01'));
  expect(county).toHaveLength(16);
  const counties = await test.db.snapshot(testActor(), (tx) => listSubtree(tx, 'CN', '2024-01-01', ['county']));
  expect(counties).toHaveLength(2700);
});
