/** Who may claim what an owner left unclaimed: the owner, or whoever succeeded it, each by the share of the estate. */
import { Fraction } from '@gep/kernel';
import type { HolderShare } from './holder-set';

/** An owner that ended on a day, and who came after it; shares sum to one. */
export interface OwnerSuccession {
  readonly owner: string;
  readonly effectiveOn: string;
  readonly successors: readonly HolderShare[];
}

/** Successors of successors as well; those of a day that has not come yet do not count. */
export function claimants(owner: string, successions: readonly OwnerSuccession[], on: string): HolderShare[] {
  const byOwner = new Map(
    successions.filter(({ effectiveOn }) => effectiveOn <= on).map((each) => [each.owner, each.successors]),
  );
  const found = new Map<string, Fraction>();
  const follow = (code: string, share: Fraction, above: readonly string[]): void => {
    const successors = above.includes(code) ? undefined : byOwner.get(code);
    if (!successors) found.set(code, (found.get(code) ?? Fraction.zero).plus(share));
    else for (const next of successors) follow(next.owner, share.times(next.share), [...above, code]);
  };
  follow(owner, Fraction.one, []);
  return [...found].map(([code, share]) => ({ owner: code, share })).sort((a, b) => (a.owner < b.owner ? -1 : 1));
}
