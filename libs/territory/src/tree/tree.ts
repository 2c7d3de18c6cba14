/** What a parallel tree is: nodes over the same land as the administrative tree, and which land belongs to which node. */
import type { Fraction, TerritoryCode } from '@gep/kernel';
import type { Validity } from '../validity';

/** Basins of rivers, protected areas, or the units of projects on value from ecosystem products (VEP). */
export const treeKinds = ['watershed', 'reserve', 'project'] as const;
export type TreeKind = (typeof treeKinds)[number];

/** The node of every tree that has what no membership names, so that nothing is lost. */
export const outsideNode = 'outside';
/** Stands for every ecosystem type that no other row of the unit names. */
export const everyType = '*';
/** Stands for what is measured for a unit as a whole, without an ecosystem type. */
export const withoutType = 'unassigned';

export interface TreeNode extends Validity {
  readonly code: string;
  /** Null: directly below the root, whose code is that of the tree. */
  readonly parent: string | null;
  readonly nameZh: string;
  readonly nameEn: string | null;
}

/** What of an administrative unit belongs to a node: all of it, the patches of a name, or a share. */
export interface TreeMembership extends Validity {
  readonly unit: TerritoryCode;
  readonly node: string;
  /** Name of a patch, or the beginning of names followed by `*`; null when patches do not decide. */
  readonly patch: string | null;
  /** Ecosystem type, `everyType` or `withoutType`; null when shares do not decide. */
  readonly type: string | null;
  /** Exact share of what is named, above 0 and at most 1. */
  readonly share: Fraction;
  readonly source: string | null;
}

/** A tree without its rows. */
export interface TreeHead extends Validity {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string | null;
  readonly kind: TreeKind;
  /** The administrative territory whose land the tree divides; its account is the account of the root. */
  readonly covers: TerritoryCode;
  readonly source: string;
}

export interface TreeStatement extends TreeHead {
  readonly nodes: readonly TreeNode[];
  readonly membership: readonly TreeMembership[];
}

/** A tree as it was recorded at one moment. Editions are never rewritten: a correction is the next one. */
export interface TreeEdition extends TreeHead {
  readonly edition: number;
  /** SHA-256 of its canonical content. */
  readonly digest: string;
  readonly recordedAt: Date;
}

/** What decides where a row of membership goes. */
export type MembershipBasis = 'whole' | 'patch' | 'share';

export function basisOf({ patch, type }: Pick<TreeMembership, 'patch' | 'type'>): MembershipBasis {
  return patch !== null ? 'patch' : type !== null ? 'share' : 'whole';
}

/** True when the row of a patch (a name, or a beginning and `*`) speaks of the patch of this name. */
export function namesPatch(row: string, patch: string): boolean {
  return row.endsWith('*') ? patch.startsWith(row.slice(0, -1)) : patch === row;
}

/** What holds on a day, `YYYY-MM-DD`. */
export function holdingOn<T extends Validity>(rows: readonly T[], day: string): T[] {
  return rows.filter(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day < validTo));
}
