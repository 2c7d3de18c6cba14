/** How many points an entry earns, what a correction takes back, and which points have had their time; whole numbers all. */
import { Fraction } from '@gep/kernel';

/**
 * Points of the list for all times, within what the yearly cap of the item has left, down to whole points: rounded here and nowhere
 * else. Decay lowers scores only. Whoever is confirmed first earns first.
 * @param earnedBefore in the calendar year of the entry, from the same item
 */
export function earnedPoints(
  item: { readonly points?: Fraction; readonly yearlyCap?: Fraction },
  times: number,
  earnedBefore: bigint,
): bigint {
  const { points = Fraction.zero, yearlyCap } = item;
  const whole = floorOf(points.times(Fraction.of(BigInt(times))));
  const left = yearlyCap ? max(floorOf(yearlyCap) - earnedBefore, 0n) : whole;
  return max(min(whole, left), 0n);
}

/** New points pay what is owed first. */
export function payDebt(points: bigint, owed: bigint): { readonly paid: bigint; readonly held: bigint } {
  const paid = min(points, owed);
  return { paid, held: points - paid };
}

/**
 * What a correction takes: what had expired stays gone and is owed by nobody, what is held goes back, what was spent is owed.
 * @param expired points of the holder that expired so far, when the time of these is over; else zero
 */
export function takeBack(
  points: bigint,
  held: bigint,
  expired: bigint,
): { readonly held: bigint; readonly owed: bigint; readonly expired: bigint } {
  const gone = min(points, expired);
  const back = min(points - gone, held);
  return { held: back, owed: points - gone - back, expired: gone };
}

export interface PointsLot {
  readonly points: bigint;
  /** First day on which it can no longer be spent; null: never. */
  readonly expiresOn: string | null;
}

/**
 * Points that expire on a day: the oldest are spent first, so of what has had its time only the part that nobody spent is left.
 * @param gone spent, ordered on or expired so far
 */
export function duePoints(lots: readonly PointsLot[], gone: bigint, day: string): bigint {
  const over = lots.filter(({ expiresOn }) => expiresOn !== null && expiresOn <= day);
  return max(over.reduce((sum, { points }) => sum + points, 0n) - gone, 0n);
}

const floorOf = ({ numerator, denominator }: Fraction): bigint => numerator / denominator;
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
