/** Divides the account of a unit among the nodes of a parallel tree, so that the parts sum to it exactly. */
import { Fraction } from '@gep/kernel';
import type { NormEdition } from '@gep/rulebook';
import {
  basisOf,
  codesOfPath,
  everyType,
  outsideNode,
  withoutType,
  type MembershipBasis,
  type TreeMembership,
} from '@gep/territory';
import type { Account } from '../account/account';
import type { ObservedPeriod } from '../account/observed-period';
import { sealAccount } from '../account/seal-account';
import { divideAccount, type DividedAccount, type DivisionPart } from '../division/divide-account';
import { placePatches, sharesOfLand } from './patch-shares';

/** What of a unit lies in a node. */
export interface UnitPart {
  readonly unit: string;
  readonly node: string;
  /** How the tree says so; `rest`: no row names it. */
  readonly basis: MembershipBasis | 'rest';
  /** Exact share of what has no ecosystem type; single types and lines have shares of their own. */
  readonly share: Fraction;
  /** Lines of which the node has something. Its territory is `unit@node`: it is derived, and recorded nowhere. */
  readonly account: Account;
}

export interface DividedUnit {
  readonly parts: readonly UnitPart[];
  /** The rows of membership that decided something. */
  readonly used: ReadonlySet<TreeMembership>;
}

/** Rows of membership by the code of their unit. */
export type MembershipByUnit = ReadonlyMap<string, readonly TreeMembership[]>;

/** The rows that hold for a territory: those of the nearest unit that has any, going up its path. */
export function membershipAt(path: string, byUnit: MembershipByUnit): readonly TreeMembership[] {
  for (const code of codesOfPath(path).reverse()) {
    const rows = byUnit.get(code);
    if (rows) return rows;
  }
  return [];
}

/** True when the patches of the unit have to be looked at. */
export const goesByPatches = (rows: readonly TreeMembership[]): boolean => rows.some((row) => basisOf(row) === 'patch');

/**
 * The parts of an account by rows that hold together (`checkTree`). Over all parts each line, area and total is the
 * account's: fen exactly, quantities to the bit. Nodes that get nothing are left out.
 * @param observed what the account was computed from; needed where rows go by patches
 */
export function divideUnit(
  norm: NormEdition,
  account: Account,
  rows: readonly TreeMembership[],
  observed?: ObservedPeriod,
): DividedUnit {
  const whole = rows.find((row) => basisOf(row) === 'whole');
  if (whole || rows.length === 0) {
    const [node, basis] = whole ? [whole.node, 'whole' as const] : [outsideNode, 'rest' as const];
    const part = { ...account, territory: nameOfPart(account.territory, node) };
    return {
      parts: [{ unit: account.territory, node, basis, share: Fraction.one, account: part }],
      used: new Set(rows),
    };
  }
  const { parts, used, basis } =
    observed && goesByPatches(rows) ? partsByPatches(norm, account, rows, observed) : partsByShares(account, rows);
  const divided = divideAccount(account, parts).map((part): UnitPart => ({
    unit: account.territory,
    node: part.territory,
    basis: part.territory === outsideNode ? 'rest' : basis,
    share: part.share,
    account: accountOfPart(account, part, norm),
  }));
  return {
    parts: divided.filter(
      ({ account: { lines, areaByType } }) => lines.length > 0 || Object.keys(areaByType).length > 0,
    ),
    used,
  };
}

const nameOfPart = (unit: string, node: string): string => `${unit}@${node}`;

function accountOfPart(account: Account, part: DividedAccount, norm: NormEdition): Account {
  // A line of nothing stays where its land is, so that the parts have the lines of the whole, and no more than that.
  const belongs = (at: number): boolean => {
    const { type, quantity, supplied, valueFen } = part.lines[at];
    if (quantity !== 0 || valueFen !== 0n || supplied) return true;
    const { quantity: ofWhole, supplied: suppliedOfWhole, valueFen: fenOfWhole } = account.lines[at];
    if (ofWhole !== 0 || fenOfWhole !== 0n || suppliedOfWhole) return false;
    return type === null || !(account.areaByType[type] > 0) || part.areaByType[type] > 0;
  };
  const areas = Object.entries(part.areaByType).filter(([type, area]) => area > 0 || account.areaByType[type] === 0);
  return sealAccount(
    {
      territory: nameOfPart(account.territory, part.territory),
      period: account.period,
      norm: account.norm,
      observationDigest: account.digest,
      origin: account.origin,
      lines: part.lines.filter((_, at) => belongs(at)),
      areaByType: Object.fromEntries(areas),
      areaUnit: account.areaUnit,
      baseSums: null,
      coverage: account.coverage,
      children: [],
    },
    norm,
  );
}

interface StatedParts {
  readonly parts: readonly DivisionPart[];
  readonly used: ReadonlySet<TreeMembership>;
  readonly basis: MembershipBasis;
}

function partsByPatches(
  norm: NormEdition,
  account: Account,
  rows: readonly TreeMembership[],
  observed: ObservedPeriod,
): StatedParts {
  const byPatch = rows.filter(({ patch }) => patch !== null);
  const stated = rows.filter(({ type }) => type === withoutType);
  const { land, used } = placePatches(observed.chunks, byPatch);
  const more = stated.filter(({ node }) => land.every((one) => one.node !== node));
  const all = [...land, ...more.map(({ node }) => ({ node, area: Fraction.zero, areaByType: new Map(), chunks: [] }))];
  const shares = stated.length > 0 ? sharesOf(stated) : undefined;
  return {
    parts: sharesOfLand(norm, observed, all, typesOf(account), shares),
    used: new Set([...used, ...stated]),
    basis: 'patch',
  };
}

function partsByShares(account: Account, rows: readonly TreeMembership[]): StatedParts {
  const used = new Set<TreeMembership>();
  const speaking = (type: string): ReadonlyMap<string, Fraction> => {
    const named = rows.filter((row) => row.type === type);
    const own = named.length > 0 ? named : rows.filter((row) => row.type === everyType);
    for (const row of own) used.add(row);
    return sharesOf(own);
  };
  const types = typesOf(account).map((type) => [type, speaking(type)] as const);
  const whole = speaking(withoutType);
  const nodes = [...new Set(rows.map(({ node }) => node)), outsideNode];
  const parts = nodes.map((code): DivisionPart => ({
    code,
    share: whole.get(code) ?? Fraction.zero,
    shareByType: Object.fromEntries(types.map(([type, shares]) => [type, shares.get(code) ?? Fraction.zero])),
  }));
  return { parts, used, basis: 'share' };
}

/** Shares by node; what they leave of the whole is outside. */
function sharesOf(rows: readonly TreeMembership[]): Map<string, Fraction> {
  const shares = new Map(rows.map(({ node, share }) => [node, share]));
  const sum = rows.reduce((all, { share }) => all.plus(share), Fraction.zero);
  return shares.set(outsideNode, Fraction.one.minus(sum));
}

/** Types that a line or the land of the account has. */
function typesOf({ lines, areaByType }: Account): string[] {
  return [...new Set([...Object.keys(areaByType), ...lines.flatMap(({ type }) => (type === null ? [] : [type]))])];
}
