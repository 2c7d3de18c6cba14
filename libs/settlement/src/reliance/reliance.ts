/** What a result rests on: an account vintage, or another result; the register from which a restatement finds its dependents. */
import type { Fen } from '@gep/kernel';

/** Whatever can rest on something: `settlement`, `payment`, `dividend`, … Same shape as a subject of a procedure. */
export interface RelianceEnd {
  readonly kind: string;
  readonly id: string;
}

/** Exactly one of `accountId` and `upstream` is given. */
export interface Reliance {
  readonly dependent: RelianceEnd;
  /** The part of the dependent that rests on it, a unit or a party; empty: the whole. */
  readonly figure: string;
  readonly accountId: string | null;
  readonly disclosureId: string | null;
  readonly upstream: RelianceEnd | null;
  /** What that part came to. */
  readonly amountFen: Fen;
  /** ltree text of the dependent. */
  readonly territoryPath: string;
  /** Code of the territory of the account or of the other result. */
  readonly upstreamTerritory: string;
  /** Of the figure that it rests on. */
  readonly period: string;
}

/** A figure that rests, directly or through others, on what was asked about. */
export interface Dependent extends Omit<Reliance, 'disclosureId'> {
  /** 1: it rests on it directly; 2: through one other result; … */
  readonly steps: number;
}
