/** A fund as it would be if settlements were made of it: what they would get is taken off, and nothing is reserved. Pure. */
import { digestOfValue, sumFen, type Fen } from '@gep/kernel';
import {
  drawableSources,
  planDraws,
  shareShortfall,
  type FundClaim,
  type FundSource,
  type GrantedClaim,
  type ShortfallPolicy,
  type SourceDraw,
} from '@gep/ledger';

/** A source as it stands in the book, or as the settlements before would leave it. */
export type VirtualSource = Pick<
  FundSource,
  'code' | 'purposes' | 'budgetYear' | 'receivedFen' | 'reservedFen' | 'paidFen'
> & {
  /** received − reserved − paid, less what settlements of the shadow take */
  readonly availableFen: Fen;
};

export interface VirtualFund {
  readonly id: string;
  readonly code: string;
  readonly policy: ShortfallPolicy;
  readonly sources: readonly VirtualSource[];
}

/** What a settlement asks of a fund. */
export interface VirtualClaims {
  readonly purpose: string;
  /** Year of the money. */
  readonly year: number;
  readonly claims: readonly FundClaim[];
}

export interface VirtualGrant {
  readonly granted: readonly GrantedClaim[];
  readonly draws: readonly SourceDraw[];
  readonly after: VirtualFund;
}

/** Decides over the claims as the ledger does when money is reserved, and takes what they got off the sources. */
export function takeDown(fund: VirtualFund, { purpose, year, claims }: VirtualClaims): VirtualGrant {
  const ordered = drawableSources(fund.sources, purpose, year);
  const granted = shareShortfall(sumFen(ordered.map(({ availableFen }) => availableFen)), claims, fund.policy);
  const draws = planDraws(ordered, granted);
  const sources = fund.sources.map((source) => {
    const drawn = sumFen(draws.filter((draw) => draw.source === source.code).map(({ amountFen }) => amountFen));
    return { ...source, availableFen: source.availableFen - drawn };
  });
  return { granted, draws, after: { ...fund, sources } };
}

/** Names where a fund stands: what it received, holds and paid, by source; independent of their order. */
export function digestOfFund({ code, policy, sources }: VirtualFund): string {
  const standing = sources.map(({ code: source, purposes, budgetYear, receivedFen, reservedFen, paidFen }) => [
    ...[source, [...purposes].sort(), budgetYear],
    ...[receivedFen.toString(), reservedFen.toString(), paidFen.toString()],
  ]);
  return digestOfValue([code, policy, standing.sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1))]);
}
