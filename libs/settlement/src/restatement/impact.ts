/** What a restatement touches: settlements with what was paid and what would be paid, and whatever rests on them. Pure. */
import { sumFen, type Bilingual, type Fen } from '@gep/kernel';
import type { SettlementPart } from '../decision/settlement-part';
import type { Dependent } from '../reliance/reliance';
import type { PartyStanding, WaitingCause } from './decide-true-up';

/** What a restatement led to for one settlement; see `settlement.true_up`. */
export type TrueUpOutcome = 'stale' | 'drafted' | 'unchanged' | 'listed' | 'refused' | 'falsified';

/** One party of a settlement that rests on the restated figure. */
export interface ImpactPart {
  readonly party: string;
  readonly name: Bilingual;
  /** What the settlement entitled it to, by the vintage before. */
  readonly beforeFen: Fen;
  /** What the vintage that stands now entitles it to. */
  readonly afterFen: Fen;
  readonly differenceFen: Fen;
  /** What stands with it, corrections included. */
  readonly settledFen: Fen;
  readonly paidFen: Fen;
  /** To be paid to it (above zero) or by it, beyond what stands. */
  readonly dueFen: Fen;
  readonly waitingFen: Fen;
  readonly cause: WaitingCause | null;
}

export interface ImpactedSettlement {
  readonly id: string;
  readonly code: string;
  readonly agreement: string;
  readonly kind: string;
  readonly period: string;
  readonly territoryPath: string;
  readonly state: string;
  /** `open`: nothing has been done about it yet. */
  readonly outcome: TrueUpOutcome | 'open';
  readonly correction: { readonly id: string; readonly code: string; readonly state: string } | null;
  /** Why it cannot be decided by the newest vintages; then it has no parts. */
  readonly refusal: Bilingual | null;
  readonly parts: readonly ImpactPart[];
}

export interface Impact {
  readonly disclosureId: string;
  readonly territory: string;
  readonly period: string;
  readonly since: Date;
  /** Why it was restated; null when nothing was restated yet. */
  readonly reason: string | null;
  readonly isFalsified: boolean;
  readonly settlements: readonly ImpactedSettlement[];
  /** Payments, dividends and others that rest on one of the settlements, or on the account itself. */
  readonly others: readonly Dependent[];
  readonly beforeFen: Fen;
  readonly afterFen: Fen;
  readonly paidFen: Fen;
}

type Standing = Pick<PartyStanding, 'settledFen' | 'paidFen'>;

/**
 * @param before parts as they were computed @param after parts of its correction, or of it anew
 * @param standings what stands with each party; none where nothing was paid
 */
export function impactParts(
  before: readonly SettlementPart[],
  after: readonly SettlementPart[],
  standings: ReadonlyMap<string, Standing>,
): ImpactPart[] {
  const earlier = new Map(before.map((part) => [part.party, part]));
  const later = new Map(after.map((part) => [part.party, part]));
  return [...new Set([...earlier.keys(), ...later.keys()])].sort().map((party) => {
    const part = later.get(party);
    const [beforeFen, afterFen] = [earlier.get(party)?.entitledFen ?? 0n, part?.entitledFen ?? 0n];
    const { settledFen, paidFen } = standings.get(party) ?? { settledFen: 0n, paidFen: 0n };
    return {
      ...{ party, name: (part ?? earlier.get(party)!).name, beforeFen, afterFen, settledFen, paidFen },
      differenceFen: afterFen - beforeFen,
      dueFen: part ? part.claimFen - part.billFen - part.clawbackFen : 0n,
      ...{ waitingFen: part?.waitingFen ?? 0n, cause: part?.waitingCause ?? null },
    };
  });
}

/** Sums over all settlements: what goes to parties, entitled before, entitled now, and paid. */
export function impactTotals(
  settlements: readonly ImpactedSettlement[],
): Pick<Impact, 'beforeFen' | 'afterFen' | 'paidFen'> {
  const parts = settlements.flatMap((one) => one.parts);
  return {
    beforeFen: sumFen(parts.map(({ beforeFen }) => beforeFen)),
    afterFen: sumFen(parts.map(({ afterFen }) => afterFen)),
    paidFen: sumFen(parts.map(({ paidFen }) => paidFen)),
  };
}
