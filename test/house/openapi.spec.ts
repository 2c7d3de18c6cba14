/** The committed description of the API is that of its routes, and says what each may answer. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiText } from '../../apps/api/src/application.main';

interface Operation {
  operationId: string;
  summary?: string;
  security?: unknown[];
  parameters?: { name: string; in: string; required?: boolean; description?: string }[];
  responses: Record<string, { content?: Record<string, unknown> }>;
}

const committed = readFileSync(join(__dirname, '../../openapi.json'), 'utf8');
const document = JSON.parse(committed) as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { properties?: Record<string, unknown> }> };
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ route: `${method} ${path}`, method, path, ...operation })),
);

it('openapi.json is fresh; write it again with: node dist/tools/openapi.js', async () => {
  expect(await openApiText()).toBe(committed);
});

it('every operation has a name of its own and a summary', () => {
  const names = operations.map(({ operationId }) => operationId);
  expect(new Set(names).size).toBe(names.length);
  expect(operations.filter(({ summary }) => !summary).map(({ route }) => route)).toEqual([]);
});

it('every closed operation names the refusal of strangers and of haste', () => {
  const closed = operations.filter(({ security }) => security !== undefined);
  expect(closed.length).toBeGreaterThan(20);
  const silent = closed.filter(({ responses }) => !responses['401'] || !responses['429']);
  expect(silent.map(({ route }) => route)).toEqual([]);
});

it('every operation with input says that it may be refused, and every field is described', () => {
  const asks = operations.filter(({ parameters, method }) => (parameters?.length ?? 0) > 0 || /put|patch/.test(method));
  expect(asks.filter(({ responses }) => !responses['422']).map(({ route }) => route)).toEqual([]);
  const mute = asks.flatMap(({ route, parameters = [] }) =>
    parameters.filter(({ description }) => !description).map(({ name }) => `${route} ${name}`),
  );
  expect(mute).toEqual([]);
});

it('every refusal is a problem', () => {
  const others = operations.flatMap(({ route, responses }) =>
    Object.entries(responses)
      .filter(([status, { content }]) => Number(status) >= 400 && !content?.['application/problem+json'])
      .map(([status]) => `${route} ${status}`),
  );
  expect(others).toEqual(['get /api/v1/health/ready 503']);
});

it('every schema has fields', () => {
  const empty = Object.entries(document.components.schemas).filter(([, { properties }]) => !properties);
  expect(empty.map(([name]) => name)).toEqual([]);
});
