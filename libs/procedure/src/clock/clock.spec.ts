/** When a clock may be met: duties late and marked, waiting never cut short, rights not after their end. */
import { ClockRefused } from '../errors';
import { isOverdue, judgeMeeting, type Clock } from './clock';

const today = '2025-07-01';
const clock = (more: Partial<Clock> = {}): Clock => ({
  ...{ id: 'c', subject: { kind: 'sample', id: 'x' }, territoryPath: 'CN', code: 'sample', sort: 'deadline', days: 7 },
  ...{ basis: 'working', law: { zh: '法', en: 'law' }, startedOn: '2025-06-03', dueOn: '2025-06-12', isCovered: true },
  ...{ metOn: null, isLate: false, waivedBecause: null, ...more },
});
const meet = (of: Clock, on: string): boolean | 'refused' => {
  try {
    return judgeMeeting(of, on, today).isLate;
  } catch (error) {
    if (error instanceof ClockRefused) return 'refused';
    throw error;
  }
};

it.each<[Partial<Clock>, string, boolean | 'refused']>([
  [{}, '2025-06-03', false],
  [{}, '2025-06-12', false],
  [{}, '2025-06-13', true],
  [{}, today, true],
  [{}, '2025-07-02', 'refused'],
  [{}, '2025-06-02', 'refused'],
  [{ metOn: '2025-06-05' }, '2025-06-06', 'refused'],
  [{ sort: 'waiting' }, '2025-06-12', 'refused'],
  [{ sort: 'waiting' }, '2025-06-13', false],
  [{ sort: 'window' }, '2025-06-12', false],
  [{ sort: 'window' }, '2025-06-13', 'refused'],
  [{ sort: 'window' }, '2025-06-01', false],
])('%j met on %s is late: %s', (more, on, expected) => {
  expect(meet(clock(more), on)).toBe(expected);
});

it.each<[Partial<Clock>, string, boolean]>([
  [{}, '2025-06-12', false],
  [{}, '2025-06-13', true],
  [{ metOn: '2025-06-20', isLate: true }, today, false],
  [{ sort: 'waiting' }, today, false],
  [{ sort: 'window' }, today, false],
])('%j on %s is overdue: %s', (more, on, expected) => {
  expect(isOverdue(clock(more), on)).toBe(expected);
});

it('tells a refused clock by its name in both languages', () => {
  const title = { zh: '单一来源公示', en: 'notice of a single source' };
  const told = (): unknown =>
    judgeMeeting(clock({ sort: 'waiting', code: 'single-source-notice' }), '2025-06-12', today, title);
  expect(told).toThrow(/^clock "notice of a single source" \(single-source-notice\): it runs until/);
});
