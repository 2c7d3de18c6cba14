/** The clocks that stand in the rulebook, how they are counted, and what is wrong with a file of them. */
import { resolve } from 'node:path';
import { loadClockBook } from './clock-book.loader';
import { clockRuleOn, lastDayOf, parseClocks, type ClockBook } from './clock-rules';

const rulebook = resolve(__dirname, '../../../../rulebook');
let book: ClockBook;
beforeAll(async () => {
  book = await loadClockBook(rulebook);
});
const due = (code: string, from: string) => lastDayOf(book, clockRuleOn(book, code, from)!, from);

// Labour Day of 2025: off from the first to the fifth of May, the Sunday before is worked. National Day of 2023: off from
// 29 September to 6 October, the weekend after is worked.
it.each([
  ['query', '2025-04-25', '2025-05-08', true],
  ['query', '2023-09-28', '2023-10-13', true],
  ['contract-publication', '2025-09-30', '2025-10-10', true],
  ['contract-signing', '2025-04-25', '2025-05-25', true],
  ['complaint-decision', '2025-06-03', '2025-07-15', true],
  ['transfer-special', '2025-01-31', '2025-04-01', true],
  ['query', '2026-12-28', '2027-01-06', false],
])('%s from %s ends on %s', (code, from, day, isCovered) => {
  expect(due(code, from)).toEqual({ day, isCovered });
});

it('has no clock before its law, and the one of the day where the law changed', () => {
  expect(clockRuleOn(book, 'dividend-notice', '2025-04-30')).toBeUndefined();
  const [rule] = book.rules;
  const changed = [rule, { ...rule, days: 9, since: '2020-01-01' }, { ...rule, days: 7, since: '2018-01-01' }];
  const daysOn = (day: string) => clockRuleOn({ ...book, rules: changed }, rule.code, day)?.days;
  expect(['2014-01-01', '2016-01-01', '2018-01-01', '2019-12-31', '2020-01-01'].map(daysOn)).toEqual([
    ...[undefined, rule.days, 7, 7, 9],
  ]);
});

const rule = (more = '') =>
  `  - { code: query, title: { zh: 质, en: query }, sort: window, days: 7, basis: working, since: 2003-01-01, law: { zh: 法, en: law }, grade: published, source: text${more} }\n`;
const file = (rules: string, calendar = 'cn-state-council') =>
  parseClocks(
    { path: 'clocks/own.yaml', text: `id: own\ntitle: { zh: 本, en: Ours }\ncalendar: ${calendar}\nrules:\n${rules}` },
    new Map([['cn-state-council', book.calendar]]),
  );

it.each([
  ['a clock twice', rule() + rule(), 'cn-state-council', /stands twice/],
  ['a calendar that is not there', rule(), 'moon', /no calendar "moon"/],
  ['a word that is none', rule(', colour: red'), 'cn-state-council', /colour/],
  ['no days', rule().replace('days: 7', 'days: 0'), 'cn-state-council', /days/],
  ['a sort that is none', rule().replace('window', 'door'), 'cn-state-council', /sort/],
])('refuses %s', (_what, rules, calendar, message) => {
  expect(() => file(rules, calendar)).toThrow(message);
  expect(file(rule()).rules).toMatchObject([{ code: 'query', days: 7 }]);
});
