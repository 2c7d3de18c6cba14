/** Sources that name a citation are given whole; a citation that is missing or given twice is a fault at its place. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseUnits } from '../yaml/parse-units';
import { parseNorm } from './parse-norm';

const units = parseUnits({
  path: 'units.yaml',
  text: readFileSync(path.resolve(__dirname, '../../../../rulebook/units.yaml'), 'utf8'),
});

const parsed = (citations: string, source: string) => {
  const text = `id: small
title: { zh: 小, en: Small }
status: usable
basis: [{ zh: 依据, en: Basis }]
currency: yuan
citations: ${citations}
ecosystemTypes: [{ code: forest, name: { zh: 林, en: Forest }, hj1166: '1' }]
attributes: [{ code: area, unit: hm2, name: { zh: 面积, en: Area }, required: true, min: 0 }]
parameters:
  - code: price
    name: { zh: 价, en: Price }
    unit: yuan/(hm2*a)
    values: [{ value: 2, from: 2000-01-01, grade: published, source: ${source} }]
groups: [{ code: land, name: { zh: 地, en: Land } }]
formulas: [{ code: land, scope: patch, unit: hm2, name: { zh: 地, en: Land }, expression: area }]
services:
  - code: land
    category: regulating
    group: land
    name: { zh: 地, en: Land }
    quantity: land
    price: { parameter: price }
    gamma: 1
`;
  const { norm, problems } = parseNorm([{ path: 'norm.yaml', text }], units);
  return {
    source: norm?.parameters[0].values[0].evidence.source,
    faults: problems.map(({ line, column, code, mend }) => `${line}:${column} ${code} ${mend.en}`),
  };
};
const book = '[{ id: book-2001, text: A. Author (2001) A book }]';

it('gives the text of the citation, then the place in it', () => {
  expect(parsed(book, 'book-2001#Table 1').source).toBe('A. Author (2001) A book, Table 1');
});

it('leaves a source that names no citation as it is written', () => {
  expect(parsed(book, 'Table 1').source).toBe('Table 1');
  expect(parsed('[]', 'https://example.org/a#b').source).toBe('https://example.org/a#b');
});

it('tells a citation that is not there, and the one that may be meant', () => {
  const { source, faults } = parsed(book, 'book-2010#Table 1');
  expect(source).toBeUndefined();
  expect(faults).toEqual(['13:70 norm.unknown-code did you mean "book-2001"?']);
});

it('tells a citation that is given twice, and one without text only once', () => {
  const twice = parsed('[{ id: book, text: A book }, { id: book, text: Another }]', 'book#Table 1');
  expect(twice.faults).toEqual(['6:47 norm.duplicate-code rename or remove one of them']);
  expect(parsed('[{ id: book }]', 'book#Table 1').faults).toHaveLength(1);
});
