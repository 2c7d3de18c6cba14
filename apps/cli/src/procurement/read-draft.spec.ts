/** A draft names all of its faults at once, and what is left out is null. */
import { DraftUnreadable } from '../errors';
import { asTerms, readDraft } from './read-draft';

const members = { code: 'text', note: 'text?', services: 'list?', months: 'number' } as const;

it('gives what is there, and null for what may be left out', () => {
  expect(readDraft('a.json', { code: 'x', months: 3 }, members)).toEqual({
    code: 'x',
    note: null,
    services: null,
    months: 3,
  });
});

it('names every member that is lacking, unknown or of another type', () => {
  expect(() => readDraft('a.json', { note: 1, services: ['a', 2], extra: true, months: 1 }, members)).toThrow(
    DraftUnreadable,
  );
  expect(() => readDraft('a.json', [], members)).toThrow(/code \(text\), months \(number\)/);
});

it('takes terms of a contract by the names of the API too', () => {
  const terms = { code: 'a', fundId: '990101/eco', allowedPurposes: ['wages', 'tools'] };
  expect(asTerms({ code: 'a', fund: '990101/eco', allowedPurposes: 'wages; tools' })).toEqual(terms);
  expect(asTerms(terms)).toEqual(terms);
});
