/** Shares a whole number out by weights between a floor and a cap for each, with a rule for what rounding leaves. */
import { allocate, type ShareWeight } from './allocate';
import { allocateColumn, fitsColumn } from './allocate-column';
import { assert } from './assert';
import { DomainError, type Bilingual } from './domain-error';
import { Fraction } from './fraction';

/** One who takes part, with bounds in the unit of the total. */
export interface BoundedShare extends ShareWeight {
  readonly floor?: bigint;
  readonly cap?: bigint;
}

/**
 * To whom the units go that rounding down leaves: `largest` and `last` take all of them, the others one each. By remainder
 * only those take part whose share was cut; by place or size everyone between the bounds.
 */
export type LeftoverPolicy = 'largest-remainder' | 'first' | 'last' | 'largest';
export const leftoverPolicies: readonly LeftoverPolicy[] = ['largest-remainder', 'first', 'last', 'largest'];

export interface AllocationPolicy {
  readonly leftover: LeftoverPolicy;
  /** When nobody has a weight above zero. */
  readonly zeroWeights: 'refuse' | 'equal' | 'carry';
  /** When the floors sum to more than there is: refuse, or scale them down pro rata. */
  readonly floorsBeyond: 'refuse' | 'scale';
  /** When the caps sum to less than there is: refuse, or carry the rest. */
  readonly capsBelow: 'refuse' | 'carry';
}

export interface BoundedAllocation {
  readonly parts: Map<string, bigint>;
  /** What nobody could be given. */
  readonly carry: bigint;
}

/** Nobody can be given what the bounds ask for; the sums that prove it are in the text and in the facts. */
export class AllocationInfeasible extends DomainError {
  readonly code = 'allocation.infeasible';
  readonly kind = 'invalid';
  constructor(why: Bilingual, facts: Readonly<Record<string, string>>) {
    super(
      {
        zh: `无法分配：${why.zh}；请修改下限、上限、权重或总额，或选择相应的处理办法`,
        en: `the total cannot be shared out: ${why.en}; change the floors, caps, weights or the total, or choose what is done then`,
      },
      facts,
    );
  }
}

interface Entry {
  readonly code: string;
  readonly weight: bigint;
  readonly floor: bigint;
  readonly cap: bigint | undefined;
}

const manyEntries = 1_000;

/**
 * Parts between floor and cap whose exact shares are clamp(λ × weight, floor, cap) with the one λ at which they sum to
 * the total (water-filling); then rounded down, and what is left goes by the policy. First and last are by code, so that
 * the order of the shares changes nothing. A weight of zero gets its floor.
 * @param total zero or more
 * @returns parts in the order given, and what could not be given; together they are the total
 * @throws AllocationInfeasible; BrokenInvariant on a negative total, weight or floor, or a code given twice
 */
export function allocateWithin(
  total: bigint,
  shares: readonly BoundedShare[],
  policy: AllocationPolicy,
): BoundedAllocation {
  assert(total >= 0n, 'a negative total cannot be shared out within bounds');
  const entries = entriesOf(shares);
  for (const { code, floor, cap } of entries)
    if (cap !== undefined && floor > cap)
      throw new AllocationInfeasible(
        { zh: `${code} 的下限 ${floor} 大于上限 ${cap}`, en: `the floor ${floor} of ${code} is above its cap ${cap}` },
        { code, floor: `${floor}`, cap: `${cap}` },
      );
  const floors = sumOf(entries, ({ floor }) => floor);
  if (floors > total) return beyond(total, floors, entries, policy);
  const weighted = sumOf(entries, ({ weight }) => weight) > 0n ? entries : withoutWeights(total, entries, policy);
  if (!weighted) return carried(total, entries);
  const most = mostOf(weighted);
  if (most !== undefined && most <= total) return atCaps(total, most, weighted, policy);
  return round(total, weighted, policy.leftover);
}

