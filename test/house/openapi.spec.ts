/** The committed description of the API is that of its routes, and says what each may answer. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { openApiText } from '../../apps/api/src/application.main';
import { at, describeRule, isProgram, nodesOf, type Rule, type SourceFile } from './rule';

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

/** Classes of the API whose fields are declared one by one: their names are those of the schemas. */
const describedClasses = (file: SourceFile): ts.ClassDeclaration[] =>
  [...nodesOf(file)]
    .filter(ts.isClassDeclaration)
    .filter(({ members }) =>
      members.some((member) => ts.isPropertyDeclaration(member) && ts.getDecorators(member) !== undefined),
    );

const oneName: Rule = (files) => {
  const first = new Map<string, string>();
  return files
    .filter((file) => isProgram(file) && file.path.startsWith('apps/api/'))
    .flatMap((file) =>
      describedClasses(file).flatMap((node) => {
        const name = node.name?.text ?? 'default';
        const taken = first.get(name);
        first.set(name, taken ?? file.path);
        return taken ? [at(file, node.getStart(), `describes ${name} as ${taken} does; one would hide the other`)] : [];
      }),
    );
};
const described = (name: string) => `export class ${name} {\n  @ApiProperty({ type: String }) unit: string;\n}\n`;

describeRule('no two classes of the API describe a schema of one name', oneName, {
  catches: {
    'two answers of one name': {
      'apps/api/src/trees/trees.dto.ts': described('SpanBody'),
      'apps/api/src/norms/norms.dto.ts': described('SpanBody'),
    },
    'a base of one name, which enters once an answer holds it': {
      'apps/api/src/trees/trees.dto.ts': described('SpanBody').replace('export ', ''),
      'apps/api/src/norms/norms.dto.ts': described('SpanBody'),
    },
    'a request beside an answer': {
      'apps/api/src/flows/flows.dto.ts': described('SpanBody'),
      'apps/api/src/flows/flow-body.ts': `export class SpanBody {\n  @DayField({}) from: string;\n}\n`,
    },
  },
  passes: {
    'classes that are no schema': {
      'apps/api/src/trees/errors.ts': `export class Refused {\n  readonly code = 'a';\n}\n`,
      'apps/api/src/norms/errors.ts': `export class Refused {\n  readonly code = 'b';\n}\n`,
    },
    'a name elsewhere': {
      'apps/api/src/trees/trees.dto.ts': described('SpanBody'),
      'apps/cli/src/tree/span.ts': described('SpanBody'),
    },
  },
});
