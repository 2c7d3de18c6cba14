/** Computes one payment of a rule for one period: amounts of units, a pool shared out, or awards by rank. */
import { AllocationInfeasible, allocate, allocateWithin, Fraction, sumFen, type BoundedShare } from '@gep/kernel';
import { roundFraction, sumFractions } from '../expression/exact-numbers';
import { remember, whereOf, type InputUnit, type Place } from '../expression/place';
import { EvaluationFault, type NumberExpression } from '../expression/value';
import type { PaymentEnd, PolicyRule, Rounding, RulePayment } from '../rule';
import { EvaluationFaults, type PaidLine, type PaidPart, type PaidPayment, type PaymentSide } from './paid';
import { rankUnits } from './rank-units';

type PaymentOf<Kind extends RulePayment['kind']> = Extract<RulePayment, { kind: Kind }>;

/** What a payment gives a unit before advances and instalments. */
type Entitlement = Pick<PaidLine, 'entitledFen' | 'withheldFen' | 'parts' | 'byFactor' | 'rank'>;

const hundred = Fraction.of(100n);

/** The one rounding of an amount: yuan to whole multiples of the step. */
export function roundYuan(yuan: Fraction, { fen, mode }: Rounding): bigint {
  return roundFraction(yuan.times(hundred).dividedBy(Fraction.of(fen)), mode) * fen;
}

/** Computed once for each period. @throws EvaluationFaults, EvaluationFault */
export function paidAt(payment: RulePayment, parties: PolicyRule['parties'], { book, period }: Place): PaidPayment {
  return remember(period.known, `payment ${payment.code}`, () => {
    const place = { book, period };
    const given =
      payment.kind === 'amount'
        ? payAmounts(payment, place)
        : payment.kind === 'pool'
          ? sharePool(payment, place)
          : payByRank(payment, place);
    const lines = linesOf(payment, parties, place, given.entitled);
    return {
      ...given.pool,
      code: payment.code,
      lines,
      carryFen: given.carryFen,
      totalFen: sumFen(lines.map(({ entitledFen }) => entitledFen)),
      byUnit: new Map(lines.map(({ unit, entitledFen }) => [unit, entitledFen])),
    };
  });
}

interface Given {
  readonly entitled: ReadonlyMap<string, Entitlement>;
  readonly carryFen: bigint;
  readonly pool?: Pick<PaidPayment, 'poolFen' | 'subPools'>;
}

/** Does something for each unit, and tells all that went wrong at once. */
export function eachUnit(place: Place, act: (unit: InputUnit, at: Place) => void): void {
  const faults: EvaluationFault[] = [];
  for (const unit of place.period.units) {
    try {
      act(unit, { ...place, unit });
    } catch (error) {
      if (!(error instanceof EvaluationFault)) throw error;
      faults.push(error);
    }
  }
  if (faults.length > 0) throw new EvaluationFaults(faults);
}

function payAmounts(payment: PaymentOf<'amount'>, place: Place): Given {
  const entitled = new Map<string, Entitlement>();
  const { amount, when } = payment;
  if (payment.once) {
    if (!when || (when.run(place) as boolean)) entitled.set('', oneAmount(payment, place));
    return { entitled, carryFen: 0n };
  }
  const byRow = amount.scope === 'row' || when?.scope === 'row';
  eachUnit(place, (unit, at) => {
    if (byRow) {
      const rows = unit.rows.map((row) => ({ ...at, row }));
      const counted = rows.filter((one) => !when || (when.run(one) as boolean));
      const parts = counted.map((one): Entitlement & PaidPart => {
        const { row, period, item } = one.row;
        const paid = oneAmount(payment, one);
        return { ...paid, row, period, item, fen: paid.entitledFen };
      });
      if (parts.length === 0) return;
      entitled.set(unit.code, {
        entitledFen: sumFen(parts.map(({ fen }) => fen)),
        parts: parts.map(({ row, period, item, fen }) => ({ row, period, item, fen })),
      });
    } else if (!when || (when.run(at) as boolean)) entitled.set(unit.code, oneAmount(payment, at));
  });
  return { entitled, carryFen: 0n };
}

