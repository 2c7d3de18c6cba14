/** The first start as a process, told to stop while packages are installed: it ends, and tries nothing else. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bareEnvironment, root } from './cli-under-test';
import { until } from '../fixtures/until';

/** In the place of npm: notes what it was asked for, and answers a signal by an exit code, as npm does. */
const installer = `
const fs = require('node:fs');
fs.appendFileSync('asked', process.argv[2] + '\\n');
process.on('SIGTERM', () => process.exit(1));
setTimeout(() => {}, 60_000);
`;

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gep-bootstrap-'));
  for (const name of ['tools/bootstrap.mjs', 'tools/bootstrap', 'package-lock.json', 'tsconfig.build.json'])
    fs.cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  fs.writeFileSync(path.join(folder, 'installer.js'), installer);
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

it.each([
  ['its group, as a service manager does', -1],
  ['it alone', 1],
])('ends by the signal that is sent to %s', async (_, sign) => {
  const env = { ...bareEnvironment(), npm_execpath: path.join(folder, 'installer.js') };
  const options = { cwd: folder, env, stdio: 'ignore', detached: true } as const;
  const child = spawn(process.execPath, ['tools/bootstrap.mjs', 'start'], options);
  const ended = new Promise((resolve) => child.once('close', (code, signal) => resolve(signal ?? code)));
  const asked = (): string =>
    fs.existsSync(path.join(folder, 'asked')) ? fs.readFileSync(path.join(folder, 'asked'), 'utf8') : '';
  await until(() => asked() !== '', 20_000, 'the installation');
  process.kill(sign * child.pid!, 'SIGTERM');
  expect(await ended).toBe('SIGTERM');
  expect(asked()).toBe('ci\n');
});
