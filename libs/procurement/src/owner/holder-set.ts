/** Who holds a parcel: exact shares that sum to one, and what a transfer, a merge, a split or an inheritance makes of them. */
import { Fraction, type Bilingual } from '@gep/kernel';

/** A share of something, exact. */
export interface HolderShare {
  readonly owner: string;
  readonly share: Fraction;
}

/** All holders of a parcel from a day on, by code; each holds `parts[i]` of `whole`. */
export interface HolderSet {
  readonly whole: bigint;
  readonly owners: readonly string[];
  readonly parts: readonly bigint[];
}

/** Why shares are no set of holders. */
export type HolderFault = 'nobody' | 'twice' | 'not-above-zero' | 'not-one' | 'too-fine' | 'not-held';

/** Parts are kept as 64-bit numbers. */
const finestWhole = 1n << 62n;

/** What is wrong with shares, for people. */
export const holderTexts: Readonly<Record<HolderFault, Bilingual>> = {
  nobody: { zh: '没有持有人', en: 'there is no holder' },
  twice: { zh: '同一持有人出现两次', en: 'a holder stands twice' },
  'not-above-zero': { zh: '份额应大于零', en: 'a share must be above zero' },
  'not-one': { zh: '各持有人的份额之和不为 1', en: 'the shares of the holders do not sum to 1' },
  'too-fine': { zh: '份额的公分母过大', en: 'the common denominator of the shares is too large' },
  'not-held': { zh: '转出人当日没有这么多份额', en: 'the giver does not hold so much on that day' },
};

/** More holders of one parcel are a mistake of the file; families of hundreds are not. */
export const mostHolders = 10_000;

/** Over one denominator, the least that all shares have. */
export function holderSet(shares: readonly HolderShare[]): HolderSet | HolderFault {
  if (shares.length === 0) return 'nobody';
  if (new Set(shares.map(({ owner }) => owner)).size < shares.length) return 'twice';
  if (shares.some(({ share }) => share.numerator <= 0n)) return 'not-above-zero';
  const whole = shares.reduce((common, { share }) => leastMultiple(common, share.denominator), 1n);
  const sorted = [...shares].sort((a, b) => (a.owner < b.owner ? -1 : 1));
  const parts = sorted.map(({ share }) => share.numerator * (whole / share.denominator));
  if (parts.reduce((sum, part) => sum + part, 0n) !== whole) return 'not-one';
  if (whole > finestWhole) return 'too-fine';
  return { whole, owners: sorted.map(({ owner }) => owner), parts };
}

export const sharesOf = ({ whole, owners, parts }: HolderSet): HolderShare[] =>
  owners.map((owner, at) => ({ owner, share: Fraction.of(parts[at], whole) }));

const leastMultiple = (a: bigint, b: bigint): bigint => Fraction.of(a, b).numerator * b;

/** Holders after one gave a share of the parcel to another. */
export function afterTransfer(
  holders: HolderSet,
  { giver, taker, share }: { readonly giver: string; readonly taker: string; readonly share: Fraction },
): HolderSet | HolderFault {
  const held = new Map(sharesOf(holders).map((each) => [each.owner, each.share]));
  const left = held.get(giver)?.minus(share);
  if (!left || left.numerator < 0n || share.numerator <= 0n || giver === taker) return 'not-held';
  if (left.numerator === 0n) held.delete(giver);
  else held.set(giver, left);
  held.set(taker, (held.get(taker) ?? Fraction.zero).plus(share));
  return setOf(held);
}

/** Holders after an owner was succeeded by others, each by a share of what it held. */
export function afterSuccession(
  holders: HolderSet,
  owner: string,
  successors: readonly HolderShare[],
): HolderSet | HolderFault {
  const held = new Map(sharesOf(holders).map((each) => [each.owner, each.share]));
  const estate = held.get(owner) ?? Fraction.zero;
  held.delete(owner);
  for (const { owner: heir, share } of successors)
    held.set(heir, (held.get(heir) ?? Fraction.zero).plus(estate.times(share)));
  return setOf(held);
}

const setOf = (held: ReadonlyMap<string, Fraction>): HolderSet | HolderFault =>
  holderSet([...held].map(([owner, share]) => ({ owner, share })));

/** Reads `1/3`, `0.25`, `25%`; undefined for anything else or what is not in (0, 1]. */
export function readShare(text: string): Fraction | undefined {
  const percent = /^(.*)%$/.exec(text.trim());
  const read = Fraction.parse(percent ? percent[1] : text);
  const share = percent ? read?.dividedBy(Fraction.of(100n)) : read;
  return share && share.numerator > 0n && share.compare(Fraction.one) <= 0 ? share : undefined;
}
