/** The steps of a dividend lead to an end, its persons are apart, and two thirds are two thirds. */
import { tableFaults } from '@gep/procedure';
import { dividendTable } from './dividend-steps';
import { judgeVote } from './judge-vote';

it('has no fault in its table, and three persons for plan, approval and payment', () => {
  expect(tableFaults(dividendTable)).toEqual([]);
  const apart = (act: string) => dividendTable.rows.find((row) => row.act === act)?.apartFrom;
  expect(apart('approve')).toEqual(expect.arrayContaining(['plan', 'allot', 'pay']));
  expect(apart('pay')).toEqual(expect.arrayContaining(['plan', 'allot', 'approve']));
});

it.each([
  [{ members: 9, attended: 6, inFavour: 6, against: 0 }, 'resolved'],
  [{ members: 9, attended: 9, inFavour: 6, against: 3 }, 'resolved'],
  [{ members: 9, attended: 5, inFavour: 5, against: 0 }, 'no-quorum'],
  [{ members: 9, attended: 9, inFavour: 5, against: 4 }, 'not-approved'],
  // Two thirds of those who attend are not two thirds of all.
  [{ members: 9, attended: 6, inFavour: 4, against: 2 }, 'not-approved'],
  [{ members: 10, attended: 7, inFavour: 7, against: 0 }, 'resolved'],
  [{ members: 10, attended: 6, inFavour: 6, against: 0 }, 'no-quorum'],
  [{ members: 0, attended: 0, inFavour: 0, against: 0 }, 'members'],
  [{ members: 9, attended: 10, inFavour: 6, against: 0 }, 'attended'],
  [{ members: 9, attended: 7, inFavour: 6, against: 2 }, 'votes'],
])('judges %o as %s', (vote, verdict) => {
  expect(judgeVote(vote)).toBe(verdict);
});
