/** A parallel tree over HTTP: taken in once, whole or not at all, by people of the whole nation; refused at its cells. */
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { treeOf } from './api-matrix';
import { formOf, list, startApi, type ApiUnderTest, type Json, type Reply } from './api-under-test';

let api: ApiUnderTest;
let token: string;
beforeAll(async () => {
  api = await startApi();
  token = await api.person('tree-admin', 'admin', 'CN');
});
afterAll(() => api.stop());

interface Sent {
  readonly key?: string;
  readonly by?: string;
  readonly dryRun?: string;
}
const send = (form: FormData, { key = randomUUID(), by = token }: Sent = {}): Promise<Reply> =>
  api.call('POST', '/api/v1/trees', { token: by, form, headers: { 'idempotency-key': key } });
const json = (tables: object, { dryRun = 'false', ...sent }: Sent = {}): Promise<Reply> =>
  send(formOf(JSON.stringify(tables), 'tree.json', { dryRun }), sent);

/** What is recorded of trees, keys and deeds. */
async function traces(): Promise<Record<string, number>> {
  const client = new Client({ connectionString: api.database.superuserUrl });
  await client.connect();
  const { rows } = await client.query<Record<string, number>>(
    `select (select count(*)::int from territory.tree) as editions, (select count(*)::int from territory.tree_membership) as rows,
       (select count(*)::int from platform.idempotency) as keys,
       (select count(*)::int from platform.audit where action = 'territory.tree') as deeds`,
  );
  await client.end();
  return rows[0];
}
const problemsOf = ({ body }: Reply): Json[] => list(body.facts.problems);

it('checks without a trace, takes in once, and gives a repeated command its first answer', async () => {
  const empty = await traces();
  const checked = await json(treeOf('520523'), { dryRun: 'true' });
  expect([checked.status, checked.body]).toMatchObject([200, { edition: 1, changed: true, dryRun: true, nodes: 1 }]);
  expect(await traces()).toEqual(empty);

  const key = randomUUID();
  const [one, two] = await Promise.all([json(treeOf('520523'), { key }), json(treeOf('520523'), { key })]);
  expect([one.status, two.status, two.text]).toEqual([201, 201, one.text]);
  expect([one, two].map(({ headers }) => headers.get('idempotency-replayed')).sort()).toEqual(['true', null].sort());
  const kept = { editions: empty.editions + 1, rows: empty.rows + 1, keys: empty.keys + 1, deeds: empty.deeds + 1 };
  expect(await traces()).toEqual(kept);
  const location = one.headers.get('location')!;
  const shown = await api.call('GET', location, { token: await api.person('reader', 'viewer', '331125') });
  expect([location, shown.body]).toMatchObject([
    '/api/v1/trees/reserves',
    {
      edition: 1,
      digest: one.body.digest,
      covers: '520523',
      membership: [{ unit: '520523', node: 'core', share: '1' }],
    },
  ]);

  const again = await json(treeOf('520523'));
  expect([again.status, again.body]).toMatchObject([200, { edition: 1, changed: false }]);
  expect(await traces()).toEqual({ ...kept, keys: kept.keys + 1 });
  const other = await json(treeOf('520500'), { key });
  expect([other.status, other.body.code]).toEqual([409, 'platform.idempotency-conflict']);
  const next = await json(treeOf('520500'));
  expect([next.status, next.body.edition]).toEqual([201, 2]);
  const audit = await api.call('GET', '/api/v1/audit?action=territory.tree', {
    token: await api.person('auditor', 'auditor', 'CN'),
  });
  expect(list(audit.body.items)[0]).toMatchObject({ action: 'territory.tree', subject: 'reserves' });
});

