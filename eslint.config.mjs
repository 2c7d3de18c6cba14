/** The house's own syntax: impure pure files, money as floats, long functions. What needs types stands in .oxlintrc.json. */
import { createRequire } from 'node:module';
import parser from '@typescript-eslint/parser';

const { house } = createRequire(import.meta.url)('./.dependency-cruiser.cjs');
const roleFiles = house.roles.map((role) => `**/*.${role}.ts`);
const programs = ['libs/*/src/**/*.ts', 'apps/*/src/**/*.ts'];
const specs = ['**/*.spec.ts', 'test/**', 'bench/**'];

const syntax = (selector, message) => ({ selector, message });
const moneyName =
  '/(^|_)(fen|yuan|amount|price|money|cost|fee|value_?fen)s?$|(Fen|Yuan|Amount|Price|Money|Cost|Fee)s?$/';
const asFloat = '/^(Number|parseFloat|parseInt)$/';
const floats = 'money stays bigint fen, Decimal or Fraction; a double loses digits';

const everywhere = [
  syntax(`CallExpression[callee.name=${asFloat}] > Identifier.arguments[name=${moneyName}]`, floats),
  syntax(`CallExpression[callee.name=${asFloat}] > MemberExpression.arguments[property.name=${moneyName}]`, floats),
  syntax(
    `CallExpression[callee.object.name='Number'][callee.property.name=/^parse/] > .arguments[name=${moneyName}]`,
    floats,
  ),
  syntax(`UnaryExpression[operator='+'] > .argument[name=${moneyName}]`, floats),
  syntax(`UnaryExpression[operator='+'] > MemberExpression.argument[property.name=${moneyName}]`, floats),
  syntax(
    `CallExpression[callee.property.name='toFixed'][callee.object.name=${moneyName}]`,
    'use formatYuan: toFixed rounds a double',
  ),
  syntax(
    `CallExpression[callee.property.name='toFixed'][callee.object.property.name=${moneyName}]`,
    'use formatYuan: toFixed rounds a double',
  ),
  syntax("CallExpression[callee.property.name='toNumber'][callee.object.name=" + moneyName + ']', floats),
  syntax('TSEnumDeclaration', 'write a union of strings: an enum is neither a type nor data'),
  syntax(
    "CallExpression[callee.name='eval'], NewExpression[callee.name='Function'], CallExpression[callee.name='Function']",
    'text of a user is never run as code',
  ),
];

const opens = 'CallExpression[callee.property.name=/^(transaction|snapshot)$/]';
const outer = '/^(db|database|dataSource|connection)$/';
const insideTransaction = ['ArrowFunctionExpression', 'FunctionExpression'].flatMap((callback) => [
  syntax(
    `${opens} > ${callback} MemberExpression[object.type='ThisExpression'][property.name=${outer}]`,
    'inside a transaction use its own handle, else this runs outside of it',
  ),
  syntax(
    `${opens} > ${callback} MemberExpression > Identifier.object[name=${outer}]`,
    'inside a transaction use its own handle, else this runs outside of it',
  ),
  syntax(
    `${opens} > ${callback} CallExpression > Identifier.arguments[name=${outer}]`,
    'inside a transaction use its own handle, else this runs outside of it',
  ),
]);
const networkInside = syntax(
  `${opens} > :function CallExpression[callee.name='fetch']`,
  'nothing waits on the network inside a transaction',
);

const impure = [
  syntax(':function[async=true]', 'a pure file does not wait'),
  syntax('AwaitExpression', 'a pure file does not wait'),
  syntax('ForOfStatement[await=true]', 'a pure file does not wait'),
  syntax("NewExpression[callee.name='Promise'], MemberExpression[object.name='Promise']", 'a pure file does not wait'),
  syntax('ImportExpression', 'a pure file loads nothing while it runs'),
  syntax(
    "NewExpression[callee.name='Date'][arguments.length=0], CallExpression[callee.name='Date']",
    'a pure file has no clock; take the moment as a parameter',
  ),
  syntax(
    "MemberExpression[object.name='Date'][property.name='now']",
    'a pure file has no clock; take the moment as a parameter',
  ),
  syntax(
    "MemberExpression[object.name='Math'][property.name='random']",
    'a pure file has no randomness; take the number as a parameter',
  ),
  syntax(
    'ImportSpecifier[imported.name=/^(random|webcrypto|subtle|generate|getRandomValues)/]',
    'a pure file has no randomness; take the bytes as a parameter',
  ),
  syntax("MemberExpression[property.name='localeCompare']", 'the order depends on the machine; compare code units'),
  syntax(
    "CallExpression[callee.property.name=/^toLocale/]:not([arguments.0.type='Literal'])",
    'the text depends on the machine; name the locale',
  ),
  syntax(
    'MemberExpression[property.name=/^(getFullYear|getMonth|getDate|getDay|getHours|getMinutes|getTimezoneOffset)$/]',
    'the answer depends on the time zone of the machine; use the UTC form',
  ),
  syntax(
    "Program > VariableDeclaration[kind='let'], Program > ExportNamedDeclaration > VariableDeclaration[kind='let']",
    'a pure file keeps no state',
  ),
  syntax('Decorator', 'a pure file knows no framework'),
];
const machine = [
  ...['process', 'performance', 'crypto', 'fetch', 'navigator', 'globalThis', 'global', 'console', 'require', 'module'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', '__dirname', '__filename', 'Intl', 'WebSocket'],
];

export default [
  {
    ignores: [
      '**/node_modules/**',
      'dist/**',
      'coverage/**',
      '.data/**',
      '.cache/**',
      'apps/*/public/**',
      '**/*.generated.ts',
    ],
  },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parser },
    rules: { 'no-restricted-syntax': ['error', ...everywhere] },
  },
  // Tests compare with doubles on purpose.
  {
    files: specs,
    rules: { 'no-restricted-syntax': ['error', ...everywhere.filter(({ message }) => message !== floats)] },
  },
  {
    files: ['**/*.{ts,tsx,mjs,cjs}'],
    ignores: [...specs, 'migrations/**'],
    rules: { 'max-lines-per-function': ['error', { max: 60 }] },
  },
  {
    files: ['libs/*/src/**/*.service.ts', 'apps/**/*.ts'],
    ignores: specs,
    rules: { 'no-restricted-syntax': ['error', ...everywhere, ...insideTransaction, networkInside] },
  },
  {
    files: programs,
    ignores: ['libs/platform/**', '**/*.service.ts', ...specs],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, syntax(opens, 'only a service opens a transaction')] },
  },
  // A read goes from a controller or a command straight to a store, on an unchanging view that it opens itself.
  {
    files: ['apps/*/src/**/*.controller.ts', 'apps/*/src/**/*.command.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...everywhere,
        ...insideTransaction,
        networkInside,
        syntax("CallExpression[callee.property.name='transaction']", 'only a service opens a transaction'),
      ],
    },
  },
  {
    files: programs,
    ignores: [...roleFiles, '**/main.ts', ...specs],
    rules: {
      'no-restricted-syntax': ['error', ...everywhere, ...impure],
      'no-restricted-globals': [
        'error',
        ...machine.map((name) => ({ name, message: 'a pure file does not reach the machine' })),
      ],
    },
  },
];
