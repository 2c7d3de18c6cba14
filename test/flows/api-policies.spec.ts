/** Rules over HTTP: proposed with every problem told, confirmed, adopted by another person, in force by period, withdrawn; tables decided. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Role } from '@gep/access';
import { list, startApi, type ApiUnderTest, type Json, type Reply } from './api-under-test';

const rulebook = resolve(__dirname, '../../rulebook/policies');
const ezhou = readFileSync(resolve(rulebook, 'eco-compensation/ezhou.yaml'), 'utf8').replace(/^place: .*\n/m, '');

let api: ApiUnderTest;
const tokens = new Map<string, string>();
beforeAll(async () => {
  api = await startApi();
  const people: readonly (readonly [string, Role, string])[] = [
    ['administrator', 'fund-administrator', '520000'],
    ['checker', 'fund-checker', '520000'],
    ['approver', 'fund-approver', '520000'],
    ['elsewhere', 'fund-approver', '330000'],
    ['reader', 'viewer', '520523'],
  ];
  for (const [login, role, place] of people) tokens.set(login, await api.person(login, role, place));
});
afterAll(() => api.stop());

const base = '/api/v1/policies';
const as = (who: string, method: string, path: string, body?: object, key: string = randomUUID()): Promise<Reply> =>
  api.call(method, `${base}${path}`, {
    token: tokens.get(who)!,
    ...(body && { body }),
    ...(method === 'POST' && { headers: { 'idempotency-key': key } }),
  });
const outcome = ({ status, body }: Reply) => [status, String(body.code)];
const inForce = async (period: string, more = ''): Promise<Json[]> =>
  list((await as('reader', 'GET', `/in-force?territory=520523&period=${period}${more}`)).body.items);

it('proposes a preset or a text once, and tells every problem of a bad one at its line', async () => {
  const body = { preset: 'gep-share' };
  const made = await as('administrator', 'POST', '', body, 'propose-1');
  expect([made.status, made.body.changed, made.body.policyId]).toEqual([201, true, 'gep-share']);
  expect(made.headers.get('location')).toBe(`${base}/${String(made.body.edition)}`);
  const again = await as('administrator', 'POST', '', body, 'propose-1');
  expect([again.body, again.headers.get('idempotency-replayed')]).toEqual([made.body, 'true']);
  expect((await as('administrator', 'POST', '', body)).body.changed).toBe(false);
  const bad = await as('administrator', 'POST', '', { text: ezhou.replace('counted * net', 'counted * nett') });
  expect(outcome(bad)).toEqual([422, 'policy.refused']);
  expect(list(bad.body.facts.problems)).toMatchObject([{ file: 'rule.yaml', code: 'policy.unknown-name' }]);
  expect(outcome(await as('administrator', 'POST', '', {}))).toEqual([422, 'request.invalid']);
  expect(outcome(await as('administrator', 'POST', '', { preset: 'gep-shore' }))).toEqual([404, 'policy.not-found']);
  expect((await as('approver', 'POST', '', body)).status).toBe(403);
  const shown = await as('reader', 'GET', `/${String(made.body.edition)}`);
  expect(shown.body).toMatchObject({ text: expect.stringContaining('id: gep-share'), adoptions: [] });
  expect(list((await as('reader', 'GET', '?id=gep-share')).body.items)).toHaveLength(1);
});

it('puts a rule in force by two persons, from a day, for those below too, and takes it back from a day to come', async () => {
  const edition = String((await as('administrator', 'POST', '', { preset: 'gep-share' })).body.edition);
  const wish = { territory: '520000', from: '2023-01-01', reason: 'resolution 1' };
  const adopt = (who: string, more: object = {}) => as(who, 'POST', `/${edition}/adoptions`, { ...wish, ...more });
  expect((await adopt('administrator')).status).toBe(403);
  expect(outcome(await adopt('elsewhere'))).toEqual([403, 'platform.out-of-scope']);
  expect(outcome(await adopt('approver', { from: '1999-01-01' }))).toEqual([409, 'policy.adoption-refused']);
  const made = await adopt('approver');
  expect([made.status, made.body.adoption.territory, made.body.supersedes]).toEqual([201, '520000', []]);
  expect(await inForce('2022')).toEqual([]);
  expect(await inForce('2024')).toMatchObject([{ policyId: 'gep-share', adopted: { name: 'Person approver' } }]);
  expect(await inForce('2024', '&asOf=2020-01-01T00:00:00Z')).toEqual([]);
  const withdraw = (from: string) =>
    as('approver', 'POST', `/${edition}/adoptions/${String(made.body.adoption.id)}/withdraw`, {
      from,
      reason: 'ended',
    });
  expect(outcome(await withdraw('2024-01-01'))).toEqual([409, 'policy.withdrawal-refused']);
  expect((await withdraw('2030-01-01')).body).toMatchObject({ withdrawal: { from: '2030-01-01' } });
  expect([(await inForce('2029')).length, (await inForce('2030')).length]).toEqual([1, 0]);
});

it('holds an unattested rule back until a named person confirms it, and names that person wherever it is shown', async () => {
  const proposed = await as('administrator', 'POST', '', { text: ezhou });
  expect(list(proposed.body.needsConfirmation).length).toBeGreaterThan(1);
  const edition = String(proposed.body.edition);
  const wish = { territory: '520500', from: '2018-01-01', reason: 'resolution 2', slot: 'river-2018' };
  const adopt = () => as('approver', 'POST', `/${edition}/adoptions`, wish);
  expect(outcome(await adopt())).toEqual([409, 'policy.unconfirmed']);
  const statement = { territory: '520000', statement: 'checked against the original' };
  expect((await as('administrator', 'POST', `/${edition}/confirmations`, statement)).status).toBe(403);
  expect((await as('checker', 'POST', `/${edition}/confirmations`, statement)).status).toBe(201);
  const named = { confirmation: { name: 'Person checker', statement: statement.statement, territory: '520000' } };
  expect((await adopt()).body.adoption).toMatchObject(named);
  expect((await inForce('2019')).filter(({ slot }) => String(slot) === 'river-2018')).toMatchObject([named]);
  const shown = await as('reader', 'GET', `/${edition}`);
  expect(list(shown.body.adoptions)).toMatchObject([named]);
  expect(list((await as('reader', 'GET', `/${edition}/adoptions`)).body.items)).toMatchObject([named]);
});

it('decides and back-tests a table in a thread, as the terminal does, and tells bad cells and faults', async () => {
  const rows = ['120', '110', '99'].map((score, at) => ({ unit: `35010${at}`, period: '2024', score }));
  const decided = await as('reader', 'POST', '/decide', { preset: 'fujian-2024', rows });
  expect(decided.status).toBe(200);
  const lines = list(list(decided.body.payments)[0].lines);
  expect(lines.map(({ unit, entitledFen }) => `${String(unit)} ${String(entitledFen)}`)).toEqual([
    '350100 3520000000',
    '350101 3520000000',
  ]);
  const bad = await as('reader', 'POST', '/decide', {
    preset: 'fujian-2024',
    rows: [...rows, { unit: 'x', period: '2024', score: { a: 1 } }],
  });
  expect(outcome(bad)).toEqual([422, 'policy.input-refused']);
  expect(list(bad.body.facts.problems)).toMatchObject([{ row: 4, column: 'C score' }]);
  const gap = await as('reader', 'POST', '/decide', { preset: 'fujian-2024', rows: [{ unit: 'a', period: '2024' }] });
  expect(outcome(gap)).toEqual([422, 'policy.input-refused']);
  const tried = await as('reader', 'POST', '/backtest', {
    text: readFileSync(resolve(rulebook, 'eco-compensation/fujian-2024.yaml'), 'utf8').replace(
      'value: 100,',
      'value: 115,',
    ),
    besidePreset: 'fujian-2024',
    rows,
  });
  expect([tried.status, tried.body.losing, tried.body.same]).toEqual([200, 1, 1]);
  const events = [
    { unit: 'h1', period: '2026-01', event: '1', act: 'sorting' },
    { unit: 'h2', period: '2026-01', event: '2', act: 'discharge' },
  ];
  const credit = readFileSync(resolve(rulebook, 'credit/yunhe-wuxi.yaml'), 'utf8').replace('points: -3', 'points: -9');
  const beside = { text: credit, besidePreset: 'yunhe-wuxi', rows: events };
  const moved = await as('reader', 'POST', '/backtest', beside);
  expect([moved.status, moved.body.kind, moved.body.falling, moved.body.same]).toEqual([200, 'score', 1, 1]);
  const unlike = await as('reader', 'POST', '/backtest', { ...beside, besidePreset: 'fujian-2024' });
  expect(outcome(unlike)).toEqual([422, 'policy.backtest-unlike']);
});
