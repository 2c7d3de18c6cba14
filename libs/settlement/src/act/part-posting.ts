/** What is posted for one party in one round, and which number a deed for it has. */
import type { Fen } from '@gep/kernel';
import type { PartMoves } from '../decision/part-progress';
import type { PlacedPart, SettlementDeed } from '../settlement';

/** What is posted for a party, with the round of the money. */
export interface PartPosting {
  readonly part: PlacedPart;
  readonly round: number;
  readonly amountFen: Fen;
  readonly moves: PartMoves;
}

/** The next number of a deed of this kind for a party. */
export function attemptsOf(deeds: readonly SettlementDeed[], kind: SettlementDeed['deed']): (party: string) => number {
  const given = new Map<string, number>();
  for (const { deed, party } of deeds) if (deed === kind) given.set(party, (given.get(party) ?? 0) + 1);
  return (party) => {
    const before = given.get(party) ?? 0;
    given.set(party, before + 1);
    return before + 1;
  };
}
