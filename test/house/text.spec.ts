/** The text of files: an opening sentence, a bounded length, nothing silenced or left undone, no trace of a machine. */
import { describeRule, isCode, linesMatching, treeFiles, type Rule, type SourceFile } from './rule';
import ratchet from './ratchet.json';

const opening = /^(#!.*\n)?(\/\*\*?|\/\/|#)\s*(?<sentence>[^\n]*)/;

/** A spec beside the file of its name is for that file; it need not say so. */
const opens: Rule = (files) =>
  files
    .filter(({ path }) => !files.some((file) => file.path === path.replace('.spec.ts', '.ts') && file.path !== path))
    .filter((file) => isCode(file) || /\.ya?ml$|^\.ci\/|Dockerfile$/.test(file.path))
    .filter(({ text }) => {
      const sentence = opening.exec(text)?.groups?.sentence ?? '';
      return sentence.replace(/\*\/$/, '').trim().split(/\s+/).length < 3;
    })
    .map(({ path }) => `${path} does not open with a sentence on what it is for`);

describeRule('a file opens with one sentence on what it is for', opens, {
  catches: {
    'code at once': { 'libs/kernel/src/a.ts': 'export const a = 1;\n' },
    'a title that is no sentence': { 'libs/kernel/src/a.ts': '/** Units */\n' },
    'a norm without a word': { 'rulebook/norms/a/norm.yaml': 'id: a\n' },
    'a spec of nothing in particular': { 'libs/kernel/src/laws.spec.ts': "it('holds', () => {});\n" },
    'an empty comment before code': { 'tools/a.mjs': '//\nrun();\n' },
  },
  passes: {
    'a script': { 'tools/a.mjs': '#!/usr/bin/env node\n// Starts everything on one machine.\n' },
    'a longer comment': { 'libs/kernel/src/a.ts': '/** Sums of doubles in a fixed order.\n * Why: …\n */\n' },
    'a spec beside its file': {
      'libs/kernel/src/a.ts': '// Sums of doubles in order.',
      'libs/kernel/src/a.spec.ts': 'it();',
    },
    data: { 'rulebook/units.yaml': '# Units of measure, each defined by those before it.\n' },
  },
});

const longest = 300;
const lengthOf = ({ text }: SourceFile): number => text.replace(/\n$/, '').split('\n').length;

/** A file longer than 300 lines must be in the list with its length; the number may only fall. */
const bounded =
  (allowed: Readonly<Record<string, number>>): Rule =>
  (files) => {
    const lengths = new Map(files.filter(isCode).map((file) => [file.path, lengthOf(file)]));
    const long = [...lengths].flatMap(([path, lines]) =>
      lines > Math.max(longest, allowed[path] ?? 0)
        ? [`${path} has ${lines} lines; at most ${allowed[path] ?? longest}`]
        : [],
    );
    const stale = Object.entries(allowed).flatMap(([path, lines]) => {
      const now = lengths.get(path);
      if (now === undefined || now <= longest) return [`${path} left the ratchet: remove its line from ratchet.json`];
      return now < lines ? [`${path} fell to ${now} lines: lower its line in ratchet.json`] : [];
    });
    return [...long, ...stale];
  };
const lines = (count: number): string => '// x\n'.repeat(count);

const example = { 'listed.ts': 400 };

describeRule(
  'a file has at most 300 lines, and the list of longer ones only gets shorter',
  (files) => bounded(files === treeFiles() ? ratchet : example)(files),
  {
    catches: {
      'a long file': { 'listed.ts': lines(400), 'libs/kernel/src/a.ts': lines(301) },
      'a listed file that grew': { 'listed.ts': lines(401) },
      'a listed file that fell while the list did not': { 'listed.ts': lines(399) },
      'a listed file that is short now': { 'listed.ts': lines(20) },
      'a listed file that is gone': { 'b.ts': lines(20) },
    },
    passes: { 'a file of 300 lines, a listed file that stays': { 'listed.ts': lines(400), 'a.ts': lines(300) } },
  },
);

// Written in parts, so that this file does not catch itself.
const joined = (...parts: string[]): string => parts.join('');
const silencers = new RegExp(
  [
    '(es|ox)lint-' + 'disable',
    '@ts-' + 'ignore',
    '@ts-' + 'nocheck',
    '@ts-' + 'expect-error',
    '(prettier|oxfmt)-' + 'ignore',
    'istanbul ' + 'ignore',
    '[cv]8 ' + 'ignore',
    'biome-' + 'ignore',
    'nosem' + 'grep',
    'dependency-cruiser-' + 'disable',
  ].join('|'),
);

describeRule(
  'no rule is silenced in a file',
  (files) =>
    linesMatching(
      files.filter((file) => !file.path.endsWith('.md')),
      silencers,
      'silences a rule',
    ),
  {
    catches: Object.fromEntries(
      [
        ...['eslint-' + 'disable-next-line', 'oxlint-' + 'disable', 'prettier-' + 'ignore', 'oxfmt-' + 'ignore'],
        ...['@ts-' + 'ignore', '@ts-' + 'expect-error'],
      ].map((word) => [word, { 'a.ts': `// ${word}\n` }]),
    ),
  },
);

const undone = new RegExp(
  [
    joined('\\b(describe|it|test)\\.(only', '|skip|todo|failing)\\b'),
    joined('\\b(xit|xtest|xdescribe|fit|fdescribe)', '\\('),
    joined('\\b(TO', 'DO|FIX', 'ME|HA', 'CK|XX', 'X)\\b'),
    joined('\\bnot (yet ', ')?implemented\\b'),
  ].join('|'),
);

/** The one place that may leave tests out: where there is no Redis server. On the build machine that is a failure. */
const withoutRedis = 'test/fixtures/test-redis.ts';

const finished: Rule = (files) => {
  const judged = files.filter((file) => isCode(file) || /\.ya?ml$/.test(file.path));
  const strict = judged.filter(({ path, text }) => path !== withoutRedis || !text.includes(`process.env['CI']`));
  return linesMatching(strict, undone, 'is left undone');
};

describeRule('nothing is left undone: no focused or skipped test, no reminder, no stub', finished, {
  catches: {
    'a focused test': { 'a.spec.ts': joined(`it.on`, `ly('x', () => {});`) },
    'tests left out on the build machine too': { [withoutRedis]: joined('describe.sk', `ip('x', () => {});`) },
    'a skipped group': { 'a.spec.ts': joined('describe.sk', `ip('x', () => {});`) },
    'a skipped test of the old form': { 'a.spec.ts': joined('xi', `t('x', () => {});`) },
    'a reminder': { 'a.ts': joined('// TO', 'DO: later') },
    'a reminder in data': { 'a.yaml': joined('# FIX', 'ME') },
    'a stub': { 'a.ts': joined(`throw new Error('not impl`, `emented');`) },
  },
});

/** Absolute paths into a person's or a machine's folders, private addresses, mail addresses, keys. */
const traces = new RegExp(
  [
    joined('(?<![\\w.:}$-])/(?:ho', 'me|ro', 'ot|wo', 'rk|Us', 'ers|mn', 't|roo', 't)/[\\w.-]'),
    joined('\\b[A-Z]:\\\\', '(?:Us', 'ers|Docu)'),
    '\\b[\\w.+-]+@(?!(?:[\\w-]+\\.)*example(?:\\.(?:com|org|net|cn))?\\b)[a-z0-9-]+(?:\\.[a-z0-9-]+)*\\.(?:com|net|org|cn|io|dev|local)\\b',
    joined('-----BEGIN [A-Z ]*PRIV', 'ATE KEY'),
    '\\b(?:sk|ghp|gho|glpat|npm)_[A-Za-z0-9]{20,}',
  ].join('|'),
);

/** Specs may invent addresses of networks; settings and manuals may not carry real ones. */
const privateAddress = /\b(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}\b/;

const traceless: Rule = (files) => {
  const written = files.filter(({ path }) => path !== 'package-lock.json');
  const settled = written.filter(({ path }) => !path.endsWith('.spec.ts'));
  const fault = 'is a trace of a machine or person';
  return [...linesMatching(written, traces, fault), ...linesMatching(settled, privateAddress, fault)];
};

describeRule('no file carries a trace of a machine or a person', traceless, {
  catches: {
    'a path of a machine': { 'docs/a.md': joined('see /ho', 'me/li/project') },
    'a path in code': { 'tools/a.mjs': joined(`read('/ro`, `ot/x')`) },
    'a private address': { 'docker-compose.yml': joined('host: 192.', '168.3.7') },
    'a mail address': { 'README.md': joined('write to someone@', 'company.cn') },
    'a key': { 'a.ts': joined('const key = "ghp', '_0123456789abcdefghijABCDEFGHIJ";') },
  },
  passes: {
    'paths of the project and of the web': {
      'a.md': 'libs/home/src, https://a.example/home/x, ./work/, admin@county.example, 127.0.0.1',
    },
  },
});
