// From a bare machine with Node to a running program: installs, builds what changed, then starts, tests or checks.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkAll } from './bootstrap/checks.mjs';
import { callerFolder, prepare, runFile } from './bootstrap/prepare.mjs';

const usage = `node tools/bootstrap.mjs <command>
  start         database, API and worker on this machine
  test [args]   all tests, with arguments of Jest
  generate      a table of invented patches for every county: --help
  check         format, lint, types, imports, pure tests, cases and the house; no database`;

const commands = {
  async start(args) {
    await prepare({ build: true });
    runFile('dist/tools/start.js', args);
  },
  async generate(args) {
    await prepare({ build: true });
    process.chdir(caller);
    runFile('dist/tools/generate.js', args);
  },
  async test(args) {
    // The spec of `npm start` builds, as people do by it, while others run.
    await prepare({ build: false });
    // The whole run loads what specs share once; what was named is run as it stands.
    const whole = args.length === 0 ? ['--config', 'test/together/all.config.js'] : args;
    runFile('node_modules/jest/bin/jest.js', whole);
  },
  async check() {
    await prepare({ build: false });
    process.exitCode = await checkAll();
  },
};

const [name, ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined;
const caller = callerFolder();
if (command) {
  for (const key of ['GEP_DATA_DIR', 'GEP_RULEBOOK_DIR'])
    if (process.env[key]?.trim()) process.env[key] = path.resolve(caller, process.env[key].trim());
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  command(args).catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
} else {
  process.stderr.write(`${usage}\n`);
  process.exitCode = 2;
}
