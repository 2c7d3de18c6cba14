/** From what a part comes to, what of it is disputed and what was done so far: what is claimed and posted next. */
import type { Fen } from '@gep/kernel';
import { isFund } from '../draft/settlement-draft';
import type { SettlementLine } from './settlement-line';
import { above, netOf, resultOf, type SettlementPart, smaller } from './settlement-part';

/** What was posted for a party, each zero or more. */
export interface PartMoves {
  /** Owed to it from then on; of an advance, what was approved. */
  readonly grantedFen: Fen;
  /** Advances that became spending. */
  readonly advanceSpentFen: Fen;
  /** Owed back by it. */
  readonly clawbackFen: Fen;
  readonly billedFen: Fen;
}

export const noMoves: PartMoves = { grantedFen: 0n, advanceSpentFen: 0n, clawbackFen: 0n, billedFen: 0n };

export const addMoves = (a: PartMoves, b: PartMoves): PartMoves => ({
  grantedFen: a.grantedFen + b.grantedFen,
  advanceSpentFen: a.advanceSpentFen + b.advanceSpentFen,
  clawbackFen: a.clawbackFen + b.clawbackFen,
  billedFen: a.billedFen + b.billedFen,
});

/** Whether lines of a party may not move, and what the others come to. */
export interface Disputed {
  readonly isDisputed: boolean;
  readonly undisputedFen: Fen;
}

/**
 * What each party but the fund has over the lines that are not frozen.
 * @param frozen units or parties under objection; the empty one stands for the whole
 */
export function disputedOf(lines: readonly SettlementLine[], frozen: ReadonlySet<string>): Map<string, Disputed> {
  const isFrozen = ({ unit, fromParty, toParty }: SettlementLine): boolean =>
    frozen.has('') || (unit !== '' && frozen.has(unit)) || frozen.has(fromParty) || frozen.has(toParty);
  const free = netOf(lines.filter((line) => !isFrozen(line)));
  const touched = new Set(lines.filter(isFrozen).flatMap(({ fromParty, toParty }) => [fromParty, toParty]));
  return new Map(
    [...netOf(lines).keys()]
      .filter((party) => !isFund(party))
      .map((party) => [party, { isDisputed: touched.has(party), undisputedFen: free.get(party) ?? 0n }]),
  );
}

/** What can be claimed now, and what is posted beside the claim. */
export interface PartPlan {
  readonly claimFen: Fen;
  readonly moves: Omit<PartMoves, 'grantedFen'>;
}

export const nothingNow: PartPlan = { claimFen: 0n, moves: { advanceSpentFen: 0n, clawbackFen: 0n, billedFen: 0n } };

/**
 * As long as something of a party is disputed it is given what is not, and nothing is asked of it; of a correction, which
 * compares wholes, everything waits.
 * @param done what this settlement has posted for the party so far
 */
export function planPart(
  part: SettlementPart,
  done: PartMoves,
  disputed: Disputed = { isDisputed: false, undisputedFen: 0n },
  isCorrection = false,
): PartPlan {
  if (disputed.isDisputed && isCorrection) return nothingNow;
  const { isDisputed, undisputedFen } = disputed;
  const whole = isDisputed ? { ...resultOf(undisputedFen + part.takenFen, part.advancedFen, true), billFen: 0n } : part;
  return {
    // Never more than the whole comes to, whatever of it is disputed.
    claimFen: above(smaller(whole.claimFen, part.claimFen) - done.grantedFen),
    moves: {
      advanceSpentFen: above(smaller(whole.advanceSpentFen, part.advanceSpentFen) - done.advanceSpentFen),
      clawbackFen: above(whole.clawbackFen - done.clawbackFen),
      billedFen: above(whole.billFen - done.billedFen),
    },
  };
}
