/** Which accounts a change leaves behind: by period, by what became of the code, and by the kind of change. */
import { AccountsLeftBehind } from './errors';
import { leftAccounts } from './left-accounts';

const account = (territory: string, period: string) => ({
  ...{ territory, period, norm: { id: 'n' }, totals: { totalFen: 123_456n } },
});
const change = {
  effective: '2023-01-01',
  kind: 'merge',
  predecessors: ['a', 'b'],
  successors: [{ code: 'b' }],
} as const;
const told = (...given: Parameters<typeof leftAccounts>) =>
  leftAccounts(...given).map(({ territory, period, goesOn }) => [territory, period, goesOn]);

it('accounts of periods that end on that day or later are left, also those of a code that goes on', () => {
  const recorded = ['2022', '2022-Q4', '2022-12', '2023-01', '2023-Q1', '2023'].map((period) => account('a', period));
  expect(told(change, [...recorded, account('b', '2023'), account('c', '2023')])).toEqual([
    ['a', '2023-01', false],
    ['a', '2023-Q1', false],
    ['a', '2023', false],
    ['b', '2023', true],
  ]);
  // A period in which the change falls is that of its end.
  expect(told({ ...change, effective: '2022-12-31' }, [account('a', '2022')])).toEqual([['a', '2022', false]]);
  expect(told({ ...change, effective: '2023-01-01' }, [account('a', '2022')])).toEqual([]);
});

it('a change of name leaves nothing, one of code does', () => {
  const rename = { ...change, kind: 'rename', predecessors: ['a'] } as const;
  expect(told({ ...rename, successors: [{ code: 'a' }] }, [account('a', '2024')])).toEqual([]);
  expect(told({ ...rename, successors: [{ code: 'b' }] }, [account('a', '2024')])).toEqual([['a', '2024', false]]);
});

it('the refusal names territory, period and amount, and the way on, in both languages; its facts name all', () => {
  const many = Array.from({ length: 25 }, (_, at) => account('a', String(2023 + at)));
  const left = leftAccounts(change, [account('b', '2023'), ...many]);
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
