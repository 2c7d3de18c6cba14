/** Which accounts a change leaves behind, and which its successors have from predecessors. */
import { Fraction } from '@gep/kernel';
import { carriedParts, type CarryingStep } from './carried-parts';
import { AccountsLeftBehind } from './errors';
import { leftAccounts, lineageOf } from './left-accounts';

type Origin = 'observed' | 'aggregated';
const account = (territory: string, period: string, origin: Origin = 'observed') => ({
  ...{ territory, period, norm: { id: 'n' }, totals: { totalFen: 123_456n } },
  since: origin === 'observed' ? '2025-01-01' : null,
});
const change = {
  effective: '2023-01-01',
  kind: 'merge',
  basis: 'whole',
  predecessors: ['a', 'b'],
  successors: [{ code: 'b' }],
} as const;
const step = (
  effective: string,
  kind: 'merge' | 'split' | 'rename',
  from: string,
  to: string,
  more: Partial<CarryingStep> = {},
): CarryingStep => ({
  ...{ effective, kind, basis: kind === 'split' ? 'area' : 'whole', predecessor: from, successor: to },
  ...{ share: kind === 'split' ? Fraction.of(1n, 2n) : Fraction.one, ...more },
});
const told = (...given: Parameters<typeof leftAccounts>) =>
  leftAccounts(...given).map(({ territory, period, goesOn }) => [territory, period, goesOn]);

describe('what is carried', () => {
  const merged = [step('2023-01-01', 'merge', 'a', 'n'), step('2023-01-01', 'merge', 'b', 'n')];
  const carried = (steps: readonly CarryingStep[], observed: Record<string, string>, day = '2024-12-31') =>
    Object.fromEntries(
      [...carriedParts(steps, day, new Map(Object.entries(observed)))].map(([code, parts]) => [
        code,
        parts.map(({ territory, shares }) => [territory, ...shares.map(({ successor }) => successor)].join('>')),
      ]),
    );
  const parts = (steps: readonly CarryingStep[], ...observed: string[]) =>
    carried(steps, Object.fromEntries(observed.map((code) => [code, '2022'])));

  it('a merge and a change of code carry what was observed of predecessors, as long as the successor was not', () => {
    expect(parts(merged, 'a', 'b')).toEqual({ n: ['a', 'b'] });
    expect(parts(merged, 'a')).toEqual({ n: ['a', 'b'] });
    expect(parts(merged, 'a', 'b', 'n')).toEqual({});
    expect(parts(merged)).toEqual({});
    expect(carried(merged, { a: '', b: '' }, '2022-12-31')).toEqual({});
  });

  it('through several changes it goes back to what was observed, and no further', () => {
    const chain = [...merged, step('2023-06-01', 'rename', 'n', 'n'), step('2024-01-01', 'rename', 'n', 'm')];
    expect(parts(chain, 'a', 'b')).toEqual({ n: ['a', 'b'], m: ['a', 'b'] });
    expect(parts(chain, 'a', 'b', 'n')).toEqual({ m: ['n'] });
    const split = [step('2024-01-01', 'split', 'n', 'x'), step('2024-01-01', 'split', 'n', 'y')];
    expect(parts([...merged, ...split], 'a', 'b')).toMatchObject({ x: ['a>x', 'b>x'], y: ['a>y', 'b>y'] });
    expect(parts([...merged, ...split], 'a', 'b', 'y')).toMatchObject({ x: ['a>x', 'b>x'] });
    const again = [step('2024-06-01', 'merge', 'x', 'z'), step('2024-06-01', 'merge', 'y', 'z')];
    expect(parts([...merged, ...split, ...again], 'a')).toMatchObject({ z: ['a>x', 'b>x', 'a>y', 'b>y'] });
  });

  it('of a code that goes on what was observed before the change was known, and nothing of what was observed after it', () => {
    const known = { recordedAt: '2024-05-01' };
    const into = [step('2024-01-01', 'merge', 'a', 'b', known), step('2024-01-01', 'merge', 'b', 'b', known)];
    expect(carried(into, { a: '2024-03', b: '2024-03' })).toEqual({ b: ['a', 'b'] });
    expect(carried(into, { a: '2024-03', b: '2024-06' })).toEqual({});
    expect(carried(into, { a: '2024-03' })).toEqual({ b: ['a', 'b'] });
    const off = [step('2024-01-01', 'split', 'a', 'a', known), step('2024-01-01', 'split', 'a', 'y', known)];
    expect(carried(off, { a: '2024-03' })).toEqual({ a: ['a>a'], y: ['a>y'] });
    // Observed anew within what is left of it, it has nothing for the other.
    expect(carried(off, { a: '2024-06' })).toEqual({});
    expect(carried(off, { a: '2024-03', y: '2024-06' })).toEqual({ a: ['a>a'] });
    const later = { recordedAt: '2024-09-01' };
    const twice = [...off, step('2024-07-01', 'merge', 'a', 'a', later), step('2024-07-01', 'merge', 'c', 'a', later)];
    expect(carried(twice, { a: '2024-06', c: '2024-06' })).toEqual({ a: ['a', 'c'] });
    expect(carried(twice, { a: '2024-03', c: '2024-06' })).toEqual({ a: ['a>a', 'c'], y: ['a>y'] });
  });

  it('nothing where accounts were left behind', () => {
    const left = { carries: false };
    expect(
      parts([step('2023-01-01', 'split', 'a', 'a', left), step('2023-01-01', 'split', 'a', 'n', left)], 'a'),
    ).toEqual({});
    expect(
      parts(
        merged.map((row) => ({ ...row, ...left })),
        'a',
        'b',
      ),
    ).toEqual({});
  });
});

