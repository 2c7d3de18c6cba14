/** What a restatement changes for each party: what is claimed, billed or clawed back now, and what waits, and why. Pure. */
import { allocate, assert, Fraction, sumFen, type Fen } from '@gep/kernel';
import type { ReadTerms } from './true-up-terms';

/** Where a party stands with one settlement and all its corrections. */
export interface PartyStanding {
  readonly party: string;
  /** By the newest vintages: above zero it receives, below zero it pays. */
  readonly entitledFen: Fen;
  /** What stands so far, corrections included: claims granted, less bills and clawbacks. */
  readonly settledFen: Fen;
  /** Claimed and not granted, because the fund had no more. A restatement does not make it good. */
  readonly shortfallFen: Fen;
  /** Paid out, less what has been clawed back. */
  readonly paidFen: Fen;
  /** Its figure is under objection. */
  readonly isDisputed: boolean;
}

/**
 * `next-cycle`, `limit`, `least`, `paid` (the clawback would be more than was paid): taken into the next settlement of the
 * agreement. `disputed`: drafted when the objection has ended. `none`: the agreement has no true-up; it stays a line of the list.
 */
export type WaitingCause = 'next-cycle' | 'limit' | 'least' | 'paid' | 'disputed' | 'none';

export interface TrueUpLine {
  readonly party: string;
  /** What it is entitled to, less what stands and less what the fund could not give. Signed. */
  readonly differenceFen: Fen;
  /** To be paid to it now; zero or more. */
  readonly claimFen: Fen;
  /** To be paid by it now, because by the rule it pays; zero or more. */
  readonly billFen: Fen;
  /** To be taken back of what it was paid; zero or more. */
  readonly clawbackFen: Fen;
  /** Signed: claims above zero. With what is done now it adds up to the difference. */
  readonly waitingFen: Fen;
  readonly cause: WaitingCause | null;
}

export interface TrueUp {
  readonly kind: 'supplement' | 'clawback' | 'true-up';
  readonly lines: readonly TrueUpLine[];
  /** Whether anything moves now. */
  readonly isDue: boolean;
}

export interface ContractStanding {
  /** Amount of the contract: what the first settlement settled in all. */
  readonly contractFen: Fen;
  /** What supplements to it came to before. */
  readonly supplementedFen: Fen;
}

/**
 * Compares what the newest vintages entitle with what stands, so that a second restatement is trued up against the first
 * correction and nothing is done twice. The order of the standings changes nothing.
 * @returns lines of parties with a difference, by party
 */
export function decideTrueUp(
  terms: ReadTerms,
  contract: ContractStanding,
  standings: readonly PartyStanding[],
): TrueUp {
  assert(new Set(standings.map(({ party }) => party)).size === standings.length, 'a party stands twice');
  const wished = [...standings]
    .sort((a, b) => (a.party < b.party ? -1 : 1))
    .map((standing) => wishOf(standing, terms))
    .filter(({ differenceFen }) => differenceFen !== 0n);
  const lines = withinLimit(terms, contract, wished);
  const total = (of: (line: TrueUpLine) => Fen): Fen => sumFen(lines.map(of));
  const [up, down] = [total(({ claimFen }) => claimFen), total((line) => line.billFen + line.clawbackFen)];
  return { kind: kindOf(terms, up, down), lines, isDue: up + down > 0n };
}

function kindOf({ way }: ReadTerms, up: Fen, down: Fen): TrueUp['kind'] {
  if (up > 0n && down === 0n && way === 'supplement') return 'supplement';
  return up === 0n && down > 0n ? 'clawback' : 'true-up';
}

const above = (fen: Fen): Fen => (fen > 0n ? fen : 0n);
const below = (fen: Fen): Fen => (fen < 0n ? fen : 0n);
const smaller = (a: Fen, b: Fen): Fen => (a < b ? a : b);

/** What would be done if there were no limit to supplements. */
function wishOf(standing: PartyStanding, { way, leastFen }: ReadTerms): TrueUpLine {
  const { party, entitledFen, settledFen, shortfallFen, paidFen, isDisputed } = standing;
  const raw = entitledFen - settledFen;
  const differenceFen = raw > 0n ? above(raw - shortfallFen) : raw;
  const line = { party, differenceFen, claimFen: 0n, billFen: 0n, clawbackFen: 0n };
  const waits = (cause: WaitingCause): TrueUpLine => ({ ...line, waitingFen: differenceFen, cause });
  if (isDisputed) return waits('disputed');
  if (way === 'none' || way === 'next-cycle') return waits(way);
  if ((differenceFen < 0n ? -differenceFen : differenceFen) < leastFen) return waits('least');
  if (differenceFen >= 0n) return { ...line, claimFen: differenceFen, waitingFen: 0n, cause: null };
  // What it no longer gets is taken back; what it has to pay more by the rule is billed.
  const back = above(settledFen) - above(entitledFen);
  const clawbackFen = smaller(back, above(paidFen));
  const billFen = below(settledFen) - below(entitledFen);
  const waitingFen = clawbackFen - back;
  return { ...line, billFen, clawbackFen, waitingFen, cause: waitingFen === 0n ? null : 'paid' };
}

/** What is beyond the limit is cut from all claims pro rata and waits for the next contract. */
function withinLimit(
  { supplementLimit }: ReadTerms,
  { contractFen, supplementedFen }: ContractStanding,
  lines: readonly TrueUpLine[],
): readonly TrueUpLine[] {
  if (supplementLimit === undefined) return lines;
  const { numerator, denominator } = supplementLimit.times(Fraction.of(above(contractFen)));
  const leftFen = above(numerator / denominator - supplementedFen);
  const claims = lines.filter(({ claimFen }) => claimFen > 0n);
  if (sumFen(claims.map(({ claimFen }) => claimFen)) <= leftFen) return lines;
  const weights = claims.map(({ party: code, claimFen }) => ({ code, weight: Fraction.of(claimFen) }));
  const given = allocate(leftFen, weights);
  return lines.map((line) => {
    const claimFen = given.get(line.party);
    if (claimFen === undefined) return line;
    return { ...line, claimFen, waitingFen: line.claimFen - claimFen, cause: 'limit' };
  });
}

/** What of an entry that waits goes into the next settlement of the agreement. */
export interface EntryTaking {
  readonly party: string;
  /** Signed: added to what is due to the party. */
  readonly takenFen: Fen;
  /** What goes on waiting. */
  readonly leftFen: Fen;
}

/**
 * More is added in full; less is set off against what is due to the party and no further: the rest waits on.
 * @param waiting sums of what waits, by party @param due what the new settlement comes to, by party
 */
export function takeEntries(waiting: ReadonlyMap<string, Fen>, due: ReadonlyMap<string, Fen>): EntryTaking[] {
  return [...waiting]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([party, fen]) => {
      const takenFen = fen >= 0n ? fen : -smaller(-fen, above(due.get(party) ?? 0n));
      return { party, takenFen, leftFen: fen - takenFen };
    });
}
