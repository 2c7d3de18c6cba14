/** The units of a national account are the counties, and the prefectures that have none. */
import type { TerritoryLevel, TerritoryRow } from '@gep/territory';
import { accountingUnits } from './accounting-units';

const row = (code: string, level: TerritoryLevel, parentCode: string | null): TerritoryRow => ({
  ...{ code, level, parentCode, nameZh: code, nameEn: null },
  ...{ validFrom: '2023-06-30', validTo: null, source: 'test' },
});

it('takes counties, and prefectures without counties, and nothing above or below', () => {
  const rows = [
    row('CN', 'nation', null),
    row('440000', 'province', 'CN'),
    row('440100', 'prefecture', '440000'),
    row('441900', 'prefecture', '440000'),
    row('440103', 'county', '440100'),
    row('440104', 'county', '440100'),
    row('441900003', 'township', '441900'),
  ];
  expect(accountingUnits(rows)).toEqual(['441900', '440103', '440104']);
});
