/** Shares pools out: one, or one for each group of units; each by one weight, or by factors with a sub-pool each. */
import {
  AllocationInfeasible,
  allocate,
  allocateWithin,
  Fraction,
  type BoundedAllocation,
  type BoundedShare,
} from '@gep/kernel';
import { sumFractions } from '../expression/exact-numbers';
import { whereOf, type InputUnit, type Place } from '../expression/place';
import { EvaluationFault, type NumberExpression } from '../expression/value';
import type { RulePayment } from '../rule';
import { eachUnit, groupUnits, roundYuan, type Entitlement, type Given } from './entitlement';

type Pool = Extract<RulePayment, { kind: 'pool' }>;

/** Units that share one pool. */
interface Group {
  readonly word: string;
  readonly units: readonly InputUnit[];
  readonly eligible: readonly InputUnit[];
}

export function sharePool(payment: Pool, place: Place): Given {
  const shares = factorShares(payment, place);
  const { groups, whole } = withPools(payment, place);
  const given = groups.map((group) => ({ group, ...shareGroup(payment, place, group, shares) }));
  const sum = (of: (one: (typeof given)[number]) => bigint): bigint =>
    given.reduce((total, one) => total + of(one), 0n);
  const subPools = payment.factors.map(({ code }) => [code, sum((one) => one.subPools.get(code)!)] as const);
  const byWord = given.map(({ group, carryFen }) => [group.word, { poolFen: group.poolFen, carryFen }] as const);
  const inGroups = sum(({ group }) => group.poolFen);
  return {
    entitled: joined(given.map(({ entitled }) => entitled)),
    carryFen: sum(({ carryFen }) => carryFen) + (whole ?? inGroups) - inGroups,
    pool: {
      poolFen: whole ?? inGroups,
      ...(subPools.length > 1 && { subPools: Object.fromEntries(subPools) }),
      ...(payment.within && { groups: Object.fromEntries(byWord) }),
    },
  };
}

/** Each group with its pool: its own, or, with `groups`, its part of the one pool, which is `whole`. */
function withPools(payment: Pool, place: Place): { groups: (Group & { poolFen: bigint })[]; whole?: bigint } {
  const groups = groupsOf(payment, place);
  const { groups: weight, rounding } = payment;
  if (!weight) return { groups: groups.map((group) => ({ ...group, poolFen: poolOf(payment, place, group) })) };
  const whole = poolOf(payment, place, { word: '', units: [], eligible: [] });
  const shares = groups.map(({ word, eligible }) => {
    const numbers = eligible.map((unit) => weight.run({ ...place, unit }) as Fraction);
    return { code: word, weight: sumFractions(numbers) };
  });
  const negative = shares.find((one) => one.weight.numerator < 0n);
  if (negative) throw negativeWeight(payment.code, place, negative.code);
  const { parts } = allotted(payment, place, whole / rounding.fen, shares);
  return { whole, groups: groups.map((group) => ({ ...group, poolFen: parts.get(group.word)! * rounding.fen })) };
}

/** Groups have no unit in common; most pools have one group, which may be a million units. */
function joined(groups: readonly Map<string, Entitlement>[]): Map<string, Entitlement> {
  const [first = new Map<string, Entitlement>(), ...others] = groups;
  for (const group of others) for (const [unit, entitlement] of group) first.set(unit, entitlement);
  return first;
}

function factorShares({ factors, code }: Pool, place: Place): { code: string; weight: Fraction }[] {
  const shares = factors.map(({ code: factor, share }) => ({ code: factor, weight: share.run(place) as Fraction }));
  const whole = sumFractions(shares.map(({ weight }) => weight));
  if (whole.equals(Fraction.one) && shares.every(({ weight }) => weight.numerator >= 0n)) return shares;
  throw new EvaluationFault(
    'policy.factor-shares',
    {
      zh: `“${code}”各因素的份额合计为 ${whole.toExactText()}，应为 1，且不为负`,
      en: `the shares of the factors of "${code}" sum to ${whole.toExactText()}; they must sum to 1 and not be negative`,
    },
    { zh: '请改正份额', en: 'correct the shares' },
    whereOf(place),
  );
}

function groupsOf({ within, when }: Pool, place: Place): Group[] {
  return [...groupUnits(within, place)].map(([word, units]) => {
    const eligible: InputUnit[] = [];
    eachUnit(
      place,
      (unit, at) => {
        if (!when || (when.run(at) as boolean)) eligible.push(unit);
      },
      units,
    );
    return { word, units, eligible };
  });
}

