/** Quantities and accounts as text: figures a person can read, in both languages, names where the norm has them. */
import type { Account } from '@gep/accounting';
import { renderAccount } from './render-account';
import { formatRelative } from './render-comparison';
import { renderProblems } from './render-problems';

it('shows changes with their sign, and nothing where there was nothing', () => {
  expect([formatRelative(0.125), formatRelative(-0.5), formatRelative(null)]).toEqual(['+12.50 %', '-50.00 %', '']);
});

it('puts each fault of a file at its cell, with what to do', () => {
  const fault = {
    ...{ sheet: 'extent', row: 7, column: 'B area', value: 'abc', severity: 'error' as const },
    ...{ code: 'observation.number-invalid', text: { zh: '不是数字', en: 'not a number' } },
    mend: { zh: '只写数字', en: 'write digits' },
  };
  expect(renderProblems([fault], 'en')).toBe(
    'extent:7 B area “abc”  error: not a number → write digits [observation.number-invalid]',
  );
  expect(renderProblems([{ ...fault, column: '', value: '' }], 'zh')).toBe(
    'extent:7  错误: 不是数字 → 只写数字 [observation.number-invalid]',
  );
});

it('shows an account with its lines, types, categories and total', () => {
  const totals = { totalFen: 1_234_500n, byCategory: { regulating: 1_234_500n }, byType: { forestLand: 1_234_500n } };
  const line = {
    ...{ service: 'carbonFixation', category: 'regulating', group: 'carbon', type: 'forestLand', item: null },
    ...{ quantity: 31.98, supplied: null, unit: 't/a', price: '386' },
    ...{ priceUnit: 'yuan/t', gamma: '1', valueFen: 1_234_500n },
    grade: 'solved',
  };
  const account = {
    ...{ territory: '520523', period: '2024', norm: { id: 'n', edition: 'e'.repeat(64) } },
    ...{ areaByType: { forestLand: 34.07 }, areaUnit: 'hm2', lines: [line] },
    totals: { ...totals, byGroup: {}, byService: {} },
    coverage: { present: 1, expected: 1, complete: true },
  } as unknown as Account;
  const names = (code: string): string => (code === 'forestLand' ? 'Forest land' : code);
  const text = renderAccount(account, names, 'en');
  expect(text).toMatch(/^520523 · 2024 · n @ eeeeeeeeeeee\n/);
  expect(text).toMatch(
    /carbonFixation {2}Forest land {2,}31\.98 {2}t\/a {2,}386 {2}yuan\/t {2,}1 {2,}12,345\.00 {2}solved/,
  );
  const unverified = renderAccount({ ...account, lines: [{ ...account.lines[0], grade: 'unverified' }] }, names, 'zh');
  expect(unverified).toMatch(/合计 GEP: 1\.23 万元 \(12,345\.00 元\) · 未核实$/);
  const baseSums = { dayGaps: [{ series: 'dailyRain', days: 366, missing: 3 }] } as unknown as Account['baseSums'];
  expect(renderAccount({ ...account, baseSums }, names, 'en')).toMatch(
    /\nThe daily series dailyRain lacks 3 of 366 days$/,
  );
  const bounded = renderAccount({ ...account, lines: [{ ...account.lines[0], supplied: 50 }] }, names, 'en');
  expect(bounded).toMatch(/Quantity {2}Supplied {2}Unit.*\n.*\n.* 31\.98 {2,}50 {2,}t\/a/);
  expect(text).toMatch(
    /Area \(hm²\).*\n.*\nForest land {2,}34\.07 {2,}1\.23 {2}solved\nTotal {2,}34\.07 {2,}1\.23 {2}solved\n/,
  );
  expect(text).toMatch(/Regulating {2,}1\.23 {2,}100\.00 {2}solved\nTotal {2,}1\.23 {2,}100\.00 {2}solved\n/);
  expect(text).toMatch(/Evidence {2,}Lines .*\n.*\nsolved {2,}1 {2,}1\.23 {2,}100\.00\n/);
  expect(text).toMatch(/Total GEP: 1\.23 10⁴ yuan \(12,345\.00 yuan\) · solved$/);
  const gaps = (coverage: Account['coverage']): string[] =>
    renderAccount({ ...account, coverage }, names, 'en')
      .split('\n')
      .filter((row) => row.startsWith('Incomplete'));
  expect(gaps(account.coverage)).toEqual([]);
  expect(gaps({ present: 1, expected: 2, complete: false, refusedRows: 3 })).toEqual([
    'Incomplete: 1 of 2 territories below are in it',
    'Incomplete: 3 rows of its observations were refused at import',
  ]);
  expect(gaps({ present: 2, expected: 2, complete: false })).toEqual(['Incomplete: an account below is incomplete']);
  const chinese = renderAccount(account, names, 'zh');
  expect(chinese).toContain('合计 GEP: 1.23 万元 (12,345.00 元)');
  expect(chinese).toMatch(/386 {2}元\/t /);
});