function entriesOf(shares: readonly BoundedShare[]): Entry[] {
  assert(new Set(shares.map(({ code }) => code)).size === shares.length, 'two shares have the same code');
  const common = shares.reduce(
    (product, { weight: { denominator } }) => (denominator === 1n ? product : leastMultiple(product, denominator)),
    1n,
  );
  return shares.map(({ code, weight: { numerator, denominator }, floor = 0n, cap }) => {
    assert(numerator >= 0n && floor >= 0n, `negative weight or floor of ${code}`);
    return { code, weight: numerator * (common / denominator), floor, cap };
  });
}

function leastMultiple(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}

function beyond(
  total: bigint,
  floors: bigint,
  entries: readonly Entry[],
  { floorsBeyond, leftover }: AllocationPolicy,
): BoundedAllocation {
  if (floorsBeyond === 'refuse')
    throw new AllocationInfeasible(
      {
        zh: `各下限合计 ${floors}，大于总额 ${total}`,
        en: `the floors sum to ${floors}, more than the total ${total}`,
      },
      { total: `${total}`, floors: `${floors}` },
    );
  const scaled = entries.map(({ code, floor }) => ({ code, weight: floor, floor: 0n, cap: floor }));
  return round(total, scaled, leftover);
}

function withoutWeights(total: bigint, entries: readonly Entry[], { zeroWeights }: AllocationPolicy): Entry[] | false {
  const fixed = sumOf(entries, ({ floor }) => floor);
  if (total === fixed || zeroWeights === 'carry') return false;
  if (zeroWeights === 'refuse' || entries.length === 0)
    throw new AllocationInfeasible(
      { zh: `没有大于零的权重，而总额为 ${total}`, en: `no weight is above zero, and the total is ${total}` },
      { total: `${total}`, entries: `${entries.length}` },
    );
  return entries.map((entry) => ({ ...entry, weight: 1n }));
}

const carried = (total: bigint, entries: readonly Entry[]): BoundedAllocation => ({
  parts: new Map(entries.map(({ code, floor }) => [code, floor])),
  carry: total - sumOf(entries, ({ floor }) => floor),
});

/** The most that can be given; undefined when one with a weight has no cap. */
function mostOf(entries: readonly Entry[]): bigint | undefined {
  let most = 0n;
  for (const { weight, floor, cap } of entries) {
    if (weight > 0n && cap === undefined) return undefined;
    most += weight > 0n ? cap! : floor;
  }
  return most;
}

function atCaps(
  total: bigint,
  most: bigint,
  entries: readonly Entry[],
  { capsBelow }: AllocationPolicy,
): BoundedAllocation {
  if (most < total && capsBelow === 'refuse')
    throw new AllocationInfeasible(
      { zh: `各上限合计 ${most}，小于总额 ${total}`, en: `the caps sum to ${most}, less than the total ${total}` },
      { total: `${total}`, caps: `${most}` },
    );
  const parts = new Map(entries.map(({ code, weight, floor, cap }) => [code, weight > 0n ? cap! : floor]));
  return { parts, carry: total - most };
}

/** λ as a quotient: the sum of clamp(λ × weight, floor, cap) grows with λ and meets the total in one stretch. */
function levelOf(total: bigint, entries: readonly Entry[]): { top: bigint; bottom: bigint } {
  const bounded = entries.filter(({ floor, cap }) => floor > 0n || cap !== undefined);
  let fixed = sumOf(bounded, ({ weight, floor }) => (weight > 0n || floor > 0n ? floor : 0n));
  let active = sumOf(entries, ({ weight, floor, cap }) => (floor > 0n || cap !== undefined ? 0n : weight));
  const turns = bounded
    .filter(({ weight }) => weight > 0n)
    .flatMap(({ weight, floor, cap }) => [
      { at: floor, weight, fixed: -floor, active: weight },
      ...(cap === undefined ? [] : [{ at: cap, weight, fixed: cap, active: -weight }]),
    ])
    .sort((a, b) => compare(a.at * b.weight, b.at * a.weight) || compare(b.active, a.active));
  for (const turn of turns) {
    // The sum at this turn: fixed + (at / weight) × active.
    if (fixed * turn.weight + turn.at * active >= total * turn.weight && active > 0n) break;
    fixed += turn.fixed;
    active += turn.active;
  }
  assert(active > 0n, 'no share is left between its bounds');
  return { top: total - fixed, bottom: active };
}

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

