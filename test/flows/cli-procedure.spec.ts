/** Procedures from a terminal, as real processes: a figure disputed and decided by persons who sign in, and a result published. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { operator, UserService } from '@gep/access';
import { ClockBooks, openSubject, owePublication } from '@gep/procedure';
import { RulebookFolder } from '@gep/rulebook';
import { cliOnDatabase } from './cli-place';
import { gep, root } from './cli-under-test';

const { database, done, environment, run } = cliOnDatabase();
const password = 'lake of seven herons';
const county = { code: '520523', path: 'CN.520000.520500.520523' };
const subject = { kind: 'sample', id: randomUUID() };
const as = (login: string, ...args: string[]) => run([...args, '--as', login, '--password-stdin'], `${password}\n`);
const told = async (...args: string[]) => (await gep(['--lang', 'en', ...args], { env: environment() })).stdout;
const acting = async (login: string, ...args: string[]) => {
  const { code, stderr, stdout } = await as(login, '--json', ...args);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as { id: string; state: string; publishedOn: string | null };
};
const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

it('disputes a figure from query to decision, and shows what is frozen and which clocks run', async () => {
  await done(['territory', 'import', '--file', path.join(root, 'rulebook/territories/sample.yaml')]);
  const users = new UserService(database().db);
  for (const [login, role] of [
    ['c-party', 'party'],
    ['c-administrator', 'fund-administrator'],
    ['c-checker', 'fund-checker'],
  ] as const)
    await users.addUser(operator, { login, name: login, grants: [{ role, territory: county }], password });
  const book = await new ClockBooks(new RulebookFolder(path.join(root, 'rulebook'))).read();
  await database().db.transaction(operator, async (tx) => {
    await openSubject(
      tx,
      operator,
      { kind: 'sample', first: 'computed' },
      { id: subject.id, territoryPath: county.path },
    );
    const debt = { subject, territoryPath: county.path, rule: 'result', document: { amountFen: '100' } } as const;
    await owePublication(tx, operator, book, { ...debt, from: '2025-04-25' });
  });
  const filing = ['appeal', 'file', subject.kind, subject.id, '--figure', '520523', '--shown-fen', '100'];
  const more = ['--territory', '520523', '--known-on', today(), '--grounds', '五月降水缺测'];
  const { id, state } = await acting('c-party', ...filing, ...more);
  expect(state).toBe('queried');
  const shown = await done<{ frozen: string[]; clocks: unknown[] }>(['procedure', 'show', 'sample', subject.id]);
  expect(shown).toMatchObject({ state: 'computed', frozen: ['520523'], clocks: [{ code: 'result-publication' }] });
  // A settlement has no figure that nobody computed.
  const empty = { kind: 'settlement', id: randomUUID() };
  await database().db.transaction(operator, (tx) =>
    openSubject(tx, operator, { kind: 'settlement', first: 'computed' }, { id: empty.id, territoryPath: county.path }),
  );
  const nothing = await as('c-party', 'appeal', 'file', empty.kind, empty.id, '--figure', '520523', ...more);
  expect([nothing.code, nothing.stderr]).toEqual([1, expect.stringContaining('.missing')]);
  const byCode = await as('c-party', 'appeal', 'file', 'settlement', 'no-such-code', ...more);
  expect([byCode.code, byCode.stderr]).toEqual([1, expect.stringContaining('settlement.missing')]);
  const refused = await as('c-party', '--lang', 'en', 'appeal', 'reply', id, '--reason', '自己答复自己');
  expect([refused.code, refused.stderr]).toEqual([
    1,
    expect.stringContaining('takes the permission settlement.prepare'),
  ]);
  await acting('c-administrator', 'appeal', 'reply', id, '--reason', '五月数据已补');
  await acting('c-party', 'appeal', 'complain', id, '--reason', '答复未说明');
  expect((await acting('c-checker', 'appeal', 'decide', id, 'reject', '--reason', '数据完整')).state).toBe('rejected');
  expect(await done(['appeal', 'list'])).toMatchObject([{ id, outcome: 'rejected', shownFen: '100' }]);
  expect(await done(['appeal', 'list', '--open'])).toEqual([]);
  const shownAppeal = await told('appeal', 'show', id);
  expect(shownAppeal).toMatch(/c-checker/);
  expect(shownAppeal).toMatch(/reply to a query +done on \S+ +duty[^]*query-reply/);
  expect(await told('procedure', 'show', 'sample', subject.id)).toMatch(
    /publication of a result +overdue by \d+ days +duty[^]*result-publication/,
  );
});

it('lists what is late, publishes it, and shows it with the way to object', async () => {
  expect(await done(['clock', 'list', '--overdue'])).toMatchObject([
    { code: 'result-publication', dueOn: '2025-05-27' },
  ]);
  expect(await done(['clock', 'list', '--overdue', '--on', '2025-05-27'])).toEqual([]);
  const [duty] = await done<{ id: string }[]>(['publication', 'list', '--overdue', '--within', '520523']);
  expect((await acting('c-administrator', 'publication', 'publish', duty.id)).publishedOn).toBe(today());
  const twice = await as('c-administrator', 'publication', 'except', duty.id, '--law', '条例', '--reason', '国家秘密');
  expect([twice.code, twice.stderr]).toEqual([1, expect.stringContaining('procedure.publication-refused')]);
  expect(await done(['publication', 'list', '--published'])).toMatchObject([{ id: duty.id, rule: 'result' }]);
  const shown = await told('publication', 'show', duty.id);
  expect(shown).toMatch(/"amountFen": "100"[\s\S]*gep appeal file sample/);
  expect(await told('publication', 'list')).toMatch(/published late on/);
});

it.each([
  ['procedure', 'show', 'sample', 'nope'],
  ['publication', 'show', 'nope'],
  ['publication', 'publish', 'nope', '--as'],
  ['publication', 'except', 'nope', '--law', '条例', '--reason', '国家秘密', '--as'],
  ['appeal', 'show', 'nope'],
  ['appeal', 'withdraw', 'nope', '--reason', '已说明清楚', '--as'],
  [
    'appeal',
    'file',
    'sample',
    'nope',
    '--territory',
    '520523',
    '--known-on',
    '2025-06-03',
    '--grounds',
    '缺测',
    '--as',
  ],
  ['dividend', 'show', 'nope'],
  ['dividend', 'unclaimed', 'nope'],
  ['dividend', 'proof', 'nope', '--owner', 'a'],
])('takes a name that is no id for missing: %s %s', async (...args) => {
  const { code, stderr } = args.at(-1) === '--as' ? await as('c-party', ...args.slice(0, -1)) : await run(args);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/(procedure\.missing|dividend-missing)/)]);
});
