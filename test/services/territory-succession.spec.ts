/** Merges, splits and changes of name on the real database: the tree before and after, what is recorded, and what is refused. */
import {
  getTerritory,
  levelOfCode,
  listChildren,
  listSubtree,
  listSuccessions,
  parentOfCode,
  sharesAsGiven,
  sharesByArea,
  sharesByMap,
  SuccessionService,
  TerritoryService,
  type SuccessionChange,
} from '@gep/territory';
import { Fraction } from '@gep/kernel';
import { verifyAuditChain } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { takeInPlaces } from '../../tools/start/sample.service';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';

const actor = testActor();
let test: TestDatabase;
let service: SuccessionService;
beforeEach(async () => {
  test = await createTestDatabase();
  service = new SuccessionService(test.db);
  const codes = ['CN', '990000', '990100', '990101', '990102', '990101001', '990101001001', '990102001', '990200'];
  await new TerritoryService(test.db).importTerritories(
    actor,
    [...codes, '990102-mine'].map((code) => ({
      ...{ code, nameZh: `名${code}`, nameEn: null, level: levelOfCode(code), parentCode: parentOfCode(code) },
      ...{ validFrom: '2000-01-01', validTo: null, source: 'made up' },
    })),
  );
});
afterEach(() => test.drop());

const read = <T>(work: (tx: EntityManager) => Promise<T>) => test.db.snapshot(testActor([]), work);
const codesBelow = async (code: string, date: string): Promise<string[]> =>
  (await read((tx) => listSubtree(tx, code, date))).map((row) => row.code);
const merge = (more: Partial<SuccessionChange> = {}): SuccessionChange => ({
  kind: 'merge',
  effective: '2024-01-01',
  predecessors: ['990101', '990102'],
  successors: [{ code: '990102' }],
  basis: 'whole',
  source: 'order 12',
  ...more,
});
const split = (more: Partial<SuccessionChange> = {}): SuccessionChange => ({
  kind: 'split',
  effective: '2024-01-01',
  predecessors: ['990101'],
  successors: [{ code: '990101' }, { code: '990103', nameZh: '新' }],
  shares: sharesAsGiven(
    new Map([
      ['990101', Fraction.of(1n, 3n)],
      ['990103', Fraction.of(2n, 3n)],
    ]),
  ),
  basis: 'given',
  source: 'order 13',
  ...more,
});

it('a merge ends one county, and what lay below it lies below the other from that day', async () => {
  expect(await service.recordSuccession(actor, merge())).toMatchObject({ changed: true, closed: 3, added: 2 });
  expect(await codesBelow('990100', '2023-12-31')).toEqual([
    ...['990100', '990101', '990102', '990101001', '990102-mine', '990102001', '990101001001'],
  ]);
  expect(await codesBelow('990100', '2024-01-01')).toEqual([
    ...['990100', '990102', '990101001', '990102-mine', '990102001', '990101001001'],
  ]);
  expect(await read((tx) => getTerritory(tx, '990101001001', '2024-06-30'))).toMatchObject({
    path: 'CN.990000.990100.990102.990101001.990101001001',
    parentCode: '990101001',
  });
  expect(await read((tx) => listSuccessions(tx, ['990101']))).toEqual([
    expect.objectContaining({ predecessor: '990101', successor: '990102', share: Fraction.one, basis: 'whole' }),
  ]);
  expect((await read((tx) => verifyAuditChain(tx))).broken).toBeUndefined();
});

it('the same change again changes nothing; another one for that day is refused', async () => {
  await service.recordSuccession(actor, merge());
  const { rows } = await read((tx) => verifyAuditChain(tx));
  expect(await service.recordSuccession(actor, merge())).toMatchObject({ changed: false, closed: 0, added: 0 });
  expect((await read((tx) => verifyAuditChain(tx))).rows).toBe(rows);
  const other = merge({ successors: [{ code: '990105', nameZh: '新' }] });
  await expect(service.recordSuccession(actor, other)).rejects.toMatchObject({ code: 'territory.succession-refused' });
});

it('the import of before leaves ended what a merge has ended; a first start leaves alone what got another name', async () => {
  const recorded = await read((tx) => listSubtree(tx, 'CN', '2020-01-01'));
  const rows = recorded.map(({ path: _path, ...row }) => row);
  await service.recordSuccession(
    actor,
    merge({ successors: [{ code: '990105', nameZh: '合' }], predecessors: ['990101'], kind: 'rename' }),
  );
  const territories = new TerritoryService(test.db);
  const again = await territories.importTerritories(
    actor,
    rows.filter(({ code }) => code === '990101'),
  );
  expect(again).toMatchObject({ added: 0, closed: 0, unchanged: 1 });
  expect(await codesBelow('990100', '2024-01-01')).not.toContain('990101');
  const named = { ...rows.find(({ code }) => code === '990102')!, nameZh: '旧名' };
  await expect(territories.importTerritories(actor, [named])).rejects.toMatchObject({
    code: 'territory.import-refused',
  });
  const fresh = { ...named, code: '990109' };
  await takeInPlaces(test.db, [named, fresh]);
  expect((await read((tx) => getTerritory(tx, '990102', '2024-01-01'))).nameZh).toBe('名990102');
  expect((await read((tx) => getTerritory(tx, '990109', '2024-01-01'))).nameZh).toBe('旧名');
  // Whoever founds it anew says so by its day.
  const anew = { ...rows.find(({ code }) => code === '990101')!, validFrom: '2024-01-01' };
  expect(await territories.importTerritories(actor, [anew])).toMatchObject({ added: 1 });
});