function oneAmount({ amount, negative, rounding, code }: PaymentOf<'amount'>, place: Place): Entitlement {
  const yuan = amount.run(place) as Fraction;
  const fen = roundYuan(yuan, rounding);
  if (yuan.numerator >= 0n || negative === 'bill') return { entitledFen: fen };
  if (negative === 'nothing') return { entitledFen: 0n, withheldFen: fen };
  throw new EvaluationFault(
    'policy.negative-amount',
    {
      zh: `支付“${code}”算得负值 ${yuan.toExactText(20)} 元，而规则不许`,
      en: `payment "${code}" comes to ${yuan.toExactText(20)} yuan, and the rule refuses negative amounts`,
    },
    { zh: '请核对数据，或在规则中改 negative', en: 'check the figures, or change negative in the rule' },
    whereOf(place),
  );
}

function sharePool(payment: PaymentOf<'pool'>, place: Place): Given {
  const { pool, factors, rounding, when, code } = payment;
  const poolFen = roundYuan(pool.run(place) as Fraction, { ...rounding, fen: 1n });
  if (poolFen < 0n)
    throw new EvaluationFault(
      'policy.negative-pool',
      { zh: `“${code}”的总额为负（${poolFen} 分）`, en: `the pool of "${code}" is negative (${poolFen} fen)` },
      { zh: '请核对数据，或写 max(…, 0)', en: 'check the figures, or write max(…, 0)' },
      whereOf(place),
    );
  const shares = factors.map(({ code: factor, share }) => ({ code: factor, weight: share.run(place) as Fraction }));
  const whole = sumFractions(shares.map(({ weight }) => weight));
  if (!whole.equals(Fraction.one) || shares.some(({ weight }) => weight.numerator < 0n))
    throw new EvaluationFault(
      'policy.factor-shares',
      {
        zh: `“${code}”各因素的份额合计为 ${whole.toExactText()}，应为 1`,
        en: `the shares of the factors of "${code}" sum to ${whole.toExactText()}, not to 1`,
      },
      { zh: '请改正份额', en: 'correct the shares' },
      whereOf(place),
    );
  const steps = poolFen / rounding.fen;
  const subPools = allocate(steps, shares);
  const eligible: InputUnit[] = [];
  eachUnit(place, (unit, at) => {
    if (!when || (when.run(at) as boolean)) eligible.push(unit);
  });
  const entitled = new Map<string, Entitlement>(eligible.map((unit) => [unit.code, { entitledFen: 0n }]));
  let carried = poolFen - steps * rounding.fen;
  for (const factor of factors) {
    const { parts, carry } = shareOut(payment, place, eligible, subPools.get(factor.code)!, factor.weight);
    carried += carry * rounding.fen;
    for (const [unit, part] of parts) {
      const { entitledFen, byFactor } = entitled.get(unit)!;
      const fen = part * rounding.fen;
      entitled.set(unit, {
        entitledFen: entitledFen + fen,
        ...(factors.length > 1 && { byFactor: { ...byFactor, [factor.code]: fen } }),
      });
    }
  }
  const inFen = Object.fromEntries([...subPools].map(([factor, part]) => [factor, part * rounding.fen]));
  return { entitled, carryFen: carried, pool: { poolFen, ...(factors.length > 1 && { subPools: inFen }) } };
}

function shareOut(
  payment: PaymentOf<'pool'>,
  place: Place,
  units: readonly InputUnit[],
  total: bigint,
  weight: NumberExpression,
): { parts: Map<string, bigint>; carry: bigint } {
  const { floor, cap, rounding, code } = payment;
  const shares: BoundedShare[] = [];
  const wanted = new Set(units);
  eachUnit(place, (unit, at) => {
    if (!wanted.has(unit)) return;
    const own = weight.run(at) as Fraction;
    const inSteps = (bound: NumberExpression | undefined, mode: 'up' | 'down'): bigint | undefined =>
      bound && roundYuan(bound.run(at) as Fraction, { fen: rounding.fen, mode }) / rounding.fen;
    const [low, high] = [inSteps(floor, 'up'), inSteps(cap, 'down')];
    if (own.numerator < 0n || (low ?? 0n) < 0n || (high ?? 0n) < 0n)
      throw new EvaluationFault(
        'policy.negative-weight',
        { zh: `“${code}”的权重或上下限为负`, en: `a weight, floor or cap of "${code}" is negative` },
        { zh: '请核对数据，或写 max(…, 0)', en: 'check the figures, or write max(…, 0)' },
        whereOf(at),
      );
    shares.push({ code: unit.code, weight: own, floor: low, cap: high });
  });
  try {
    return allocateWithin(total, shares, payment);
  } catch (error) {
    if (!(error instanceof AllocationInfeasible)) throw error;
    const { zh, en } = error.text;
    const told = { zh: `支付“${code}”：${zh}`, en: `payment "${code}": ${en}` };
    throw new EvaluationFault('policy.allocation-infeasible', told, policyMend, whereOf(place));
  }
}

