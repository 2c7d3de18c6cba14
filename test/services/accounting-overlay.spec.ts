/** A county's own norm: what holds for one place is added up nowhere above it, and what lies under the base is told. */
import { randomUUID } from 'node:crypto';
import { listFailures } from '@gep/accounting';
import { ObservationService } from '@gep/observation';
import { loadUnits, parseNorm, RulebookService } from '@gep/rulebook';
import { normText, startAccounting, type AccountingTest } from './accounting-setup';

const county = '520523';
const ownText = `
id: own
extends: sample
place: '${county}'
title: { zh: 本县, en: Own }
status: usable
basis: [{ zh: 无, en: none }]
parameters:
  - { code: waterPrice, values: [{ value: 3, from: 2000-01-01, grade: published, source: county }] }
`;

let it$: AccountingTest;
beforeAll(async () => {
  it$ = await startAccounting();
  await it$.publish();
  const files = [
    { path: 'norm.yaml', text: ownText },
    { path: 'sample/norm.yaml', text: normText() },
  ];
  const { norm, problems } = parseNorm(files, await loadUnits('rulebook'));
  if (!norm) throw new Error(JSON.stringify(problems));
  await new RulebookService(it$.test.db).publish(it$.actor, norm);
});
afterAll(() => it$.close());

const run = async (territory: string) => {
  const request = { period: '2024', normId: 'own', territory };
  const { runId } = await it$.runs.requestRecompute(it$.actor, request, randomUUID());
  return it$.workOff(runId);
};

async function importUnderOwn(json: string) {
  const service = new ObservationService(it$.test.db, new RulebookService(it$.test.db));
  return service.importFile(it$.actor, { bytes: Buffer.from(json), fileName: 'own.json', normId: 'own' });
}

it('says under which norm the observations lie, and takes them over as they are', async () => {
  await it$.observe([{ territory: county, period: '2024', type: 'forest', area: 10, rain: 1000 }]);
  await expect(run(county)).rejects.toMatchObject({
    code: 'accounting.nothing-observed',
    facts: { norm: 'own', base: 'sample', first: county },
    message: expect.stringContaining('gep observe --from sample --norm own'),
  });
  const service = new ObservationService(it$.test.db, new RulebookService(it$.test.db));
  const of = { period: '2024', normId: 'sample', territories: [county] };
  const { json } = await service.exportObservations(it$.actor, of);
  expect(await importUnderOwn(json)).toMatchObject({ status: 'accepted', counts: { acceptedRows: 1 } });
});

it.each(['CN', county])('computes the place and what is in it, and nothing above, asked for %s', async (territory) => {
  const { id, progress } = await run(territory);
  expect(progress.territories).toMatchObject({ total: 1, refused: 0 });
  expect(await it$.test.db.snapshot(it$.actor, (tx) => listFailures(tx, id))).toEqual([]);
  const recorded = await it$.test.db.snapshot(it$.actor, (tx) =>
    tx.query<{ code: string }[]>(`SELECT territory_code AS code FROM accounting.account WHERE norm_id = 'own'`),
  );
  expect(recorded).toEqual([{ code: county }]);
});

it('refuses by name what was observed elsewhere under it', async () => {
  await importUnderOwn(
    JSON.stringify({ extent: [{ territory: '530102', period: '2024', type: 'forest', area: 1, rain: 1000 }] }),
  );
  const { id, progress } = await run('CN');
  expect(progress.territories).toMatchObject({ total: 2, unchanged: 1, refused: 1 });
  const failures = await it$.test.db.snapshot(it$.actor, (tx) => listFailures(tx, id));
  expect(failures).toEqual([expect.objectContaining({ subject: '530102', code: 'accounting.norm-holds-elsewhere' })]);
});
