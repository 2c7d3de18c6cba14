/** A plan is read as the README writes it; what is wrong with one is told at once, in both languages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableFaults } from '@gep/procedure';
import { DomainError } from '@gep/kernel';
import { figureSteps, planSteps, progressSteps } from '../plan-steps';
import { entryOf } from './plan-terms';
import { readPlan } from './read-plan';

const readme = readFileSync(join(__dirname, '../../../README.md'), 'utf8');
const written = /```yaml\n(code: gep-2023[\s\S]*?)```/.exec(readme)![1];

function refusal(change: (text: string) => string): string {
  try {
    readPlan(change(written));
  } catch (error) {
    if (error instanceof DomainError) return error.text.en;
    throw error;
  }
  throw new Error('it was taken');
}

it('reads what the README writes', () => {
  const terms = readPlan(written);
  expect(terms).toMatchObject({ code: 'gep-2023', place: '990100', from: 2023, boundaryDay: '2022-12-31' });
  expect(entryOf(terms, 'gep', '990101')).toMatchObject({ path: 'linear', unit: '990101' });
  expect(entryOf(terms, 'gep', '990102')).toMatchObject({ path: 'compound', unit: null, growth: '0.1' });
  expect(entryOf(terms, 'gdp', '990100')).toBeUndefined();
});

it.each([
  ['a key that nobody reads', (text: string) => text.replace('base: 2022', 'bas: 2022'), 'did you mean base'],
  ['a base inside the term', (text: string) => text.replace('base: 2022', 'base: 2023'), 'before the first year'],
  ['prices of a later year', (text: string) => text.replace('pricesOf: 2022', 'pricesOf: 2023'), 'after the base'],
  ['two ways to one target', (text: string) => text.replace('growth: 10%', 'growth: 10%, target: 5'), 'give one of'],
  ['a set path that lacks a year', (text: string) => text.replace('2027: 1300', '2028: 1300'), 'each of 2023, 2024'],
  ['effects that nobody earns', (text: string) => text.replace('[area, condition]', '[area, price]'), 'nobody earns'],
  [
    'its own place as a unit',
    (text: string) => text.replace("['990101', ", "['990100', '990101', "),
    'lower governments',
  ],
  ['the same target twice', (text: string) => text.replace("unit: '990101', ", ''), 'stands twice'],
  ['GDP as the GEP of the mandate', (text: string) => text.replace('{ gep: real,', '{ gep: gdp,'), 'dual should name'],
])('refuses %s', (_, change, told) => {
  expect(refusal(change)).toContain(told);
});

it('has whole tables of steps, each hand another', () => {
  expect([tableFaults(planSteps), tableFaults(progressSteps), tableFaults(figureSteps)]).toEqual([[], [], []]);
  const apart = (act: string) => planSteps.rows.find((row) => row.act === act)?.apartFrom;
  expect(apart('issue')).toEqual(['open', 'revise', 'negotiate']);
});