function shareGroup(
  payment: Pool,
  place: Place,
  { poolFen, eligible }: Group & { readonly poolFen: bigint },
  factorParts: readonly { code: string; weight: Fraction }[],
) {
  const { factors, rounding } = payment;
  const steps = poolFen / rounding.fen;
  const parts = allocate(steps, factorParts);
  const entitled = new Map<string, Entitlement>();
  let carryFen = poolFen - steps * rounding.fen;
  for (const factor of factors) {
    const shared = shareOut(payment, place, eligible, parts.get(factor.code)!, factor.weight);
    carryFen += shared.carry * rounding.fen;
    for (const [unit, part] of shared.parts) {
      const fen = part * rounding.fen;
      if (factors.length === 1) {
        entitled.set(unit, { entitledFen: fen });
        continue;
      }
      const { entitledFen = 0n, byFactor } = entitled.get(unit) ?? {};
      entitled.set(unit, { entitledFen: entitledFen + fen, byFactor: { ...byFactor, [factor.code]: fen } });
    }
  }
  const subPools = new Map([...parts].map(([factor, part]) => [factor, part * rounding.fen]));
  return { entitled, carryFen, subPools };
}

/** The pool of a group; every unit of the group must give the same. */
function poolOf({ pool, rounding, code }: Pool, place: Place, { units, word }: Group): bigint {
  const places = pool.scope === 'unit' ? units.map((unit) => ({ ...place, unit })) : [place];
  const found = new Set(places.map((at) => roundYuan(pool.run(at) as Fraction, { ...rounding, fen: 1n })));
  const [poolFen] = found;
  if (found.size === 1 && poolFen >= 0n) return poolFen;
  const group = { zh: word === '' ? '' : `（${word}）`, en: word === '' ? '' : ` (${word})` };
  const [text, mend] =
    found.size === 1
      ? [
          {
            zh: `“${code}”${group.zh}的总额为负（${poolFen} 分）`,
            en: `the pool of "${code}"${group.en} is negative (${poolFen} fen)`,
          },
          { zh: '请核对数据，或写 max(…, 0)', en: 'check the figures, or write max(…, 0)' },
        ]
      : [
          {
            zh: `“${code}”${group.zh}各单位给出的总额不同`,
            en: `the units of "${code}"${group.en} give different pools`,
          },
          { zh: '同组各行的总额须相同', en: 'give the same pool in each row of a group' },
        ];
  throw new EvaluationFault('policy.pool', text, mend, whereOf(place));
}

function shareOut(
  payment: Pool,
  place: Place,
  units: readonly InputUnit[],
  total: bigint,
  weight: NumberExpression,
): BoundedAllocation {
  const { floor, cap, rounding, code } = payment;
  const inSteps = (bound: NumberExpression, at: Place, mode: 'up' | 'down'): bigint =>
    roundYuan(bound.run(at) as Fraction, { fen: rounding.fen, mode }) / rounding.fen;
  const shares: BoundedShare[] = [];
  eachUnit(
    place,
    (unit, at) => {
      const own = weight.run(at) as Fraction;
      const low = floor && inSteps(floor, at, 'up');
      const high = cap && inSteps(cap, at, 'down');
      if (own.numerator < 0n || (low ?? 0n) < 0n || (high ?? 0n) < 0n) throw negativeWeight(code, at);
      shares.push({ code: unit.code, weight: own, floor: low, cap: high });
    },
    units,
  );
  return allotted(payment, place, total, shares);
}

function allotted(payment: Pool, place: Place, total: bigint, shares: readonly BoundedShare[]): BoundedAllocation {
  try {
    return allocateWithin(total, shares, payment);
  } catch (error) {
    if (!(error instanceof AllocationInfeasible)) throw error;
    const { zh, en } = error.text;
    const told = { zh: `支付“${payment.code}”：${zh}`, en: `payment "${payment.code}": ${en}` };
    throw new EvaluationFault('policy.allocation-infeasible', told, policyMend, whereOf(place));
  }
}

const negativeWeight = (code: string, at: Place, group = ''): EvaluationFault =>
  new EvaluationFault(
    'policy.negative-weight',
    {
      zh: `“${code}”${group && `（${group}）`}的权重或上下限为负`,
      en: `a weight, floor or cap of "${code}"${group && ` (${group})`} is negative`,
    },
    { zh: '请核对数据，或写 max(…, 0)', en: 'check the figures, or write max(…, 0)' },
    whereOf(at),
  );

const policyMend = {
  zh: '可写 floorsBeyond: scale、capsBelow: carry、zeroWeights: equal 或 carry',
  en: 'the rule may say floorsBeyond: scale, capsBelow: carry, zeroWeights: equal or carry',
};