it('of what passes on nothing is left: a merge, also into one that goes on, a split and a change of code', () => {
  expect(told(change, [], [account('a', '2023'), account('b', '2023')])).toEqual([]);
  const split = {
    ...change,
    ...({ kind: 'split', basis: 'area', predecessors: ['a'] } as const),
    successors: [{ code: 'a' }, { code: 'y' }],
    shares: ['a', 'y'].map((successor) => ({ successor, share: Fraction.of(1n, 2n) })),
  };
  expect(told(split, [], [account('a', '2023')])).toEqual([]);
  const rename = { ...change, kind: 'rename', predecessors: ['a'] } as const;
  expect(told({ ...rename, successors: [{ code: 'n' }] }, [], [account('a', '2024')])).toEqual([]);
});

it('what cannot pass on is left: beside one that was added up from below', () => {
  expect(told(change, [], [account('a', '2023'), account('b', '2023', 'aggregated')])).toEqual([['a', '2023', false]]);
  const whole = { ...change, successors: [{ code: 'n' }] };
  expect(told(whole, [], [account('a', '2023'), account('b', '2023', 'aggregated')])).toEqual([['a', '2023', false]]);
});

it('where accounts are left behind on purpose, those of periods that end on that day or later are', () => {
  const leaving = { ...change, carries: false };
  const recorded = ['2022', '2022-Q4', '2022-12', '2023-01', '2023-Q1', '2023'].map((period) => account('a', period));
  expect(told(leaving, [], [...recorded, account('b', '2023'), account('c', '2023')])).toEqual([
    ['a', '2023-01', false],
    ['a', '2023-Q1', false],
    ['a', '2023', false],
    ['b', '2023', true],
  ]);
  // A period in which the change falls is that of its end.
  expect(told({ ...leaving, effective: '2022-12-31' }, [], [account('a', '2022')])).toEqual([['a', '2022', false]]);
  expect(told(leaving, [], [account('a', '2022'), account('a', '2023', 'aggregated')])).toEqual([]);
  const same = { ...leaving, kind: 'rename', predecessors: ['a'], successors: [{ code: 'a' }] } as const;
  expect(told(same, [], [account('a', '2024')])).toEqual([]);
});

it('a split on purpose leaves what was observed of it, also where that was observed of its predecessors', () => {
  const split = {
    ...change,
    ...({ carries: false, kind: 'split', basis: 'area', predecessors: ['n'] } as const),
    successors: [{ code: 'x' }, { code: 'y' }],
  };
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
  const left = leftAccounts({ ...change, carries: false }, [], [account('b', '2023'), ...many]);
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
