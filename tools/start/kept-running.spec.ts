/** A program that ends is started again, with real processes: one that ends for ever is given up, one asked to end stays ended. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { keepRunning } from './kept-running.service';
import { launchProgram, type Program } from './program.service';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gep-kept-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** A program that is ready at once and lives so long. */
function mortal(lifeMs: number): Program {
  const file = path.join(folder, 'mortal.js');
  fs.writeFileSync(file, `process.send({ type: 'ready' }); setTimeout(() => process.exit(7), ${lifeMs});`);
  const entry = { file, execArgv: [] };
  return launchProgram({ name: 'mortal', entry, env: process.env, cwd: folder, logFolder: folder });
}

/** What is told while it is kept running, from the first end on. */
async function kept(lifeMs: number, isEnding: (told: readonly string[]) => boolean): Promise<string[]> {
  const told: string[] = [];
  const first = mortal(lifeMs);
  await first.ready;
  await keepRunning(first, {
    launch: () => mortal(lifeMs),
    isEnding: () => isEnding(told),
    again: (_, how, pauseMs) => told.push(`${how}, again in ${pauseMs}`),
    backAgain: () => told.push('back'),
    giveUp: (_, how) => told.push(`${how}, given up`),
    pauseMs: 10,
  });
  return told;
}

it('is started again, later each time, and given up when that helps nothing', async () => {
  expect(await kept(5, () => false)).toEqual([
    ...['exit code 7, again in 10', 'back'],
    ...['exit code 7, again in 20', 'back'],
    ...['exit code 7, again in 40', 'back'],
    'exit code 7, given up',
  ]);
});

it('is not started again once the end was asked for, not even after the pause', async () => {
  expect(await kept(5, () => true)).toEqual([]);
  expect(await kept(5, (told) => told.length > 0)).toEqual(['exit code 7, again in 10']);
});
