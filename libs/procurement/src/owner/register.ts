/** What the registers hold: owners, parcels with their holders, and movements of registered shares. */
import type { BaseParcel } from './divide-base';
import type { OwnerKind } from './register-rows';

export interface Owner {
  readonly code: string;
  readonly kind: OwnerKind;
  readonly name: string;
  readonly territoryPath: string;
  readonly since: string;
  /** Day from which its successors stand in its place; null while it is there. */
  readonly endedOn: string | null;
}

/** A parcel with its holders on a day. */
export interface Parcel extends BaseParcel {
  readonly territoryPath: string;
  readonly since: string;
  readonly endedOn: string | null;
  readonly accountId: string | null;
  readonly documentDigest: string | null;
  /** Number of the row of holders that holds on the day; 0 before the first. */
  readonly holdingNo: number;
  readonly lastHoldingNo: number;
  readonly lastHoldingFrom: string;
  readonly whole: bigint;
  readonly owners: readonly string[];
  readonly parts: readonly bigint[];
}

/** Registered shares that change hands. */
export interface ShareMovement {
  /** Null: issued, or redeemed. */
  readonly giver: string | null;
  readonly taker: string | null;
  readonly shares: bigint;
}
