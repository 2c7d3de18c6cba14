/** Uploads that go wrong on their way: repeated, cut off, too large, of another type. None leaves anything half done. */
import { randomUUID } from 'node:crypto';
import { request as httpRequest, type ClientRequest } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { formOf, list, startApi, type ApiUnderTest, type Reply } from './api-under-test';

const norm = 'jinsha-mine-2026';
const csv = (area: number) =>
  `territory,period,type,area,precipitation\n520523,2021,forestLand,${area},1126.71\n520523,2021,grassland,1,1126.71\n`;

let api: ApiUnderTest;
let token: string;
beforeAll(async () => {
  api = await startApi();
  await api.publish(norm);
  token = await api.person('uploader', 'accountant', '520523');
});
afterAll(() => api.stop());

const send = (file: string | Uint8Array, key: string): Promise<Reply> =>
  api.call('POST', '/api/v1/uploads', {
    token,
    form: formOf(file, 'extent.csv', { norm }),
    headers: { 'idempotency-key': key },
  });

/** Everything an upload leaves: rows of each table, whoever they belong to. */
async function traces(): Promise<Record<string, number>> {
  const client = new Client({ connectionString: api.database.superuserUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, number>>(
      `select (select count(*)::int from observation.batch) as batches, (select count(*)::int from observation.chunk) as chunks,
         (select count(*)::int from platform.idempotency) as keys, (select count(*)::int from platform.outbox) as announced,
         (select count(*)::int from platform.audit where action like 'observation%') as deeds`,
    );
    return rows[0];
  } finally {
    await client.end();
  }
}

const headersOf = (key: string, type = 'multipart/form-data; boundary=edge') => ({
  ...{ authorization: `Bearer ${token}`, 'idempotency-key': key, 'content-type': type },
});
const beginning = `--edge\r\ncontent-disposition: form-data; name="norm"\r\n\r\n${norm}\r\n--edge\r\ncontent-disposition: form-data; name="file"; filename="extent.csv"\r\n\r\n`;

/** A request whose body the test writes; never fails by itself when it is cut. */
function begin(headers: Record<string, string>): ClientRequest {
  const request = httpRequest(`${api.url}/api/v1/uploads`, { method: 'POST', headers });
  request.on('error', () => undefined);
  return request;
}

/** Posts these very bytes, with a body of any type. */
const post = (body: string, headers: Record<string, string>): Promise<Reply> =>
  api.call('POST', '/api/v1/uploads', { body, headers });

it('two at once under one key are one, and give one answer', async () => {
  const key = randomUUID();
  const before = await traces();
  const [one, two] = await Promise.all([send(csv(5), key), send(csv(5), key)]);
  expect([one.status, two.status]).toEqual([201, 201]);
  expect(two.text).toBe(one.text);
  const replays = [one, two].map(({ headers }) => headers.get('idempotency-replayed'));
  expect(replays.sort()).toEqual(['true', null].sort());
  const after = await traces();
  expect(after).toEqual(Object.fromEntries(Object.entries(before).map(([what, rows]) => [what, rows + 1])));
});

it('one that was cut off leaves nothing, and is sent again under its key', async () => {
  const [key, before] = [randomUUID(), await traces()];
  for (const part of [beginning, beginning + csv(6), `${beginning}${csv(6)}\r\n--edge`]) {
    const request = begin({ ...headersOf(key), 'content-length': '9000' });
    request.write(part);
    await wait(100);
    request.destroy();
  }
  await wait(200);
  expect(await traces()).toEqual(before);
  const whole = await send(csv(6), key);
  expect([whole.status, whole.headers.get('idempotency-replayed')]).toEqual([201, null]);
});

it('callers who leave at any moment take no place from others', async () => {
  for (let moment = 0; moment < 24; moment += 1) {
    const request = begin({ ...headersOf(randomUUID()), 'content-length': '9000' });
    request.write(beginning);
    await wait(moment);
    request.destroy();
  }
  await wait(300);
  expect((await send(csv(7), randomUUID())).status).toBe(201);
});

it.each<[string, string, string, number, string]>([
  ['JSON', '{"norm":"jinsha-mine-2026"}', 'application/json', 415, 'request.content-type'],
  ['a bare CSV file', csv(8), 'text/csv', 415, 'request.content-type'],
  ['a form without files', 'norm=jinsha-mine-2026', 'application/x-www-form-urlencoded', 415, 'request.content-type'],
  ['a form without its edge', beginning, 'multipart/form-data', 400, 'request.malformed'],
  ['a form that ends too early', beginning + csv(8), 'multipart/form-data; boundary=edge', 400, 'request.malformed'],
  ['no form at all', csv(8), 'multipart/form-data; boundary=edge', 400, 'request.malformed'],
  [
    'a file under another name',
    `--edge\r\ncontent-disposition: form-data; name="data"; filename="a.csv"\r\n\r\n${csv(8)}\r\n--edge--\r\n`,
    'multipart/form-data; boundary=edge',
    400,
    'request.malformed',
  ],
])('%s is refused in both languages and leaves nothing', async (_what, body, type, status, code) => {
  const before = await traces();
  const reply = await post(body, headersOf(randomUUID(), type));
  expect([reply.status, reply.body.code]).toEqual([status, code]);
  expect(String(reply.body.text.zh)).toMatch(/\p{Script=Han}/u);
  expect(String(reply.body.text.en)).toMatch(/multipart/);
  expect(await traces()).toEqual(before);
});

it.each<[string, number, string, () => Promise<Reply>]>([
  ['without a file', 422, 'upload.file-missing', () => form((one) => one.delete('file'))],
  ['with an unknown field', 422, 'request.invalid', () => form((one) => one.append('colour', 'red'))],
  ['with an unknown norm', 404, 'norm.edition-not-found', () => form((one) => one.set('norm', 'nowhere'))],
  ['with a file that is none', 422, 'observation.file-unreadable', () => form(() => undefined, 'PK\u0003\u0004')],
  ['with errors, when all or nothing was asked for', 422, 'upload.refused', () => form(allOrNothing, bad)],
])('a form %s is refused', async (_what, status, code, asked) => {
  const reply = await asked();
  expect([reply.status, reply.body.code]).toEqual([status, code]);
  if (code === 'upload.refused') expect(reply.body.facts.report).toMatchObject({ status: 'refused', territories: [] });
});

const bad = `${csv(9)}520523,2021,forestLand,much,1126.71\n`;
const allOrNothing = (one: FormData) => one.set('allOrNothing', 'true');
const form = (change: (one: FormData) => void, file = csv(9)): Promise<Reply> => {
  const one = formOf(file, 'extent.csv', { norm });
  change(one);
  return api.call('POST', '/api/v1/uploads', { token, form: one, headers: { 'idempotency-key': randomUUID() } });
};

it('what says that it is too large is refused before it is read', async () => {
  const before = await traces();
  const request = begin({ ...headersOf(randomUUID()), 'content-length': String(200 * 2 ** 20) });
  request.write(beginning);
  const { status, body } = await new Promise<{ status?: number; body: string }>((resolve) => {
    request.on('response', (answer) => {
      let body = '';
      answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
      answer.on('end', () => resolve({ status: answer.statusCode, body }));
    });
  });
  request.destroy();
  const problem = JSON.parse(body) as { code: string; facts: unknown };
  expect([status, problem.code, problem.facts]).toEqual([413, 'upload.too-large', { megabytes: 200, most: 128 }]);
  expect(await traces()).toEqual(before);
});

it('what is larger than it says nothing of is refused while it is read', async () => {
  const before = await traces();
  const request = begin(headersOf(randomUUID()));
  const answered = new Promise<number | undefined>((resolve) => {
    request.on('response', (answer) => answer.resume() && resolve(answer.statusCode));
  });
  request.write(beginning);
  const piece = Buffer.alloc(2 ** 20, 'a');
  for (let pieces = 0; pieces < 129; pieces += 1) {
    if (!request.write(piece)) await Promise.race([new Promise((resolve) => request.once('drain', resolve)), answered]);
  }
  request.end('\r\n--edge--\r\n');
  expect(await answered).toBe(413);
  expect(await traces()).toEqual(before);
});

it('without a key it is refused before the file is read', async () => {
  const { 'idempotency-key': _, ...headers } = headersOf('');
  const request = begin({ ...headers, 'content-length': '9000' });
  request.write(beginning);
  const status = await new Promise((resolve) => request.on('response', (answer) => resolve(answer.statusCode)));
  request.destroy();
  expect(status).toBe(422);
});

it('all that was kept is what was answered with 201', async () => {
  const { body } = await api.call('GET', '/api/v1/uploads', { token });
  const kept = list(body.items).map(({ status, counts }) => `${String(status)} ${String(counts.patches)}`);
  // The refusal of the one that wanted all or nothing is on record, without a row of it.
  expect(kept).toEqual(['refused 0', ...Array<string>(3).fill('accepted 2')]);
});

it('takes the sheets of two departments one by one, and says which stand together', async () => {
  const deliver = (sheet: string, tables: object) =>
    api.call('POST', '/api/v1/uploads', {
      token,
      form: formOf(JSON.stringify(tables), 'sheet.json', { norm, sheet }),
      headers: { 'idempotency-key': randomUUID() },
    });
  const at = { territory: '520523', period: '2019' };
  const land = await deliver('land', { extent: [{ ...at, type: 'forestLand', area: 3 }] });
  expect([land.status, land.body]).toMatchObject([201, { sheet: 'land', territories: [{ ...at, sheets: ['land'] }] }]);
  const rain = { ...at, type: '*', attribute: 'precipitation', value: 1000 };
  const weather = await deliver('weather', { attributes: [rain] });
  expect(weather.body).toMatchObject({
    status: 'accepted',
    territories: [{ change: 'changed', sheets: ['land', 'weather'] }],
  });
  const shown = await api.call('GET', weather.headers.get('location')!, { token });
  expect(shown.body).toMatchObject({ sheet: 'weather', territories: [{ ...at, patches: 0 }] });
  const twice = await deliver('bureau', { attributes: [{ ...rain, value: 900 }] });
  expect([twice.status, twice.body]).toMatchObject([
    422,
    {
      code: 'upload.refused',
      facts: { report: { problems: [{ code: 'observation.sheet-overlap', value: '900 mm/a' }] } },
    },
  ]);
  expect((await deliver('no sheet', { attributes: [rain] })).status).toBe(422);
});
