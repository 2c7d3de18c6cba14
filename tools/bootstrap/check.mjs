/** `npm run check`: every check that needs no database, two at a time, with the output of those that fail. */
import path from 'node:path';
import { runNode } from './child.mjs';
import { root } from './ready.mjs';

const bin = (...parts) => path.join('node_modules', ...parts);
/** Two rows of checks run side by side, on two cores; the longest first. */
const rows = [
  [
    ['lint', [bin('eslint', 'bin', 'eslint.js'), '.', '--max-warnings', '0']],
    ['format', [bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.']],
    [
      'imports',
      [
        bin('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
        '--config',
        '.dependency-cruiser.cjs',
        'apps',
        'libs',
        'tools',
        'migrations',
      ],
    ],
  ],
  [
    ['types', [bin('typescript', 'bin', 'tsc'), '--noEmit', '-p', 'tsconfig.json']],
    [
      'house, pure specs, cases',
      [bin('jest', 'bin', 'jest.js'), '--selectProjects', 'house', 'pure', 'cases', '--maxWorkers', '2'],
    ],
  ],
];

export async function check() {
  const failed = [];
  const runRow = async (row) => {
    for (const [name, args] of row) {
      const begun = Date.now();
      const { code, output } = await runNode(args, { cwd: root, capture: true });
      process.stdout.write(
        `${code === 0 ? 'ok    ' : 'FAILED'}  ${name}  ${((Date.now() - begun) / 1000).toFixed(1)} s\n`,
      );
      if (code === 0) continue;
      failed.push(name);
      process.stdout.write(`${output}\n`);
    }
  };
  await Promise.all(rows.map(runRow));
  process.stdout.write(failed.length === 0 ? 'all checks passed\n' : `failed: ${failed.join(', ')}\n`);
  return failed.length === 0 ? 0 : 1;
}
