/** Packages: exact versions, a lock that is complete for every platform, and one copy of the truth about both. */
import { read } from './temporary-tree';
import { describeRule, type Rule, type SourceFile } from './rule';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, unknown>>;
  readonly engines?: { readonly node?: string };
}
interface Lock {
  readonly packages: Readonly<
    Record<string, Manifest & { readonly version?: string; readonly resolved?: string; readonly link?: boolean }>
  >;
}

const parsed = <T>(files: readonly SourceFile[], path: string): T =>
  JSON.parse(files.find((file) => file.path === path)?.text ?? '{}') as T;
/** A second version of a package stands under a name of its own: `npm:typescript@7.0.2`. */
const exact = /^(npm:[\w@/.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/;

const pinned: Rule = (files) =>
  files
    .filter(({ path }) => /^(apps\/[^/]+\/)?package\.json$/.test(path))
    .flatMap(({ path, text }) => {
      const { dependencies, devDependencies, overrides } = JSON.parse(text) as Manifest;
      const versions = Object.entries({ ...dependencies, ...devDependencies, ...overrides });
      return versions
        .filter(([, version]) => typeof version === 'string' && !exact.test(version) && !/^\$/.test(version))
        .map(([name, version]) => `${path}: ${name} ${String(version)} is not one exact version`);
    });

describeRule('every package has one exact version', pinned, {
  catches: {
    'a caret': { 'package.json': '{"dependencies": {"pg": "^8.23.1"}}' },
    'a tag': { 'package.json': '{"devDependencies": {"jest": "latest"}}' },
    'a range of the page': { 'apps/web/package.json': '{"dependencies": {"react": "19.x"}}' },
    'an address': { 'package.json': '{"dependencies": {"pg": "git+https://x.example/pg"}}' },
    'an open override': { 'package.json': '{"overrides": {"x": "~1.2.3"}}' },
  },
  passes: {
    'exact ones': { 'package.json': '{"dependencies": {"e": "18.4.0-beta.17"}, "overrides": {"a": {"b": "$b"}}}' },
  },
});

/** npm can write a lock without the binaries of other machines; then `npm ci` fails there. */
const complete: Rule = (files) => {
  const { packages = {} } = parsed<Partial<Lock>>(files, 'package-lock.json');
  const { dependencies, devDependencies } = parsed<Manifest>(files, 'package.json');
  const wanted = Object.entries({ ...dependencies, ...devDependencies });
  const drifted = wanted
    .filter(([name, version]) => packages[`node_modules/${name}`]?.version !== version.replace(/^npm:.*@/, ''))
    .map(([name]) => `package-lock.json does not hold the ${name} of package.json`);
  const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !resolves(packages, place, name))
      .map((name) => `package-lock.json lacks ${name}, an optional part of ${place || 'the project'}`),
  );
  const hosts = Object.entries(packages).flatMap(([place, { resolved, link }]) =>
    resolved && !link && !/^https:\/\/registry\.npmjs\.org\//.test(resolved)
      ? [`package-lock.json: ${place} comes from ${resolved}`]
      : [],
  );
  return [...drifted, ...missing, ...hosts];
};

/** As Node looks it up: next to the package that asks, then in every folder above. */
function resolves(packages: Lock['packages'], place: string, name: string): boolean {
  const inner = place === '' ? `node_modules/${name}` : `${place}/node_modules/${name}`;
  if (packages[inner]) return true;
  if (place === '') return false;
  const above = place.lastIndexOf('/node_modules/');
  return resolves(packages, above < 0 ? '' : place.slice(0, above), name);
}
const lock = (packages: Lock['packages']): string => JSON.stringify({ packages });

describeRule('the lock is complete, agrees with package.json, and names no private registry', complete, {
  catches: {
    'binaries of other machines left out': {
      'package.json': '{}',
      'package-lock.json': lock({ 'node_modules/swc': { optionalDependencies: { 'swc-darwin': '1.0.0' } } }),
    },
    'another version': {
      'package.json': '{"dependencies": {"pg": "1.0.0"}}',
      'package-lock.json': lock({ 'node_modules/pg': { version: '2.0.0' } }),
    },
    'a package that was never locked': {
      'package.json': '{"dependencies": {"pg": "1.0.0"}}',
      'package-lock.json': lock({}),
    },
    'a private registry': {
      'package.json': '{}',
      'package-lock.json': lock({ 'node_modules/pg': { resolved: 'http://npm.example/pg.tgz' } }),
    },
  },
  passes: {
    'a complete lock': {
      'package.json': '{"dependencies": {"a": "1.0.0"}}',
      'package-lock.json': lock({
        'node_modules/a': {
          version: '1.0.0',
          optionalDependencies: { b: '1' },
          resolved: 'https://registry.npmjs.org/a/-/a-1.0.0.tgz',
        },
        'node_modules/b': {},
      }),
    },
  },
});

it('the Node version of the package, the container and the README is one', () => {
  const { engines } = JSON.parse(read('package.json')) as Manifest;
  const least = /^>=(\d+)\.(\d+)$/.exec(engines?.node ?? '');
  expect(least).not.toBeNull();
  expect(read('README.md')).toContain(`Node.js ≥ ${least![1]}.${least![2]}`);
  expect(read('Dockerfile')).toMatch(new RegExp(`^FROM node:${least![1]}\\.`, 'm'));
});
