/** Codes of places: the lengths in use, sites inside a county, and refusal of anything else. */
import { InvalidTerritoryCode, isInvented, isTerritoryCode, parseTerritoryCode } from './territory-code';

it.each(['CN', '520523', '520523100', '520523100201', '520523-jinsha-mine', '520523-site-2'])('reads %s', (code) => {
  expect(parseTerritoryCode(code)).toBe(code);
});

it.each([
  '',
  'cn',
  '52052',
  '5205231',
  '520523-',
  '520523-Jinsha',
  '520523--a',
  '520523_a',
  "520523-a';",
  '５２０５２３',
])('refuses %j', (code) => {
  expect(isTerritoryCode(code)).toBe(false);
  expect(() => parseTerritoryCode(code)).toThrow(InvalidTerritoryCode);
});

it('refuses a code longer than a database label may be', () => {
  expect(isTerritoryCode(`520523-${'a'.repeat(57)}`)).toBe(true);
  expect(isTerritoryCode(`520523-${'a'.repeat(58)}`)).toBe(false);
});

it('knows invented places', () => {
  expect(['990000', '991101', '991101-mine', '520523', 'CN', '529900'].map(isInvented)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});
