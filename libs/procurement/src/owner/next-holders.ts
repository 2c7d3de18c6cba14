/** What becomes of holders when parcels change: judged sets, next rows, and the shares of merged parcels. */
import { allocate, type Bilingual, Fraction, sumFen } from '@gep/kernel';
import type { BaseFault } from './divide-base';
import { HoldingRefused } from './errors';
import { holderSet, holderTexts, type HolderSet, type HolderShare, sharesOf } from './holder-set';
import type { Parcel, ShareMovement } from './register';

/** Why base GEP cannot be divided so, for people. */
export const baseTexts: Readonly<Record<BaseFault, Bilingual>> = {
  'other-year': {
    zh: '新地块的核算须为原地块的基准年；请给出该年的地块核算（--account-year）',
    en: 'the account of the new parcels must be of the base year of the old ones; give that of that year (--account-year)',
  },
  nothing: {
    zh: '基准年地块核算均为零，无法分割；请给出各新地块的数值',
    en: 'the base-year account gives nothing for any new parcel; give their values',
  },
  negative: { zh: '基准年地块核算不能为负', en: 'the base-year account of a parcel is not below zero' },
};

/** @throws HoldingRefused */
export function judged(what: string, set: ReturnType<typeof holderSet>): HolderSet {
  if (typeof set !== 'string') return set;
  const { zh, en } = holderTexts[set];
  throw new HoldingRefused(what, {
    zh: `${zh}；请核对份额与日期（gep parcel show 或 GET /api/v1/parcels）`,
    en: `${en}; check shares and day (gep parcel show or GET /api/v1/parcels)`,
  });
}

/** The row of holders after the last one. */
export const nextHolding = (parcel: Parcel, holders: HolderSet) => ({
  ...{ parcel: parcel.code, no: parcel.lastHoldingNo + 1, territoryPath: parcel.territoryPath },
  ...{ whole: holders.whole, owners: holders.owners, parts: holders.parts },
});

/** Of several parcels that become one, holders have shares by the base GEP that they bring. */
export function holdersOfAll(parcels: readonly Parcel[]): ReturnType<typeof holderSet> {
  const total = sumFen(parcels.map(({ baseGepFen }) => baseGepFen));
  const held = new Map<string, Fraction>();
  for (const parcel of parcels) {
    const weight = total === 0n ? Fraction.of(1n, BigInt(parcels.length)) : Fraction.of(parcel.baseGepFen, total);
    for (const { owner, share } of sharesOf(parcel))
      held.set(owner, (held.get(owner) ?? Fraction.zero).plus(share.times(weight)));
  }
  return holderSet([...held].filter(([, share]) => share.numerator > 0n).map(([owner, share]) => ({ owner, share })));
}

/** Shares are whole: what does not divide goes to the largest remainders. */
export function passShares(giver: string, held: bigint, successors: readonly HolderShare[]): ShareMovement[] {
  const parts = allocate(
    held,
    successors.map(({ owner, share }) => ({ code: owner, weight: share })),
  );
  return [...parts].filter(([, shares]) => shares > 0n).map(([taker, shares]) => ({ giver, taker, shares }));
}
