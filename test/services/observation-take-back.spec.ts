/** A data sheet that is taken back: the others stand on, the next account is without it, and what is judged stays closed. */
import { randomUUID } from 'node:crypto';
import { ReviewGate } from '@gep/accounting';
import { currentObservations, getBatch, listBatches, listStandingUploads, SheetTakeBack } from '@gep/observation';
import { RulebookService } from '@gep/rulebook';
import type { AccountingTest } from './accounting-setup';
import { county, holder, paths, reviewsOfEachTest } from './review-setup';

const test = reviewsOfEachTest();
let it$: AccountingTest;
let service: SheetTakeBack;
beforeEach(() => {
  it$ = test.place().accounting;
  service = new SheetTakeBack(it$.test.db, new RulebookService(it$.test.db), new ReviewGate());
});

const here = { territory: county, period: '2024' };
const land = { extent: [{ ...here, type: 'forest', area: 2, rain: 1000 }] };
const maize = (quantity: number) => ({ statistics: [{ ...here, item: 'maize', quantity, price: 1000 }] });
const reporter = holder('reporter');
const takeBack = (dataSheet: string, who = reporter, key: string = randomUUID()) =>
  service.takeBack(who, { ...here, normId: 'sample', dataSheet, reason: '误报了上一年的数据' }, key);
const refusal = (doing: Promise<unknown>) =>
  doing.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );
const standing = async () =>
  (
    await test.inDatabase((tx) => listStandingUploads(tx, { period: '2024', normId: 'sample', territories: [county] }))
  ).map(({ dataSheet }) => dataSheet);
const digest = async () =>
  (
    await test.inDatabase((tx) => currentObservations(tx, { period: '2024', normId: 'sample', territories: [county] }))
  )[0]?.digest;
const yuan = async () => {
  await it$.recompute('2024');
  return Number((await it$.account(county))!.totals.totalFen) / 100;
};

it('leaves what the other sheets say, and the next account is made of that', async () => {
  await it$.deliver('land', land);
  const without = await digest();
  expect(await yuan()).toBe(20_000);
  await it$.deliver('crops', maize(3));
  expect(await yuan()).toBe(23_000);
  const before = (await it$.account(county))!;

  const key = randomUUID();
  const done = await takeBack('crops', reporter, key);
  expect(done).toMatchObject({ dataSheets: ['land'], digest: without, replayed: false });
  expect(await takeBack('crops', reporter, key)).toEqual({ ...done, replayed: true });
  expect([await standing(), await digest()]).toEqual([['land'], without]);
  expect(await yuan()).toBe(20_000);
  expect((await it$.account(county))!.id).not.toBe(before.id);
  expect((await it$.account(county, { asOf: before.recordedAt }))!.id).toBe(before.id);

  const [trail] = await test.inDatabase((tx) =>
    tx.query<{ path: string; after: object }[]>(
      `select territory_path::text as path, after_json::json as after from platform.audit where action = 'observation.sheet-taken-back'`,
    ),
  );
  expect(trail).toMatchObject({ path: paths[county], after: { dataSheet: 'crops', reason: '误报了上一年的数据' } });
  const [last] = await test.inDatabase((tx) => listBatches(tx, { limit: 1 }));
  expect(last).toMatchObject({ id: done.batchId, dataSheet: 'crops', format: null, takenBack: '误报了上一年的数据' });
  expect((await test.inDatabase((tx) => getBatch(tx, done.batchId))).problems).toEqual([]);
  expect((await test.events('observation.batchImported')).map(({ key: of }) => of)).toContain(done.batchId);

  const again = await it$.deliver('crops', maize(3));
  expect([again.alreadyImported, again.territories[0].dataSheets]).toEqual([false, ['crops', 'land']]);
  expect(await yuan()).toBe(23_000);
});

it('does not bring back what the sheet had taken over from a whole upload', async () => {
  await it$.observe(land.extent, maize(5).statistics);
  await it$.deliver('crops', maize(3));
  await it$.deliver('rain', { attributes: [{ ...here, type: '*', attribute: 'rain', value: 500 }] });
  expect(await yuan()).toBeLessThan(20_000 + 3000);
  expect(await takeBack('crops')).toMatchObject({ dataSheets: ['rain'] });
  const [{ statistics, chunks }] = await test.inDatabase((tx) =>
    currentObservations(tx, { period: '2024', normId: 'sample', territories: [county] }),
  );
  expect([statistics, chunks.length]).toEqual([[], 1]);
  const masked = await digest();
  await it$.deliver('crops', maize(3));
  await takeBack('crops');
  expect(await digest()).toBe(masked);
});

it('refuses what does not stand, what would leave nothing, and another place', async () => {
  await it$.deliver('land', land, { actor: reporter });
  await it$.deliver('crops', maize(3), { actor: reporter });
  expect(await refusal(takeBack('rain'))).toBe('observation.sheet-not-standing');
  expect(await refusal(takeBack('land'))).toBe('observation.nothing-left');
  expect(await refusal(takeBack('crops', holder('reporter', '520521')))).toBe('territory.missing');
  expect(await refusal(takeBack('crops', holder('reporter', '520500')))).toBe('observation.sheet-closed');
  expect(await standing()).toEqual(['crops', 'land']);
  expect(await refusal(takeBack('crops'))).toBe('done');
  expect(await refusal(takeBack('crops'))).toBe('observation.sheet-not-standing');
});

it('is open while an account is judged, which then starts anew, and closed once it is approved', async () => {
  await it$.deliver('land', land, { actor: reporter });
  await it$.deliver('crops', maize(3), { actor: reporter });
  await it$.recompute('2024');
  await test.goUp(county, 2);
  await takeBack('crops');
  await it$.recompute('2024');
  expect(await test.show()).toMatchObject({ state: 'computed' });

  await it$.deliver('crops', maize(4), { actor: reporter });
  await it$.recompute('2024');
  for (const [act, role] of [
    ['check', 'checker'],
    ['review', 'expert'],
    ['approve', 'approver'],
  ] as const)
    await test.act(act, holder(role));
  const closed = takeBack('crops');
  await expect(closed).rejects.toMatchObject({
    code: 'observation.sheet-closed',
    facts: { lock: 'accounting.account-locked', dataSheet: 'crops' },
  });
  expect(await standing()).toEqual(['crops', 'land']);
});
