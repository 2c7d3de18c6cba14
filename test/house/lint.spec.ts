/** The linters: each rule catches the example broken for it, a disabling comment changes nothing, and clean code passes. */
import { inTemporaryTree, outputOf, read, root, withPackages } from './temporary-tree';

interface SyntaxResult {
  filePath: string;
  messages: { ruleId: string | null; message: string }[];
}
interface TypedResults {
  diagnostics: { filename: string; code: string; message: string }[];
}

/** path → `rule: message` of each finding of both linters. */
function lint(folder: string): Map<string, string[]> {
  const syntax = JSON.parse(
    outputOf('eslint/bin/eslint.js', ['--config', `${root}/eslint.config.mjs`, '--format', 'json', '.'], folder),
  ) as SyntaxResult[];
  const typed = JSON.parse(
    outputOf('oxlint/bin/oxlint', ['--config', '.oxlintrc.json', '--type-aware', '--format', 'json', '.'], folder),
  ) as TypedResults;
  return new Map(
    syntax.map(({ filePath, messages }) => {
      const path = filePath.slice(folder.length + 1);
      // Without a rule it only remarks that a disabling comment has no effect.
      const ours = messages.flatMap(({ ruleId, message }) =>
        ruleId === null && message.includes('has no effect') ? [] : [`${ruleId}: ${message}`],
      );
      const theirs = typed.diagnostics.filter(({ filename }) => filename === path);
      return [path, [...ours, ...theirs.map(({ code, message }) => `${code}: ${message}`)]];
    }),
  );
}

const handle = 'declare const db: { transaction<T>(work: (tx: object) => T): T; query(text: string): number };\n';
const long = `export function long(): void {\n${'  void 0;\n'.repeat(60)}}\n`;
const silence = ['// eslint', '-disable-next-line\n'].join('');

/** What is broken, where, the code, and a part of what the linter must say. */
const broken: [why: string, path: string, code: string, says: string][] = [
  [
    'a forgotten promise',
    'libs/access/src/a.service.ts',
    'declare function save(): Promise<void>;\nexport function f(): void {\n  save();\n}\n',
    'no-floating-promises',
  ],
  [
    'a promise as a condition',
    'libs/access/src/b.service.ts',
    'declare function known(): Promise<boolean>;\nexport const f = (): number => (known() ? 1 : 2);\n',
    'no-misused-promises',
  ],
  [
    'a choice without its last case',
    'libs/access/src/c.service.ts',
    `export function f(x: 'a' | 'b'): number {\n  switch (x) {\n    case 'a':\n      return 1;\n  }\n  return 0;\n}\n`,
    'switch-exhaustiveness-check',
  ],
  ['any', 'libs/access/src/d.service.ts', 'export const f = (x: any): unknown => x;\n', 'no-explicit-any'],
  ['something unused', 'libs/access/src/e.service.ts', 'const unused = 1;\nexport const f = 2;\n', 'no-unused-vars'],
  [
    'a thrown text',
    'libs/access/src/g.service.ts',
    `export const f = (): never => {\n  throw 'x';\n};\n`,
    'only-throw-error',
  ],
  ['console outside of tools', 'apps/worker/src/h.service.ts', 'console.log(1);\n', 'no-console'],
  ['a function longer than a screen', 'libs/access/src/i.service.ts', long, 'max-lines-per-function'],
  ['an enum', 'libs/access/src/j.ts', 'export enum Role {\n  admin,\n}\n', 'union of strings'],
  [
    'text run as code',
    'libs/formula/src/k.ts',
    'export const f = (text: string): unknown => new Function(text);\n',
    'never run as code',
  ],
  [
    'money as a number',
    'libs/accounting/src/l.ts',
    'export const f = (valueFen: bigint): number => Number(valueFen);\n',
    'stays bigint fen',
  ],
  [
    'money of a row as a number',
    'libs/accounting/src/m.ts',
    'export const f = (row: { unit_price: string }): number => parseFloat(row.unit_price);\n',
    'stays bigint fen',
  ],
  [
    'money by a plus sign',
    'libs/accounting/src/n.ts',
    'export const f = (row: { amount: string }): number => +row.amount;\n',
    'stays bigint fen',
  ],
  [
    'money rounded as a double',
    'libs/accounting/src/o.ts',
    'export const f = (totalYuan: number): string => totalYuan.toFixed(2);\n',
    'formatYuan',
  ],
  [
    'a Decimal price as a double',
    'libs/accounting/src/p.ts',
    'export const f = (price: { toNumber(): number }): number => price.toNumber();\n',
    'stays bigint fen',
  ],
  [
    'the outer handle in a transaction',
    'libs/access/src/q.service.ts',
    `${handle}export const f = (): number => db.transaction(() => db.query('x'));\n`,
    'use its own handle',
  ],
  [
    'the outer handle of the class',
    'libs/access/src/r.service.ts',
    `export class R {\n  constructor(private readonly database: { transaction(work: () => number): number; query(): number }) {}\n  f(): number {\n    return this.database.transaction(() => this.database.query());\n  }\n}\n`,
    'use its own handle',
  ],
  [
    'the outer handle passed on',
    'libs/access/src/s.service.ts',
    `${handle}declare function find(x: unknown): number;\nexport const f = (): number => db.transaction(() => find(db));\n`,
    'use its own handle',
  ],
  [
    'the network in a transaction',
    'libs/access/src/t.service.ts',
    `${handle}export const f = (): unknown => db.transaction(() => fetch('x'));\n`,
    'waits on the network',
  ],
  [
    'a transaction opened by a controller',
    'apps/api/src/u.controller.ts',
    `${handle}export const f = (): number => db.transaction(() => 1);\n`,
    'only a service opens',
  ],
  [
    'a view opened by a guard',
    'apps/api/src/u.guard.ts',
    'declare const db: { snapshot<T>(work: (tx: object) => T): T };\nexport const f = (): object => db.snapshot((tx) => tx);\n',
    'only a service opens',
  ],
  [
    'the outer handle in a view of a controller',
    'apps/api/src/u2.controller.ts',
    'declare const db: { snapshot<T>(work: (tx: object) => T): T; query(text: string): number };\nexport const f = (): number => db.snapshot(() => db.query("x"));\n',
    'use its own handle',
  ],
  [
    'a transaction opened by a store',
    'libs/access/src/v.store.ts',
    `${handle}export const f = (): number => db.transaction(() => 1);\n`,
    'only a service opens',
  ],
  [
    'the clock in a pure file',
    'libs/kernel/src/w1.ts',
    'export const now = (): number => Date.now();\n',
    'has no clock',
  ],
  ['today in a pure file', 'libs/kernel/src/w2.ts', 'export const now = (): Date => new Date();\n', 'has no clock'],
  [
    'the stopwatch in a pure file',
    'libs/kernel/src/w3.ts',
    'export const now = (): number => performance.now();\n',
    'does not reach the machine',
  ],
  [
    'chance in a pure file',
    'libs/kernel/src/w4.ts',
    'export const dice = (): number => Math.random();\n',
    'has no randomness',
  ],
  [
    'chance from a package',
    'libs/kernel/src/w5.ts',
    `import { randomUUID } from 'node:crypto';\nexport const id = (): string => randomUUID();\n`,
    'has no randomness',
  ],
  [
    'waiting in a pure file',
    'libs/kernel/src/w6.ts',
    'export async function f(): Promise<number> {\n  return 1;\n}\n',
    'does not wait',
  ],
  [
    'a promise in a pure file',
    'apps/api/src/w7.ts',
    'export const f = (): Promise<number> => Promise.resolve(1);\n',
    'does not wait',
  ],
  [
    'the environment in a pure file',
    'libs/kernel/src/w8.ts',
    'export const f = (): unknown => process.env.HOME;\n',
    'does not reach the machine',
  ],
  [
    'a timer in a pure file',
    'libs/kernel/src/w9.ts',
    'export const f = (): unknown => setTimeout(() => 1, 1);\n',
    'does not reach the machine',
  ],
  [
    'state in a pure file',
    'libs/kernel/src/x1.ts',
    'let count = 0;\nexport const f = (): number => (count += 1);\n',
    'keeps no state',
  ],
  [
    'a framework in a pure file',
    'libs/kernel/src/x2.ts',
    'declare const Injectable: () => (target: object) => void;\n@Injectable()\nexport class A {}\n',
    'knows no framework',
  ],
  [
    'the language of the machine in a pure file',
    'libs/kernel/src/x3.ts',
    `export const f = (a: string, b: string): number => a.localeCompare(b);\n`,
    'order depends on the machine',
  ],
  [
    'numbers in the language of the machine in a pure file',
    'libs/kernel/src/x7.ts',
    'export const f = (a: number): string => a.toLocaleString();\n',
    'text depends on the machine',
  ],
  [
    'the time zone of the machine in a pure file',
    'libs/kernel/src/x4.ts',
    'export const f = (day: Date): number => day.getMonth();\n',
    'depends on the time zone',
  ],
  [
    'code loaded while running in a pure file',
    'libs/kernel/src/x5.ts',
    `export const f = (): unknown => import('./w1');\n`,
    'loads nothing',
  ],
  [
    'a disabling comment',
    'libs/kernel/src/x6.ts',
    `${silence}export const now = (): number => Date.now();\n`,
    'has no clock',
  ],
];

