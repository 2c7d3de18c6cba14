/** The embedded server: first start, reuse, kill -9 of everything, several starters, and users who are not root. */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { assertSafeDatabase, migrate, openDatabase, startEmbeddedPostgres, type EmbeddedPostgres } from '@gep/platform';
import { Client } from 'pg';

const root = path.resolve(__dirname, '../..');
const folders: string[] = [];
const servers: EmbeddedPostgres[] = [];

const newFolder = () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `gep-test-${process.pid}-`));
  fs.chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
};
const start = async (dataDir: string, test = true) => {
  const server = await startEmbeddedPostgres({ dataDir, test });
  servers.push(server);
  return server;
};
const ask = async <T>(url: string, sql: string): Promise<T> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows[0] as T;
  } finally {
    await client.end();
  }
};
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, 'latin1'));
  } catch {
    return false;
  }
};

afterAll(async () => {
  for (const server of servers) await server.stop();
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Runs a starter in a process of its own, which prints what it got and then waits, stops or dies. */
const script = `
  require(${JSON.stringify(path.join(root, 'test/fixtures/load-typescript.js'))});
  const { startEmbeddedPostgres } = require('@gep/platform');
  startEmbeddedPostgres({ dataDir: process.argv[1], test: true }).then(async (server) => {
    console.log(JSON.stringify({ pid: server.pid, reused: server.reused, uid: process.getuid() }));
    if (process.argv[2] === 'die') process.kill(process.pid, 'SIGKILL');
    if (process.argv[2] === 'stop') await server.stop();
  });`;
const starter = (folder: string, then: 'die' | 'stop', options: object = {}) =>
  new Promise<{ pid: number; reused: boolean; uid: number }>((resolve, reject) => {
    const child = spawn(process.execPath, ['-e', script, folder, then], { cwd: root, ...options });
    let out = '';
    let err = '';
    child.stdout?.on('data', (text) => (out += String(text)));
    child.stderr?.on('data', (text) => (err += String(text)));
    child.once('close', () => (out ? resolve(JSON.parse(out)) : reject(new Error(err))));
  });

describe('the embedded server', () => {
  it('starts safe: checksums, durable commits, an application role without power, files for the owner only', async () => {
    const folder = newFolder();
    const server = await start(folder, false);
    expect(server.reused).toBe(false);
    await migrate(server.ownerUrl, { redis: false });
    await migrate(server.ownerUrl, { redis: false });
    const db = await openDatabase({ databaseUrl: server.appUrl });
    await assertSafeDatabase(db);
    await db.close();
    // What a job without a name of its own makes: a sequence of the application, at which a later start must not fail.
    await ask(server.appUrl, `select bullmq.next_job_id('settlement')`);
    await migrate(server.ownerUrl, { redis: false });
    const settings = await ask(
      server.superuserUrl,
      `select current_setting('data_checksums') as checksums, current_setting('listen_addresses') as listen,
              current_setting('server_encoding') as encoding, inet_server_port() <> 5432 as port`,
    );
    expect(settings).toEqual({ checksums: 'on', listen: '127.0.0.1', encoding: 'UTF8', port: true });
    expect(fs.statSync(path.join(folder, 'credentials.json')).mode & 0o777).toBe(0o600);
    expect(fs.statSync(path.join(folder, 'postgres')).mode & 0o777).toBe(0o700);
    const passwords = Object.values(
      JSON.parse(fs.readFileSync(path.join(folder, 'credentials.json'), 'utf8')) as object,
    );
    expect(new Set(passwords).size).toBe(3);
  });

  it('is shared by programs that start at the same time, and ends with the last of them', async () => {
    const folder = newFolder();
    const shared = await Promise.all([start(folder), starter(folder, 'stop'), starter(folder, 'stop')]);
    expect(new Set(shared.map(({ pid }) => pid)).size).toBe(1);
    expect(shared.filter(({ reused }) => !reused)).toHaveLength(1);
    expect(isAlive(shared[0].pid)).toBe(true);
    await shared[0].stop();
    expect(isAlive(shared[0].pid)).toBe(false);
  });

  it('is found again after its program was killed', async () => {
    const folder = newFolder();
    const first = await starter(folder, 'die');
    const server = await start(folder);
    expect([server.pid, server.reused]).toEqual([first.pid, true]);
    await server.stop();
    expect(isAlive(first.pid)).toBe(false);
  });

  it('comes back with its records after kill -9 of server and program', async () => {
    const folder = newFolder();
    const first = await starter(folder, 'die');
    const running = await start(folder);
    await ask(running.ownerUrl, 'create table public.kept as select 42 as answer');
    process.kill(first.pid, 'SIGKILL');
    const server = await start(folder);
    expect(server.reused).toBe(false);
    expect(await ask(server.ownerUrl, 'select answer from public.kept')).toEqual({ answer: 42 });
  });

  it('starts when the pid file names a process that is another program by now', async () => {
    const folder = newFolder();
    const first = await start(folder);
    await first.stop();
    const lines = [process.pid, path.join(folder, 'postgres'), '1', '5999', '', '127.0.0.1', '0 0', 'ready'];
    fs.writeFileSync(path.join(folder, 'postgres/postmaster.pid'), lines.join('\n'));
    expect((await start(folder)).reused).toBe(false);
  });

  it('finishes a first start that was cut short', async () => {
    const folder = newFolder();
    fs.mkdirSync(path.join(folder, 'postgres.new'));
    fs.writeFileSync(path.join(folder, 'postgres.new/half'), '');
    fs.writeFileSync(path.join(folder, 'postgres.lock'), '999999:1');
    expect((await start(folder)).reused).toBe(false);
  });

  it('says what to do when the passwords are gone', async () => {
    const folder = newFolder();
    await (await start(folder)).stop();
    fs.rmSync(path.join(folder, 'credentials.json'));
    await expect(startEmbeddedPostgres({ dataDir: folder })).rejects.toThrow('credentials.json is gone');
  });

  const isRoot = process.getuid?.() === 0;
  const asUser = isRoot ? { uid: 65534, gid: 65534 } : {};

  it('runs for an ordinary user', async () => {
    const folder = newFolder();
    if (isRoot) fs.chownSync(folder, 65534, 65534);
    expect((await starter(folder, 'stop', asUser)).uid).not.toBe(0);
  });

  it('runs where user namespaces are not to be had', async () => {
    const nothing = newFolder();
    const folder = newFolder();
    const program = await starter(folder, 'stop', { env: { ...process.env, PATH: nothing } });
    expect(program.reused).toBe(false);
    expect(spawnSync('unshare', ['--version'], { env: { PATH: nothing } }).error).toBeDefined();
  });
});
