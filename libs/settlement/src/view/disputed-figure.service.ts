/** What an appeal may be about: a unit of the settlement, a party of it, or the whole, with its amount as it stands. */
import type { StandingFigure } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { isFund } from '../draft/settlement-draft';
import { listLines, listParts } from '../settlement.store';

/** The amount of a unit is the sum of its lines, that of a party its part; of the whole, what all parties are given. */
export async function disputedFigure(
  tx: EntityManager,
  settlementId: string,
  figure: string,
): Promise<StandingFigure | undefined> {
  const parts = await listParts(tx, { settlementIds: [settlementId] });
  if (parts.length === 0) return undefined;
  if (figure === '') {
    const amountFen = parts.reduce((sum, { entitledFen }) => sum + (entitledFen > 0n ? entitledFen : 0n), 0n);
    return { amountFen, parties: parts.map(({ party }) => party) };
  }
  const lines = await listLines(tx, settlementId, { unit: figure });
  if (lines.length > 0)
    return {
      amountFen: lines.reduce((sum, { amountFen }) => sum + amountFen, 0n),
      parties: [...new Set(lines.flatMap(({ fromParty, toParty }) => [fromParty, toParty]))].filter(
        (party) => !isFund(party),
      ),
    };
  const part = parts.find(({ party }) => party === figure);
  return part && { amountFen: part.entitledFen, parties: [figure] };
}
