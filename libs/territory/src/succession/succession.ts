/** What succession is: which places followed which on a day, and what of the one went to the other. */
import type { Fraction } from '@gep/kernel';

/** A change of name may change the code as well. */
export type SuccessionKind = 'merge' | 'split' | 'rename';

/** Where the shares come from: all goes to one, areas, a list of patches, or shares as somebody gives them. */
export type ShareBasis = 'whole' | 'area' | 'map' | 'given';

/** What of a split territory goes to one successor. */
export interface SuccessorShare {
  readonly successor: string;
  readonly share: Fraction;
  /** Shares of single ecosystem types, where patches are known. */
  readonly shareByType?: Readonly<Record<string, Fraction>>;
}

/** One recorded pair. */
export interface Succession extends SuccessorShare {
  /** First day of the successor, `YYYY-MM-DD`. */
  readonly effective: string;
  readonly predecessor: string;
  readonly kind: SuccessionKind;
  readonly basis: ShareBasis;
  readonly source: string;
  /** False: what was recorded of the predecessor is left behind and does not pass to the successor. Absent: it passes. */
  readonly carries?: boolean;
  /** When it became known, ISO 8601 with microseconds in UTC; absent of one that is being recorded. */
  readonly recordedAt?: string;
}

/** Days on which a code ended because others followed it, by code. */
export function endingsOf(successions: readonly Succession[]): Map<string, string[]> {
  const endings = new Map<string, string[]>();
  for (const { predecessor, effective } of successions) {
    const goesOn = successions.some(
      (row) => row.predecessor === predecessor && row.effective === effective && row.successor === predecessor,
    );
    if (!goesOn) endings.set(predecessor, [...(endings.get(predecessor) ?? []), effective]);
  }
  return endings;
}