const clean: [path: string, code: string][] = [
  [
    'libs/kernel/src/clean.ts',
    `import { createHash } from 'node:crypto';\nexport const f = (text: string, day: number): string => createHash('sha256').update(text).digest('hex') + new Date(Date.UTC(2024, day)).getUTCDate();\n`,
  ],
  [
    'libs/access/src/clean.service.ts',
    `${handle}declare function find(tx: object): number;\nexport const f = (): number => db.transaction((tx) => find(tx));\nexport const g = async (): Promise<number> => Number(await Promise.resolve('1'));\n`,
  ],
  [
    'libs/platform/src/clean.service.ts',
    `${handle}export const f = (): number => db.transaction(() => 1);\nexport const now = (): number => Date.now();\n`,
  ],
  [
    'apps/cli/src/clean.command.ts',
    'declare const db: { snapshot<T>(work: (tx: object) => T): T };\nconsole.log(db.snapshot((tx) => tx));\n',
  ],
  ['libs/kernel/src/clean-text.ts', `export const f = (a: number): string => a.toLocaleString('en-US');\n`],
  ['libs/kernel/src/clean.spec.ts', `${long}console.info(Date.now());\n`],
];

describe('one tree with every fault of code', () => {
  let found: Map<string, string[]>;
  beforeAll(() => {
    const config = ['.oxlintrc.json', read('.oxlintrc.json')];
    const files = [config, ...broken.map(([, path, code]) => [path, code]), ...clean];
    found = inTemporaryTree(Object.fromEntries(files), (folder) => {
      withPackages(folder);
      return lint(folder);
    });
  }, 120_000);

  it.each(broken)('catches %s', (_why, path, _code, says) => {
    expect(found.get(path)?.join('\n')).toContain(says);
  });

  it.each(broken)('finds nothing else in the example of %s', (_why, path) => {
    expect(new Set(found.get(path)?.map((finding) => finding.split(':')[0])).size).toBe(1);
  });

  it.each(clean)('lets pass %s', (path) => {
    expect(found.get(path)).toEqual([]);
  });
});
