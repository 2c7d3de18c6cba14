/** Who has to act, who has to wait and who may act still: each told apart, those who are late first. */
import type { Clock } from '@gep/procedure';
import { displayWidth } from '../rendering/text-table';
import { renderClocks, standingOf, urgentFirst } from './render-clocks';

const clock = (more: Partial<Clock>): Clock => ({
  ...{ id: 'i', subject: { kind: 'contract', id: 's' }, territoryPath: 'CN.990000.991105', code: 'contract-filing' },
  ...{ sort: 'deadline', days: 7, basis: 'working', law: { zh: '法', en: 'law' }, startedOn: '2024-03-04' },
  ...{ dueOn: '2024-03-11', isCovered: true, metOn: null, isLate: false, waivedBecause: null, ...more },
});

it.each<[string, Partial<Clock>, string, string]>([
  ['a duty on its last day', {}, '2024-03-11', '0 days left'],
  ['a duty a day later', {}, '2024-03-12', 'overdue by 1 day'],
  ['a duty done late', { metOn: '2024-03-12', isLate: true }, '2024-04-01', 'done late on 2024-03-12'],
  ['a wait on its last day', { sort: 'waiting' }, '2024-03-11', 'what it guards may begin on 2024-03-12'],
  ['a wait that is over', { sort: 'waiting' }, '2024-03-12', 'over: what it guards may begin'],
  ['a right on its last day', { sort: 'window' }, '2024-03-11', 'may be used, 0 days left'],
  ['a right that is over', { sort: 'window' }, '2024-03-12', 'over: no longer taken up'],
  ['what fell away', { metOn: '2024-03-05', waivedBecause: 'rescinded' }, '2024-03-12', 'fell away on 2024-03-05'],
])('tells of %s', (_what, more, today, said) => {
  expect(standingOf(clock(more), today).en).toBe(said);
});

it('puts those who are late first and what is over last', () => {
  const codes = urgentFirst(
    [
      clock({ code: 'met', dueOn: '2024-01-01', metOn: '2024-01-01' }),
      clock({ code: 'wait', dueOn: '2024-01-02', sort: 'waiting' }),
      clock({ code: 'lost', dueOn: '2024-01-03', sort: 'window' }),
      clock({ code: 'soon', dueOn: '2024-03-12' }),
      clock({ code: 'late', dueOn: '2024-03-10' }),
    ],
    '2024-03-11',
  ).map(({ code }) => code);
  expect(codes).toEqual(['late', 'wait', 'soon', 'met', 'lost']);
});

const naming = {
  codes: new Map([['contract s', 'mine-2025']]),
  places: new Map([['991105', { zh: '戊原县', en: 'Wuyuan County' }]]),
};

it('names the clock, the sort, the subject, the place and the law in either language', () => {
  const titles = new Map([['contract-filing', { zh: '合同备案', en: 'filing of the contract' }]]);
  const shown = (language: 'zh' | 'en') =>
    renderClocks([clock({ isCovered: false })], titles, '2024-03-12', naming, language);
  expect(shown('zh')).toMatch(
    /末日（北京）[^]*合同备案 +已逾期 1 天 +义务[^]*合同 mine-2025 +991105 戊原县[^]*\* 所经年份[^]*合同备案 \(contract-filing\): 法/,
  );
  expect(shown('en')).toMatch(
    /filing of the contract +overdue by 1 day +duty .*contract mine-2025 +991105 Wuyuan[^]*By law/,
  );
});

it('keeps a long law below its head', () => {
  const law = 'Article 38 says so at some length, '.repeat(12);
  const text = renderClocks([clock({ law: { zh: law, en: law } })], new Map(), '2024-03-11', naming, 'en');
  const [first, ...more] = text.slice(text.indexOf('By law:')).split('\n').slice(1);
  expect(first).toMatch(/^ {2}\S/);
  expect(more.length).toBeGreaterThan(1);
  for (const line of more) expect(line).toMatch(/^ {4}\S/);
});

it('stays narrow whatever the names are, and says where there is none', () => {
  const long = 'publication of what was accepted, with the opinions of users';
  const titles = new Map([['contract-filing', { zh: long, en: long }]]);
  const codes = new Map([['contract s', 'demo-gep-share-2024-advance-spring']]);
  const rows = [clock({ sort: 'waiting' }), clock({ id: 'j', isCovered: false, metOn: '2024-03-12', isLate: true })];
  const text = renderClocks(rows, titles, '2024-03-11', { ...naming, codes }, 'en');
  const table = text.split('\n').slice(
    0,
    text.split('\n').findIndex((line) => line.startsWith('*')),
  );
  expect(Math.max(...table.map(displayWidth))).toBeLessThanOrEqual(160);
  expect(renderClocks([], titles, '2024-03-11', naming, 'zh')).toBe('没有这样的期限');
});