interface Part {
  readonly entry: Entry;
  part: bigint;
  readonly remainder: bigint;
  /** At its floor or cap, or without a weight: it is given nothing more. */
  readonly isBound: boolean;
}

function round(total: bigint, entries: readonly Entry[], leftover: LeftoverPolicy): BoundedAllocation {
  const unbounded = entries.every(({ floor, cap }) => floor === 0n && cap === undefined);
  if (unbounded && leftover === 'largest-remainder') return { parts: plainly(total, entries), carry: 0n };
  const { top, bottom } = levelOf(total, entries);
  const parts: Part[] = entries.map((entry) => {
    const { weight, floor, cap } = entry;
    const share = top * weight;
    if (share <= floor * bottom) return { entry, part: floor, remainder: 0n, isBound: true };
    if (cap !== undefined && share >= cap * bottom) return { entry, part: cap, remainder: 0n, isBound: true };
    return { entry, part: share / bottom, remainder: share % bottom, isBound: false };
  });
  giveLeftover(total - parts.reduce((sum, { part }) => sum + part, 0n), parts, leftover);
  return { parts: new Map(parts.map(({ entry, part }) => [entry.code, part])), carry: 0n };
}

function giveLeftover(left: bigint, parts: readonly Part[], leftover: LeftoverPolicy): void {
  const byCode = (a: Part, b: Part): number => (a.entry.code < b.entry.code ? -1 : 1);
  const order: Record<LeftoverPolicy, (a: Part, b: Part) => number> = {
    'largest-remainder': (a, b) => compare(b.remainder, a.remainder) || byCode(a, b),
    first: byCode,
    last: (a, b) => byCode(b, a),
    largest: (a, b) => compare(b.part, a.part) || byCode(a, b),
  };
  const inTurn = leftover === 'largest-remainder' || leftover === 'first';
  // There are more remainders than units left, and none at a bound, so that all units find a taker.
  const takes = ({ isBound, remainder }: Part): boolean =>
    leftover === 'largest-remainder' ? remainder > 0n : !isBound;
  const takers = parts.filter(takes).sort(order[leftover]);
  for (const taker of takers) {
    if (left === 0n) break;
    const { cap } = taker.entry;
    const room = cap === undefined ? left : cap - taker.part;
    const given = inTurn ? 1n : room < left ? room : left;
    taker.part += given;
    left -= given;
  }
  assert(left === 0n, 'the leftover was not given away');
}

function plainly(total: bigint, entries: readonly Entry[]): Map<string, bigint> {
  const whole = sumOf(entries, ({ weight }) => weight);
  if (entries.length < manyEntries || !fitsColumn(total, whole))
    return allocate(
      total,
      entries.map(({ code, weight }) => ({ code, weight: Fraction.of(weight) })),
    );
  const places = entries.map((_, at) => at).sort((a, b) => (entries[a].code < entries[b].code ? -1 : 1));
  const column = allocateColumn(
    Number(total),
    Float64Array.from(places, (at) => Number(entries[at].weight)),
  );
  const parts = new Float64Array(entries.length);
  places.forEach((at, place) => (parts[at] = column[place]));
  const found = new Map<string, bigint>();
  entries.forEach(({ code }, at) => found.set(code, BigInt(parts[at])));
  return found;
}

function sumOf(entries: readonly Entry[], of: (entry: Entry) => bigint): bigint {
  let sum = 0n;
  for (const entry of entries) sum += of(entry);
  return sum;
}
