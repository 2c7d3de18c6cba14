/** Lets the lines of a dividend be disputed: the figure is an owner's code, and the owner disputes it. */
import type { StandingFigure, Subject } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { partyOfOwner } from './dividend';
import { listLines } from './dividend-line.store';
import { standingOf } from './dividend.service';

export async function readDisputedLine(
  tx: EntityManager,
  { id }: Subject,
  figure: string,
): Promise<StandingFigure | undefined> {
  const [line] = await listLines(tx, id, await standingOf(tx, id), { owners: [figure] });
  if (!line) return undefined;
  const { owner, amountFen, claimedFen, state } = line;
  const paidFen = state === 'paid' ? amountFen : claimedFen;
  return { amountFen, parties: [partyOfOwner(owner)], paid: paidFen > 0n ? { paidFen, remedy } : null };
}

const remedy = {
  zh: '已付的不改也不冻结；异议成立的，公司更正登记（gep owner、gep parcel），下一次分红按更正后的份额；本次差额由成员大会决定如何补付或收回',
  en: 'what was paid is neither edited nor frozen; if it is upheld, the company mends the register (gep owner, gep parcel) and the next dividend goes by the mended shares; the members decide how the difference of this one is made good',
};
