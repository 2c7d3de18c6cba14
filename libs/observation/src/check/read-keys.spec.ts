/** Spellings of territories, periods and names that are accepted or refused. */
import { KnownNames, readPeriod, readTerritory } from './read-keys';

it.each([
  ['520523', '520523'],
  [520523, '520523'],
  [' ５２０５２３ ', '520523'],
  ['520523.0', '520523'],
  ['cn', 'CN'],
  ['520523-Jinsha-Mine', '520523-jinsha-mine'],
])('%j is the territory %s', (cell, code) => expect(readTerritory(cell)).toBe(code));

it.each(['', '5205', '5.20523E+11', 'Jinsha', 520523.5])('%j is no territory', (cell) =>
  expect(readTerritory(cell)).toMatchObject({ severity: 'error' }),
);

it('tells who let a spreadsheet round the code how to get it back', () =>
  expect(readTerritory('5.20523E+11')).toMatchObject({ mend: { en: expect.stringContaining('scientific notation') } }));

it.each([
  ['2024', '2024'],
  [2024, '2024'],
  ['2024年', '2024'],
  ['２０２４年度', '2024'],
  ['2024-07', '2024-07'],
  ['2024/7', '2024-07'],
  ['2024年7月', '2024-07'],
  ['2024-Q3', '2024-Q3'],
  ['2024q3', '2024-Q3'],
  ['2024年第三季度', '2024-Q3'],
  ['2024年3季度', '2024-Q3'],
])('%j is the period %s', (cell, period) => expect(readPeriod(cell)).toBe(period));

it.each(['', '24', '2024-13', '2024-07-01', '2024.07', '1850', '2023-2024'])('%j is no period', (cell) =>
  expect(readPeriod(cell)).toMatchObject({ severity: 'error' }),
);

it('finds names by code and alias, whatever letter case, width and spaces, and lets a code win over an alias', () => {
  const known = new KnownNames([
    { code: 'forestLand', aliases: ['林地', 'Forest land', 'dryland'] },
    { code: 'dryland', aliases: ['旱地'] },
  ]);
  expect(known.find('FOREST_LAND')?.code).toBe('forestLand');
  expect(known.find('ｆｏｒｅｓｔ　ｌａｎｄ')?.code).toBe('forestLand');
  expect(known.find('dryland')?.code).toBe('dryland');
  expect(known.find('林 地')?.code).toBe('forestLand');
  expect(known.find('湿地')).toBeUndefined();
});
