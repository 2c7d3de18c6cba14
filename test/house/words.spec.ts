/** Words: both languages everywhere, refusals with a stable code in one place, and no noun that the glossary does not know. */
import ts from 'typescript';
import { LineCounter, parseDocument, isMap, isScalar, visit } from 'yaml';
import {
  at,
  describeRule,
  isProgram,
  linesMatching,
  nodesOf,
  textOf,
  treeFiles,
  type Rule,
  type SourceFile,
} from './rule';

const han = /\p{Script=Han}/u;

/** What is wrong with a text in one of the languages; holes `${}` may stand for anything. */
function faultOf(language: 'zh' | 'en', text: string, other: string | undefined): string | undefined {
  if (text === other || text.includes('${}')) return undefined;
  if (text.trim() === '') return `${language} is empty`;
  // A quoted word of the other language is no translation left out.
  const own = text.replace(/["“「][^"”」]*["”」]|`[^`]*`|\([^()]*\)/g, '');
  if (language === 'zh') return han.test(text) ? undefined : `zh has no Chinese: ${text}`;
  return han.test(own) ? `en has Chinese: ${text}` : undefined;
}

const bilingualCode: Rule = (files) =>
  files
    .filter((file) => isProgram(file))
    .flatMap((file) =>
      [...nodesOf(file)].filter(ts.isObjectLiteralExpression).flatMap((object) => {
        const members = new Map(
          object.properties.flatMap((member) => (member.name ? [[member.name.getText(), member] as const] : [])),
        );
        const [zh, en] = [members.get('zh'), members.get('en')];
        if (!zh && !en) return [];
        if (!zh || !en) return [at(file, object.getStart(), `has ${zh ? 'no en' : 'no zh'}`)];
        const texts = { zh: initial(zh), en: initial(en) };
        return (['zh', 'en'] as const).flatMap((language) => {
          const fault =
            texts[language] === undefined
              ? undefined
              : faultOf(language, texts[language], texts[language === 'zh' ? 'en' : 'zh']);
          return fault ? [at(file, object.getStart(), fault)] : [];
        });
      }),
    );
const initial = (member: ts.ObjectLiteralElementLike): string | undefined =>
  ts.isPropertyAssignment(member) ? textOf(member.initializer) : undefined;

describeRule('a text for people is in Chinese and in English', bilingualCode, {
  catches: {
    'English left out': { 'libs/access/src/errors.ts': `const t = { zh: '登录失败' };` },
    'Chinese left out': { 'libs/access/src/errors.ts': 'const t = { en: `no ${x}` };' },
    'an empty text': { 'libs/access/src/errors.ts': `const t = { zh: '登录失败', en: '' };` },
    'English in the place of Chinese': {
      'libs/access/src/errors.ts': `const t = { zh: 'login refused', en: 'Login refused.' };`,
    },
    'Chinese in the place of English': { 'libs/access/src/errors.ts': `const t = { zh: '登录失败', en: '登录' };` },
  },
  passes: {
    'both, quotations, symbols, passed-on texts': {
      'libs/access/src/errors.ts': [
        `const a = { zh: '登录失败', en: 'Login refused; see "用户名"' };`,
        `const b = { zh: 'GEP', en: 'GEP' };`,
        'const c = { zh, en };',
        'const d = { zh: `${x}`, en: `${y}` };',
      ].join('\n'),
    },
  },
});

const bilingualYaml: Rule = (files) =>
  files
    .filter(({ path }) => /^rulebook\/.*\.ya?ml$/.test(path))
    .flatMap((file) => {
      const faults: string[] = [];
      visit(parseDocument(file.text, { lineCounter: new LineCounter() }), {
        Map(_, map) {
          if (!isMap(map)) return;
          const [zh, en] = ['zh', 'en'].map((key) => map.get(key, true));
          if (zh === undefined && en === undefined) return;
          const texts = [zh, en].map((node) => (isScalar(node) && typeof node.value === 'string' ? node.value : ''));
          const fault = faultOf('zh', texts[0], texts[1]) ?? faultOf('en', texts[1], texts[0]);
          if (fault) faults.push(at(file, map.range?.[0] ?? 0, fault));
        },
      });
      return faults;
    });

describeRule('names and notes of the rulebook are in Chinese and in English', bilingualYaml, {
  catches: {
    'English left out': { 'rulebook/norms/a/norm.yaml': 'title: { zh: 核算 }\n' },
    'an empty text': { 'rulebook/norms/a/norm.yaml': 'a:\n  - note:\n      zh: ""\n      en: note\n' },
    'Chinese in the place of English': { 'rulebook/norms/a/norm.yaml': 'title: { zh: 核算, en: 核算规范 }\n' },
  },
  passes: { both: { 'rulebook/norms/a/norm.yaml': 'title: { zh: 核算, en: accounting }\nname: { zh: t, en: t }\n' } },
});

interface Refusal {
  readonly file: SourceFile;
  readonly position: number;
  readonly name: string;
  readonly code: string | undefined;
  readonly abstract: boolean;
}

/** Classes that extend DomainError, directly or through a class of the same file. */
function refusalsOf(file: SourceFile): Refusal[] {
  const bases = new Set(['DomainError']);
  return [...nodesOf(file)].filter(ts.isClassDeclaration).flatMap((node) => {
    const base = node.heritageClauses
      ?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
      ?.types[0].expression.getText();
    if (!base || !bases.has(base)) return [];
    const name = node.name?.text ?? '';
    bases.add(name);
    const code = node.members.find((member) => member.name?.getText() === 'code');
    const text = code && ts.isPropertyDeclaration(code) && code.initializer ? textOf(code.initializer) : undefined;
    const abstract = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword) ?? false;
    return [{ file, position: node.getStart(), name, code: text, abstract: abstract || base !== 'DomainError' }];
  });
}

const refusals: Rule = (files) => {
  const found = files.filter(isProgram).flatMap(refusalsOf);
  const codes = found.flatMap(({ code }) => code ?? []);
  return found.flatMap(({ file, position, name, code, abstract }) => {
    const faults = [];
    if (!/(^|\/)errors\.ts$/.test(file.path) && !file.path.startsWith('libs/kernel/'))
      faults.push(`${name} belongs in the errors.ts of its subject`);
    if (code === undefined && !abstract) faults.push(`${name} has no stable code`);
    if (code !== undefined && !/^[a-z][a-z-]*\.[a-z][a-z0-9-]*$/.test(code))
      faults.push(`${name}: write the code as subject.reason, not ${code}`);
    if (code !== undefined && codes.indexOf(code) !== codes.lastIndexOf(code))
      faults.push(`${name}: the code ${code} is used twice`);
    return faults.map((fault) => at(file, position, fault));
  });
};
const refusal = (name: string, code: string): string =>
  `export class ${name} extends DomainError {\n  readonly code = '${code}';\n}\n`;

describeRule('a refusal is a class in errors.ts with its own stable code', refusals, {
  catches: {
    'a refusal in a service': { 'libs/access/src/a.service.ts': refusal('A', 'access.a') },
    'a code without subject': { 'libs/access/src/errors.ts': refusal('A', 'refused') },
    'a code in capitals': { 'libs/access/src/errors.ts': refusal('A', 'ACCESS.A') },
    'one code for two': {
      'libs/access/src/errors.ts': refusal('A', 'access.a'),
      'apps/api/src/http/errors.ts': refusal('B', 'access.a'),
    },
    'no code': { 'libs/access/src/errors.ts': 'export class A extends DomainError {}\n' },
  },
  passes: { 'two refusals': { 'libs/access/src/errors.ts': refusal('A', 'access.a') + refusal('B', 'access.b') } },
});

/** A refusal of a subject is read at the terminal and through the API: advice that only one of them can follow is none. */
const bothWays: Rule = (files) =>
  linesMatching(
    files.filter(({ path }) => /^libs\/.*\/errors\.ts$/.test(path)),
    /^(?!.*\/api\/v1\/).*\bgep [a-z]/,
    'helps at the terminal only',
  );

describeRule('a refusal that names a verb of the terminal names the way through the API as well', bothWays, {
  catches: { 'the terminal alone': { 'libs/access/src/errors.ts': `const en = 'import some (gep observe)';\n` } },
  passes: {
    'both ways': { 'libs/access/src/errors.ts': `const en = 'import some (gep observe, or POST /api/v1/uploads)';\n` },
    'the terminal itself': { 'apps/cli/src/errors.ts': `const en = 'try gep observe --help';\n` },
  },
});

const plain = (word: string): string => word.replace(/[_-]/g, '').toLowerCase();

/** Nouns by which the code is known: tables of the database, and named choices that a front door hands out. */
function nounsOf(file: SourceFile, doors: ReadonlyMap<string, string>): { noun: string; position: number }[] {
  if (/^migrations\/.*\.ts$/.test(file.path)) {
    const tables = file.text.matchAll(/\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?\w+\.(\w+)/gi);
    return [...tables].map((match) => ({ noun: match[1], position: match.index }));
  }
  if (!/^libs\/.*\.ts$/.test(file.path) || !isProgram(file)) return [];
  const door = doors.get(file.path.split('/')[1]) ?? '';
  return [...nodesOf(file)].filter(ts.isTypeAliasDeclaration).flatMap((node) => {
    const exported = new RegExp(`\\b${node.name.text}\\b`).test(door);
    const oneOfList = /^\(typeof \w+\)\[number\]$/.test(node.type.getText());
    const choice =
      oneOfList ||
      (ts.isUnionTypeNode(node.type) &&
        node.type.types.every((type) => ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal)));
    return exported && choice ? [{ noun: node.name.text, position: node.getStart() }] : [];
  });
}

