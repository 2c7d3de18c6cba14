/** Makes a fresh clone able to run: installs the packages of the lock file and builds, each only when something changed. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const neededNode = [20, 19];
const waitMs = 200;
const longestWaitMs = 15 * 60_000;

/** Told on stderr, so that the result of a command stays alone on stdout. */
const say = (text) => process.stderr.write(`${text}\n`);

/** Ends the program when Node is too old to run it. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > neededNode[0] || (major === neededNode[0] && minor >= neededNode[1])) return;
  say(`Node ${neededNode.join('.')} or newer is needed, this is ${process.versions.node}. See https://nodejs.org`);
  say(`需要 Node ${neededNode.join('.')} 或更高版本，当前为 ${process.versions.node}`);
  process.exit(1);
}

/** Packages and build, up to date. Programs that start at the same time wait for the first. */
export function makeReady() {
  checkNode();
  const lockDigest = digestOf(['package-lock.json', 'package.json']);
  const packagesStamp = path.join(root, 'node_modules', '.two-mountains-packages');
  const buildStamp = path.join(root, 'dist', '.two-mountains-build');
  const isCurrent = (stamp, digest) => fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === digest;
  const sources = () => `${lockDigest} ${digestOf(sourceFiles())}`;
  if (isCurrent(packagesStamp, lockDigest) && isCurrent(buildStamp, sources())) return;
  whileLocked(() => {
    if (!isCurrent(packagesStamp, lockDigest)) {
      say('installing packages · 正在安装依赖 …');
      install();
      fs.writeFileSync(packagesStamp, lockDigest);
    }
    const digest = sources();
    if (!isCurrent(buildStamp, digest)) {
      say('building · 正在编译 …');
      // What tsc remembers of the last build would make it leave out files that are gone from dist.
      fs.rmSync(path.join(root, 'dist'), { recursive: true, force: true });
      run(
        process.execPath,
        [path.join('node_modules', '@nestjs', 'cli', 'bin', 'nest.js'), 'build', 'api'],
        'the build',
      );
      fs.writeFileSync(buildStamp, digest);
    }
  });
}

function install() {
  // The build needs the development packages, whatever the environment says.
  const flags = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const clean = spawnSync(npm, ['ci', ...flags], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (clean.status === 0) return;
  say('npm ci failed, trying npm install · npm ci 未成功，改用 npm install …');
  run(npm, ['install', '--no-save', ...flags], 'the installation of packages');
}

function run(command, args, what) {
  const { status, signal, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && command.endsWith('.cmd'),
  });
  if (status === 0) return;
  say(`${what} failed (${error?.message ?? signal ?? `exit code ${status}`}); see the messages above`);
  process.exit(1);
}

/** Everything that the build reads, in a fixed order. */
function sourceFiles() {
  const files = ['nest-cli.json', 'tsconfig.json', 'tsconfig.build.json'];
  for (const folder of ['apps', 'libs', 'tools', 'migrations']) {
    for (const entry of fs.readdirSync(path.join(root, folder), { recursive: true })) {
      const file = path.join(folder, entry);
      if (file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.includes('node_modules')) files.push(file);
    }
  }
  return files.sort();
}

function digestOf(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(fs.readFileSync(path.join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

/** One program at a time installs or builds; a lock whose holder is gone is taken over. */
function whileLocked(work) {
  const folder = path.join(root, '.cache');
  const lock = path.join(folder, 'bootstrap.lock');
  fs.mkdirSync(folder, { recursive: true });
  const deadline = Date.now() + longestWaitMs;
  while (!takeLock(lock)) {
    if (Date.now() > deadline) {
      say(`another program has held ${lock} for too long; remove it if none is running`);
      process.exit(1);
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, waitMs);
  }
  const release = () => fs.rmSync(lock, { force: true });
  process.once('exit', release);
  work();
  process.off('exit', release);
  release();
}

function takeLock(lock) {
  try {
    fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    let holder = 0;
    try {
      holder = Number(fs.readFileSync(lock, 'utf8'));
      if (holder) process.kill(holder, 0);
    } catch (error) {
      // No such process, or the lock has just been released: the next try decides who gets it.
      if (error.code === 'ESRCH') fs.rmSync(lock, { force: true });
    }
    return false;
  }
}
