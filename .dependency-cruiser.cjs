/** Who may import whom. The table and the two lists below are the law; the rules at the bottom are made from them. */

/** What every mechanism may use. */
const shared = ['kernel', 'platform', 'rulebook', 'territory', 'accounting', 'ledger'];

/** subject: the subjects whose front door it may import. A subject that has no folder yet already has its place. */
const table = {
  kernel: [],
  formula: ['kernel'],
  platform: ['kernel'],
  access: ['kernel', 'platform'],
  territory: ['kernel', 'platform'],
  ledger: ['kernel', 'platform'],
  rulebook: ['kernel', 'formula', 'platform'],
  observation: ['kernel', 'platform', 'rulebook', 'territory'],
  accounting: ['kernel', 'formula', 'platform', 'rulebook', 'territory', 'observation'],
  procedure: ['kernel', 'platform', 'rulebook'],
  settlement: [...shared, 'procedure'],
  // The mechanisms never import each other: what two of them share belongs below them.
  evaluation: [...shared, 'procedure', 'settlement'],
  compensation: [...shared, 'procedure', 'settlement'],
  procurement: [...shared, 'procedure', 'settlement'],
  offset: [...shared, 'procedure', 'settlement'],
  credit: [...shared, 'procedure', 'settlement'],
  finance: [...shared, 'procedure', 'settlement'],
  report: ['kernel', 'platform'],
};
const apps = ['api', 'worker', 'cli', 'web'];

/** Endings of file names that allow a file to touch the world. A file of libs or apps with none of them is pure. */
const roles = [
  ...['service', 'store', 'entities', 'module', 'controller', 'processor', 'guard', 'filter', 'interceptor'],
  ...['middleware', 'decorator', 'dto', 'loader', 'pool', 'thread', 'command', 'main'],
];

/** What a pure file may import besides pure files: these packages compute and do nothing else. */
const purePackages = ['decimal.js', 'yaml', 'ajv', 'apache-arrow', 'csv-parse'];
const pureBuiltins = ['crypto', 'buffer'];
/** Subjects that are pure as a whole. */
const pureSubjects = ['kernel', 'formula'];

const any = (names) => `(${names.map((name) => name.replace(/[.]/g, '\\.')).join('|')})`;
const packages = (names) => `(^|/)node_modules/${any(names)}/`;
const roleFile = [`\\.${any(roles)}\\.ts$`, '/main\\.ts$'];
const specFile = '\\.spec\\.ts$';
/** Where processes and threads begin; the house tests see to it that each thread is started by name. */
const entryFiles = ['^apps/[^/]+/src/main\\.tsx?$', '\\.thread\\.ts$'];
const ours = '^(libs|apps)/';
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const subjectRules = Object.entries(table).map(([subject, allowed]) =>
  forbid(
    `imports-of-${subject}`,
    `${subject} may import ${allowed.join(', ') || 'nothing'}`,
    { path: `^libs/${subject}/` },
    { path: '^(libs|apps|tools|migrations|test|bench)/', pathNot: `^libs/${any([subject, ...allowed])}/` },
  ),
);

const appRules = apps.map((app) =>
  forbid(
    `imports-of-${app}`,
    app === 'web' ? 'web imports only its generated API client' : 'apps import libs, never each other',
    { path: `^apps/${app}/` },
    {
      path: app === 'web' ? '^(libs|apps|tools|migrations|test|bench)/' : '^(apps|tools|migrations|test|bench)/',
      pathNot: `^apps/${app}/`,
    },
  ),
);

