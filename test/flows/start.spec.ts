/** `npm start` as people meet it: ports taken, killed, started again, ended; other servers; settings that are refused. */
import { once } from 'node:events';
import fs from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@gep/platform';
import { findRedis, startTestRedis, type TestRedis } from '../fixtures/test-redis';
import { gepProcess, root } from './cli-under-test';
import { nothingLeft, npmStart, pressCtrlC, processesOf, start, type Started } from './start-under-test';

// The first npm start may have to build.
jest.setTimeout(300_000);

const ready = 'Ctrl-C stops everything';
let dataDir: string;
const running: Started[] = [];
const servers: Server[] = [];

beforeAll(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'gep-start-'));
  fs.chmodSync(dataDir, 0o755);
});
afterAll(async () => {
  for (const server of servers) server.close();
  for (const { pid } of processesOf(dataDir)) process.kill(pid, 'SIGKILL');
  await nothingLeft(dataDir, 10_000);
  fs.rmSync(dataDir, { recursive: true, maxRetries: 5 });
});

const begin = (how: typeof start, env: NodeJS.ProcessEnv = {}): Started => {
  const started = how({ GEP_DATA_DIR: dataDir, ...env });
  running.push(started);
  return started;
};

/** Somebody else on this port, if nobody is there yet. */
async function occupy(port: number): Promise<number> {
  const server = createServer().listen(port, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
  });
  return (server.address() as AddressInfo | null)?.port ?? port;
}

const urlOf = (started: Started): string => /http:\/\/127\.0\.0\.1:\d+/.exec(started.said())![0];

async function answers(url: string): Promise<boolean> {
  const { status } = await fetch(`${url}/api/v1/health/ready`);
  return status === 200;
}

/** The file of the sample with a little less ground in 2024. */
function correctedSample(): string {
  const file = path.join(root, 'rulebook/cases/jinsha-mine/observations.json');
  const sample = JSON.parse(fs.readFileSync(file, 'utf8')) as { extent: { period: string; area: string | number }[] };
  const extent = sample.extent
    .filter(({ period }) => period === '2024')
    .map((row) => ({ ...row, area: Number(row.area) / 2 }));
  const corrected = path.join(dataDir, 'corrected.json');
  fs.writeFileSync(corrected, JSON.stringify({ extent }));
  return corrected;
}

