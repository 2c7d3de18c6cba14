/** What declared flows take back from a whole in every account that its change is split by. */
import type { NormEdition } from '@gep/rulebook';
import type { Account, AccountLine } from '../account/account';
import { eliminatedParts } from '../flow/eliminated-part';
import { type FlowTree, rollUpLines } from '../flow/roll-up-lines';
import type { ChangeCorners } from './decompose-change';
import type { ChangePart } from './decompose-parts';

/** One side of a change: the whole as it is recorded, its edition, and how it was added up; undefined where no flow is. */
export interface AddedSide<A extends Account> {
  readonly whole: A;
  readonly norm: NormEdition;
  readonly tree: FlowTree | undefined;
}

/**
 * Between two editions also what would be taken back if the norm alone, or the observation alone, had changed: the parts at that
 * corner, added up with the flows of their own period. Where a part came or went, the two recorded accounts are all there is.
 * @returns no corners where nothing is taken back
 */
export function takenBackCorners<A extends Account>(
  [before, after]: readonly [AddedSide<A>, AddedSide<A>],
  parts: readonly ChangePart[],
): { readonly taken: readonly A[]; readonly corners: readonly ChangeCorners[] } {
  const wholes = before.tree || after.tree ? wholesUnderBoth(before, after, parts) : [before.whole, after.whole];
  const taken = eliminatedParts(wholes, after.norm.units);
  if (taken.length === 0) return { taken, corners: [] };
  const sides = taken.map((account) => ({ account }));
  return { taken, corners: [{ settings: wholes.length > 2 ? ['norm'] : [], corners: sides }] };
}

function wholesUnderBoth<A extends Account>(
  before: AddedSide<A>,
  after: AddedSide<A>,
  parts: readonly ChangePart[],
): readonly A[] {
  const corners = parts.flatMap((part) =>
    'corners' in part && part.corners.settings.join() === 'norm' ? [part.corners.corners] : [],
  );
  if (corners.length < parts.length) return [before.whole, after.whole];
  // The observation of one side under the norm of the other, in the order of corners.
  const at = (corner: number) =>
    new Map(corners.map((sides) => [sides[corner].account.territory, sides[corner].account.lines]));
  return [before.whole, addedUp(after, before.norm, at(1)), addedUp(before, after.norm, at(2)), after.whole];
}

function addedUp<A extends Account>(
  { whole, tree }: AddedSide<A>,
  norm: NormEdition,
  observed: ReadonlyMap<string, readonly AccountLine[]>,
): A {
  const { territory, period } = whole;
  const leaves = [...observed.keys()].map((code): FlowTree => ({ territory: code, flows: [], children: [] }));
  const lines = rollUpLines(tree ?? { territory, flows: [], children: leaves }, { period, norm, observed });
  return { ...whole, lines };
}
