/** Entry of the npm scripts on bare Node: makes a clone ready, then starts, tests or checks it. */
import path from 'node:path';
import { runNode } from './bootstrap/child.mjs';
import { makeReady, root } from './bootstrap/ready.mjs';

const [what, ...args] = process.argv.slice(2);
const tasks = {
  start: () => runNode([path.join(root, 'dist', 'tools', 'start.js'), ...args], { cwd: root }),
  test: () => runNode([path.join('node_modules', 'jest', 'bin', 'jest.js'), ...args], { cwd: root }),
  check: async () => ({ code: await (await import('./bootstrap/check.mjs')).check() }),
};

if (!Object.hasOwn(tasks, what)) {
  process.stderr.write(`usage: node tools/bootstrap.mjs ${Object.keys(tasks).join('|')}\n`);
  process.exit(2);
}
makeReady();
process.exitCode = (await tasks[what]()).code;