describe('with the embedded server', () => {
  it('computes the sample at the first start, with the usual ports taken, and survives the death of everything', async () => {
    await Promise.all([occupy(3000), occupy(5432)]);
    const first = begin(start);
    await first.says(ready);
    expect(first.said().match(/1 computed, 0 unchanged/g)).toHaveLength(2);
    expect(first.said()).toMatch(/^Total +value +10⁴ yuan +68\.20 +68\.21 .* 1212\.90 +1212\.85 /m);
    expect(first.said()).toContain('through the queue: 65 computed, 0 unchanged');
    expect(first.said()).toMatch(/\/setup#token=[\w-]{20,}/);
    expect(Number(new URL(urlOf(first)).port)).toBeGreaterThan(3000);
    expect(await answers(urlOf(first))).toBe(true);
    // The link of a person leads to where the site really is.
    const person = ['user', 'add', 'county-accounts', '--role', 'accountant', '--territory', '520523'];
    const added = await gepProcess(person, { env: { GEP_DATA_DIR: dataDir } });
    expect(added.stdout).toContain(`: ${urlOf(first)}/setup#token=`);
    // A worker that dies is started again, and works.
    const worker = processesOf(dataDir).find(({ command }) => command.includes('/apps/worker/'))!;
    process.kill(worker.pid, 'SIGKILL');
    await first.says('the worker is ready again');
    const run = ['recompute', '--period', '2024', '--territory', '520523-jinsha-mine', '--norm', 'jinsha-mine-2026'];
    const again = await gepProcess(run, { env: { GEP_DATA_DIR: dataDir } });
    expect(again.stdout).toContain('done, 0 computed, 1 unchanged');
    // What people correct is theirs: the next start does not bring the sample back.
    await gepProcess(['observe', '--norm', 'jinsha-mine-2026', correctedSample()], { env: { GEP_DATA_DIR: dataDir } });
    expect((await gepProcess(run, { env: { GEP_DATA_DIR: dataDir } })).stdout).toContain(
      'done, 1 computed, 0 unchanged',
    );
    for (const { pid } of processesOf(dataDir)) process.kill(pid, 'SIGKILL');
    await nothingLeft(dataDir, 5_000);
    expect(fs.existsSync(path.join(dataDir, 'postgres', 'postmaster.pid'))).toBe(true);
  });

  it('starts again from there without computing anything, by the command of the README; Ctrl-C leaves nothing', async () => {
    // npm builds what changed since the last build; that is not what is measured.
    const again = begin(npmStart);
    await again.says('PostgreSQL started on port');
    const begun = performance.now();
    await again.says(ready);
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(again.said().match(/0 computed, 1 unchanged/g)).toHaveLength(2);
    expect(again.said()).toContain('0 computed, 65 unchanged');
    expect(again.said()).not.toMatch(/^Total .* 1212\.90 +1212\.85 /m);
    expect(await pressCtrlC(again)).toBeLessThan(8_000);
    // npm itself ends by the signal once its child has ended.
    expect([0, 'SIGINT']).toContain(await again.ended);
    await nothingLeft(dataDir, 1_000);
  });

  it('ends API and worker when it is killed itself, and uses again the server that stayed', async () => {
    const killed = begin(start);
    await killed.says('the worker is ready');
    killed.child.kill('SIGKILL');
    const programs = (): boolean => processesOf(dataDir).some(({ command }) => command.includes('/apps/'));
    for (let tries = 0; programs() && tries < 200; tries++) await sleep(50);
    expect(programs()).toBe(false);
    const next = begin(npmStart);
    await next.says('PostgreSQL was running');
    // In the middle of starting; the shell that npm runs between does not pass the signal on.
    next.child.kill('SIGTERM');
    await next.ended;
    await nothingLeft(dataDir, 5_000);
  });
});

describe('with servers of their own', () => {
  let server: EmbeddedPostgres;
  let redis: TestRedis | undefined;
  let urls: { owner: string; app: string };

  /** The roles of docs/operations.md, in a database of its own. */
  beforeAll(async () => {
    server = await startEmbeddedPostgres({ dataDir });
    redis = findRedis() ? await startTestRedis() : undefined;
    const client = new Client({ connectionString: server.superuserUrl });
    await client.connect();
    for (const statement of [
      `create role other_owner login password 'owner-password'`,
      `create role other_login login password 'app-password' in role gep_app`,
      `create role careless_login login password 'app-password' in role gep_app`,
      'alter role careless_login set synchronous_commit = off',
      'create database other owner other_owner',
      'revoke all on database other from public',
      'grant connect, temporary on database other to other_owner',
      'grant connect on database other to other_login, careless_login',
    ])
      await client.query(statement);
    await client.end();
    const at = `127.0.0.1:${server.port}/other`;
    urls = { owner: `postgres://other_owner:owner-password@${at}`, app: `postgres://other_login:app-password@${at}` };
  });
  afterAll(async () => {
    await redis?.stop();
    await server.stop();
  });

  const superuser = (): string => {
    const url = new URL(server.superuserUrl);
    url.pathname = '/other';
    return url.toString();
  };

  it('refuses what is unsafe, unknown or taken before anything is started, and says what to do', async () => {
    const port = String(await occupy(0));
    const evicting = redis && (await startTestRedis('--maxmemory-policy', 'allkeys-lru'));
    const refusals: [env: NodeJS.ProcessEnv, zh: string, en: string][] = [
      [{ GEP_PORT: port }, '已被其他程序占用', 'is taken by another program'],
      [{ GEP_PROT: '3000' }, '是否指 GEP_PORT', 'did you mean GEP_PORT'],
      [{ DATABASE_URL: superuser() }, '超级用户', 'superuser'],
      [{ DATABASE_URL: urls.app.replace('other_login', 'careless_login') }, 'synchronous_commit', 'synchronous_commit'],
      [{ DATABASE_URL: urls.app }, 'DATABASE_OWNER_URL', 'set DATABASE_OWNER_URL'],
      [{ DATABASE_URL: urls.app.replace('app-', 'wrong-') }, '无法连接 DATABASE_URL', 'password authentication failed'],
      ...(evicting
        ? [[{ REDIS_URL: evicting.url }, 'noeviction', 'noeviction'] as [NodeJS.ProcessEnv, string, string]]
        : []),
    ];
    for (let at = 0; at < refusals.length; at += 2)
      await Promise.all(
        refusals.slice(at, at + 2).map(async ([env, zh, en]) => {
          const refused = begin(start, env);
          expect(await refused.ended).toBe(1);
          expect(refused.said()).toContain(zh);
          expect(refused.said()).toContain(en);
          expect(refused.said()).not.toMatch(/\n {4}at |app-password|wrong-password/);
        }),
      );
    await evicting?.stop();
  });

  it('makes the tables with the owner, and goes on without; the queue moves to Redis', async () => {
    const withOwner = begin(start, { DATABASE_URL: urls.app, DATABASE_OWNER_URL: urls.owner });
    await withOwner.says('2024 through the queue: 1 computed');
    withOwner.child.kill('SIGTERM');
    expect(await withOwner.ended).toBe(0);
    const without = begin(start, { DATABASE_URL: urls.app, ...(redis && { REDIS_URL: redis.url }) });
    await without.says(ready);
    expect(without.said()).toContain(`its queue is on ${redis ? 'Redis' : 'PostgreSQL'}`);
    expect(without.said().match(/0 computed, 1 unchanged/g)).toHaveLength(2);
    // Somebody's own server gets no invented counties.
    expect(without.said()).not.toContain('990000');
    await pressCtrlC(without);
    // Our server is not theirs: it stays.
    expect(processesOf(dataDir).map(({ pid }) => pid)).toContain(server.pid);
  });
});
