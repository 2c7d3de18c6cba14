/** Lets the lines of a dividend be disputed: the figure is an owner's code, and the owner disputes it. */
import type { StandingFigure, Subject } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { partyOfOwner } from './dividend';
import { listLines } from './dividend-line.store';

export async function readDisputedLine(
  tx: EntityManager,
  { id }: Subject,
  figure: string,
): Promise<StandingFigure | undefined> {
  const [line] = await listLines(tx, id, 'allotted', { owners: [figure] });
  return line && { amountFen: line.amountFen, parties: [partyOfOwner(line.owner)] };
}
