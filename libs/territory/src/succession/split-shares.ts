/** Exact shares of a split: by the areas of the successors, by a list of patches, or as given. */
import { Fraction } from '@gep/kernel';
import { SuccessionSharesUnfit } from './errors';
import type { SuccessorShare } from './succession';

/** A patch of the map of the split territory, with the successor that it lies in. */
export interface PatchMembership {
  readonly patch: string;
  /** Ecosystem type. */
  readonly type: string;
  /** Decimal text or number in any one unit. */
  readonly area: string | number;
  readonly successor: string;
}

/**
 * Shares in the ratio of areas in any one unit.
 * @throws SuccessionSharesUnfit when an area is not above zero
 */
export function sharesByArea(areas: ReadonlyMap<string, Fraction>): SuccessorShare[] {
  const whole = [...areas.values()].reduce((sum, area) => sum.plus(area), Fraction.zero);
  return [...areas].map(([successor, area]) => {
    if (area.compare(Fraction.zero) <= 0)
      throw unfit(`${successor} 的面积须大于 0`, `the area of ${successor} must be above 0`);
    return { successor, share: area.dividedBy(whole) };
  });
}

/**
 * Shares by what lies in each successor, for the whole and for each ecosystem type.
 * @throws SuccessionSharesUnfit when a patch is given twice, or its area is not above zero
 */
export function sharesByMap(patches: readonly PatchMembership[]): SuccessorShare[] {
  const seen = new Set<string>();
  const ofType = new Map<string, Map<string, Fraction>>();
  const total = new Map<string, Fraction>();
  for (const { patch, type, area: written, successor } of patches) {
    const area = Fraction.parse(String(written));
    if (seen.has(patch)) throw unfit(`图斑 ${patch} 出现两次`, `patch ${patch} is given twice`);
    if (!area || area.compare(Fraction.zero) <= 0) {
      throw unfit(
        `图斑 ${patch} 的面积“${written}”须大于 0`,
        `the area "${written}" of patch ${patch} must be above 0`,
      );
    }
    seen.add(patch);
    const areas = ofType.get(type) ?? new Map<string, Fraction>();
    ofType.set(type, areas.set(successor, (areas.get(successor) ?? Fraction.zero).plus(area)));
    total.set(successor, (total.get(successor) ?? Fraction.zero).plus(area));
  }
  return sharesByArea(total).map(({ successor, share }) => {
    const shareByType: Record<string, Fraction> = {};
    for (const [type, areas] of ofType) {
      const whole = [...areas.values()].reduce((sum, area) => sum.plus(area), Fraction.zero);
      shareByType[type] = (areas.get(successor) ?? Fraction.zero).dividedBy(whole);
    }
    return { successor, share, shareByType };
  });
}

/**
 * Shares as they are given.
 * @throws SuccessionSharesUnfit when one is not above zero, or they do not sum to exactly 1
 */
export function sharesAsGiven(shares: ReadonlyMap<string, Fraction>): SuccessorShare[] {
  const sum = [...shares.values()].reduce((all, share) => all.plus(share), Fraction.zero);
  if (!sum.equals(Fraction.one)) {
    throw unfit(
      `合计为 ${sum.toExactText()}，应恰为 1；除不尽的写成分数（如 1/3）`,
      `they sum to ${sum.toExactText()}, not to 1; write what does not end as a fraction (1/3)`,
    );
  }
  return sharesByArea(shares);
}

function unfit(zh: string, en: string): SuccessionSharesUnfit {
  return new SuccessionSharesUnfit({ zh, en });
}
