/** Codes, levels and paths of territories. */
import { levelOfCode, mayHold, parentOfCode, territoryLevels } from './territory';
import { codesOfPath, isWithin, pathBelow, placesOfPath } from './territory-path';

it.each([
  ['CN', 'nation', null],
  ['520000', 'province', 'CN'],
  ['520500', 'prefecture', '520000'],
  ['520523', 'county', '520500'],
  ['429004', 'county', '429000'],
  ['520523101', 'township', '520523'],
  ['441900003', 'township', '441900'],
  ['520523101001', 'village', '520523101'],
  ['520523-jinsha-mine', 'site', '520523'],
])('%s is a %s below %s', (code, level, parent) => {
  expect(levelOfCode(code)).toBe(level);
  expect(parentOfCode(code)).toBe(parent);
  if (parent) expect(mayHold(levelOfCode(parent), levelOfCode(code))).toBe(true);
});

it('nothing hangs below a site, and levels only go down', () => {
  for (const level of territoryLevels) {
    expect(mayHold('site', level)).toBe(false);
    expect(mayHold(level, level)).toBe(false);
    expect(mayHold(level, 'nation')).toBe(false);
  }
});

it('a path gives its codes back, root first or nearest first', () => {
  const codes = ['CN', '520000', '520500', '520523', '520523-jinsha-mine'];
  const path = codes.reduce<string | null>((above, code) => pathBelow(above, code), null)!;
  expect(path).toBe('CN.520000.520500.520523.520523_jinsha_mine');
  expect(codesOfPath(path)).toEqual(codes);
  expect(placesOfPath(path)).toEqual([...codes].reverse());
});

it('containment goes by whole labels', () => {
  expect(isWithin('CN.520000', 'CN')).toBe(true);
  expect(isWithin('CN.520000', 'CN.520000')).toBe(true);
  expect(isWithin('CN.5200001', 'CN.520000')).toBe(false);
  expect(isWithin('CN', 'CN.520000')).toBe(false);
});
