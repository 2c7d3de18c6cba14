/** Shares, counts, periods and dated parameters of a rule: what is computed, and what is told of it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseUnits } from '../../yaml/parse-units';
import { readPolicyRows } from '../input/read-policy-rows';
import type { PolicyCell } from '../input/policy-table';
import { parseRule } from '../parse-rule';
import { decide } from './decide';

const unitsFile = path.join(__dirname, '../../../../../rulebook/units.yaml');
const units = parseUnits({ path: 'units.yaml', text: readFileSync(unitsFile, 'utf8') });
const numberOf = (cell: PolicyCell) => (cell === '' || cell === undefined ? undefined : { decimal: String(cell) });

const ruleOf = (rest: string, rows = '') =>
  parseRule(
    {
      path: 'rule.yaml',
      text: `id: try
title: { zh: 试, en: Try }
mechanism: eco-compensation
status: usable
valid: { from: 2010-01-01 }
sources: [{ id: old, text: old rule, standing: A }, { id: new, text: new rule, standing: A }]
${rows}
parties: [{ code: fund, name: { zh: 资金, en: Fund } }]
columns:
  - { code: x, unit: yuan, name: { zh: 额, en: Amount } }
  - { code: n, unit: '1', default: 1, name: { zh: 数, en: Number } }
${rest}`,
    },
    units,
  );

const named = (code: string, unit: string, expression: string): string =>
  `  - { code: ${code}, unit: ${unit}, name: { zh: 值, en: Value }, expression: '${expression}' }`;

it('counts every unit, and makes plain numbers of shares before it rounds', () => {
  const { rule, problems } = ruleOf(`formulas:
${named('all', "'1'", 'count()')}
${named('large', "'1'", 'count(x > 100 [yuan])')}
${named('share', 'yuan', 'round(25 [%] * x, 1)')}
${named('ratio', "'1'", 'round(2 [万元] / x, 0.1)')}
${named('half', "'1'", 'round(n * 50 [%], 1)')}
${named('written', "'%'", '25 [%] * 2')}
show: [all, large, share, ratio, half, written]
`);
  expect(problems).toEqual([]);
  const table = {
    header: ['unit', 'period', 'x', 'n'],
    rows: [
      { row: 2, cells: ['a', '2020', '30001', '3'] },
      { row: 3, cells: ['b', '2020', '7', '5'] },
    ],
  };
  const { shown } = decide(rule!, readPolicyRows(rule!, units, table, { numberOf }).book!, '2020');
  const told = shown.flatMap(({ unit, values }) =>
    values.map((one) => `${unit} ${one.code} ${one.value} ${one.unit}`.trim()),
  );
  // 7500.25 to whole yuan; 20000 / 30001 to a tenth; 1.5 and 2.5 away from nought.
  expect(told).toEqual([
    ...['all 2 1', 'large 1 1', 'written 50 %'],
    ...['a share 7500 yuan', 'a ratio 0.7 1', 'a half 2 1'],
    ...['b share 2 yuan', 'b ratio 2857.1 1', 'b half 3 1'],
  ]);
});

it('tells each value of a parameter that changed while the months ran', () => {
  const { rule, problems } = ruleOf(
    `parameters:
  - code: rate
    unit: '%'
    name: { zh: 率, en: Rate }
    values:
      - { value: 20, from: 2010-01-01, source: old, grade: unverified }
      - { value: 40, from: 2020-03-01, source: new }
payments:
  - { code: paid, name: { zh: 付, en: Paid }, from: fund, to: units, amount: rate * x, negative: refuse }
`,
    'rows: [month]',
  );
  expect(problems).toEqual([]);
  const rows = ['01', '02', '03'].map((month, at) => ({ row: at + 2, cells: ['a', `2020-${month}`, '100'] }));
  const read = readPolicyRows(rule!, units, { header: ['unit', 'period', 'x'], rows }, { numberOf });
  const { payments, weakest } = decide(rule!, read.book!, '2020');
  expect(payments[0].totalFen).toBe(8000n);
  const [rate] = payments[0].values;
  expect(rate.changes).toEqual([
    { value: '20', first: '2020-01', last: '2020-02', from: '2010-01-01', source: 'old rule', grade: 'unverified' },
    { value: '40', first: '2020-03', last: '2020-03', from: '2020-03-01', source: 'new rule', grade: 'published' },
  ]);
  expect(weakest).toBe('unverified');
});

it.each([
  ['2024-07', '2024'],
  ['twenty', '2024'],
])('refuses the period %s beside a table of years', (period, example) => {
  const { rule } = ruleOf('show: [x]\n');
  const table = { header: ['unit', 'x'], rows: [{ row: 2, cells: ['a', '1'] }] };
  const { book, problems } = readPolicyRows(rule!, units, table, { numberOf, period });
  expect(book).toBeUndefined();
  expect(problems).toEqual([
    expect.objectContaining({ row: 0, column: '--period', value: period, code: 'policy.period' }),
  ]);
  expect(problems[0].mend.en).toContain(example);
});
