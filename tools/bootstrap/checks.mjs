// All checks that need no database, a few at a time, each with its seconds; what failed is shown in full at the end.
import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { root } from './prepare.mjs';

const bin = (file) => path.join(root, 'node_modules', file);
const cache = (name) => path.join(root, '.cache', name);

/** Imports and all else of the house, cases, and specs of pure files, in two processes. */
const tests = (half) => [
  bin('jest/bin/jest.js'),
  ...['--runInBand', '--config', 'test/together/jest.config.js', '--selectProjects', `together ${half}`],
];

/** Longest first, so that the lanes end at about the same time. */
const checks = [
  ['imports, house, specs, cases: first half', ...tests(1)],
  ['imports, house, specs, cases: second half', ...tests(2)],
  [
    'syntax of the house',
    bin('eslint/bin/eslint.js'),
    ...['--cache', '--cache-strategy', 'content', '--cache-location', cache('eslint.json'), '.'],
  ],
  ['lint', bin('oxlint/bin/oxlint'), '--type-aware', '.'],
  [
    'types',
    bin('typescript-native/bin/tsc'),
    ...['--noEmit', '--incremental', '--tsBuildInfoFile', cache('types.tsbuildinfo'), '-p', 'tsconfig.json'],
  ],
  ['format', bin('oxfmt/bin/oxfmt'), '--check', '.'],
];
const lanes = Math.min(4, Math.max(2, os.availableParallelism()));

const running = new Set();

function run([name, ...args]) {
  const begun = Date.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      // Properties try fewer random cases here than in `npm test`, so that nobody waits a minute for a check.
      env: { ...process.env, GEP_FEWER_CASES: '1', FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
    });
    running.add(child);
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.once('close', (code) => {
      running.delete(child);
      const seconds = ((Date.now() - begun) / 1000).toFixed(1).padStart(5);
      process.stdout.write(`${code === 0 ? '  ok  ' : 'FAILED'} ${seconds} s  ${name}\n`);
      resolve({ name, code, output });
    });
  });
}

/** Exit code: 0 when all is well. */
export async function checkAll() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      for (const child of running) child.kill(signal);
      process.exit(130);
    });
  }
  const begun = Date.now();
  const waiting = [...checks];
  const results = [];
  const lane = async () => {
    while (waiting.length > 0) results.push(await run(waiting.shift()));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const failed = results.filter(({ code }) => code !== 0);
  for (const { name, output } of failed) process.stdout.write(`\n── ${name} ──\n${output.trimEnd()}\n`);
  process.stdout.write(
    `\n${failed.length === 0 ? 'all checks passed' : `${failed.length} of ${checks.length} checks failed`} in ${((Date.now() - begun) / 1000).toFixed(1)} s\n`,
  );
  return failed.length === 0 ? 0 : 1;
}
