// Makes the packages and the build agree with the sources. Runs on bare Node; says what it does on standard error.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { whileLocked } from './lock.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const inRoot = (...parts) => path.join(root, ...parts);
const say = (text) => process.stderr.write(`${text}\n`);

const installStamp = inRoot('node_modules', '.two-mountains-install');
const buildStamp = inRoot('dist', '.two-mountains-build');

/** Packages are imported by `require` although they are ES modules: Node does that from these versions on. */
function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)) return;
  throw new Error(
    `需要 Node.js 20.19 以上（或 22.12 以上），当前为 ${process.versions.node}：${process.execPath}\n` +
      `Node.js 20.19 or newer is needed (22.12 or newer in the 22 line); this is ${process.versions.node}: ${process.execPath}`,
  );
}

const readText = (file) => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};
const digest = (...texts) =>
  texts.reduce((hash, text) => hash.update(text).update('\0'), createHash('sha256')).digest('hex');

/** Names the lock file and the machine, because some packages carry programs for one machine only. */
const wantedInstall = () =>
  digest(fs.readFileSync(inRoot('package-lock.json'), 'utf8'), process.platform, process.arch);

/** True when npm itself notes every package of the lock as installed: somebody ran `npm ci` without us. */
function npmInstalledAll() {
  const noted = readText(inRoot('node_modules', '.package-lock.json'));
  if (!noted) return false;
  const installed = JSON.parse(noted).packages;
  const wanted = Object.entries(JSON.parse(fs.readFileSync(inRoot('package-lock.json'), 'utf8')).packages);
  return wanted.every(
    ([name, { version, optional, link }]) =>
      name === '' || !name.startsWith('node_modules/') || optional || link || installed[name]?.version === version,
  );
}

function isInstalled() {
  const wanted = wantedInstall();
  if (readText(installStamp) === wanted) return true;
  if (!npmInstalledAll()) return false;
  fs.writeFileSync(installStamp, wanted);
  return true;
}

/**
 * Runs a program to its end. A signal to us reaches it too, and ends us when it has ended, however it did: npm answers one by
 * an exit code, which is no failure to be tried another way.
 * @returns exit code and, unless shown at once, what it said
 */
function run(file, args, { shown, note, ...options }) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: root,
      stdio: shown ? ['ignore', 2, 2] : ['ignore', 'pipe', 'pipe'],
      ...options,
    });
    let stoppedBy;
    const pass = (signal) => {
      stoppedBy = signal;
      child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (said += text));
    child.once('spawn', () => note(child));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      for (const each of signals) process.removeListener(each, pass);
      if (stoppedBy ?? signal) process.kill(process.pid, stoppedBy ?? signal);
      else resolve({ code, said });
    });
  });
}

/** Runs npm without the install scripts of packages: none of ours needs one, and npm may hold them back anyway. */
async function npm(verb, note) {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const args = [verb, '--ignore-scripts', '--include=dev', '--include=optional', ...quiet];
  const inNpm = process.env.npm_execpath;
  const [file, first] = inNpm?.endsWith('.js') ? [process.execPath, [inNpm]] : ['npm', []];
  try {
    const { code } = await run(file, [...first, ...args], { shown: true, note, shell: process.platform === 'win32' });
    return code === 0;
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    throw new Error('未找到 npm；请安装随附 npm 的 Node.js\nnpm was not found; install Node.js together with npm');
  }
}

async function install(note) {
  const begun = Date.now();
  say('正在安装依赖，首次约需一分钟 · installing packages, about a minute the first time …');
  // `npm ci` refuses a lock that does not fit package.json.
  if (!(await npm('ci', note)) && !(await npm('install', note))) {
    throw new Error(
      '依赖安装失败，原因见上；请检查网络或 npm 镜像设置后重试\n' +
        'the packages could not be installed, see above; check the network or the npm registry and try again',
    );
  }
  fs.writeFileSync(installStamp, wantedInstall());
  say(`依赖安装完成 · packages installed (${seconds(begun)} s)`);
}

const seconds = (begun) => ((Date.now() - begun) / 1000).toFixed(1);

/** Every file that goes into the build, from the repository's root, in a fixed order. */
function sources() {
  const folders = ['libs', 'tools', 'migrations', ...fs.readdirSync(inRoot('apps')).map((app) => `apps/${app}/src`)];
  const files = folders
    .filter((folder) => fs.existsSync(inRoot(folder)))
    .flatMap((folder) => fs.readdirSync(inRoot(folder), { recursive: true }).map((name) => path.join(folder, name)));
  const compiled = files.filter((file) => /\.ts$/.test(file) && !/\.(spec|d)\.ts$/.test(file));
  return [...compiled.sort(), 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];
}

const wantedBuild = (files) => digest(...files.flatMap((file) => [file, fs.readFileSync(inRoot(file))]));
const isBuilt = () => readText(buildStamp) === wantedBuild(sources());

/** Outputs whose source is gone; a migration or an entry left over would still be found and run. */
function removeOrphans(files) {
  const expected = new Set(files.map((file) => file.replace(/\.ts$/, '.js')));
  const outputs = fs.readdirSync(inRoot('dist'), { recursive: true }).filter((name) => name.endsWith('.js'));
  for (const output of outputs.filter((name) => !expected.has(name))) {
    for (const file of [output, `${output}.map`]) fs.rmSync(inRoot('dist', file), { force: true });
  }
}

async function build(note) {
  const begun = Date.now();
  const files = sources();
  const wanted = wantedBuild(files);
  say('正在编译 · building …');
  // Without our stamp a build was cut short, and the compiler's notes about what it has written cannot be trusted.
  if (!fs.existsSync(buildStamp)) fs.rmSync(inRoot('dist'), { recursive: true, force: true });
  fs.rmSync(buildStamp, { force: true });
  const nest = [inRoot('node_modules', '@nestjs', 'cli', 'bin', 'nest.js'), 'build', 'api'];
  const { code, said } = await run(process.execPath, nest, { shown: false, note });
  if (code !== 0) throw new Error(`${said}\n编译失败，原因见上 · the build failed, see above`);
  removeOrphans(files);
  fs.writeFileSync(buildStamp, wanted);
  say(`编译完成 · built (${seconds(begun)} s)`);
}

/**
 * Installs and builds what is missing or out of date; several at once do it one after the other.
 * Where the sources are not at hand, as in an image for production, what is there is taken as it is.
 */
export async function prepare({ build: wantsBuild }) {
  checkNode();
  if (!fs.existsSync(inRoot('tsconfig.build.json'))) return;
  const ready = () => isInstalled() && (!wantsBuild || isBuilt());
  if (ready()) return;
  fs.mkdirSync(inRoot('.cache'), { recursive: true });
  await whileLocked(inRoot('.cache', 'prepare.lock'), say, async (note) => {
    if (!isInstalled()) await install(note);
    if (wantsBuild && !isBuilt()) await build(note);
  });
}

/** Where the command was typed: npm runs a script in the folder of the package, whose files nobody meant. */
export const callerFolder = () => (process.env.npm_lifecycle_event && process.env.INIT_CWD) || process.cwd();

/** Runs a program in this very process, so that signals, terminal and exit code are its own. */
export function runFile(file, args) {
  const entry = inRoot(file);
  process.argv = [process.argv[0], entry, ...args];
  createRequire(entry)(entry);
}
