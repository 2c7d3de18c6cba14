/** The import rules: each catches the examples broken for it and nothing else, and the real tree has none. */
import { house } from './house';
import { inTemporaryTree, outputOf, root, type Tree } from './temporary-tree';

interface Cruise {
  summary: { violations: { from: string; to: string; rule: { name: string } }[] };
}

/** `rule: file`, sorted. */
function violations(folder: string, places: readonly string[]): string[] {
  const script = 'dependency-cruiser/bin/dependency-cruise.mjs';
  const args = ['--config', `${root}/.dependency-cruiser.cjs`, '--output-type', 'json', ...places];
  const { summary } = JSON.parse(outputOf(script, args, folder)) as Cruise;
  return [...new Set(summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`))].sort();
}

/** A clean tree: front doors of all subjects, stand-ins for packages, and processes that reach every file. */
function built(files: Tree): Tree {
  const packages = ['typeorm', 'pg', 'bullmq', 'yaml', 'decimal.js', '@nestjs/common', 'jest', 'lodash'];
  const stubs = packages.flatMap((name) => [
    [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
    [`node_modules/${name}/index.js`, 'module.exports = {};'],
  ]);
  const doors = subjects.map((name) => [`libs/${name}/src/index.ts`, `export const ${name} = 1;\n`]);
  const places = new Set(Object.keys(files).map((path) => /^(libs|apps)\/[^/]+/.exec(path)?.[0] ?? ''));
  const threads = [...places].filter(Boolean).map((place) => {
    const reached = Object.keys(files).filter((path) => path.startsWith(`${place}/`) && !/spec|forgotten/.test(path));
    const imports = reached.map((path) => `import './${path.slice(`${place}/src/`.length, -'.ts'.length)}';\n`);
    return [`${place}/src/reach.thread.ts`, imports.join('')];
  });
  const main = subjects.map((name) => `import { ${name} } from '@gep/${name}';\nconsole.log(${name});\n`).join('');
  return { ...Object.fromEntries([...stubs, ...doors, ...threads]), 'apps/api/src/main.ts': main, ...files };
}

const subjects = Object.keys(house.table);
const uses = (name: string) => `import { ${name} } from '@gep/${name}';\nconsole.log(${name});\n`;

/** Each broken file with the rule that must catch it. */
const broken: [rule: string, why: string, path: string, text: string][] = [
  [
    'imports-of-kernel',
    'a lib imports an app',
    'libs/kernel/src/a.service.ts',
    `import '../../../apps/api/src/fine';\n`,
  ],
  ['imports-of-ledger', 'a lib imports the tests', 'libs/ledger/src/a.service.ts', `import '../../../test/support';\n`],
  ['imports-of-worker', 'an app imports another', 'apps/worker/src/a.service.ts', `import '../../api/src/fine';\n`],
  ['imports-of-web', 'the page imports a lib', 'apps/web/src/a.service.ts', `import '@gep/kernel';\n`],
  ['unknown-subject', 'a folder is not in the table', 'libs/forest/src/a.service.ts', `import 'yaml';\n`],
  [
    'front-door-between-libs',
    'a lib passes by the front door',
    'libs/access/src/b.service.ts',
    `import '../../kernel/src/inner';\n`,
  ],
  [
    'front-door',
    'an app passes by the front door',
    'apps/cli/src/a.service.ts',
    `import '../../../libs/kernel/src/inner';\n`,
  ],
  ['front-door', 'a test passes by the front door', 'test/support.ts', `import '../libs/kernel/src/inner';\n`],
  ['migrations-stand-alone', 'a migration uses the code of today', 'migrations/0001-a.ts', `import '@gep/kernel';\n`],
  [
    'no-cycle',
    'two files need each other, if only as types',
    'libs/kernel/src/c.ts',
    `import type { D } from './d';\nexport type C = D;\n`,
  ],
  [
    'no-cycle-of-entities',
    'entities need each other at run time',
    'libs/access/src/c.entities.ts',
    `import { D } from './d.entities';\nexport const C = () => D;\n`,
  ],
  ['dead-file', 'no process reaches a file', 'libs/kernel/src/forgotten.ts', ''],
  ['unresolved', 'there is no such file', 'libs/kernel/src/e.service.ts', `import './nowhere';\n`],
  ['undeclared-package', 'package.json does not name it', 'libs/platform/src/f.service.ts', `import 'lodash';\n`],
  [
    'undeclared-package',
    'the program needs what only development has',
    'libs/platform/src/g.service.ts',
    `import 'jest';\n`,
  ],
  ['pure-imports-role', 'a pure file imports a store', 'libs/access/src/h.ts', `import './fine.store';\n`],
  [
    'pure-imports-role',
    'a pure file imports a type of a service',
    'libs/access/src/i.ts',
    `import type { S } from './fine.service';\nexport type I = S;\n`,
  ],
  ['pure-imports-package', 'a pure file imports a framework', 'libs/access/src/j.ts', `import '@nestjs/common';\n`],
  [
    'pure-imports-package',
    'a pure file imports a type of a framework',
    'apps/api/src/k.ts',
    `import type { X } from '@nestjs/common';\nexport type K = X;\n`,
  ],
  [
    'pure-imports-package-in-platform',
    'a pure file of platform runs a framework',
    'libs/platform/src/s.ts',
    `import { Queue } from 'bullmq';\nexport const s = Queue;\n`,
  ],
  ['pure-imports-builtin', 'a pure file opens files', 'libs/kernel/src/l.ts', `import 'node:fs';\n`],
  ['pure-imports-builtin', 'a pure file of an app starts processes', 'apps/api/src/m.ts', `import 'child_process';\n`],
  ['decimal-only-from-kernel', 'a decimal has 20 digits', 'libs/formula/src/n.ts', `import 'decimal.js';\n`],
  [
    'sql-outside-stores',
    'a service speaks SQL',
    'libs/access/src/o.service.ts',
    `import { In } from 'typeorm';\nexport const o = In;\n`,
  ],
  [
    'sql-outside-stores',
    'a controller opens a connection',
    'apps/api/src/p.controller.ts',
    `import { Client } from 'pg';\nexport const p = Client;\n`,
  ],
  [
    'queue-outside-platform',
    'a processor opens its own queue',
    'apps/worker/src/q.processor.ts',
    `import { Queue } from 'bullmq';\nexport const q = Queue;\n`,
  ],
  ['store-behind-service', 'a store calls a service', 'libs/access/src/r.store.ts', `import './fine.service';\n`],
];

/** The other halves of the broken examples, and what the house allows. */
const allowed: Tree = {
  'libs/kernel/src/inner.ts': '',
  'libs/kernel/src/d.ts': `import { C } from './c';\nexport type D = C;\n`,
  'libs/kernel/src/forgotten.spec.ts': `import './forgotten';\n`,
  'libs/access/src/d.entities.ts': `import { C } from './c.entities';\nexport const D = () => C;\n`,
  'libs/access/src/fine.entities.ts': `import type { B } from './pair.entities';\nimport 'typeorm';\nexport type A = B;\n`,
  'libs/access/src/pair.entities.ts': `import type { A } from './fine.entities';\nexport type B = A;\n`,
  'libs/access/src/fine.store.ts': `import { In } from 'typeorm';\nimport './fine.entities';\nexport const x = In;\n`,
  'libs/access/src/fine.service.ts': `import type { EntityManager } from 'typeorm';\nimport type { Job } from 'bullmq';\nimport './fine.store';\nexport type S = [EntityManager, Job];\n`,
  'libs/access/src/fine.spec.ts': `import 'jest';\nimport './fine.service';\n`,
  'libs/rulebook/src/fine.ts': `import { parse } from 'yaml';\nimport { createHash } from 'node:crypto';\n${uses('formula')}export const y = [parse, createHash];\n`,
  'libs/platform/src/fine.ts': `import type { Job } from 'bullmq';\nexport type J = Job;\n`,
  'apps/api/src/fine.ts': `export const fine = 1;\n`,
};
const consequences = [
  'no-cycle: libs/kernel/src/d.ts',
  'no-cycle-of-entities: libs/access/src/d.entities.ts',
  'unknown-subject: libs/forest/src/reach.thread.ts',
];

describe('one tree with every import that is broken', () => {
  let found: string[];
  beforeAll(() => {
    const files = { ...allowed, ...Object.fromEntries(broken.map(([, , path, text]) => [path, text])) };
    found = inTemporaryTree(built(files), (folder) => violations(folder, ['apps', 'libs', 'migrations', 'test']));
  });

  it.each(broken)('%s catches that %s', (rule, _why, path) => {
    expect(found).toContain(`${rule}: ${path}`);
  });

  it('nothing else is refused', () => {
    const expected = new Set([...broken.map(([rule, , path]) => `${rule}: ${path}`), ...consequences]);
    expect(found.filter((violation) => !expected.has(violation))).toEqual([]);
  });
});

it('every import that the table does not allow is refused, and every one it allows passes', () => {
  const pairs = subjects.flatMap((from) => subjects.filter((to) => to !== from).map((to) => ({ from, to })));
  const path = (from: string, to: string) => `libs/${from}/src/needs-${to}.service.ts`;
  const files = Object.fromEntries(pairs.map(({ from, to }) => [path(from, to), uses(to)]));
  const expected = pairs
    .filter(({ from, to }) => !house.table[from].includes(to))
    .map(({ from, to }) => `imports-of-${from}: ${path(from, to)}`);
  expect(expected.length).toBeGreaterThan(150);
  expect(inTemporaryTree(built(files), (folder) => violations(folder, ['apps', 'libs']))).toEqual(expected.sort());
});

it('holds on the tree', () => {
  expect(violations(root, ['apps', 'libs', 'tools', 'migrations', 'test', 'bench'])).toEqual([]);
});
