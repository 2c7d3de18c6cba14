/** Which accounts a change leaves behind, and which its successors have from predecessors. */
import { carriedParts } from './carried-parts';
import { AccountsLeftBehind } from './errors';
import { leftAccounts, lineageOf } from './left-accounts';

type Origin = 'observed' | 'aggregated';
const account = (territory: string, period: string, origin: Origin = 'observed') => ({
  ...{ territory, period, origin, norm: { id: 'n' }, totals: { totalFen: 123_456n } },
});
const change = {
  effective: '2023-01-01',
  kind: 'merge',
  predecessors: ['a', 'b'],
  successors: [{ code: 'b' }],
} as const;
const step = (effective: string, kind: 'merge' | 'split' | 'rename', from: string, to: string) => ({
  ...{ effective, kind, predecessor: from, successor: to },
});
const told = (...given: Parameters<typeof leftAccounts>) =>
  leftAccounts(...given).map(({ territory, period, goesOn }) => [territory, period, goesOn]);

describe('what is carried', () => {
  const merged = [step('2023-01-01', 'merge', 'a', 'n'), step('2023-01-01', 'merge', 'b', 'n')];
  const parts = (steps: Parameters<typeof carriedParts>[0], ...observed: string[]) =>
    Object.fromEntries(carriedParts(steps, '2024-12-31', new Set(observed)));

  it('a merge and a change of code carry what was observed of predecessors, as long as the successor was not', () => {
    expect(parts(merged, 'a', 'b')).toEqual({ n: ['a', 'b'] });
    expect(parts(merged, 'a')).toEqual({ n: ['a', 'b'] });
    expect(parts(merged, 'a', 'b', 'n')).toEqual({});
    expect(parts(merged)).toEqual({});
    expect(Object.fromEntries(carriedParts(merged, '2022-12-31', new Set(['a', 'b'])))).toEqual({});
  });

  it('through several changes it goes back to what was observed, and no further', () => {
    const chain = [...merged, step('2023-06-01', 'rename', 'n', 'n'), step('2024-01-01', 'rename', 'n', 'm')];
    expect(parts(chain, 'a', 'b')).toEqual({ n: ['a', 'b'], m: ['a', 'b'] });
    expect(parts(chain, 'a', 'b', 'n')).toEqual({ m: ['n'] });
  });

  it('neither a split, nor a merge into one that goes on', () => {
    expect(parts([step('2023-01-01', 'split', 'a', 'a'), step('2023-01-01', 'split', 'a', 'n')], 'a')).toEqual({});
    expect(parts([step('2023-01-01', 'merge', 'a', 'b'), step('2023-01-01', 'merge', 'b', 'b')], 'a', 'b')).toEqual({});
    expect(
      parts([...merged, step('2024-01-01', 'split', 'n', 'x'), step('2024-01-01', 'split', 'n', 'y')], 'a'),
    ).toEqual({
      n: ['a', 'b'],
    });
  });
});

it('a merge into one that goes on leaves accounts of periods that end on that day or later', () => {
  const recorded = ['2022', '2022-Q4', '2022-12', '2023-01', '2023-Q1', '2023'].map((period) => account('a', period));
  expect(told(change, [], [...recorded, account('b', '2023'), account('c', '2023')])).toEqual([
    ['a', '2023-01', false],
    ['a', '2023-Q1', false],
    ['a', '2023', false],
    ['b', '2023', true],
  ]);
  // A period in which the change falls is that of its end.
  expect(told({ ...change, effective: '2022-12-31' }, [], [account('a', '2022')])).toEqual([['a', '2022', false]]);
  expect(told(change, [], [account('a', '2022'), account('a', '2023', 'aggregated')])).toEqual([]);
});

it('what the successor has from then on is not left, unless part of it was added up from below', () => {
  const whole = { ...change, successors: [{ code: 'n' }] };
  expect(told(whole, [], [account('a', '2023'), account('b', '2023')])).toEqual([]);
  expect(told(whole, [], [account('a', '2023'), account('b', '2023', 'aggregated')])).toEqual([['a', '2023', false]]);
  const rename = { ...change, kind: 'rename', predecessors: ['a'] } as const;
  expect(told({ ...rename, successors: [{ code: 'a' }] }, [], [account('a', '2024')])).toEqual([]);
  expect(told({ ...rename, successors: [{ code: 'n' }] }, [], [account('a', '2024')])).toEqual([]);
});

it('a split leaves what was observed of it, also where that was observed of its predecessors', () => {
  const split = { ...change, kind: 'split', predecessors: ['n'], successors: [{ code: 'x' }, { code: 'y' }] } as const;
  const steps = [step('2022-01-01', 'merge', 'a', 'n'), step('2022-01-01', 'merge', 'b', 'n')];
  const before = [account('a', '2023'), account('b', '2023'), account('n', '2023', 'aggregated')];
  expect(lineageOf(['n'], steps)).toEqual(['n', 'a', 'b']);
  expect(told(split, steps, before)).toEqual([
    ['a', '2023', false],
    ['b', '2023', false],
  ]);
  // Observed itself since, it has left its predecessors behind already.
  expect(told(split, steps, [account('a', '2023'), account('n', '2023')])).toEqual([['n', '2023', false]]);
});

it('the refusal names territory, period and amount, and the way on, in both languages; its facts name all', () => {
  const many = Array.from({ length: 25 }, (_, at) => account('a', String(2023 + at)));
  const left = leftAccounts(change, [], [account('b', '2023'), ...many]);
  const { text, facts } = new AccountsLeftBehind(change.predecessors, change.effective, left);
  for (const words of [text.zh, text.en]) {
    expect(words).toContain('b 2023 n 1234.56');
    expect(words).toMatch(/--leave-accounts.*leaveAccounts: true/);
  }
  expect([text.zh, text.en]).toEqual([
    expect.stringMatching(/仍按原边界.*另有 6 个/),
    expect.stringMatching(/of the boundary before.*and 6 more/),
  ]);
  expect(facts.accounts).toHaveLength(26);
});
