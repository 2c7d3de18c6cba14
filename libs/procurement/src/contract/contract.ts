/** A contract as it is kept: its terms and every deed on it with the day on which it counts. */
import type { Fen } from '@gep/kernel';
import type { ContractTerms } from './contract-terms';

export interface Contract {
  readonly id: string;
  readonly code: string;
  /** ltree text. */
  readonly territoryPath: string;
  readonly companyId: string;
  readonly companyCode: string;
  readonly year: string;
  readonly terms: ContractTerms;
  readonly termsDigest: string;
  readonly preparedBy: string;
  readonly preparedByName: string;
  readonly preparedAt: Date;
}

/** Facts of a deed, as text; which ones an act needs is said by `neededFacts`. */
export type DeedFacts = Readonly<Record<string, string>>;

export interface ContractDeed {
  readonly no: number;
  readonly act: string;
  /** `YYYY-MM-DD`; the moment of recording is `at`. */
  readonly on: string;
  readonly facts: DeedFacts;
  readonly documentDigest: string | null;
  readonly by: string;
  readonly byName: string;
  readonly at: Date;
}

export interface Invoice {
  readonly number: string;
  readonly contractId: string;
  readonly amountFen: Fen;
  readonly issuedOn: string;
  readonly documentDigest: string | null;
}

export interface Supplement {
  readonly no: number;
  /** The correction by which it is paid; null while there is none. */
  readonly settlementId: string | null;
  readonly amountFen: Fen;
  readonly signedOn: string;
  readonly reason: string;
  readonly documentDigest: string;
}

/** The last deed of an act since the contract was last returned to be measured anew. */
export function lastDeed(deeds: readonly ContractDeed[], act: string): ContractDeed | undefined {
  const returned = deeds.findLast((deed) => deed.act === 'return')?.no ?? 0;
  return deeds.findLast((deed) => deed.act === act && (deed.no > returned || act === 'budget'));
}

/**
 * Day that the next step is not before: that of the last step that still counts. What was returned, and the return itself, hold
 * nothing up, and a budget line takes the place of the one before it.
 */
export function dayBefore(deeds: readonly ContractDeed[], act: string): string | undefined {
  if (act === 'budget') return undefined;
  const returned = deeds.findLast((deed) => deed.act === 'return')?.no ?? 0;
  const counted = deeds.filter(({ no }) => no > returned).at(-1) ?? lastDeed(deeds, 'budget');
  return counted?.on;
}

const fenFact = (deed: ContractDeed | undefined, name: string): Fen | null => {
  const text = deed?.facts[name];
  return text === undefined ? null : BigInt(text);
};

/** What the contract is about in money, as far as it is known. */
export interface ContractMoney {
  readonly budgetFen: Fen | null;
  /** What the rule came to. */
  readonly dueFen: Fen | null;
  /** What the fund granted of it: the amount of the contract. */
  readonly amountFen: Fen | null;
  readonly settlementId: string | null;
}

export function moneyOf(deeds: readonly ContractDeed[]): ContractMoney {
  const measured = lastDeed(deeds, 'measure');
  return {
    budgetFen: fenFact(lastDeed(deeds, 'budget'), 'amountFen'),
    dueFen: fenFact(measured, 'dueFen'),
    amountFen: fenFact(lastDeed(deeds, 'reserve'), 'grantedFen'),
    settlementId: measured?.facts['settlementId'] ?? null,
  };
}

/** Name of what is agreed between a company and a place over the years: what one contract leaves over goes to the next. */
export const agreementOf = (companyCode: string, unit: string): string => `procurement:${companyCode}:${unit}`;
