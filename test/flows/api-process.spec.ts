/** The API as a process: where it listens, what it tells its parent, and how it goes down. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { SetupLinkService } from '@gep/access';
import { createTestDatabase, type TestDatabase } from '../fixtures/test-database';
import { passphrase } from './api-under-test';

const root = resolve(__dirname, '../..');
let database: TestDatabase;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await database.drop();
});

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly output: () => string;
}

/** Starts the process with an IPC channel and waits for its word. */
async function start(env: Record<string, string> = {}): Promise<Started> {
  const child = launch(env);
  let output = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (bytes: Buffer) => (output += bytes.toString()));
  const told = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  const message = told[0] as { type?: string; url?: string } | number | null;
  if (typeof message !== 'object' || message?.type !== 'ready') throw new Error(`it ended: ${output}`);
  return { child, url: message.url!, output: () => output };
}

function launch(env: Record<string, string>): ChildProcess {
  const { databaseUrl, databaseOwnerUrl, secret, creditKeys } = database.config;
  const settings = {
    PATH: process.env['PATH'],
    // The throw-away server of the tests does without fsync, which the process would refuse.
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    DATABASE_OWNER_URL: databaseOwnerUrl,
    GEP_SECRET: secret,
    GEP_CREDIT_KEYS: creditKeys,
    ...env,
  };
  const args = ['-r', resolve(root, 'test/fixtures/load-typescript.js'), resolve(root, 'apps/api/src/main.ts')];
  const child = spawn(process.execPath, args, { cwd: root, env: settings, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Milliseconds until the process has ended, with its exit code. */
async function ended(child: ChildProcess): Promise<{ milliseconds: number; code: number | null }> {
  const began = performance.now();
  const [code] = (await once(child, 'exit')) as [number | null];
  return { milliseconds: performance.now() - began, code };
}

it('takes the next free port when the usual one is taken, says where it listens, and ends with its parent', async () => {
  const blocker = createServer();
  // An error means that the port is taken by somebody else, which will do as well.
  await new Promise((done) => blocker.once('listening', done).once('error', done).listen(3000, '127.0.0.1'));
  const { child, url, output } = await start();
  blocker.close();
  expect(Number(new URL(url).port)).toBeGreaterThan(3000);
  expect((await fetch(`${url}/api/v1/health/ready`)).status).toBe(200);
  const lines = output()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { msg: string; url?: string });
  expect(lines).toContainEqual(expect.objectContaining({ msg: 'the API listens', url }));
  expect(output()).not.toMatch(/only-for-tests|postgres:\/\//);
  child.disconnect();
  expect(await ended(child)).toMatchObject({ code: 0 });
});

it('does not listen elsewhere than it was told to', async () => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  const { port } = blocker.address() as { port: number };
  await expect(start({ GEP_PORT: String(port) })).rejects.toThrow('EADDRINUSE');
  blocker.close();
});

it('goes down soon with requests open', async () => {
  const { child, url } = await start({ GEP_PORT: '0' });
  const links = new SetupLinkService(database.db);
  const { token } = await links.issueFirstAdministratorLink();
  await links.redeemLink({ token, login: 'operator-one', password: passphrase });
  const body = JSON.stringify({ login: 'operator-one', password: passphrase });
  const headers = { 'content-type': 'application/json' };
  const signedIn = await fetch(`${url}/api/v1/sessions`, { method: 'POST', headers, body });
  expect(signedIn.status).toBe(201);
  // A request whose body never ends, and a kept connection.
  const stuck = fetch(`${url}/api/v1/sessions`, {
    method: 'POST',
    headers: { ...headers, 'content-length': '1000' },
    body: new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{')) }),
    duplex: 'half',
  } as RequestInit).catch(() => undefined);
  await fetch(`${url}/api/v1/health/live`);
  child.kill('SIGTERM');
  const { milliseconds, code } = await ended(child);
  expect(code).toBe(0);
  // Draining takes 1.2 s, on a busy machine more; a kept connection by itself would last 5 s, the body for ever.
  expect(milliseconds).toBeLessThan(4_000);
  await stuck;
});

it.each([
  ['an unknown setting', { GEP_PROT: '3000' }, 'GEP_PORT'],
  ['a secret that is too short', { GEP_SECRET: 'short' }, 'GEP_SECRET'],
])('does not start with %s, and says which', async (_what, env, word) => {
  await expect(start(env)).rejects.toThrow(word);
});
