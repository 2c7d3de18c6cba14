/** What a settlement comes to for each party of the book: claims on the fund, bills, what is owed back, and what waits. */
import type { Bilingual, Fen } from '@gep/kernel';
import { isCorrection, isFund, type SettlementDraft } from '../draft/settlement-draft';
import { SettlementRefused } from '../errors';
import {
  type ContractStanding,
  decideTrueUp,
  type PartyStanding,
  takeEntries,
  type WaitingCause,
} from '../restatement/decide-true-up';
import { readTerms } from '../restatement/true-up-terms';
import type { SettlementLine } from './settlement-line';

/** What an agreement and a party had to do with each other before. */
export interface PartsBefore {
  /** What stands advanced in the book for the agreement, by party. */
  readonly advanced: ReadonlyMap<string, Fen>;
  /** What earlier corrections left to this settlement, signed, by party. */
  readonly waiting: ReadonlyMap<string, Fen>;
  /** Of a correction: where each party stands with what is corrected. */
  readonly standings: ReadonlyMap<string, Omit<PartyStanding, 'party' | 'entitledFen'>>;
  readonly contract: ContractStanding;
}

export const nothingBefore: PartsBefore = {
  ...{ advanced: new Map(), waiting: new Map(), standings: new Map() },
  contract: { contractFen: 0n, supplementedFen: 0n },
};

/** One party of a settlement, with what all of it comes to when nothing is disputed. */
export interface SettlementPart {
  readonly party: string;
  readonly name: Bilingual;
  /** What the rule gives it in all; below zero it pays. */
  readonly entitledFen: Fen;
  /** Of a correction: what had been settled before. */
  readonly settledFen: Fen;
  /** What stood advanced in the book when it was computed. */
  readonly advancedFen: Fen;
  /** What earlier corrections had left to it, signed. */
  readonly takenFen: Fen;
  readonly claimFen: Fen;
  readonly billFen: Fen;
  /** To be taken back of what it was advanced or paid. */
  readonly clawbackFen: Fen;
  /** Of what was advanced, what becomes spending. */
  readonly advanceSpentFen: Fen;
  /** Waits for the next settlement of the agreement, signed, and why. */
  readonly waitingFen: Fen;
  readonly waitingCause: WaitingCause | null;
}

/** What each party gets (above zero) or pays over these lines; the fund is a party too, and they sum to zero. */
export function netOf(lines: readonly Pick<SettlementLine, 'fromParty' | 'toParty' | 'amountFen'>[]): Map<string, Fen> {
  const sums = new Map<string, Fen>();
  const add = (party: string, fen: Fen): unknown => sums.set(party, (sums.get(party) ?? 0n) + fen);
  for (const { fromParty, toParty, amountFen } of lines) {
    add(fromParty, -amountFen);
    add(toParty, amountFen);
  }
  return sums;
}

export const above = (fen: Fen): Fen => (fen > 0n ? fen : 0n);
export const smaller = (a: Fen, b: Fen): Fen => (a < b ? a : b);

type Amounts = Omit<SettlementPart, 'party' | 'name'>;

/**
 * All parties but the fund, by code; those, too, that have no line and had to do with the agreement before.
 * @throws SettlementRefused
 */
export function partsOf(
  lines: readonly SettlementLine[],
  draft: SettlementDraft,
  before: PartsBefore,
  nameOf: (party: string) => Bilingual,
): SettlementPart[] {
  const net = new Map([...netOf(lines)].filter(([party]) => !isFund(party)));
  const amounts =
    draft.kind === 'advance'
      ? advancesOf(net, draft)
      : isCorrection(draft.kind)
        ? correctionsOf(net, draft, before)
        : resultsOf(net, draft, before);
  return [...amounts.keys()].sort().map((party) => ({ party, name: nameOf(party), ...amounts.get(party)! }));
}

const none: Amounts = {
  ...{ entitledFen: 0n, settledFen: 0n, advancedFen: 0n, takenFen: 0n, claimFen: 0n, billFen: 0n, clawbackFen: 0n },
  ...{ advanceSpentFen: 0n, waitingFen: 0n, waitingCause: null },
};

function advancesOf(net: ReadonlyMap<string, Fen>, { code }: SettlementDraft): Map<string, Amounts> {
  return new Map(
    [...net].map(([party, entitledFen]) => {
      if (entitledFen < 0n)
        throw new SettlementRefused(code, {
          zh: `预付给“${party}”的金额为负；请核对规则，预付不收款`,
          en: `the advance to "${party}" is below zero; check the rule: an advance takes nothing`,
        });
      return [party, { ...none, entitledFen, claimFen: entitledFen }];
    }),
  );
}

function resultsOf(
  net: ReadonlyMap<string, Fen>,
  { trueUp }: SettlementDraft,
  { advanced, waiting }: PartsBefore,
): Map<string, Amounts> {
  const parties = new Set([...net.keys(), ...advanced.keys(), ...waiting.keys()]);
  const due = new Map([...parties].map((party) => [party, (net.get(party) ?? 0n) - (advanced.get(party) ?? 0n)]));
  const taken = new Map(takeEntries(waiting, due).map(({ party, takenFen }) => [party, takenFen]));
  return new Map(
    [...parties].map((party) => {
      const [entitledFen, advancedFen, takenFen] = [net, advanced, taken].map((of) => of.get(party) ?? 0n);
      return [
        party,
        {
          ...none,
          entitledFen,
          advancedFen,
          takenFen,
          ...resultOf(entitledFen + takenFen, advancedFen, trueUp.way === 'next-cycle'),
        },
      ];
    }),
  );
}

/** @param leaves what was advanced beyond the result goes on standing, and the next settlement counts it */
export function resultOf(
  targetFen: Fen,
  advancedFen: Fen,
  leaves: boolean,
): Pick<Amounts, 'claimFen' | 'billFen' | 'clawbackFen' | 'advanceSpentFen'> {
  const advanceSpentFen = smaller(advancedFen, above(targetFen));
  return {
    claimFen: above(targetFen - advancedFen),
    billFen: above(-targetFen),
    clawbackFen: leaves ? 0n : advancedFen - advanceSpentFen,
    advanceSpentFen,
  };
}

function correctionsOf(
  net: ReadonlyMap<string, Fen>,
  { trueUp }: SettlementDraft,
  { standings, contract }: PartsBefore,
): Map<string, Amounts> {
  const parties = [...new Set([...net.keys(), ...standings.keys()])];
  const unknown = { settledFen: 0n, shortfallFen: 0n, paidFen: 0n, isDisputed: false };
  const standing = parties.map((party) => ({
    ...(standings.get(party) ?? unknown),
    ...{ party, entitledFen: net.get(party) ?? 0n },
  }));
  const moved = new Map(decideTrueUp(readTerms(trueUp), contract, standing).lines.map((line) => [line.party, line]));
  return new Map(
    standing.map(({ party, entitledFen, settledFen }) => {
      const line = moved.get(party);
      const { claimFen, billFen, clawbackFen, waitingFen, cause } = line ?? { ...none, cause: null };
      return [
        party,
        { ...none, entitledFen, settledFen, claimFen, billFen, clawbackFen, waitingFen, waitingCause: cause },
      ];
    }),
  );
}
