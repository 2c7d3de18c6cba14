/** Credit at the terminal: scored from a table without a database; a record from report to repair by persons who sign in. */
import { randomUUID } from 'node:crypto';
import { operator, UserService } from '@gep/access';
import { loadPolicy, PolicyService } from '@gep/rulebook';
import { TerritoryService } from '@gep/territory';
import { testActor } from '../fixtures/test-database';
import { cliOnDatabase, withoutDatabase } from './cli-place';

const password = 'lake of seven herons';
const { at, write, database, done, run } = cliOnDatabase();
const territory = { code: '331125', path: 'CN.330000.331100.331125' };
const hands = {
  reporter: 'credit-reporter',
  checker: 'credit-checker',
  officer: 'credit-officer',
  approver: 'credit-approver',
  villager: 'credit-subject',
} as const;
const paper = 'a'.repeat(64);

beforeAll(async () => {
  const dated = { nameEn: null, validFrom: '2000-01-01', validTo: null, source: 'made up' };
  const { db } = database();
  await new TerritoryService(db).importTerritories(operator, [
    { code: 'CN', nameZh: '全国', level: 'nation', parentCode: null, ...dated },
    { code: '330000', nameZh: '浙江省', level: 'province', parentCode: 'CN', ...dated },
    { code: '331100', nameZh: '丽水市', level: 'prefecture', parentCode: '330000', ...dated },
    { code: '331125', nameZh: '云和县', level: 'county', parentCode: '331100', ...dated },
  ]);
  for (const [login, role] of Object.entries(hands))
    await new UserService(db).addUser(operator, { login, name: login, grants: [{ role, territory }], password });
  const policies = new PolicyService(db);
  const rule = await loadPolicy('yunhe-wuxi', 'rulebook');
  await policies.propose(testActor(['CN'], 'proposer'), rule, randomUUID());
  const wish = { edition: rule.edition, territoryPath: territory.path, from: '2020-01-01', reason: 'made up' };
  await policies.adopt(testActor(['CN'], 'adopter'), { ...wish, confirming: 'the base is ours' }, randomUUID());
});

const as = <T>(login: keyof typeof hands, ...args: readonly string[]): Promise<T> =>
  done<T>(['credit', ...args, '--as', login, '--password-stdin'], `${password}\n`);

it('scores a table by the list that ships, with a reason for each row, and runs no skeleton', async () => {
  const file = at(write('events.csv', 'unit,event,act\nh1,1,sorting\nh1,2,frontage\n'));
  const scored = await withoutDatabase([
    'policy',
    'run',
    '--rule',
    'yunhe-wuxi',
    '--input',
    file,
    '--period',
    '2020-04',
    '--trace',
  ]);
  expect([scored.code, scored.stdout]).toEqual([0, expect.stringMatching(/99[\s\S]*(counted|计入)/)]);
  const skeleton = await withoutDatabase([
    'policy',
    'run',
    '--rule',
    'lishui-credit',
    '--input',
    file,
    '--period',
    '2020',
  ]);
  expect([skeleton.code, skeleton.stderr]).toEqual([1, expect.stringMatching(/skeleton|骨架/)]);
});

it('takes an entry through its hands and shows the subject its record', async () => {
  const given = ['--name', '演示人', '--number', '990101199001010043', '--since', '2020-01-01', '--consent', paper];
  const { id: subject } = await as<{ id: string }>('officer', 'register', '331125', 'person', ...given);
  const evidence = ['--day', '2026-01-05', '--evidence', 'photograph', '--digest', paper];
  const { id: entry } = await as<{ id: string }>('reporter', 'report', subject, 'sorting', ...evidence, '--times', '4');
  const early = await run(['credit', 'act', entry, 'accept', '--as', 'officer', '--password-stdin'], `${password}\n`);
  expect(early.code).toBe(1);
  expect(await as('checker', 'act', entry, 'accept')).toMatchObject({ state: 'effective' });
  expect(await as('officer', 'score', subject, '--purpose', 'yearly review')).toMatchObject({
    score: '104',
    grade: null,
  });
  await as('officer', 'link', subject, 'villager');
  await as('approver', 'act', entry, 'void', '--reason', 'the wrong household');
  const [mine] = await as<{ score: { score: string }; readings: object[] }[]>('villager', 'mine');
  expect([mine.score.score, mine.readings.length]).toEqual(['100', 1]);
  const list = await done<{ behaviours: object[]; counts: object[] }>(['credit', 'catalogue', '331125']);
  expect([list.behaviours.length, list.counts]).toEqual([
    8,
    [expect.objectContaining({ empty: 5 }), expect.objectContaining({ empty: 7 })],
  ]);
});

it('takes a village from its sheet over points to goods, and scores everybody anew', async () => {
  const register = (number: string) =>
    as<{ id: string }>('officer', 'register', '331125', 'person', '--name', '演示人', '--number', number, ...since);
  const since = ['--since', '2020-01-01', '--consent', paper];
  const [{ id: one }, { id: other }] = [await register('990101199001010051'), await register('990101199001010078')];
  const rows = (day: string) =>
    [
      'subject,behaviour,day,times,evidence,evidenceDigest',
      ...[one, other].map((subject) => `${subject},sorting,${day},4,photograph,${paper}`),
    ].join('\n');
  const hand = (file: string) => [
    'credit',
    'village',
    'hand',
    '331125',
    '2026-02',
    file,
    '--as',
    'reporter',
    '--password-stdin',
  ];
  const refused = await run(hand(at(write('wrong.csv', rows('2026-02-30')))), `${password}\n`);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('2026-02-30')]);
  const { id: sheet } = await done<{ id: string }>(hand(at(write('sheet.csv', rows('2026-02-05')))), `${password}\n`);
  expect(await as('checker', 'village', 'check', sheet)).toMatchObject({ accepted: 2, confirmed: 0, refused: [] });
  expect(await as('checker', 'village', 'list', '331125', '--month', '2026-02')).toMatchObject([
    { id: sheet, territory: '331125', entries: 2, unchecked: 0 },
  ]);
  const named = ['--zh', '香皂', '--en', 'Soap', '--price', '2', '--digest', paper];
  const { id: goods } = await as<{ id: string }>('officer', 'goods', 'publish', '331125', 'soap', ...named);
  expect(await as('officer', 'goods', 'stock', goods, '3')).toMatchObject({ stock: 3 });
  const { id: order } = await as<{ id: string }>('officer', 'order', other, goods);
  expect(await as('officer', 'order-act', order, 'void', '--reason', 'nobody came')).toMatchObject({ state: 'void' });
  await as('officer', 'link', one, 'villager');
  const { id: own } = await as<{ id: string }>('villager', 'own', 'order', goods, '--quantity', '2', '--subject', one);
  expect(await as('checker', 'order-act', own, 'hand-over')).toMatchObject({ state: 'handed-over', points: '4' });
  expect(await as('villager', 'own', 'goods')).toMatchObject([{ id: goods, stock: 1, price: 2 }]);
  expect(await as('villager', 'own', 'orders')).toMatchObject([{ id: own, state: 'handed-over' }]);
  expect(await as('officer', 'orders', other)).toMatchObject([{ id: order, state: 'void' }]);
  expect(await as('officer', 'points', one)).toMatchObject([{ held: '0', spent: '4' }]);
  const scored = await as<{ id: string; subjects: number }>('officer', 'rescore', '331125');
  expect(scored.subjects).toBeGreaterThanOrEqual(2);
  expect(await as('officer', 'rescores')).toMatchObject([{ id: scored.id }]);
});
