/** The API in this process, on a database of its own, with a small tree of territories and people to call it as. */
import { resolve } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { operator, UserService, type Role } from '@gep/access';
import { createLogger, openQueues, type Config, type JsonLogger, type Queues } from '@gep/platform';
import { loadNorm, RulebookService } from '@gep/rulebook';
import { TerritoryService, type TerritoryRow } from '@gep/territory';
import { createApplication } from '../../apps/api/src/application.main';
import type { RateLimits } from '../../apps/api/src/request/rate.guard';
import { assertDescribed } from './api-description';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';

/** Any JSON, for reading answers without a cast at each step. */
export interface Json {
  readonly [key: string]: Json;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Json;
}

/** An access token, at hand or on its way. */
export type Token = string | Promise<string>;

export interface Call {
  readonly token?: Token;
  readonly body?: unknown;
  readonly form?: FormData;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiUnderTest {
  readonly app: NestExpressApplication;
  readonly queues: Queues;
  readonly log: JsonLogger;
  readonly database: TestDatabase;
  readonly url: string;
  call(method: string, path: string, call?: Call): Promise<Reply>;
  /** Puts a norm of the rulebook in force. */
  publish(normId: string): Promise<void>;
  /** Adds a person with one role and signs them in; gives the access token. */
  person(login: string, role: Role, territory: string): Promise<string>;
  signIn(login: string): Promise<Json>;
  stop(): Promise<void>;
}

const rulebookFolder = resolve(__dirname, '../../rulebook');

export const passphrase = 'lake of seven herons';

const row = (
  code: string,
  nameZh: string,
  nameEn: string,
  parentCode: string | null,
  level: TerritoryRow['level'],
) => ({
  ...{ code, nameZh, nameEn, parentCode, level },
  ...{ validFrom: '2000-01-01', validTo: null, source: 'test' },
});

/** Two provinces; in the first two counties and a site. */
export const tree: readonly TerritoryRow[] = [
  row('CN', '中国', 'China', null, 'nation'),
  row('520000', '贵州省', 'Guizhou', 'CN', 'province'),
  row('520500', '毕节市', 'Bijie', '520000', 'prefecture'),
  row('520523', '金沙县', 'Jinsha', '520500', 'county'),
  row('520523-jinsha-mine', '金沙矿山', 'Jinsha mine', '520523', 'site'),
  row('520524', '织金县', 'Zhijin', '520500', 'county'),
  row('330000', '浙江省', 'Zhejiang', 'CN', 'province'),
  row('331100', '丽水市', 'Lishui', '330000', 'prefecture'),
  row('331125', '云和县', 'Yunhe', '331100', 'county'),
];

const generous: RateLimits = { requests: 100_000, secrets: 100_000 };

/** @param place a database that its owner drops, with the queue where its settings have it */
export async function startApi(
  limits: RateLimits = generous,
  place?: { readonly database: TestDatabase; readonly config: Config },
): Promise<ApiUnderTest> {
  const { database, config } = place ?? (await ownPlace());
  await new TerritoryService(database.db).importTerritories(testActor(), tree);
  const log = createLogger(config);
  const queues = await openQueues(config, { logger: log, giveUp: () => undefined });
  const app = await createApplication({ config, database: database.db, queues, log, limits });
  await app.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}`;
  const call = (method: string, path: string, options: Call = {}) => send(url, method, path, options);
  const signIn = async (login: string): Promise<Json> => {
    const reply = await call('POST', '/api/v1/sessions', { body: { login, password: passphrase } });
    if (reply.status !== 201) throw new Error(`${login} cannot sign in: ${reply.text}`);
    return reply.body;
  };
  return {
    ...{ app, queues, log, database, url, call, signIn },
    async publish(normId) {
      const norm = await loadNorm(normId, rulebookFolder);
      await new RulebookService(database.db).publish(testActor(), norm);
    },
    async person(login, role, territory) {
      const grants = [{ role, territory: { code: territory, path: pathOf(territory) } }];
      const users = app.get(UserService, { strict: false });
      await users.addUser(operator, { login, name: `Person ${login}`, grants, password: passphrase });
      return String((await signIn(login)).accessToken);
    },
    async stop() {
      await app.close();
      await queues.close();
      if (!place) await database.drop();
    },
  };
}

async function ownPlace(): Promise<{ database: TestDatabase; config: Config }> {
  const database = await createTestDatabase();
  return { database, config: database.config };
}

/** ltree text of a territory of the tree. */
export function pathOf(code: string): string {
  const { parentCode } = tree.find((one) => one.code === code)!;
  const label = code.replaceAll('-', '_');
  return parentCode === null ? label : `${pathOf(parentCode)}.${label}`;
}

async function send(url: string, method: string, path: string, call: Call): Promise<Reply> {
  const headers: Record<string, string> = { ...call.headers };
  if (call.token) headers.authorization = `Bearer ${await call.token}`;
  if (call.body !== undefined) headers['content-type'] ??= 'application/json';
  const json = typeof call.body === 'string' ? call.body : JSON.stringify(call.body);
  const answer = await fetch(url + path, { method, headers, body: call.form ?? json });
  const text = await answer.text();
  const contentType = answer.headers.get('content-type') ?? '';
  const isJson = /json/.test(contentType);
  const body = (isJson ? JSON.parse(text) : {}) as Json;
  assertDescribed(method, path, { status: answer.status, contentType, body: isJson ? body : text });
  return { status: answer.status, headers: answer.headers, text, body };
}

/** A multipart form with a file and further fields. */
export function formOf(
  file: string | Uint8Array,
  fileName: string,
  fields: Readonly<Record<string, string>>,
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([typeof file === 'string' ? file : Buffer.from(file)]), fileName);
  return form;
}

/** An answer's list, as one. */
export const list = (json: Json): Json[] => json as unknown as Json[];
