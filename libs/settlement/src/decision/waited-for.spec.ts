/** A round in which nothing can move is named by whom it waits for; bills, grants and claims that can move let it pass. */
import { nothingNow, type PartPlan } from './part-progress';
import { type PartOpening, waitedFor } from './waited-for';

const claim: PartPlan = { ...nothingNow, claimFen: 5n };
const bill: PartPlan = { ...nothingNow, moves: { ...nothingNow.moves, billedFen: 5n } };
const settled = { now: nothingNow, later: nothingNow, hasFreeGrant: false, hasHeldGrant: false };
const disputed: PartOpening = { ...settled, party: 'disputed', later: claim };

it.each<[string, PartOpening[], string[]]>([
  ['a claim under objection alone', [disputed, { ...settled, party: 'done' }], ['disputed']],
  ['a bill under objection alone', [{ ...disputed, later: bill }], ['disputed']],
  ['a grant that waits', [{ ...settled, party: 'held', hasHeldGrant: true }, disputed], ['held', 'disputed']],
  ['a bill beside it', [disputed, { ...settled, party: 'payer', now: bill, later: bill }], []],
  ['a claim beside it', [disputed, { ...settled, party: 'other', now: claim, later: claim }], []],
  ['a grant beside it', [disputed, { ...settled, party: 'other', hasFreeGrant: true }], []],
  ['what is not disputed of the same party', [{ ...disputed, now: claim }], []],
  ['nothing left at all', [{ ...settled, party: 'done' }], []],
])('waits for those whose money is held back: %s', (_what, parts, wanted) => {
  expect(waitedFor(parts)).toEqual(wanted);
});
