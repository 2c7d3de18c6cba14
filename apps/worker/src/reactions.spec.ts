/** Every event that a lib announces has its line in the table of reactions, and no line waits for an event that nobody announces. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { reactions } from './reactions';

const libs = resolve(__dirname, '../../../libs');

/** Texts of the sources of all libs, without their specs. */
function sources(): string[] {
  const files = readdirSync(libs, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => /^[^/]+\/src\/.+\.ts$/.test(file) && !file.endsWith('.spec.ts'))
    .map((file) => readFileSync(join(libs, file), 'utf8'));
}

const callsOfAnnounce = /\bannounce\(\s*\w+\s*,\s*\{\s*event\s*:\s*([\w.]+|'[^']*')/g;
const anyCallOfAnnounce = /(?<!function )\bannounce\(/g;
const constants = /\bexport const (\w+) = '([^']+)'/g;

/** What is wrong with a table of reactions, given the sources of the libs. */
function faultsOf(texts: readonly string[], table: Readonly<Record<string, unknown>>): string[] {
  const all = texts.join('\n');
  const values = new Map([...all.matchAll(constants)].map(([, name, value]) => [name, value]));
  const named = [...all.matchAll(callsOfAnnounce)].map(([, event]) => event);
  const announced = new Set(named.map((event) => values.get(event) ?? event));
  const unread = [...all.matchAll(anyCallOfAnnounce)].length - named.length;
  return [
    ...(unread > 0 ? [`${unread} announcements do not name their event in a way that can be read here`] : []),
    ...[...announced].filter((event) => !Object.hasOwn(table, event)).map((event) => `nobody reacts to ${event}`),
    ...Object.keys(table)
      .filter((event) => !announced.has(event))
      .map((event) => `nobody announces ${event}`),
  ];
}

const announcing = `export const paid = 'ledger.paid';\nawait announce(tx, { event: paid, key, payload });`;

it.each([
  ['an event without a reaction', [announcing], {}, ['nobody reacts to ledger.paid']],
  [
    'a reaction to nothing',
    [announcing],
    { 'ledger.paid': 'none', 'ledger.gone': 'none' },
    ['nobody announces ledger.gone'],
  ],
  ['an event in plain text', [`announce(tx, { event: 'ledger.paid', key })`], {}, ["nobody reacts to 'ledger.paid'"]],
  ['an event that cannot be read', ['announce(tx, what);'], {}, [expect.stringContaining('do not name their event')]],
])('catches %s', (_what, texts, table, faults) => {
  expect(faultsOf(texts, table)).toEqual(faults);
});

it('finds every event of the libs in the table', () => {
  expect(faultsOf(sources(), reactions)).toEqual([]);
});
