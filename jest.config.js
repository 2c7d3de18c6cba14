/** Jest projects: `pure` (no database), `cases`, `house`, and those that start a real PostgreSQL: services, flows, faults, browser. */
const fs = require('node:fs');
const path = require('node:path');
const lazy = require('./test/fixtures/lazy-imports');

// Before Node 24.9 Jest cannot require() ES modules, so swc compiles the ESM-only packages.
const modules = path.join(__dirname, 'node_modules');
const names = fs
  .readdirSync(modules)
  .flatMap((name) =>
    name.startsWith('@') ? fs.readdirSync(path.join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
  );
const esmOnly = names.filter((name) => {
  const manifest = path.join(modules, name, 'package.json');
  return fs.existsSync(manifest) && JSON.parse(fs.readFileSync(manifest, 'utf8')).type === 'module';
});
const swc = (parser, more = {}) => [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'commonjs', lazy },
    jsc: { target: 'es2022', parser, ...more },
  },
];

const base = {
  rootDir: __dirname,
  // One for all projects: by it Jest keeps what it has compiled, and each project would compile every file for itself.
  id: __dirname,
  // Jest looks at every file below, which takes longer than most specs; packages are found without.
  roots: ['apps', 'libs', 'migrations', 'test', 'tools'].map((folder) => path.join(__dirname, folder)),
  testEnvironment: 'node',
  moduleFileExtensions: ['js', 'mjs', 'cjs', 'ts', 'json'],
  transform: {
    '^.+\\.ts$': swc(
      { syntax: 'typescript', decorators: true },
      { transform: { legacyDecorator: true, decoratorMetadata: true }, keepClassNames: true },
    ),
    '^.+\\.m?js$': swc({ syntax: 'ecmascript' }),
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:${esmOnly.map((name) => name.replace(/[.+]/g, '\\$&')).join('|')})/)`],
  moduleNameMapper: {
    '^@gep/([^/]+)$': '<rootDir>/libs/$1/src',
    ...(process.env.GEP_FEWER_CASES && { '^fast-check$': '<rootDir>/test/fixtures/fewer-cases.js' }),
  },
};
const onDatabase = {
  globalSetup: '<rootDir>/test/fixtures/start-database.js',
  globalTeardown: '<rootDir>/test/fixtures/stop-database.js',
};
const project = (displayName, testMatch, more = {}) => ({
  ...base,
  displayName,
  testMatch: testMatch.map((glob) => `<rootDir>/${glob}`),
  ...more,
});

module.exports = {
  maxWorkers: 2,
  // What hangs is ended; nothing is timed by it.
  testTimeout: 180000,
  projects: [
    project('pure', ['libs/**/*.spec.ts', 'apps/**/*.spec.ts', 'tools/**/*.spec.ts']),
    project('cases', ['test/cases/**/*.spec.ts']),
    project('house', ['test/house/**/*.spec.ts']),
    project('services', ['test/services/**/*.spec.ts'], onDatabase),
    project('flows', ['test/flows/**/*.spec.ts'], onDatabase),
    project('faults', ['test/faults/**/*.spec.ts'], onDatabase),
    project('browser', ['test/browser/**/*.spec.ts'], onDatabase),
  ],
};
