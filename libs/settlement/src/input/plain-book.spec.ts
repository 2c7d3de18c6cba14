/** What is frozen thaws into the same: the decision from it is the same to the bit. */
import path from 'node:path';
import { canonicalJson } from '@gep/kernel';
import { decide, loadPolicy, loadUnits } from '@gep/rulebook';
import { joinTable, periodBefore } from './join-table';
import { freezeBook, thawBook } from './plain-book';
import { plainNumber, readInput } from './read-input';

const rulebookDir = path.resolve(__dirname, '../../../../rulebook');

it('decides the same by a frozen input as by what it was read from', async () => {
  const [rule, units] = [await loadPolicy('miyun-reserve', rulebookDir), await loadUnits(rulebookDir)];
  const rows = [
    ['k', '2024', '2', null],
    ['a', '2024', null, '1/3'],
    ['b', '2024', null, '2'],
  ];
  const book = readInput(rule, units, { header: ['unit', 'period', 'stored [万m3]', 'share'], rows }, '2024');
  const frozen = freezeBook(book);
  const said = canonicalJson(decide(rule, thawBook(frozen), '2024'));
  expect(said).toBe(canonicalJson(decide(rule, book, '2024')));
  expect(freezeBook(thawBook(frozen))).toEqual(frozen);
  expect(() => thawBook({ ...frozen, content: frozen.content.replace('1/3', '2/3') })).toThrow(
    /not what its digest says/,
  );
});

it.each([
  ['1,234.5', { decimal: '1234.5' }],
  ['-3e2', { decimal: '-3e2' }],
  ['1/3', { decimal: '1/3' }],
  ['12 万元', { decimal: '12', unit: '万元' }],
  ['1,2', expect.objectContaining({ code: 'policy.not-a-number' })],
  ['about 3', expect.objectContaining({ code: 'policy.not-a-number' })],
  ['', undefined],
])('reads %j', (text, read) => {
  expect(plainNumber(text, { isUnit: (unit) => unit === '万元' })).toEqual(read);
});

it('joins figures with a table beside them, and misses no row silently', () => {
  const input = {
    ...{ kind: 'accounts' as const, periods: ['2024'], units: ['a', 'b'] },
    columns: [{ column: 'gep', norm: 'n', figure: 'total' as const, prices: 'current' as const }],
    beside: { header: ['unit', 'score'], rows: [['a', 7]] },
  };
  const { table, missing } = joinTable(input, new Map([['a 2024 gep', '1.00']]));
  expect(table.header).toEqual(['unit', 'period', 'gep [yuan]', 'score']);
  expect(table.rows[0]).toEqual(['a', '2024', '1.00', 7]);
  expect(missing).toEqual(['b 2024']);
});

it.each([
  ['2024', '2023'],
  ['2024-Q1', '2023-Q4'],
  ['2024-Q3', '2024-Q2'],
  ['2024-01', '2023-12'],
  ['2024-10', '2024-09'],
])('knows the period before %s', (period, before) => expect(periodBefore(period)).toBe(before));
