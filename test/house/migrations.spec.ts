/** Migrations: numbered, one step each, forward only, never edited after release, row security wherever a territory is kept. */
import { createHash } from 'node:crypto';
import ts from 'typescript';
import { describeRule, syntaxOf, treeFiles, type Rule, type SourceFile } from './rule';
import released from './released-migrations.json';

const isMigration = ({ path }: SourceFile): boolean => path.startsWith('migrations/') && path.endsWith('.ts');
const className = (title: string, number: string): string =>
  title.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase()) +
  `179000${Number(number).toString().padStart(4, '0')}000`;

/** Which numbers belong to which subject, so that two who write at once do not meet. */
const ranges: readonly (readonly [subject: string, from: number, to: number])[] = [
  ['platform', 1, 9],
  ['access', 10, 19],
  ['territory', 20, 29],
  ['rulebook', 30, 39],
  ['observation', 40, 49],
  ['accounting', 50, 69],
  ['ledger', 70, 79],
  ['procedure', 80, 83],
  ['rulebook', 84, 85],
  ['settlement', 86, 91],
  ['compensation', 92, 94],
  ['procurement', 95, 104],
  ['evaluation', 110, 129],
  ['credit', 140, 152],
];

const shape: Rule = (files) => {
  const migrations = files.filter(isMigration);
  const numbers = migrations.map(({ path }) => path.split('/')[1].slice(0, 4));
  return migrations.flatMap((file, index) => {
    const match = /^migrations\/(\d{4})-([a-z0-9]+(?:-[a-z0-9]+)*)\.ts$/.exec(file.path);
    if (!match) return [`${file.path}: write NNNN-title.ts`];
    const faults = [];
    if (numbers.indexOf(numbers[index]) !== index) faults.push(`${file.path}: number ${match[1]} is taken`);
    const classes = syntaxOf(file).statements.filter(ts.isClassDeclaration);
    const expected = className(match[2], match[1]);
    if (classes.length !== 1) faults.push(`${file.path}: one step, one class; found ${classes.length}`);
    if (classes[0]?.name?.text !== expected) faults.push(`${file.path}: the class is named ${expected}`);
    if (!/^(\/\/|\/\*\*?) .*\S+(\s+\S+){4,}/.test(file.text.split('\n')[0]))
      faults.push(`${file.path}: the first line says why`);
    if (!/down\([^)]*\)[^{]*\{\s*throw /.test(file.text)) faults.push(`${file.path}: forward only; down() throws`);
    return faults;
  });
};

const sound = (title: string): string =>
  `// Why this step is needed, in a few words.\nexport class ${title} {\n  async up() {}\n  async down(): Promise<void> {\n    throw new Error('forward only');\n  }\n}\n`;

describeRule('a migration is numbered, says why, does one step, and only forward', shape, {
  catches: {
    'no number': { 'migrations/users.ts': sound('Users') },
    'a number used twice': {
      'migrations/0010-a.ts': sound('A1790000010000'),
      'migrations/0010-b.ts': sound('B1790000010000'),
    },
    'a class of another number': { 'migrations/0010-users.ts': sound('Users1790000011000') },
    'two steps': { 'migrations/0010-a.ts': `${sound('A1790000010000')}export class B {}` },
    'no reason': { 'migrations/0010-a.ts': sound('A1790000010000').replace(/.*\n/, '') },
    'a way back': { 'migrations/0010-a.ts': sound('A1790000010000').replace('throw new', 'return void') },
  },
  passes: { 'a sound one': { 'migrations/0011-sessions-and-links.ts': sound('SessionsAndLinks1790000011000') } },
});

/** Tables a migration makes or alters, written schema.table. */
const tablesIn = (text: string): string[] =>
  [...text.matchAll(/\b(?:create|alter)\s+table\s+(?:if\s+not\s+exists\s+)?(\w+\.\w+|\w+)/gi)].map((match) =>
    match[1].toLowerCase(),
  );

const inRange: Rule = (files) =>
  files.filter(isMigration).flatMap((file) => {
    const number = Number(file.path.split('/')[1].slice(0, 4));
    const range = ranges.find(([, from, to]) => number >= from && number <= to);
    if (!range) return [`${file.path}: number outside of every range`];
    return tablesIn(file.text)
      .filter((table) => !table.startsWith(`${range[0]}.`))
      .map((table) => `${file.path}: makes ${table}, but its number belongs to ${range[0]}`);
  });

describeRule('a migration touches the schema of one subject, by its number', inRange, {
  catches: {
    'a table of another subject': { 'migrations/0010-a.ts': 'q(`create table accounting.account (id int)`)' },
    'a table without schema': { 'migrations/0010-a.ts': 'q(`CREATE TABLE IF NOT EXISTS users (id int)`)' },
    'a number of nobody': { 'migrations/0990-a.ts': '' },
  },
  passes: { 'its own': { 'migrations/0010-a.ts': 'q(`create table access.users (id int)`)' } },
});

/** A table with territory_path is behind row security, forced for its owner too, from its first moment. */
const rowSecurity: Rule = (files) =>
  files.filter(isMigration).flatMap(({ path, text }) => {
    const tables = text.matchAll(
      /\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?(\w+\.\w+)\s*\(([\s\S]*?)\n\s*\)[^\n]*;/gi,
    );
    return [...tables]
      .filter(([, table, columns]) => /\bterritory_path\b/.test(columns) && !isSecured(text, table))
      .map(([, table]) => `${path}: ${table} keeps territory_path but has no forced row security`);
  });

/** By statement, or by enableRowSecurity over a list that names the table with or without its schema. */
function isSecured(text: string, table: string): boolean {
  const [schema, name] = table.split('.');
  if (new RegExp(`alter\\s+table\\s+${table}\\s+force\\s+row\\s+level\\s+security`, 'i').test(text)) return true;
  const listed = text.includes(`'${table}'`) || (text.includes(`'${name}'`) && text.includes(`${schema}.\${`));
  return listed && /enableRowSecurity\(/.test(text);
}

describeRule('a table that keeps a territory has row security', rowSecurity, {
  catches: {
    'a table without': {
      'migrations/0050-a.ts': 'q(`create table accounting.x (\n id int,\n territory_path ltree\n);`)',
    },
    'a table without force': {
      'migrations/0050-a.ts':
        'q(`create table accounting.x (\n territory_path ltree\n);\n alter table accounting.x enable row level security;`)',
    },
  },
  passes: {
    'tables with': {
      'migrations/0050-a.ts':
        "q(`create table accounting.x (\n territory_path ltree\n);`); q(enableRowSecurity('accounting.x'))",
      'migrations/0051-b.ts':
        'q(`create table accounting.y (\n territory_path ltree\n);\n alter table accounting.y force row level security;`)',
      'migrations/0052-d.ts':
        "q(`create table accounting.v (\n territory_path ltree\n);`); for (const n of ['v']) enableRowSecurity(`accounting.${n}`)",
      'migrations/0020-c.ts': 'q(`create table territory.z (\n path ltree\n);`)',
    },
  },
});

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A released migration has run somewhere; editing it makes two databases that believe they are the same. */
const unedited =
  (digests: Readonly<Record<string, string>>): Rule =>
  (files) =>
    Object.entries(digests).flatMap(([path, digest]) => {
      const file = files.find((candidate) => candidate.path === path);
      if (!file) return [`${path} was released and is gone`];
      return digestOf(file.text) === digest ? [] : [`${path} was released and is edited; write a new step`];
    });

describeRule(
  'a released migration is never edited',
  (files) => unedited(files === treeFiles() ? released : { 'migrations/0001-a.ts': digestOf('as released') })(files),
  {
    catches: {
      'an edit': { 'migrations/0001-a.ts': 'as edited' },
      'a removal': { 'migrations/0002-b.ts': 'as released' },
    },
    passes: { 'the same text': { 'migrations/0001-a.ts': 'as released' } },
  },
);
