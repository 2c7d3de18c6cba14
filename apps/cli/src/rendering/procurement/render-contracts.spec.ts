/** A line of the list says in either language where a contract stands, with whom, for how much, and what is next. */
import type { Clock } from '@gep/procedure';
import { type ListedContract, nextOf, renderContracts } from './render-contracts';

const clock = (more: Partial<Clock>): Clock => ({
  ...{ id: 'i', subject: { kind: 'contract', id: 's' }, territoryPath: 'CN.990000.991105', code: 'contract-filing' },
  ...{ sort: 'deadline', days: 7, basis: 'working', law: { zh: '法', en: 'law' }, startedOn: '2024-03-04' },
  ...{ dueOn: '2024-03-11', isCovered: true, metOn: null, isLate: false, waivedBecause: null, ...more },
});
const allUsed: ListedContract['spent'] = {
  ...{ conservationFen: 1n, allowedFen: 0n, unspentFen: 0n, conservationLackingFen: 0n },
  ...{ statementsLacking: [], isLate: false },
};
const row = (state: string, more: Partial<ListedContract> = {}): ListedContract => ({
  contract: {
    ...{ code: 'mine-2025', year: '2025', terms: { unit: '991105', spendBy: '2026-12-31' } },
  } as ListedContract['contract'],
  ...{ state, clocks: [], paidFen: 0n, companyName: { zh: '甲公司', en: 'Company A' } },
  money: { budgetFen: null, dueFen: 123_456_789n, amountFen: null, settlementId: null },
  spent: { ...allUsed, unspentFen: 70_000n },
  ...more,
});
const titles = new Map([['contract-filing', { zh: '合同备案', en: 'filing of the contract' }]]);
const places = new Map([['991105', { zh: '戊原县', en: 'Wuyuan County' }]]);
const next = (of: ListedContract, today = '2024-03-11') => nextOf(of, titles, today);

it('has state, company, money and what is next, the unit in the head', () => {
  const shown = (language: 'zh' | 'en') =>
    renderContracts([row('contracted', { clocks: [clock({})] })], { titles, today: '2024-03-12', places }, language);
  expect(shown('zh')).toMatch(
    /应付（元）.*接下来（北京时间）\n[^]*已签订 +甲公司 +1,234,567\.89 .*合同备案：2024-03-11，已逾期/,
  );
  expect(shown('en')).toMatch(
    /Due \(yuan\)[^]*contracted +Company A +1,234,567\.89 .*filing of the contract by 2024-03-11,\s+overdue/,
  );
});

it.each<[string, ListedContract, string]>([
  [
    'a duty',
    row('contracted', { clocks: [clock({ dueOn: '2024-03-20' }), clock({})] }),
    'filing of the contract by 2024-03-11',
  ],
  ['a wait', row('noticed', { clocks: [clock({ sort: 'waiting' })] }), 'filing of the contract until 2024-03-11'],
  ['a first step', row('planned'), 'budget'],
  ['a year with something due', row('certified'), 'reserve the money'],
  [
    'a year without',
    row('certified', { money: { ...row('certified').money, dueFen: 0n } }),
    'conclude without a purchase',
  ],
  ['money to be used', row('paid'), 'use 700.00 yuan by 2026-12-31'],
  [
    'a year to be stated',
    row('paid', { spent: { ...allUsed, statementsLacking: ['2025'] } }),
    'state 2025 (contract state)',
  ],
  [
    'what conservation lacks',
    row('paid', { spent: { ...allUsed, conservationLackingFen: 1n } }),
    'conservation lacks 0.01 yuan',
  ],
  ['money that is used and stated', row('paid', { spent: allUsed }), 'close'],
  ['what is over', row('rescinded', { clocks: [clock({ metOn: '2024-03-05' })] }), ''],
])('tells of %s', (_what, of, said) => expect(next(of).en).toBe(said));
