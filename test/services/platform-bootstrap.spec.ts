/** The bootstrap on small trees of its own: when it installs, when it builds, and what several at once or a kill do to it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const repository = path.resolve(__dirname, '../..');
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});

/** A tree with the real bootstrap and settings, one program that prints its arguments, and the real packages or none. */
function plant({ packages }: { packages: boolean }): string {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'bootstrap-')));
  folders.push(root);
  for (const name of [
    'tools/bootstrap',
    'tools/gep.mjs',
    'package-lock.json',
    'nest-cli.json',
    'tsconfig.json',
    'tsconfig.build.json',
  ])
    fs.cpSync(path.join(repository, name), path.join(root, name), { recursive: true });
  write(root, 'package.json', '{"name": "planted", "private": true}');
  write(
    root,
    'apps/cli/src/main.ts',
    `import { word } from '@gep/kernel';\nconsole.log(word, process.argv.slice(2).join(' '));\n`,
  );
  write(root, 'apps/api/src/main.ts', 'export {};\n');
  write(root, 'libs/kernel/src/index.ts', `export const word: string = 'hello';\n`);
  if (packages) fs.symlinkSync(path.join(repository, 'node_modules'), path.join(root, 'node_modules'));
  return root;
}

function write(root: string, name: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  fs.writeFileSync(path.join(root, name), text);
}

const launch = (root: string, env: NodeJS.ProcessEnv = {}): ChildProcess =>
  spawn(process.execPath, [path.join(root, 'tools/gep.mjs'), 'a', 'b'], {
    cwd: os.tmpdir(),
    env: { ...process.env, ...env },
  });

async function outcomeOf(child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> {
  let out = '';
  let err = '';
  child.stdout!.on('data', (text) => (out += String(text)));
  child.stderr!.on('data', (text) => (err += String(text)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}
const gep = (root: string, env?: NodeJS.ProcessEnv) => outcomeOf(launch(root, env));

describe('building', () => {
  it('builds once, again when a source changed, and leaves nothing of a removed source', async () => {
    const root = plant({ packages: true });
    write(root, 'migrations/0001-gone.ts', 'export const gone = 1;\n');
    const first = await gep(root);
    expect(first).toMatchObject({ code: 0, out: 'hello a b\n' });
    expect(first.err).toContain('built');
    expect(await gep(root)).toEqual({ code: 0, out: 'hello a b\n', err: '' });
    write(root, 'libs/kernel/src/index.ts', `export const word: string = 'changed';\n`);
    fs.rmSync(path.join(root, 'migrations/0001-gone.ts'));
    expect((await gep(root)).out).toBe('changed a b\n');
    expect(fs.existsSync(path.join(root, 'dist/migrations/0001-gone.js'))).toBe(false);
  });

  it('shows what the compiler says, and builds when it is mended', async () => {
    const root = plant({ packages: true });
    write(root, 'libs/kernel/src/index.ts', `export const word: string = 5;\n`);
    const broken = await gep(root);
    expect(broken.code).toBe(1);
    expect(broken.err).toContain(`Type 'number' is not assignable to type 'string'`);
    write(root, 'libs/kernel/src/index.ts', `export const word: string = 'mended';\n`);
    expect((await gep(root)).out).toBe('mended a b\n');
  });

  it('lets one of several build while the others wait', async () => {
    const root = plant({ packages: true });
    const outcomes = await Promise.all([gep(root), gep(root), gep(root)]);
    expect(outcomes.map(({ out }) => out)).toEqual(['hello a b\n', 'hello a b\n', 'hello a b\n']);
    expect(outcomes.filter(({ err }) => err.includes('built'))).toHaveLength(1);
  });

  it('waits for the compiler of a killed one, and builds afresh', async () => {
    const root = plant({ packages: true });
    const killed = launch(root);
    const lock = path.join(root, '.cache/prepare.lock');
    while (!fs.existsSync(lock) || fs.readFileSync(lock, 'utf8').split('\n').length < 2)
      await new Promise((done) => setTimeout(done, 10));
    killed.kill('SIGKILL');
    expect(await gep(root)).toMatchObject({ code: 0, out: 'hello a b\n' });
    expect(fs.existsSync(lock)).toBe(false);
  });

  it('takes what is built where there are no sources', async () => {
    const root = plant({ packages: true });
    await gep(root);
    for (const name of ['tsconfig.build.json', 'libs', 'apps']) fs.rmSync(path.join(root, name), { recursive: true });
    expect(await gep(root)).toEqual({ code: 0, out: 'hello a b\n', err: '' });
  });
});

describe('installing', () => {
  /** Stands in for npm: notes how it was called, and installs by a link to the real packages unless it is to fail. */
  const npm = (root: string, failing: string[]) => {
    const script = `const fs = require('node:fs');
      fs.appendFileSync(${JSON.stringify(path.join(root, 'calls'))}, process.argv.slice(2).join(' ') + '\\n');
      if (${JSON.stringify(failing)}.includes(process.argv[2])) process.exit(1);
      fs.mkdirSync('node_modules', { recursive: true });
      for (const name of ['@nestjs', '@types', 'typescript', '.package-lock.json'])
        if (!fs.existsSync('node_modules/' + name)) fs.symlinkSync(${JSON.stringify(path.join(repository, 'node_modules'))} + '/' + name, 'node_modules/' + name);`;
    write(root, 'npm-cli.js', script);
    return { npm_execpath: path.join(root, 'npm-cli.js') };
  };
  const callsIn = (root: string) => fs.readFileSync(path.join(root, 'calls'), 'utf8').trim().split('\n');

  it('installs once, without install scripts, and again when the lock changed', async () => {
    const root = plant({ packages: false });
    const env = npm(root, []);
    expect((await gep(root, env)).code).toBe(0);
    expect((await gep(root, env)).code).toBe(0);
    expect(callsIn(root)).toEqual([expect.stringMatching(/^ci --ignore-scripts --include=dev/)]);
    const lock = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { version: string }>;
    };
    lock.packages['node_modules/pg']!.version = '99.0.0';
    write(root, 'package-lock.json', JSON.stringify(lock));
    await gep(root, env);
    expect(callsIn(root)).toHaveLength(2);
  });

  it('does not install over packages that npm itself installed', async () => {
    const root = plant({ packages: false });
    const env = npm(root, []);
    await outcomeOf(spawn(process.execPath, [env.npm_execpath, 'by-hand'], { cwd: root }));
    expect((await gep(root, env)).code).toBe(0);
    expect(callsIn(root)).toEqual(['by-hand']);
  });

  it('falls back to `npm install`, and says so when that fails too', async () => {
    const root = plant({ packages: false });
    expect((await gep(root, npm(root, ['ci']))).code).toBe(0);
    expect(callsIn(root).map((call) => call.split(' ')[0])).toEqual(['ci', 'install']);
    const other = plant({ packages: false });
    const failed = await gep(other, npm(other, ['ci', 'install']));
    expect(failed).toMatchObject({ code: 1, out: '' });
    expect(failed.err).toContain('the packages could not be installed');
  });
});
