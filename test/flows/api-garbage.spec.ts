/** Garbage in every parameter and body of every operation: refused as described, never an error of the server. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { operations } from './api-description';
import { startApi, type ApiUnderTest } from './api-under-test';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
}
interface Described {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: { $ref: string } }>> };
}
const document = JSON.parse(readFileSync(resolve(__dirname, '../../openapi.json'), 'utf8')) as {
  paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  components: { schemas: Readonly<Record<string, { properties: Readonly<Record<string, object>> }>> };
};

const seed = Number(process.env['GEP_TEST_SEED'] ?? Date.now());
/** Each run of the tests tries others, so that a few of each operation come to many with time. */
const [numRuns, valuesApart] = process.env['GEP_MANY_CASES'] ? [250, 1] : [8, 10];
const nasty = [
  ...['', ' ', '\u0000', 'a\u0000b', '\ud800', '\u202e', '%', '%00', "' or 1=1 --", '"; drop table x; --', '{}', '[]'],
  ...[
    'null',
    'undefined',
    'NaN',
    '-1',
    '0',
    '1e309',
    '99999999999999999999',
    '../../etc/passwd',
    '*',
    'CN.*',
    '__proto__',
  ],
  ...[
    '2024-13',
    '2024-02-30',
    '9999-12-31',
    '0001-01-01',
    '2026-03-01T25:00:00Z',
    '294276-12-31T00:00:00Z',
    '😀'.repeat(50),
  ],
  ...['00000000-0000-0000-0000-000000000000', 'x'.repeat(5_000), '520523', 'CN', '999999', '2024', 'jinsha-mine-2026'],
];
const text = fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 40 }));
const value = fc.oneof({ weight: 3, arbitrary: text }, fc.jsonValue({ maxDepth: 2 }));

let api: ApiUnderTest;
let token: string;
beforeAll(async () => {
  api = await startApi();
  await api.publish('jinsha-mine-2026');
  token = await api.person('fuzzer', 'admin', 'CN');
  process.stdout.write(`garbage seed ${seed}\n`);
});
afterAll(() => api.stop());

/** Percent-encoded; a lone surrogate cannot travel and becomes the sign for that. */
const encoded = (one: string): string => encodeURIComponent(Buffer.from(one, 'utf8').toString('utf8'));

/** Without the one that ends the session of the caller. */
const targets = operations.filter(({ operationId }) => operationId !== 'signOut');

/** Values that each parameter takes, so that one bad one at a time comes as far as it can. */
const good = (name: string, path: string): string => {
  if (name === 'id' && path.includes('/norms/')) return 'jinsha-mine-2026';
  const known: Record<string, string> = {
    code: '520523',
    edition: '0'.repeat(64),
    period: '2024',
    territory: '520523',
  };
  return { ...known, norm: 'jinsha-mine-2026', text: 'a' }[name] ?? '00000000-0000-4000-8000-000000000000';
};

/** How often a parameter of this name was tried: the same field stands in many operations, each tries some of the values. */
const turns = new Map<string, number>();
const turnOf = (name: string): string[] => {
  const turn = turns.get(name) ?? 0;
  turns.set(name, turn + 1);
  return turn === 0 ? nasty : nasty.filter((_, at) => at % valuesApart === turn % valuesApart);
};

it.each(targets.filter(({ path, method }) => document.paths[path][method.toLowerCase()].parameters))(
  '$operationId with one bad parameter at a time',
  async ({ method, path }) => {
    const given = document.paths[path][method.toLowerCase()].parameters ?? [];
    const needed = given.filter((one) => one.in === 'query' && one.required);
    for (const bad of given.filter((one) => one.in !== 'header')) {
      const call = (one: string): Promise<unknown> => {
        const valueOf = (name: string): string => encoded(name === bad.name ? one : good(name, path)) || '%20';
        const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => valueOf(name));
        const names = new Set([...needed.map(({ name }) => name), ...(bad.in === 'query' ? [bad.name] : [])]);
        const query = [...names].map((name) => `${name}=${valueOf(name)}`).join('&');
        return api.call(method, `${filled}?${query}`, { token, headers: { 'idempotency-key': 'one bad' } });
      };
      await Promise.all(turnOf(bad.name).map(call));
    }
  },
);

it.each(targets)('$operationId', async ({ method, path }) => {
  const described = document.paths[path][method.toLowerCase()];
  const given = described.parameters ?? [];
  const schema = described.requestBody?.content['application/json']?.schema.$ref.split('/').pop();
  const fields = schema === undefined ? [] : Object.keys(document.components.schemas[schema].properties);
  const inputs = fc.record({
    parameters: fc.record(Object.fromEntries(given.map(({ name }) => [name, text]))),
    left: fc.subarray(given.filter((one) => one.in === 'query').map(({ name }) => name)),
    body: fc.oneof({ weight: 4, arbitrary: fc.record(Object.fromEntries(fields.map((name) => [name, value]))) }, value),
  });
  const property = fc.asyncProperty(inputs, async ({ parameters, left, body }) => {
    const encode = (name: string): string => encoded(parameters[name] ?? '') || '%20';
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encode(name));
    const query = left.map((name) => `${name}=${encode(name)}`).join('&');
    const key = encoded(parameters['Idempotency-Key'] ?? '').slice(0, 300);
    // The call itself fails when the answer is not described; nothing describes an error of the server.
    await api.call(method, query === '' ? filled : `${filled}?${query}`, {
      token,
      headers: key === '' ? {} : { 'idempotency-key': key },
      ...(described.requestBody && { body }),
    });
  });
  await fc.assert(property, { seed, numRuns, verbose: 1 });
});
