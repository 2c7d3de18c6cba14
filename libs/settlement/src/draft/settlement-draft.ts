/** What is handed in to be settled: a rule, a period, figures, a fund, and who each party is. */
import type { Bilingual, Period } from '@gep/kernel';
import type { SettlementInput } from '../input/settlement-input';
import type { TrueUpTerms } from '../restatement/true-up-terms';

export const settlementKinds = ['advance', 'settlement', 'supplement', 'true-up', 'clawback'] as const;
/**
 * `advance`: paid before the result is known. `settlement`: the result, less what was advanced. The others correct a
 * settlement that was paid and name it in `about`.
 */
export type SettlementKind = (typeof settlementKinds)[number];

/** One deed that takes figures by a rule to money. */
export interface SettlementDraft {
  /** Names it for ever in its territory, `watershed-2025`. */
  readonly code: string;
  /** ltree text. */
  readonly territoryPath: string;
  readonly mechanism: string;
  readonly kind: SettlementKind;
  /** Code of the agreement or contract. */
  readonly agreement: string;
  readonly period: Period;
  /** An empty edition: the one in force for the territory and the period. */
  readonly policy: { readonly id: string; readonly edition: string };
  readonly fundId: string;
  readonly purpose: string;
  /** Party of the rule → party of the book; the one that is the fund itself is `fund:<code>`. */
  readonly parties: Readonly<Record<string, string>>;
  /** Party of the book of each unit; the code of the unit where it is not named. */
  readonly partyOfUnit?: 'territory' | Readonly<Record<string, string>>;
  /** Names of parties of the book that are called otherwise than their units: a company by its own name. */
  readonly nameOfParty?: Readonly<Record<string, Bilingual>>;
  readonly input: SettlementInput;
  readonly trueUp: TrueUpTerms;
  /** Id of the settlement that it corrects. */
  readonly about?: string;
  /** The mechanism whose own routes reserve, approve and pay it. */
  readonly gatedBy?: 'procurement' | 'compensation';
  /** Period whose year is that of the money; that of the settlement when absent. */
  readonly moneyPeriod?: Period;
  /** Last day of the agreement: nothing is advanced for a period that begins after it. */
  readonly agreementUntil?: string;
}

/** Beginning of the name of the party that is the fund itself. */
const fundParty = 'fund:';
export const isFund = (party: string): boolean => party.startsWith(fundParty);

/** Kinds that correct a settlement. */
export const isCorrection = (kind: SettlementKind): boolean => kind !== 'advance' && kind !== 'settlement';
