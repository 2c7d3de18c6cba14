/** A settlement as it was computed, and as it stands. */
import type { Bilingual, Fen, Period } from '@gep/kernel';
import type { TakenStep } from '@gep/procedure';
import type { PartMoves } from './decision/part-progress';
import type { SettlementLine } from './decision/settlement-line';
import type { SettlementPart } from './decision/settlement-part';
import type { SettlementKind } from './draft/settlement-draft';
import type { AccountFigure } from './input/settlement-input';
import type { SettlementState } from './settlement-steps';

/** What was decided, without its lines; never changed. */
export interface SettlementHead {
  readonly id: string;
  readonly territoryPath: string;
  readonly code: string;
  readonly mechanism: string;
  readonly kind: SettlementKind;
  readonly agreement: string;
  readonly period: Period;
  readonly moneyPeriod: Period;
  readonly policyId: string;
  readonly ruleEdition: string;
  readonly fundId: string;
  readonly fundCode: string;
  readonly purpose: string;
  readonly snapshotDigest: string;
  readonly decisionDigest: string;
  readonly bodyDigest: string;
  readonly about: string | null;
  readonly gatedBy: 'procurement' | 'compensation' | null;
  /** Payments, proofs and shown values of the decision, without the lines. */
  readonly decision: Readonly<Record<string, unknown>>;
  readonly computedBy: string;
  readonly computedName: string;
  readonly computedAt: Date;
}

/** What a party of a settlement sees of it. */
export type SettlementGist = Pick<
  SettlementHead,
  'id' | 'code' | 'mechanism' | 'kind' | 'agreement' | 'period' | 'policyId' | 'ruleEdition' | 'fundCode'
>;

/** A part with where it lies and the vintage that it rests on. */
export interface PlacedPart extends SettlementPart {
  readonly territoryPath: string;
  readonly vintageId: string | null;
}

/** A settlement as `computeSettlement` gives it. */
export interface Settlement extends SettlementHead {
  readonly lines: readonly SettlementLine[];
  readonly parts: readonly PlacedPart[];
  readonly figures: readonly AccountFigure[];
  /** The same had been computed before. */
  readonly replayed: boolean;
}

export const partStates = [
  ...([
    'open',
    'disputed',
    'queued',
    'short',
    'reserved',
    'payable',
    'paid',
    'billed',
    'recovering',
    'settled',
  ] as const),
] as const;
/**
 * `short`: the fund granted less than was claimed. `recovering`: something is owed back. `settled`: nothing is left to do.
 */
export type PartState = (typeof partStates)[number];

/** A part with what was done about it. */
export interface PartView extends PlacedPart {
  readonly state: PartState;
  readonly grantedFen: Fen;
  readonly shortfallFen: Fen;
  readonly paidFen: Fen;
  readonly billedFen: Fen;
  readonly collectedFen: Fen;
  /** Taken back of what was paid: owed by it until it is recovered. */
  readonly clawedFen: Fen;
  readonly recoveredFen: Fen;
  readonly vouchers: readonly string[];
}

/** A settlement as it stands. `head` is null to a party that does not see the territory of the fund. */
export interface SettlementView {
  readonly gist: SettlementGist;
  readonly head: SettlementHead | null;
  readonly state: SettlementState | null;
  readonly nameOfState: Bilingual | null;
  readonly steps: readonly TakenStep[];
  readonly frozen: readonly string[];
  readonly parts: readonly PartView[];
}

/** One payment, and the sources of the fund that it was taken from; none to a party. */
export interface PaymentView {
  readonly party: string;
  /** Who was paid: the party, or its successor. */
  readonly payee: string;
  readonly amountFen: Fen;
  readonly voucherId: string | null;
  readonly paidBy: string;
  readonly paidAt: Date;
  /** The bank sent it back. */
  readonly isReturned: boolean;
  readonly sources: readonly { readonly code: string; readonly department: string; readonly amountFen: Fen }[];
}

/** A settlement with its payments. */
export type ShownSettlement = SettlementView & { readonly payments: readonly PaymentView[] };

/** What was done with money for a party. */
export interface SettlementDeed {
  readonly id: string;
  readonly settlementId: string;
  readonly party: string;
  readonly territoryPath: string;
  /**
   * `settle`: it is owed, billed, or owes back. `claw`: a payment is claimed back. `collect`: a bill is paid. `recover`: what
   * was owed back has come. `release`: a reservation is void. `undo`: what was settled is reversed.
   */
  readonly deed: 'settle' | 'claw' | 'pay' | 'return-payment' | 'collect' | 'recover' | 'release' | 'undo';
  readonly round: number;
  readonly attempt: number;
  readonly amountFen: Fen;
  /** Of `settle`. */
  readonly moves: PartMoves | null;
  readonly voucherId: string | null;
  readonly aboutDeed: string | null;
  /** Who was paid, where it was a successor of the party. */
  readonly payee: string | null;
  readonly reason: string | null;
  readonly doneBy: string;
  readonly doneName: string;
  readonly doneAt: Date;
}