const glossary: Rule = (files) => {
  const text = files.find(({ path }) => path === 'docs/glossary.md')?.text ?? '';
  const known = new Set([...text.matchAll(/`([A-Za-z][\w-]*)`/g)].map((match) => plain(match[1])));
  const doors = new Map(
    files.flatMap(({ path, text: door }) =>
      /^libs\/[^/]+\/src\/index\.ts$/.test(path) ? [[path.split('/')[1], door] as const] : [],
    ),
  );
  return files.flatMap((file) =>
    nounsOf(file, doors)
      .filter(({ noun }) => !known.has(plain(noun)))
      .map(({ noun, position }) => at(file, position, `"${noun}" is not in docs/glossary.md`)),
  );
};

describeRule('a noun enters the code through the glossary', glossary, {
  catches: {
    'an unknown table': {
      'migrations/0010-a.ts': 'q(`create table access.seat (id int)`)',
      'docs/glossary.md': '| 用户 | user | `user` |',
    },
    'an unknown choice': {
      'libs/access/src/a.ts': `export type Seat = 'front' | 'back';`,
      'libs/access/src/index.ts': `export type { Seat } from './a';`,
      'docs/glossary.md': '',
    },
  },
  passes: {
    'known ones': {
      'migrations/0010-a.ts': 'q(`CREATE TABLE access.user_grant (id int)`)',
      'libs/access/src/a.ts': `export type Role = 'admin' | 'viewer';\nexport type Inner = 'a' | 'b';`,
      'libs/access/src/index.ts': `export type { Role } from './a';`,
      'docs/glossary.md': '`userGrant` `role`',
    },
  },
});

