/** What it is for a rule to be in force: an edition adopted for a territory, from a day, by somebody other than who proposed it. */
import type { Bilingual } from '@gep/kernel';
import type { PolicyMechanism } from '../policy/rule';

/** Who did a deed, and when. */
export interface Deed {
  readonly by: string;
  readonly name: string;
  readonly at: Date;
}

/** A person answers for a rule that is not attested. */
export interface Confirmation extends Deed {
  readonly id: string;
  readonly edition: string;
  readonly placePath: string;
  /** What is not attested, as it was told then. */
  readonly reasons: readonly Bilingual[];
  readonly statement: string;
}

export interface Withdrawal extends Deed {
  /** The first day on which the adoption no longer holds. */
  readonly from: string;
  readonly reason: string;
}

export interface Adoption {
  readonly id: string;
  /** Of two that cover a day in one slot, the greater holds. */
  readonly no: number;
  readonly edition: string;
  readonly policyId: string;
  readonly title: Bilingual;
  readonly mechanism: PolicyMechanism;
  /** Of the territory, as ltree text. */
  readonly placePath: string;
  /** Code of the agreement that it is for; empty: every one of the mechanism without a rule of its own. */
  readonly slot: string;
  readonly from: string;
  /** The last day; open when null. */
  readonly to: string | null;
  readonly reason: string;
  readonly adopted: Deed;
  readonly proposed: Deed;
  readonly confirmation: Confirmation | null;
  readonly withdrawal: Withdrawal | null;
}

/** A stored edition, without its text. */
export interface PolicyEditionRecord {
  readonly edition: string;
  readonly policyId: string;
  readonly mechanism: PolicyMechanism;
  readonly title: Bilingual;
  readonly proposed: Deed;
}
