/** Cross tables add up in both directions to the totals of their accounts. */
import type { Account, AccountLine } from '../account/account';
import { crossTables } from './cross-tables';

const line = (service: string, type: string | null, valueFen: bigint): AccountLine =>
  ({ service, type, valueFen, quantity: 1 }) as unknown as AccountLine;
const account = (territory: string, period: string, lines: AccountLine[]): Account =>
  ({ territory, period, lines, areaByType: { grass: 1, forest: 2 } }) as unknown as Account;

const accounts = [
  account('990101', '2023', [line('water', 'forest', 101n), line('water', 'grass', 7n), line('visits', null, 5n)]),
  account('990102', '2023', [line('water', 'grass', 11n)]),
  account('990101', '2024', [line('soil', 'forest', 13n)]),
];

it('gives each period by type and, with several territories, by territory; then all periods', () => {
  const tables = crossTables(accounts);
  expect(tables.map(({ period, rows, columns }) => [period, rows, columns])).toEqual([
    ['2023', 'service', 'type'],
    ['2023', 'service', 'territory'],
    ['2023', 'type', 'territory'],
    ['2024', 'service', 'type'],
    [null, 'service', 'period'],
  ]);
  expect(tables[1]).toMatchObject({
    columnCodes: ['990101', '990102'],
    body: [
      { code: 'water', cellsFen: [108n, 11n], totalFen: 119n },
      { code: 'visits', cellsFen: [5n, null], totalFen: 5n },
    ],
    columnTotalsFen: [113n, 11n],
    totalFen: 124n,
  });
  expect(tables[0].columnCodes).toEqual(['grass', 'forest', 'unassigned']);
  expect(tables[2].body.map(({ code }) => code)).toEqual(['grass', 'forest', 'unassigned']);
  expect(tables.map(({ totalFen }) => totalFen)).toEqual([124n, 124n, 124n, 13n, 137n]);
  for (const { body, totalFen } of tables)
    expect(body.reduce((sum, { totalFen: own }) => sum + own, 0n)).toBe(totalFen);
});