/** A glossary that lists a term twice lets two engineers mean two things by it. */
const onceOnly: Rule = (files) => {
  const file = files.find(({ path }) => path === 'docs/glossary.md');
  const rows = (file?.text ?? '').split('\n').filter((line) => /^\|[^|]*\|[^|]*\|[^|]*`/.test(line));
  const faults = rows.filter(
    (row) =>
      row.split('|').length !== 6 ||
      row
        .split('|')
        .slice(1, 5)
        .some((cell) => cell.trim() === ''),
  );
  const identifiers = rows.flatMap((row) => [...row.split('|')[3].matchAll(/`([^`]+)`/g)].map((match) => match[1]));
  const twice = identifiers.filter((word, index) => identifiers.indexOf(word) !== index);
  return [...faults.map((row) => `not four cells: ${row}`), ...twice.map((word) => `"${word}" stands twice`)];
};

describeRule('the glossary gives each term once, with Chinese, English, identifier and source', onceOnly, {
  catches: {
    'a term twice': { 'docs/glossary.md': '| 用户 | user | `user` | ours |\n| 人 | person | `user` | ours |\n' },
    'a term without source': { 'docs/glossary.md': '| 用户 | user | `user` | |\n' },
  },
  passes: {
    'a table': {
      'docs/glossary.md':
        '| 中文 | English | identifier | source |\n|---|---|---|---|\n| 用户 | user | `user` | ours |\n',
    },
  },
});

it('the glossary is there', () => {
  expect(treeFiles().some(({ path }) => path === 'docs/glossary.md')).toBe(true);
});