it('a split keeps its exact shares, and each territory below goes where it is said to', async () => {
  await service.recordSuccession(actor, split({ children: new Map([['990101001', '990103']]) }));
  expect(
    (await read((tx) => listChildren(tx, '990100', '2024-01-01'))).map(({ code, nameZh }) => [code, nameZh]),
  ).toEqual([
    ['990101', '名990101'],
    ['990102', '名990102'],
    ['990103', '新'],
  ]);
  expect(await codesBelow('990103', '2024-01-01')).toEqual(['990103', '990101001', '990101001001']);
  const recorded = await read((tx) => listSuccessions(tx));
  expect(recorded.map(({ successor, share }) => [successor, share.toString()])).toEqual([
    ['990101', '1/3'],
    ['990103', '2/3'],
  ]);
});

it('a split by map keeps the shares of every ecosystem type', async () => {
  const shares = sharesByMap([
    { patch: 'a', type: 'forest', area: '1', successor: '990101' },
    { patch: 'b', type: 'forest', area: '2', successor: '990103' },
    { patch: 'c', type: 'grass', area: '0.5', successor: '990103' },
  ]);
  await service.recordSuccession(actor, split({ shares, basis: 'map' }));
  const [stays, goes] = await read((tx) => listSuccessions(tx, ['990101']));
  expect([stays.share.toString(), goes.share.toString()]).toEqual(['2/7', '5/7']);
  expect(stays.shareByType).toEqual({ forest: Fraction.of(1n, 3n), grass: Fraction.zero });
  expect(goes.shareByType).toEqual({ forest: Fraction.of(2n, 3n), grass: Fraction.one });
});

it('a change of name keeps code and children; a change of code takes the children along', async () => {
  const rename = { kind: 'rename', predecessors: ['990101'], basis: 'whole', source: 'order 14' } as const;
  const named = { ...rename, effective: '2022-01-01', successors: [{ code: '990101', nameZh: '新安县' }] };
  expect(await service.recordSuccession(actor, named)).toMatchObject({ closed: 1, added: 1 });
  const recoded = { ...rename, effective: '2023-01-01', successors: [{ code: '990111', nameZh: '新安市' }] };
  expect(await service.recordSuccession(actor, recoded)).toMatchObject({ closed: 3, added: 3 });
  const namesOn = async (date: string) =>
    (await read((tx) => listChildren(tx, '990100', date))).map(({ nameZh }) => nameZh);
  expect([await namesOn('2021-12-31'), await namesOn('2022-12-31'), await namesOn('2023-01-01')]).toEqual([
    ['名990101', '名990102'],
    ['新安县', '名990102'],
    ['名990102', '新安市'],
  ]);
  expect(await codesBelow('990111', '2023-01-01')).toEqual(['990111', '990101001', '990101001001']);
});

const given = (...pairs: [string, bigint][]) => new Map(pairs.map(([code, share]) => [code, Fraction.of(share, 10n)]));
it.each<[string, SuccessionChange, string]>([
  ['a merge of one', merge({ predecessors: ['990101'] }), 'succession-refused'],
  ['a split into one', split({ successors: [{ code: '990103', nameZh: '新' }] }), 'succession-refused'],
  [
    'a successor without a share',
    split({ successors: [{ code: '990101' }, { code: '990104', nameZh: '新' }] }),
    'succession-refused',
  ],
  ['counties and prefectures', merge({ predecessors: ['990101', '990200'] }), 'succession-refused'],
  ['a successor of another level', merge({ successors: [{ code: '990300', nameZh: '新' }] }), 'succession-refused'],
  [
    'a successor that is there',
    split({ successors: [{ code: '990101' }, { code: '990102', nameZh: '新' }] }),
    'succession-refused',
  ],
  ['a new one without a name', merge({ successors: [{ code: '990103' }] }), 'succession-refused'],
  ['a site that would move', merge({ successors: [{ code: '990101' }] }), 'succession-refused'],
  ['a day before it was there', merge({ effective: '1999-01-01' }), 'succession-refused'],
  ['nobody', merge({ predecessors: ['990108', '990101'] }), 'missing'],
  [
    'a child of an ended county that goes nowhere',
    split({
      successors: [
        { code: '990103', nameZh: '甲' },
        { code: '990104', nameZh: '乙' },
      ],
    }),
    'succession-refused',
  ],
])('refuses %s, and records nothing', async (_what, change, code) => {
  await expect(service.recordSuccession(actor, change)).rejects.toMatchObject({ code: `territory.${code}` });
  expect(await read((tx) => listSuccessions(tx))).toEqual([]);
  expect(await codesBelow('990100', '2030-01-01')).toHaveLength(7);
});

it('refuses shares that are no shares', () => {
  const unfit = expect.objectContaining({ code: 'territory.succession-shares-unfit' }) as Error;
  expect(() => sharesAsGiven(given(['a', 5n], ['b', 4n]))).toThrow(unfit);
  expect(() => sharesAsGiven(given(['a', 11n], ['b', -1n]))).toThrow(unfit);
  expect(() => sharesByArea(given(['a', 0n], ['b', 1n]))).toThrow(unfit);
  const patch = { patch: 'a', type: 'forest', area: '1', successor: 'x' };
  expect(() => sharesByMap([patch, patch])).toThrow(unfit);
  expect(() => sharesByMap([{ ...patch, area: 'much' }])).toThrow(unfit);
});
