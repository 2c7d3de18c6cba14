/** Lets the lines of a dividend be disputed: the figure is an owner's code, and the owner disputes it. */
import type { FigureReader } from '@gep/procedure';
import { partyOfOwner } from './dividend';
import { listLines } from './dividend-line.store';

export const readDisputedLine: FigureReader = async (tx, { id }, figure) => {
  const [line] = await listLines(tx, id, 'allotted', { owners: [figure] });
  return line && { amountFen: line.amountFen, parties: [partyOfOwner(line.owner)] };
};
