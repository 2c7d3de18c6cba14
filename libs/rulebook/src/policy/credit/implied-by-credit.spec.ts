/** A table of events is read with its days, and everything that is wrong with it is told at its cell, at once. */
import { UnitTable } from '@gep/kernel';
import { readPolicyRows } from '../input/read-policy-rows';
import { parseRule } from '../parse-rule';

const units = new UnitTable([]);
const text = `id: made-up
title: { zh: 测试, en: Made up }
mechanism: credit
status: usable
period: month
valid: { from: 2020-01-01 }
sources: [{ id: A, text: made up, standing: A }]
credit:
  score: { base: 100, source: A }
  behaviours:
    - { code: planting, name: { zh: 植树, en: Planting }, subjects: [person], points: 8, source: A }`;

function readDays(...lines: readonly string[]) {
  const { rule } = parseRule({ path: 'list.yaml', text }, units);
  const rows = lines.map((line, at) => ({ row: at + 2, cells: line.split(',') }));
  const numberOf = (cell: unknown) => (cell === '' ? undefined : { decimal: String(cell) });
  const header = ['unit', 'event', 'act', 'day', 'times'];
  const { book, problems } = readPolicyRows(rule!, units, { header, rows }, { numberOf, period: '2025-03' });
  return { book, told: problems.map(({ row, column, value, code }) => [row, column, value, code]) };
}

it('takes every day that there is, and an empty one', () => {
  const { book, told } = readDays('h1,1,planting,2024-02-29,1', 'h1,2,planting,2000-02-29,1', 'h2,1,planting,,1');
  expect(told).toEqual([]);
  const [{ byCode }] = book!.periods;
  expect(byCode.get('h1')!.rows.map(({ cells }) => cells.get('day'))).toEqual(['2024-02-29', '2000-02-29']);
});

it.each(['2025-02-30', '2023-02-29', '2024-02-30', '1900-02-29', '2025-13-45', '03/02/2025', '2025-2-3', '2025'])(
  'refuses %s at its cell',
  (day) => {
    const { book, told } = readDays(`h1,1,planting,${day},1`, 'h2,1,planting,2025-02-28,1');
    expect(book).toBeUndefined();
    expect(told).toEqual([[2, 'D day', day, 'policy.not-day']]);
  },
);

it('tells bad days, a bad word and a row that stands twice at once', () => {
  const { told } = readDays(
    ...['h1,1,planting,2025-13-45,1', 'h1,2,plant,03/02/2025,1', 'h1,1,planting,2025-02-28,1'],
    ...['h2,1,planting,2025-02-28,1', 'h2,1,planting,2025-02-30,0'],
  );
  expect(told).toEqual([
    [2, 'D day', '2025-13-45', 'policy.not-day'],
    [3, 'C act', 'plant', 'policy.unknown-word'],
    [3, 'D day', '03/02/2025', 'policy.not-day'],
    [4, 'A', 'h1 2025-03 1', 'policy.row-twice'],
    [6, 'D day', '2025-02-30', 'policy.not-day'],
    [6, 'E times', '0', 'policy.out-of-bounds'],
    [6, 'A', 'h2 2025-03 1', 'policy.row-twice'],
  ]);
});
