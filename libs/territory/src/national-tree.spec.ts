/** Rows of the national tree out of the tables of the package. */
import { miscount, nationalRows, nationRow, statedOn } from './national-tree';
import { checkRows } from './check-rows';

const line = (table: 'provinces' | 'cities' | 'areas' | 'streets' | 'villages', code: string, name: string) => ({
  table,
  code,
  name,
});

it('gives the codes of the package their whole form, levels and parents', () => {
  const rows = nationalRows([
    line('provinces', '52', '贵州省'),
    line('cities', '5205', '毕节市'),
    line('areas', '520523', '金沙县'),
    line('streets', '520523101', '安底镇'),
    line('villages', '520523101001', '安底社区'),
  ]);
  expect(rows.map(({ code, level, parentCode }) => [code, level, parentCode])).toEqual([
    ['520000', 'province', 'CN'],
    ['520500', 'prefecture', '520000'],
    ['520523', 'county', '520500'],
    ['520523101', 'township', '520523'],
    ['520523101001', 'village', '520523101'],
  ]);
  expect(rows.every(({ validFrom, source }) => validFrom === statedOn && source.includes('2023-06-30'))).toBe(true);
  expect(nationRow(statedOn)).toMatchObject({ code: 'CN', level: 'nation', parentCode: null });
  expect(checkRows([nationRow(statedOn), ...rows])).toEqual([]);
});

it('a city that stands as its own county is one territory, and keeps its townships', () => {
  const rows = nationalRows([
    line('provinces', '44', '广东省'),
    line('cities', '4419', '东莞市'),
    line('areas', '441900', '东莞市'),
    line('streets', '441900003', '东城街道'),
  ]);
  expect(rows.map(({ code, parentCode }) => [code, parentCode])).toEqual([
    ['440000', 'CN'],
    ['441900', '440000'],
    ['441900003', '441900'],
  ]);
});

it('counties directly under a province keep the grouping unit as parent', () => {
  const rows = nationalRows([
    line('provinces', '42', '湖北省'),
    line('cities', '4290', '省直辖县级行政区划'),
    line('areas', '429004', '仙桃市'),
  ]);
  expect(rows.at(-1)).toMatchObject({ code: '429004', level: 'county', parentCode: '429000' });
});

it('says from which day the caller vouches, and counts', () => {
  const rows = nationalRows([line('provinces', '52', '贵州省')], '2015-01-01');
  expect(rows[0]).toMatchObject({
    validFrom: '2015-01-01',
    source: expect.stringContaining('taken as valid from 2015-01-01'),
  });
  expect(miscount('areas', 2978)).toBeUndefined();
  expect(miscount('areas', 2977)!.en).toBe('areas.csv has 2977 rows, not 2978');
});
