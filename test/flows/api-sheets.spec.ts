/** Data sheets over HTTP: a department sends and takes back its own, and is told whose the others are. */
import { randomUUID } from 'node:crypto';
import { keyed } from './api-matrix';
import { formOf, list, startApi, type ApiUnderTest, type Reply } from './api-under-test';

const norm = 'cn-terrestrial';
const [territory, period] = ['520523', '2024'];
const soil = 'territory,period,type,attribute,value\n520523,2024,*,rainfallErosivity,3000\n';
const weather = 'territory,period,type,attribute,value\n520523,2024,*,precipitation,1100\n';

let api: ApiUnderTest;
let water: string;
let admin: string;
let accountant: string;
beforeAll(async () => {
  api = await startApi();
  await api.publish(norm);
  admin = await api.person('bijie-admin', 'admin', '520500');
  accountant = await api.person('jinsha-accounts', 'accountant', territory);
  water = await api.person('jinsha-water', 'viewer', territory);
});
afterAll(() => api.stop());

const grant = (body: object) => api.call('POST', '/api/v1/users/jinsha-water/grants', { ...keyed(body), token: admin });
const send = (
  file: string,
  sheet: string | undefined,
  token = water,
  more: Record<string, string> = {},
): Promise<Reply> =>
  api.call('POST', '/api/v1/uploads', {
    token,
    form: formOf(file, 'sheet.csv', { norm, ...(sheet && { sheet }), ...more }),
    headers: { 'idempotency-key': randomUUID() },
  });
const takeBack = (sheet: string, token = water) =>
  api.call('POST', `/api/v1/sheets/${sheet}/take-back`, {
    ...keyed({ territory, period, norm, reason: '误报 sent by mistake' }),
    token,
  });
const told = ({ status, body }: Reply) => [status, body.code ?? null];

it('a role is given for data sheets, shown so, and given otherwise only after it was taken away', async () => {
  expect(told(await send(soil, 'soilAndWater'))).toEqual([403, 'access.forbidden']);
  const given = await grant({ role: 'accountant', territory, sheets: ['soilAndWater'] });
  expect(list(given.body.grants)).toContainEqual({ role: 'accountant', territory, sheets: ['soilAndWater'] });
  expect(list(given.body.grants)).toContainEqual({ role: 'viewer', territory, sheets: null });
  expect((await grant({ role: 'accountant', territory, sheets: ['soilAndWater'] })).status).toBe(200);
  expect(told(await grant({ role: 'accountant', territory }))).toEqual([409, 'access.grant-differs']);
  expect(told(await grant({ role: 'accountant', territory, sheets: [] }))).toEqual([422, 'access.sheets-invalid']);
  expect(told(await grant({ role: 'checker', territory, sheets: ['weather'] }))).toEqual([
    422,
    'access.sheets-invalid',
  ]);
});

it('the sheet of another department is refused, naming the department that may, and so is everything at once', async () => {
  for (const more of [{}, { dryRun: 'true' }] as Record<string, string>[]) {
    const refused = await send(weather, 'weather', water, more);
    expect(told(refused)).toEqual([403, 'observation.sheet-of-others']);
    expect(refused.body.facts).toMatchObject({
      department: { zh: '气象主管机构', en: 'Meteorological service' },
      allowed: ['soilAndWater'],
    });
    expect(refused.text).toMatch('气象主管机构');
  }
  const whole = await send('territory,period,item,quantity,price\n520523,2024,vegetable,1,1\n', undefined);
  expect(told(whole)).toEqual([403, 'observation.sheet-of-others']);
  const run = await api.call('POST', '/api/v1/recomputes', { ...keyed({ period, norm, territory }), token: water });
  expect(told(run)).toEqual([403, 'access.forbidden']);
});

it('the own sheet is sent and taken back; an accountant does either with any', async () => {
  expect((await send(soil, 'soilAndWater')).status).toBe(201);
  expect((await send(weather, 'weather', accountant)).status).toBe(201);
  expect(told(await takeBack('weather'))).toEqual([403, 'observation.sheet-of-others']);
  const done = await takeBack('soilAndWater');
  expect([done.status, done.body]).toEqual([
    200,
    expect.objectContaining({ sheet: 'soilAndWater', territory, period, norm, sheets: ['weather'] }),
  ]);
  expect(told(await takeBack('soilAndWater'))).toEqual([404, 'observation.sheet-not-standing']);
  const uploads = await api.call('GET', '/api/v1/uploads?limit=1', { token: accountant });
  expect(list(uploads.body.items)).toMatchObject([
    { id: done.body.uploadId, sheet: 'soilAndWater', format: null, takenBack: '误报 sent by mistake' },
  ]);
  expect((await takeBack('weather', accountant)).body).toMatchObject({ sheets: [] });
  const sheets = await api.call('GET', `/api/v1/sheets?territory=${territory}&period=${period}&norm=${norm}`, {
    token: accountant,
  });
  expect(list(sheets.body.items).map(({ state }) => String(state))).not.toContain('received');
});
