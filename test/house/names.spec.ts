/** Names of files and folders: kebab-case, known roles in their places, no names that say nothing, a README and a door per lib. */
import { house } from './house';
import { describeRule, isCode, isProgram, type Rule } from './rule';

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const kebabCase: Rule = (files) =>
  files
    .filter((file) => isCode(file) && /^(libs|apps|migrations|tools|test|bench)\//.test(file.path))
    .flatMap(({ path }) => {
      const parts = path.split('/').map((part) => part.replace(/^\./, '').split('.')[0]);
      return parts.every((part) => kebab.test(part)) ? [] : [`${path} is not kebab-case`];
    });

describeRule('files and folders are kebab-case', kebabCase, {
  catches: {
    'a file in camel case': { 'libs/kernel/src/unitTable.ts': '' },
    'a file with an underscore': { 'tools/start_all.mjs': '' },
    'a folder in capitals': { 'libs/formula/src/Syntax/tokens.ts': '' },
  },
  passes: { 'names with digits and roles': { 'migrations/0001-scope.ts': '', 'libs/access/src/access.store.ts': '' } },
});

const endings: Rule = (files) =>
  files.filter(isProgram).flatMap(({ path }) => {
    const inner = path.split('/').pop()!.split('.').slice(1, -1);
    const unknown = inner.filter((ending) => !house.roles.includes(ending));
    if (unknown.length > 0 || inner.length > 1) return [`${path} has no known role (${inner.join('.')})`];
    const place = inner.length === 1 ? house.rolePlaces[inner[0]] : undefined;
    return place && !new RegExp(place).test(path) ? [`${path}: a .${inner[0]} file stands in ${place}`] : [];
  });

describeRule('a role ending is one of the list, and stands in its place', endings, {
  catches: {
    'a role that is none': { 'libs/access/src/access.repository.ts': '' },
    'two roles at once': { 'libs/access/src/access.service.store.ts': '' },
    'a controller in a lib': { 'libs/access/src/access.controller.ts': '' },
    'a store in an app': { 'apps/api/src/access.store.ts': '' },
    'a processor in the api': { 'apps/api/src/recompute.processor.ts': '' },
    'a command outside of the command line': { 'apps/worker/src/explain.command.ts': '' },
  },
  passes: { 'roles in their places': { 'apps/api/src/a.controller.ts': '', 'libs/access/src/access.store.ts': '' } },
});

const empty = /^(util|helper|manager|common|data|info|misc)s?$/;

const sayingNames: Rule = (files) =>
  files
    .filter(({ path }) => /^(libs|apps|migrations|tools|test|bench|rulebook|docs)\//.test(path))
    .flatMap(({ path }) => {
      const words = path.split('/').flatMap((part) => part.split(/[.-]/));
      const found = words.find((word) => empty.test(word.toLowerCase()));
      return found ? [`${path}: "${found}" is not a name`] : [];
    });

describeRule('a name says what the thing is', sayingNames, {
  catches: {
    'a drawer': { 'libs/kernel/src/util.ts': '' },
    'a drawer in a longer name': { 'libs/kernel/src/date-utils.ts': '' },
    'a folder for everything': { 'libs/common/src/index.ts': '' },
    'a manager': { 'libs/access/src/session-manager.service.ts': '' },
  },
  passes: { 'words that contain one': { 'libs/territory/src/informed.ts': '', 'docs/database.md': '' } },
});

const furnished: Rule = (files) => {
  const paths = new Map(files.map((file) => [file.path, file.text]));
  const libs = new Set(files.flatMap(({ path }) => /^libs\/[^/]+/.exec(path) ?? []));
  return [...libs].flatMap((lib) => {
    const readme = paths.get(`${lib}/README.md`) ?? '';
    const faults = paths.has(`${lib}/src/index.ts`) ? [] : [`${lib} has no front door src/index.ts`];
    const lines = readme.split('\n').filter((line) => line.trim() !== '');
    if (!/^# /.test(readme) || lines.length < 6)
      faults.push(`${lib}/README.md does not yet answer docs/subject-readme.md`);
    return faults;
  });
};
const readme = '# a\n\n1\n\n2\n3\n4\n5\n';

describeRule('every lib has a README and a front door', furnished, {
  catches: {
    'a lib without README': { 'libs/access/src/index.ts': '' },
    'a README with nothing in it': { 'libs/access/src/index.ts': '', 'libs/access/README.md': '# access\n' },
    'a lib without door': { 'libs/access/README.md': readme, 'libs/access/src/grants.ts': '' },
  },
  passes: { 'a furnished lib': { 'libs/access/README.md': readme, 'libs/access/src/index.ts': '' } },
});

const namedOneByOne: Rule = (files) =>
  files
    .filter(({ path }) => /^libs\/[^/]+\/src\/index\.ts$/.test(path))
    .flatMap(({ path, text }) => {
      const faults = /export\s+\*/.test(text) ? [`${path} opens everything; name what leaves the subject`] : [];
      const other = text
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .split(';')
        .map((part) => part.trim());
      const stray = other.find((part) => part !== '' && !/^export (type )?(\{|\*)/.test(part));
      return stray ? [...faults, `${path} holds more than exports: ${stray.slice(0, 60)}`] : faults;
    });

describeRule('the front door names what leaves, one by one, and holds nothing else', namedOneByOne, {
  catches: {
    'a door that opens everything': { 'libs/access/src/index.ts': `export * from './errors';\n` },
    'code in the door': { 'libs/access/src/index.ts': `export const roles = ['admin'];\n` },
  },
  passes: {
    names: {
      'libs/access/src/index.ts': `/** Door. */\nexport { a, type B } from './a';\nexport type { C } from './c';\n`,
    },
  },
});

const threadsStarted: Rule = (files) =>
  files
    .filter(({ path }) => path.endsWith('.thread.ts'))
    .filter((thread) => {
      const name = thread.path.split('/').pop()!.replace('.ts', '');
      return !files.some((file) => file !== thread && isProgram(file) && file.text.includes(name));
    })
    .map(({ path }) => `${path} is started by nobody`);

describeRule('every thread is started by somebody', threadsStarted, {
  catches: { 'a forgotten thread': { 'libs/platform/src/sum.thread.ts': '', 'libs/platform/src/sum.pool.ts': '' } },
  passes: {
    'a thread in use': {
      'libs/platform/src/sum.thread.ts': '',
      'libs/platform/src/sum.pool.ts': `start('./sum.thread')`,
    },
  },
});

const layer =
  /^(services?|stores?|repositor(y|ies)|entities|controllers?|modules?|dtos?|models?|interfaces?|types?|constants?|errors|domain|infrastructure|application|core|shared|lib)$/;
const mostFiles = 24;

/** Past about twelve files a subject gets a folder per noun; a folder per layer scatters one change over five places. */
const byNoun: Rule = (files) => {
  const programs = files.filter(isProgram);
  const folders = new Map<string, number>();
  for (const { path } of programs) {
    const folder = path.split('/').slice(0, -1).join('/');
    folders.set(folder, (folders.get(folder) ?? 0) + 1);
  }
  return [...folders].flatMap(([folder, count]) => {
    const inner = folder.split('/').slice(3);
    const faults = inner
      .filter((part) => layer.test(part))
      .map((part) => `${folder}: "${part}" is a layer, not a noun of the subject`);
    if (count > mostFiles) faults.push(`${folder} holds ${count} files; make a folder per noun`);
    if (inner.length > 2) faults.push(`${folder} is too deep`);
    return faults;
  });
};
const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`libs/access/src/a${index}.ts`, '']));

describeRule('inside a subject folders are nouns, few and flat', byNoun, {
  catches: {
    'a folder of services': { 'libs/access/src/services/a.service.ts': '' },
    'a folder of everything shared': { 'apps/api/src/shared/a.ts': '' },
    'a folder nobody can overlook': many(mostFiles + 1),
    'folders in folders': { 'libs/access/src/a/b/c/d.ts': '' },
  },
  passes: { 'folders of nouns': { 'libs/access/src/sessions/session.store.ts': '', ...many(mostFiles) } },
});

/** Deep trees of data could not even be cloned on some machines elsewhere, and nobody found anything in them. */
const shallowData: Rule = (files) =>
  files
    .filter(({ path }) => path.startsWith('rulebook/') && path.split('/').length > 4)
    .map(({ path }) => `${path} lies deeper than three levels`);

describeRule('the rulebook is at most three levels deep', shallowData, {
  catches: { 'a deep folder': { 'rulebook/norms/cn/2026/parameters/soil.yaml': '' } },
  passes: { 'a norm': { 'rulebook/norms/cn-terrestrial/norm.yaml': '' } },
});