const policyMend = {
  zh: '可写 floorsBeyond: scale、capsBelow: carry、zeroWeights: equal 或 carry',
  en: 'the rule may say floorsBeyond: scale, capsBelow: carry, zeroWeights: equal or carry',
};

function payByRank(payment: PaymentOf<'bands'>, place: Place): Given {
  const { bands, rounding, unfilled, code } = payment;
  const last = bands.at(-1)!.last;
  const amounts: bigint[] = [];
  for (const { first, last: end, each } of bands) {
    const fen = roundYuan(each.run(place) as Fraction, rounding);
    for (let rank = first; rank <= end; rank += 1) amounts.push(fen);
  }
  const ranked = rankUnits(payment, place, amounts);
  const poolFen = sumFen(amounts);
  const carryFen = poolFen - sumFen([...ranked.values()].map(({ entitledFen }) => entitledFen));
  if (unfilled === 'refuse' && ranked.size < last)
    throw new EvaluationFault(
      'policy.bands-unfilled',
      {
        zh: `“${code}”有 ${last} 个名次，只有 ${ranked.size} 个合格单位`,
        en: `"${code}" has ${last} ranks and only ${ranked.size} eligible units`,
      },
      { zh: '请发布新的分档，或写 unfilled: carry（结转）', en: 'publish other bands, or write unfilled: carry' },
      whereOf(place),
    );
  return { entitled: ranked, carryFen, pool: { poolFen } };
}

function linesOf(
  payment: RulePayment,
  parties: PolicyRule['parties'],
  place: Place,
  entitled: ReadonlyMap<string, Entitlement>,
): PaidLine[] {
  const lines: PaidLine[] = [];
  const add = (unit: string, at: Place): void => {
    const advancedFen = payment.advance ? roundYuan(payment.advance.run(at) as Fraction, payment.rounding) : 0n;
    const own = entitled.get(unit);
    // An advance to one who in the end is entitled to nothing is to be given back.
    if (!own && advancedFen === 0n) return;
    const { entitledFen, ...facts } = own ?? { entitledFen: 0n };
    const dueFen = entitledFen - advancedFen;
    const [from, to] = [sideOf(payment.from, parties, at), sideOf(payment.to, parties, at)];
    const { instalments } = payment;
    const spread = instalments && { instalments: instalmentsOf(dueFen, instalments.count, instalments.remainder) };
    lines.push({ unit, from, to, entitledFen, advancedFen, dueFen, ...facts, ...spread });
  };
  if (payment.kind === 'amount' && payment.once) add('', place);
  else eachUnit(place, (unit, at) => add(unit.code, at));
  return lines;
}

function sideOf(end: PaymentEnd, parties: PolicyRule['parties'], place: Place): PaymentSide {
  if (end.kind === 'units') return { kind: 'unit', code: place.unit!.code };
  if (end.kind === 'party') return { kind: 'party', code: end.code };
  const code = end.value.run(place) as string;
  if (place.period.byCode.has(code)) return { kind: 'unit', code };
  return { kind: parties.some((party) => party.code === code) ? 'party' : 'named', code };
}

/** Equal parts in whole fen; what they leave is added to one of them. */
export function instalmentsOf(fen: bigint, count: number, remainder: 'first' | 'last'): bigint[] {
  const each = fen / BigInt(count);
  const parts = Array.from({ length: count }, () => each);
  parts[remainder === 'last' ? count - 1 : 0] += fen - each * BigInt(count);
  return parts;
}