it('takes the three tables as CSV files of one form', async () => {
  const form = formOf('code,name,kind,covers,source,from\nbasin,流域,流域,520000,map,2020-01-01\n', 'a.csv', {});
  form.append('file', new Blob(['node,parent,name\nupper,,上游\nlower,,下游\n']), 'b.csv');
  form.append('file', new Blob(['unit,node,type,share\n520523,upper,*,1/3\n520523,lower,*,2/3\n']), 'c.csv');
  const reply = await send(form);
  expect([reply.status, reply.body]).toMatchObject([201, { tree: 'basin', nodes: 2, membership: 2 }]);
});

it.each<[string, object | string, string, RegExp]>([
  ['a unit that is not there', { membership: [{ unit: '520599', node: 'core' }] }, 'tree-unit-unknown', /search/],
  ['a unit that lies elsewhere', { membership: [{ unit: '331125', node: 'core' }] }, 'tree-unit-elsewhere', /covers/],
  ['an unknown column', { nodes: [{ node: 'core', name: 'x', colour: 'red' }] }, 'tree-column-unknown', /columns are/],
  [
    'text that cannot be stored',
    { nodes: [{ node: 'core', name: '核\u0000心' }] },
    'tree-cell-unprintable',
    /take them out/,
  ],
  ['half a character', { nodes: [{ node: 'core', name: '核\ud800' }] }, 'tree-cell-unprintable', /take them out/],
])('refuses %s at its cell and keeps nothing', async (_what, change, code, mend) => {
  const before = await traces();
  const reply = await json({ ...treeOf('520523'), ...(change as object) });
  expect([reply.status, reply.body.code]).toEqual([422, 'territory.tree-refused']);
  const [problem] = problemsOf(reply);
  expect(problem).toMatchObject({ code: `territory.${code}`, text: { en: expect.stringMatching(mend) } });
  expect(String(problem.text.zh)).toMatch(/\p{Script=Han}/u);
  expect(await traces()).toEqual(before);
});

it('does not lose rows behind a quote that is never closed', async () => {
  const form = formOf('code,name,kind,covers,source,from\nbasin,流域,流域,520000,map,2020-01-01\n', 'a.csv', {});
  form.append('file', new Blob(['node,parent,name\nupper,,上游\n']), 'b.csv');
  form.append('file', new Blob(['unit,node,type,share\n520523,upper,*,1/3\n"520524,upper,*,1/3\n']), 'c.csv');
  const reply = await send(form);
  expect([reply.status, problemsOf(reply)]).toMatchObject([422, [{ sheet: 'c.csv', row: 3 }]]);
});

it('refuses what is too large, no form, or nothing, and whoever may not', async () => {
  const long = `unit,node\n${'520523,core\n'.repeat(800_000)}`;
  const large = await send(formOf(long, 'membership.csv', {}));
  expect([large.status, large.body.code]).toEqual([413, 'observation.file-too-large']);
  const many = await send(formOf(`unit,node\n${'1,c\n'.repeat(100_001)}`, 'membership.csv', {}));
  expect([many.status, many.body.code]).toEqual([413, 'observation.file-too-large']);
  const bare = await api.call('POST', '/api/v1/trees', {
    ...{ token, body: treeOf('520523') },
    headers: { 'idempotency-key': 'k' },
  });
  expect([bare.status, bare.body.code]).toEqual([415, 'request.content-type']);
  const none = formOf('', 'a.csv', {});
  none.delete('file');
  expect((await send(none)).body.code).toBe('upload.file-missing');
  const unkeyed = await api.call('POST', '/api/v1/trees', { token, form: formOf('{}', 'a.json', {}) });
  expect(unkeyed.status).toBe(422);
  const absent = await json(treeOf('520599'));
  expect([absent.status, absent.body.code]).toEqual([404, 'territory.missing']);
  for (const by of [await api.person('county', 'admin', '520523'), await api.person('counts', 'accountant', 'CN')]) {
    const reply = await json(treeOf('520523'), { by });
    expect([reply.status, reply.body.code]).toEqual([403, 'access.forbidden']);
  }
});
