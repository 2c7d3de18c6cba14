/** Holds every answer of the API against openapi.json: the status must be described, and the body must fit its schema. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';

interface Operation {
  readonly operationId: string;
  readonly security?: unknown[];
  readonly 'x-permission'?: string;
  readonly responses: Readonly<Record<string, { content?: Readonly<Record<string, { schema: object }>> }>>;
}

interface Described {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly closed: boolean;
  readonly pattern: RegExp;
  readonly responses: Operation['responses'];
}

const document = JSON.parse(readFileSync(resolve(__dirname, '../../openapi.json'), 'utf8')) as {
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  components: { schemas: Readonly<Record<string, object>> };
};

/** Every operation; those without a hole in their path first, as the router takes them. */
export const operations: readonly Described[] = Object.entries(document.paths)
  .flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, security, responses }]) => ({
      ...{ operationId, path, responses, method: method.toUpperCase(), closed: security !== undefined },
      pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
    })),
  )
  .sort((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')));

/** The permission that an operation takes, where it takes one. */
export const openapiPermissions: ReadonlyMap<string, string> = new Map(
  Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .flatMap(({ operationId, 'x-permission': permission }) => (permission ? [[operationId, permission] as const] : [])),
);

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
const schemas = new Map<string, ValidateFunction>();

/** The schema with every object closed, so that a field that is not described shows. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== 'object') return schema;
  const members = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, key === '$ref' ? `description${String(value)}` : closed(value)]),
  );
  return 'properties' in schema && !('additionalProperties' in schema)
    ? { ...members, additionalProperties: false }
    : members;
}

ajv.addSchema({ components: closed(document.components) }, 'description');

/** Compiled once for all answers that are described alike, such as the refusals of all operations. */
function validatorOf(schema: object): ValidateFunction {
  const text = JSON.stringify(schema);
  const known = schemas.get(text);
  if (known) return known;
  const made = ajv.compile(closed(schema) as object);
  schemas.set(text, made);
  return made;
}

/** @throws Error when the answer is not as described; addresses that are not described are not judged */
export function assertDescribed(
  method: string,
  path: string,
  reply: { readonly status: number; readonly contentType: string; readonly body: unknown },
): void {
  const plain = path.split('?', 1)[0];
  const operation = operations.find((one) => one.method === method && one.pattern.test(plain));
  if (operation === undefined || reply.status === 304) return;
  const name = `${operation.operationId} ${reply.status}`;
  const response = operation.responses[String(reply.status)];
  if (response === undefined) throw new Error(`${name} is not described: ${JSON.stringify(reply.body)}`);
  const mediaType = reply.contentType.split(';', 1)[0];
  if (response.content === undefined || mediaType === 'text/event-stream') return;
  const schema = response.content[mediaType]?.schema;
  if (schema === undefined) throw new Error(`${name} does not answer with ${mediaType}`);
  const validate = validatorOf(schema);
  if (!validate(reply.body)) throw new Error(`${name} does not fit: ${ajv.errorsText(validate.errors?.slice(0, 5))}`);
}