const treeRules = [
  forbid(
    'unknown-subject',
    'every folder of libs and apps has its line in the table',
    { path: ours, pathNot: [`^libs/${any(Object.keys(table))}/`, `^apps/${any(apps)}/`] },
    {},
  ),
  forbid(
    'front-door-between-libs',
    'a subject is entered by its index.ts only',
    { path: '^libs/([^/]+)/' },
    { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] },
  ),
  forbid(
    'front-door',
    'a subject is entered by its index.ts only',
    { path: '^(apps|tools|migrations|test|bench)/' },
    { path: '^libs/', pathNot: '^libs/[^/]+/src/index\\.ts$' },
  ),
  forbid(
    'migrations-stand-alone',
    'a migration is history: of the code of today it may use only the words of platform for grants and row security',
    { path: '^migrations/' },
    { path: '^(libs|apps|tools|test|bench|migrations)/', pathNot: '^libs/platform/src/index\\.ts$' },
  ),
  forbid(
    'no-cycle',
    'two files that need each other are one, or miss a third',
    { pathNot: '\\.entities\\.ts$' },
    { circular: true },
  ),
  forbid(
    'no-cycle-of-entities',
    'entities may point at each other as types only',
    { path: '\\.entities\\.ts$' },
    { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  ),
  forbid(
    'dead-file',
    'a file of libs or apps that no process reaches',
    { path: [...entryFiles, '^tools/'] },
    { path: ours, pathNot: [specFile, ...entryFiles], reachable: false },
  ),
  forbid(
    'unresolved',
    'the file or package is not there',
    { path: '.' },
    // The peers of the benchmarks are installed in bench/ when someone measures, and by nobody else.
    { couldNotResolve: true, dependencyTypesNot: ['type-only'], pathNot: '^@duckdb/' },
  ),
  forbid(
    'undeclared-package',
    'a package is named in dependencies, and what only development needs is not used by the program',
    { path: ours, pathNot: specFile },
    { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'undetermined'], dependencyTypesNot: ['type-only'] },
  ),
];

const pureFile = { path: `${ours}.+\\.ts$`, pathNot: [...roleFile, specFile, '/index\\.ts$'] };
const anyPackage = { dependencyTypes: ['npm', 'npm-dev', 'npm-peer', 'npm-optional', 'npm-no-pkg'] };
const purityRules = [
  forbid('pure-imports-role', 'a pure file imports pure files', pureFile, { path: roleFile }),
  forbid(
    'pure-imports-package',
    'a pure file imports only packages that compute',
    { ...pureFile, pathNot: [...pureFile.pathNot, '^libs/platform/'] },
    { ...anyPackage, pathNot: packages(purePackages) },
  ),
  forbid(
    'pure-imports-package-in-platform',
    'platform wraps packages: its pure files may name their types',
    { ...pureFile, path: '^libs/platform/.+\\.ts$' },
    { ...anyPackage, pathNot: packages(purePackages), dependencyTypesNot: ['type-only'] },
  ),
  forbid('pure-imports-builtin', 'a pure file does not reach the machine', pureFile, {
    dependencyTypes: ['core'],
    pathNot: `^(node:)?${any(pureBuiltins)}$`,
  }),
  forbid(
    'decimal-only-from-kernel',
    'decimal.js has 20 digits unless the kernel sets it',
    { path: ours, pathNot: '^libs/kernel/' },
    {
      path: packages(['decimal.js']),
    },
  ),
];

/** A file with one of these roles stands in these places only. */
const rolePlaces = {
  controller: '^apps/api/',
  processor: '^apps/worker/',
  command: '^apps/cli/',
  store: '^libs/',
  entities: '^libs/',
};
const sqlRules = [
  forbid(
    'sql-outside-stores',
    'only stores, entities, platform and migrations speak to the database; others may name its types',
    { path: ours, pathNot: ['\\.(store|entities)\\.ts$', '^libs/platform/', specFile] },
    { path: packages(['typeorm', 'pg', 'pg-copy-streams', '@nestjs/typeorm']), dependencyTypesNot: ['type-only'] },
  ),
  forbid(
    'queue-outside-platform',
    'BullMQ is opened by platform, so that both backends stay alike; others may name its types',
    { path: ours, pathNot: ['^libs/platform/', specFile] },
    { path: packages(['bullmq', 'ioredis']), dependencyTypesNot: ['type-only'] },
  ),
  forbid(
    'store-behind-service',
    'a processor, guard or command goes through a service; a controller may read from a store, through the front door',
    { path: '\\.(store|entities)\\.ts$' },
    { path: '\\.(service|controller|processor|module|guard|command)\\.ts$' },
  ),
];

module.exports = {
  forbidden: [...subjectRules, ...appRules, ...treeRules, ...purityRules, ...sqlRules],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    exclude: { path: ['^dist/', '^coverage/', '^\\.(data|cache)/', '/public/'] },
    doNotFollow: { path: '(^|/)node_modules/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};

// The linter and the house tests read the same lists; dependency-cruiser itself accepts no other visible keys.
Object.defineProperty(module.exports, 'house', {
  value: { table, apps, roles, rolePlaces, purePackages, pureBuiltins, pureSubjects },
});
